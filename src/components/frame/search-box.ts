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
  debouncedSearch(
    query: string,
  ): Promise<{ readonly results: readonly { data(): Promise<PagefindFragment> }[] } | null>;
}

const maxResults = 12;

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

  connectedCallback(): void {
    this.#find<HTMLButtonElement>('[data-open]').addEventListener('click', () => this.#open());
    this.#query.addEventListener('input', () => void this.#search());
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
    const path = '/pagefind/pagefind.js';
    this.#pagefind ??= import(/* @vite-ignore */ path) as Promise<Pagefind>;
    this.#pagefind.catch(async () => this.#say((await loadTexts())['search.unavailable']));
  }

  #say(sentence: string): void {
    this.#find('[data-status]').textContent = sentence;
  }

  async #search(): Promise<void> {
    const query = this.#query.value.trim();
    const list = this.#find('[data-results]');
    const text = await loadTexts();
    if (query === '') {
      list.replaceChildren();
      this.#say(text['search.hint']);
      return;
    }
    const found = await (await this.#pagefind)?.debouncedSearch(query);
    if (!found || query !== this.#query.value.trim()) return;
    const fragments = await Promise.all(found.results.slice(0, maxResults).map((result) => result.data()));
    list.replaceChildren(...fragments.map(buildResult));
    const count = found.results.length;
    this.#say(count === 0 ? text['search.none'](query) : text['search.count'](count));
  }
}

customElements.define('tadak-search', TadakSearch);
