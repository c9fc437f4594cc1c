import { randomUUID } from 'node:crypto';
import type { MispEvent } from './model';

export interface EventReport {
	readonly id: number;
	readonly uuid: string;
	readonly event: MispEvent;
	name: string;
	content: string;
	distribution: number;
	timestamp: number;
	deleted: boolean;
}

export class ReportBook {
	readonly reports: EventReport[] = [];
	private nextId = 1;

	add(seed: Omit<EventReport, 'id' | 'uuid' | 'deleted'>): EventReport {
		const made: EventReport = { ...seed, id: this.nextId++, uuid: randomUUID(), deleted: false };
		this.reports.push(made);
		return made;
	}

	find(idOrUuid: unknown): EventReport | undefined {
		return this.reports.find(({ id, uuid }) => String(id) === String(idOrUuid) || uuid === idOrUuid);
	}

	of(event: MispEvent): EventReport[] {
		return this.reports.filter((report) => report.event === event && !report.deleted);
	}

	delete(report: EventReport): void {
		this.reports.splice(this.reports.indexOf(report), 1);
	}
}

export function reportShape({ id, uuid, event, name, content, distribution, timestamp, deleted }: EventReport) {
	return {
		id: String(id),
		uuid,
		event_id: String(event.id),
		name,
		content,
		distribution: String(distribution),
		sharing_group_id: '0',
		timestamp: String(timestamp),
		deleted,
	};
}
