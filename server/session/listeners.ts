/**
 * A list of listeners for one kind of event. Knows nothing about what the events mean.
 */

/** Listeners of one event. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  /** Subscribes until the returned handle is disposed. */
  add(listener: (event: Event) => void): Disposable {
    // Wrapped, so that the same function may be subscribed twice and each handle ends its own.
    const entry = (event: Event) => listener(event);
    this.#listeners.add(entry);
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) };
  }

  /** Tells everybody. */
  emit(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}
