/**
 * `<tadak-variants>`: opens the variant of the learner's lab and puts it first; the others stay one click away.
 * Remembers what the learner opens. Knows nothing about what a variant says.
 */
import { chooseVariant } from './choose-variant.ts';
import { setHidden } from './element.ts';
import type { Island } from './island.ts';

const storageKey = 'tadak-variant';

/** The behaviour of `<tadak-variants>`. */
export const followLab: Island = (host, page, signal) => {
  const all = [...host.querySelectorAll<HTMLDetailsElement>(':scope > details[data-variant]')];
  const names = all.map(({ dataset }) => dataset['variant'] ?? '');
  // What was opened before this ran is as good as opened later: it stays open and is remembered.
  const early = all.findLast(({ open }, index) => open && index > 0);
  const remember = (variant: HTMLElement) => localStorage.setItem(storageKey, variant.dataset['variant'] ?? '');
  if (early) remember(early);
  let seen: string | undefined;

  page.state.watch(({ lab }) => {
    const capabilities = lab?.capabilities ?? [];
    if (seen === capabilities.join()) return;
    const keepsOpen = early && seen === undefined;
    seen = capabilities.join();
    const remembered = localStorage.getItem(storageKey) ?? undefined;
    const chosen = chooseVariant(names, { capabilities, remembered });
    for (const [index, variant] of all.entries()) {
      variant.open = names[index] === chosen || (keepsOpen && variant.open) === true;
      const isOfLab = names[index] === chosen && capabilities.some((capability) => capability === chosen);
      setHidden(variant.querySelector('[data-yours]'), !isOfLab);
    }
    arrange(
      host,
      [...all].sort((left, right) => Number(right.open) - Number(left.open)),
    );
  }, signal);

  host.addEventListener(
    'click',
    (event) => {
      const summary = event.target instanceof Element ? event.target.closest('summary') : null;
      const variant = all.find((candidate) => candidate === summary?.parentElement);
      if (variant && !variant.open) remember(variant);
    },
    { signal },
  );
};

/** Moving a node would take the focus from it, so nothing moves under somebody's hands. */
function arrange(host: HTMLElement, order: readonly HTMLElement[]): void {
  const isInOrder = order.every((variant, index) => host.children[index] === variant);
  if (!isInOrder && !host.contains(document.activeElement)) host.append(...order);
}
