/**
 * `<tadak-notes-filter>`: shows the statements of one verdict and one chapter. The choice is in the address, so that a
 * teacher can send it. Knows nothing about what the statements say.
 */

class NotesFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    this.#restore(form);
    form.addEventListener('change', () => this.#apply(form));
    // The fields have their old values until the event is over.
    form.addEventListener('reset', () => queueMicrotask(() => this.#apply(form)));
    window.addEventListener('hashchange', () => this.#reveal(form));
    this.#apply(form);
    this.#reveal(form);
  }

  #restore(form: HTMLFormElement): void {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) field.value = value;
    }
  }

  #apply(form: HTMLFormElement): void {
    const wanted = new FormData(form);
    const verdict = String(wanted.get('verdict') ?? '');
    const chapter = String(wanted.get('chapter') ?? '');
    const statements = [...document.querySelectorAll<HTMLElement>('li[data-verdict]')];
    let shown = 0;
    for (const statement of statements) {
      const { verdict: own, chapters = '' } = statement.dataset;
      const fits = (verdict === '' || own === verdict) && (chapter === '' || chapters.split(' ').includes(chapter));
      statement.hidden = !fits;
      if (fits) shown += 1;
    }
    this.#say(shown, statements.length);
    form.querySelector('[type="reset"]')?.toggleAttribute('hidden', verdict === '' && chapter === '');
    const query = new URLSearchParams([...Object.entries({ verdict, chapter })].filter(([, value]) => value !== ''));
    const search = query.size > 0 ? `?${query}` : '';
    if (search !== location.search)
      history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  }

  #say(shown: number, all: number): void {
    const text = this.dataset['shownText'] ?? '';
    const status = this.querySelector('[data-shown]');
    if (status) status.textContent = text.replace('{shown}', String(shown)).replace('{all}', String(all));
  }

  /** A link to a statement leads to it, also when the filter hides it. */
  #reveal(form: HTMLFormElement): void {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.matches('li[data-verdict]') || !target.hidden) return;
    form.reset();
    queueMicrotask(() => target.scrollIntoView());
  }
}

customElements.define('tadak-notes-filter', NotesFilter);

export {};
