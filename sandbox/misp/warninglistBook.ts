import { defaultWarninglists, WarninglistIndex, type Warninglist } from './warninglists';

/** The server's warninglists and, for searches, the index of the enabled ones. */
export class WarninglistBook {
	readonly lists: Warninglist[] = defaultWarninglists();
	private built: WarninglistIndex | undefined;

	get index(): WarninglistIndex {
		this.built ??= new WarninglistIndex(this.lists);
		return this.built;
	}

	byId(id: unknown): Warninglist | undefined {
		return this.lists.find((list) => String(list.id) === String(id));
	}

	/** Call after any change to a list. */
	changed(): void {
		this.built = undefined;
	}

	setEnabled(lists: readonly Warninglist[], enabled: boolean): void {
		for (const list of lists) list.enabled = enabled;
		this.changed();
	}

	add(fields: Omit<Warninglist, 'id' | 'isDefault'>): Warninglist {
		const made: Warninglist = {
			...fields,
			id: Math.max(0, ...this.lists.map(({ id }) => id)) + 1,
			isDefault: false,
		};
		this.lists.push(made);
		this.changed();
		return made;
	}

	delete(list: Warninglist): void {
		this.lists.splice(this.lists.indexOf(list), 1);
		this.changed();
	}
}
