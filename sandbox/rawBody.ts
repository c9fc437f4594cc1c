import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyRequest } from 'fastify';

const NONE = Buffer.alloc(0);
const bodies = new WeakMap<FastifyRequest, Promise<Buffer>>();

export function hasBody(request: FastifyRequest): boolean {
	const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
	return encoding !== undefined || (length !== undefined && length !== '0');
}

/**
 * The bytes of a request's body, read once however many hooks ask.
 * For `preParsing` hooks, which must then pass on `replay(body)` in place of the stream they were given.
 */
export function readRawBody(request: FastifyRequest, payload: Readable): Promise<Buffer> {
	if (!hasBody(request)) return Promise.resolve(NONE);
	const known = bodies.get(request);
	if (known) return known;
	const reading = buffer(payload);
	bodies.set(request, reading);
	return reading;
}

/** A fresh stream over a body already read. */
export function replay(body: Buffer): Readable {
	const stream = new Readable({ read() {} });
	if (body.length > 0) stream.push(body);
	stream.push(null);
	return stream;
}
