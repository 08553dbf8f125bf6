/** Several values a key, each once; a key without values takes no room. */
export class SetsByKey<Key, Value> {
  readonly #sets = new Map<Key, Set<Value>>();

  add(key: Key, value: Value): void {
    const known = this.#sets.get(key);
    if (known) known.add(value);
    else this.#sets.set(key, new Set([value]));
  }

  delete(key: Key, value: Value): void {
    const known = this.#sets.get(key);
    known?.delete(value);
    if (known?.size === 0) this.#sets.delete(key);
  }

  of(key: Key): Iterable<Value> {
    return this.#sets.get(key) ?? [];
  }

  /** Puts the values of one key to those of another. */
  move(from: Key, to: Key): void {
    const moved = this.#sets.get(from);
    if (!moved || from === to) return;
    this.#sets.delete(from);
    const known = this.#sets.get(to);
    if (!known) this.#sets.set(to, moved);
    else for (const value of moved) known.add(value);
  }
}
