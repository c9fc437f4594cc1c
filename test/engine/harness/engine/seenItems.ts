import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';
import { UserError, tryToParseDateTime } from 'n8n-workflow';

interface Memory {
	mode: ICheckProcessedOptions['mode'];
	/** In the order they were first seen: the oldest go first when there are too many. */
	entries: Set<string>;
	latest?: DeduplicationItemTypes;
}

const rank: Record<'latestIncrementalKey' | 'latestDate', (value: DeduplicationItemTypes) => number> = {
	latestIncrementalKey: Number,
	latestDate: (value) => tryToParseDateTime(value).toMillis(),
};

/**
 * What Remove Duplicates remembers between executions, per workflow or per node. n8n keeps it in
 * its database; this keeps it for as long as the engine lives, with the same rules (n8n 2.41.1).
 */
export class SeenItems implements IDataDeduplicator {
	private readonly memories = new Map<string, Memory>();

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		at: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const memory = this.memory(scope, at) ?? { mode, entries: new Set<string>() };
		if (memory.mode !== mode) {
			throw new UserError('Deduplication data was saved with another "Keep Items Where" setting');
		}
		this.memories.set(keyOf(scope, at), memory);
		return mode === 'entries' ? recordEntries(memory, items, maxEntries) : recordLatest(memory, items, rank[mode]);
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		at: ICheckProcessedContextData,
		{ mode }: ICheckProcessedOptions,
	): Promise<void> {
		if (mode !== 'entries') {
			throw new UserError('Removing processed data is not possible in mode "latest"');
		}
		for (const item of items) this.memory(scope, at)?.entries.delete(String(item));
	}

	async clearAllProcessedItems(scope: DeduplicationScope, at: ICheckProcessedContextData): Promise<void> {
		this.memories.delete(keyOf(scope, at));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		at: ICheckProcessedContextData,
		{ mode }: ICheckProcessedOptions,
	): Promise<number> {
		return mode === 'entries' ? (this.memory(scope, at)?.entries.size ?? 0) : 0;
	}

	private memory(scope: DeduplicationScope, at: ICheckProcessedContextData): Memory | undefined {
		return this.memories.get(keyOf(scope, at));
	}
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (scope === 'workflow') return workflow.id;
	if (!node) throw new UserError("The scope 'node' needs a node");
	return `${workflow.id}/${node.id}`;
}

function recordEntries(
	{ entries }: Memory,
	items: DeduplicationItemTypes[],
	maxEntries: number | undefined,
): IDeduplicationOutput {
	// Only what an earlier check has seen counts: the same value twice in one go is new twice.
	const before = new Set(entries);
	const result: IDeduplicationOutput = { new: [], processed: [] };
	for (const item of items) {
		(before.has(String(item)) ? result.processed : result.new).push(item);
		entries.add(String(item));
	}
	if (maxEntries) {
		const surplus = [...entries].slice(0, Math.max(0, entries.size - maxEntries));
		for (const oldest of surplus) entries.delete(oldest);
	}
	return result;
}

function recordLatest(
	memory: Memory,
	items: DeduplicationItemTypes[],
	rankOf: (value: DeduplicationItemTypes) => number,
): IDeduplicationOutput {
	const { latest } = memory;
	const isNew = (item: DeduplicationItemTypes) => latest === undefined || rankOf(item) > rankOf(latest);
	for (const item of items) {
		if (memory.latest === undefined || rankOf(item) > rankOf(memory.latest)) memory.latest = item;
	}
	return {
		new: items.filter(isNew),
		processed: items.filter((item) => !isNew(item)),
	};
}
