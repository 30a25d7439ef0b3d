/**
 * `<tadak-search>`: a dialog over Pagefind's index. The index's code is fetched on the first opening, not before.
 * The shortcut is `/` outside of text fields and the terminal; Ctrl+K stays free, since shells use it.
 * Knows nothing about lessons.
 */
import type { Dictionary } from '../../i18n/dictionary.ts';

interface PagefindFragment {
  readonly url: string;
  /** HTML of Pagefind with `<mark>` around the words found. */
  readonly excerpt: string;
  readonly meta: { readonly title?: string };
}
interface Pagefind {
  search(query: string): Promise<{ readonly results: readonly { data(): Promise<PagefindFragment> }[] }>;
}

const maxResults = 12;
/** A pause in typing after which it is worth searching. */
const pauseMs = 150;

/** One language is enough for a page. */
async function loadTexts(): Promise<Dictionary> {
  const isKorean = document.documentElement.lang.startsWith('ko');
  return isKorean ? (await import('../../i18n/ko.ts')).ko : (await import('../../i18n/en.ts')).en;
}

function buildExcerpt(html: string): DocumentFragment {
  const source = new DOMParser().parseFromString(html, 'text/html').body;
  const excerpt = document.createDocumentFragment();
  for (const node of source.childNodes) {
    const isMark = node instanceof Element && node.localName === 'mark';
    const copy = isMark ? document.createElement('mark') : document.createTextNode('');
    copy.textContent = node.textContent;
    excerpt.append(copy);
  }
  return excerpt;
}

function buildResult(fragment: PagefindFragment): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = fragment.url;
  const title = document.createElement('strong');
  title.textContent = fragment.meta.title ?? fragment.url;
  const excerpt = document.createElement('span');
  excerpt.append(buildExcerpt(fragment.excerpt));
  link.append(title, excerpt);
  item.append(link);
  return item;
}

class TadakSearch extends HTMLElement {
  #pagefind: Promise<Pagefind> | undefined;
  #failures = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#find<HTMLButtonElement>('[data-open]').addEventListener('click', () => this.#open());
    this.#query.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => void this.#search(), pauseMs);
    });
    this.#query.addEventListener('keydown', (event) => {
      // Enter would send the form; Escape would empty the field first and close only then.
      if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
      if (event.key === 'Escape') this.#dialog.close();
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog || (event.target as Element).closest('a')) this.#dialog.close();
    });
    document.addEventListener('keydown', (event) => this.#handleShortcut(event));
  }

  get #dialog(): HTMLDialogElement {
    return this.#find('dialog');
  }
  get #query(): HTMLInputElement {
    return this.#find('[data-query]');
  }

  #find<Type extends Element>(selector: string): Type {
    const found = this.querySelector<Type>(selector);
    if (!found) throw new Error(`tadak-search: ${selector} is missing in its markup`);
    return found;
  }

  #handleShortcut(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const isTyping = target?.closest('input, textarea, select, [contenteditable], tadak-terminal');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping) return;
    event.preventDefault();
    this.#open();
  }

  #open(): void {
    this.#dialog.showModal();
    this.#query.select();
    this.#load().catch(async () => this.#say((await loadTexts())['search.unavailable']));
  }

  /** The index's code. What failed to load is asked for again by another address: browsers remember a module that failed. */
  #load(): Promise<Pagefind> {
    const path = `/pagefind/pagefind.js${this.#failures === 0 ? '' : `?again=${this.#failures}`}`;
    this.#pagefind ??= (import(/* @vite-ignore */ path) as Promise<Pagefind>).catch((reason: unknown) => {
      this.#pagefind = undefined;
      this.#failures += 1;
      throw reason;
    });
    return this.#pagefind;
  }

  #say(sentence: string): void {
    this.#find('[data-status]').textContent = sentence;
  }

  /**
   * Searches for what the field holds now. Pagefind has a `debouncedSearch`, too, but that keeps the query that reached
   * it last, which need not be the one that was typed last; an answer to a query that is no longer there is dropped here.
   */
  async #search(): Promise<void> {
    const query = this.#query.value.trim();
    const text = await loadTexts();
    try {
      const results = query === '' ? [] : (await (await this.#load()).search(query)).results;
      const fragments = await Promise.all(results.slice(0, maxResults).map((result) => result.data()));
      if (query !== this.#query.value.trim()) return;
      this.#find('[data-results]').replaceChildren(...fragments.map(buildResult));
      this.#say(this.#describe(text, query, results.length));
    } catch {
      this.#say(text['search.unavailable']);
    }
  }

  #describe(text: Dictionary, query: string, count: number): string {
    if (query === '') return text['search.hint'];
    return count === 0 ? text['search.none'](query) : text['search.count'](count);
  }
}

customElements.define('tadak-search', TadakSearch);
