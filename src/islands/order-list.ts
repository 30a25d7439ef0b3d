/**
 * A list that is put in order by buttons, or with Alt and the arrow keys. The focus moves along.
 * Knows nothing about questions.
 */

/** How the list speaks. */
export interface OrderOptions {
  readonly onMoved: (item: string, position: number) => void;
  readonly signal: AbortSignal;
}

/** Gives the list its behaviour. */
export function wireOrder(list: HTMLElement, { onMoved, signal }: OrderOptions): void {
  const move = (item: Element, isUp: boolean) => {
    const other = isUp ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    const focused = document.activeElement;
    if (isUp) other.before(item);
    else other.after(item);
    if (focused instanceof HTMLElement) focused.focus();
    markEnds(list);
    onMoved(item.querySelector('[data-item-text]')?.textContent?.trim() ?? '', [...list.children].indexOf(item) + 1);
  };
  const itemOf = (event: Event) => (event.target as Element).closest('[data-item]');
  const handleClick = (event: Event) => {
    const pressed = (event.target as Element).closest<HTMLElement>('[data-move]');
    const item = itemOf(event);
    if (pressed && item) move(item, pressed.dataset['move'] === 'up');
  };
  const handleKey = (event: KeyboardEvent) => {
    const item = itemOf(event);
    if (!item || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(item, event.key === 'ArrowUp');
  };
  list.addEventListener('click', handleClick, { signal });
  list.addEventListener('keydown', handleKey, { signal });
  markEnds(list);
}

/** The first item cannot go up, nor the last one down. Not `disabled`: that would lose the focus. */
export function markEnds(list: HTMLElement): void {
  const items = [...list.querySelectorAll('[data-item]')];
  items.forEach((item, index) => {
    item.querySelector('[data-move="up"]')?.setAttribute('aria-disabled', String(index === 0));
    item.querySelector('[data-move="down"]')?.setAttribute('aria-disabled', String(index === items.length - 1));
  });
}
