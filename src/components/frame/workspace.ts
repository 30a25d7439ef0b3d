/**
 * `<tadak-workspace>`: text and terminal side by side with a splitter, or one at a time behind two tabs on small windows.
 * Remembers the splitter's place. Knows nothing about what the panes hold.
 */
const storageKey = 'tadak-text-width';
const minPercent = 28;
const maxPercent = 76;
const defaultPercent = 52;
const stepPercent = 2;
/** The same width as in `workspace.css`. */
const small = matchMedia('(max-width: 50rem)');

type View = 'text' | 'terminal';

class TadakWorkspace extends HTMLElement {
  #percent = defaultPercent;
  /** Where the text was left, to come back to it from the terminal. */
  #textTop = 0;
  #abort = new AbortController();

  connectedCallback(): void {
    const stored = Number(localStorage.getItem(storageKey));
    this.#resize(stored > 0 ? stored : defaultPercent);
    this.#listenToSplitter();
    this.#listenToTabs();
    this.addEventListener('tadak:show-terminal', () => this.#show('terminal'));
    small.addEventListener('change', () => this.#dress(), { signal: this.#abort.signal });
    window.addEventListener('hashchange', () => this.#handleHash(), { signal: this.#abort.signal });
    this.#dress();
  }

  disconnectedCallback(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  get #splitter(): HTMLElement | null {
    return this.querySelector('[data-splitter]');
  }
  get #tabs(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-tab]')];
  }

  #resize(percent: number): void {
    this.#percent = Math.min(maxPercent, Math.max(minPercent, percent));
    this.style.setProperty('--tadak-text-width', `${this.#percent}%`);
    this.#splitter?.setAttribute('aria-valuenow', String(Math.round(this.#percent)));
  }

  #resizeAndRemember(percent: number): void {
    this.#resize(percent);
    localStorage.setItem(storageKey, String(this.#percent));
  }

  #listenToSplitter(): void {
    const splitter = this.#splitter;
    if (!splitter) return;
    splitter.addEventListener('pointerdown', (event) => {
      splitter.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    splitter.addEventListener('pointermove', (event) => {
      if (!splitter.hasPointerCapture(event.pointerId)) return;
      const { left, width } = this.getBoundingClientRect();
      this.#resizeAndRemember(((event.clientX - left) / width) * 100);
    });
    splitter.addEventListener('dblclick', () => this.#resizeAndRemember(defaultPercent));
    splitter.addEventListener('keydown', (event) => this.#handleSplitterKey(event));
  }

  #handleSplitterKey(event: KeyboardEvent): void {
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: this.#percent - stepPercent,
      ArrowRight: this.#percent + stepPercent,
      Home: minPercent,
      End: maxPercent,
      Enter: defaultPercent,
    };
    const percent = to[event.key];
    if (percent === undefined) return;
    event.preventDefault();
    this.#resizeAndRemember(percent);
  }

  #listenToTabs(): void {
    for (const tab of this.#tabs) {
      tab.addEventListener('click', () => this.#show(tab.dataset['tab'] === 'terminal' ? 'terminal' : 'text'));
      tab.addEventListener('keydown', (event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        this.#show(this.dataset['view'] === 'text' ? 'terminal' : 'text');
        this.#tabs.find(({ dataset }) => dataset['tab'] === this.dataset['view'])?.focus();
      });
    }
  }

  /** A link to a step leads to the text, also from behind the terminal. */
  #handleHash(): void {
    if (!small.matches || this.dataset['view'] === 'text') return;
    this.#show('text');
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }

  #show(view: View): void {
    if (this.dataset['view'] === view) return;
    if (view === 'terminal') this.#textTop = window.scrollY;
    this.dataset['view'] = view;
    this.#dress();
    if (small.matches) window.scrollTo({ top: view === 'text' ? this.#textTop : 0, behavior: 'instant' });
    this.dispatchEvent(new CustomEvent('tadak:view-changed', { detail: view, bubbles: true }));
  }

  /**
   * Roles fit what is shown: tabs exist only where there are tabs, and where the terminal is alone it is the main thing,
   * under a heading of its own.
   */
  #dress(): void {
    const list = this.querySelector('[data-tabs]');
    if (small.matches) list?.setAttribute('role', 'tablist');
    else list?.removeAttribute('role');
    for (const tab of this.#tabs) {
      const isSelected = tab.dataset['tab'] === this.dataset['view'];
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
    }
    for (const pane of this.querySelectorAll<HTMLElement>('[data-pane]')) {
      const { pane: name, role } = pane.dataset;
      setOrRemove(pane, 'role', small.matches ? 'tabpanel' : role);
      // What is named must stand in a landmark; the text has its own inside, under the page's heading.
      setOrRemove(pane, 'aria-labelledby', small.matches && name === 'terminal' ? 'tadak-tab-terminal' : undefined);
    }
    const isAlone = small.matches && this.dataset['view'] === 'terminal';
    setOrRemove(this, 'role', isAlone ? 'main' : undefined);
    setOrRemove(this.querySelector('[data-pane-title]'), 'aria-level', isAlone ? '1' : undefined);
  }
}

function setOrRemove(element: Element | null, name: string, value: string | undefined): void {
  if (value === undefined) element?.removeAttribute(name);
  else element?.setAttribute(name, value);
}

customElements.define('tadak-workspace', TadakWorkspace);

export {};
