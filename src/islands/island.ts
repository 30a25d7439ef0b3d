/**
 * Turns a function into a custom element: it runs when the element appears and its signal aborts when it goes.
 * Knows nothing about what the element does.
 */
import type { Page } from './page.ts';

/** Gives an element its behaviour until the signal aborts. */
export type Island = (host: HTMLElement, page: Page, signal: AbortSignal) => void;

/** Registers `tag`. */
export function defineIsland(tag: string, island: Island, page: Page): void {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      #life: AbortController | undefined;

      connectedCallback(): void {
        this.#life = new AbortController();
        island(this, page, this.#life.signal);
      }

      disconnectedCallback(): void {
        this.#life?.abort();
      }
    },
  );
}
