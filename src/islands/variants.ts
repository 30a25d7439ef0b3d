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
  let seen: string | undefined;

  page.state.watch(({ lab }) => {
    const capabilities = lab?.capabilities ?? [];
    if (seen === capabilities.join()) return;
    seen = capabilities.join();
    const remembered = localStorage.getItem(storageKey) ?? undefined;
    const chosen = chooseVariant(names, { capabilities, remembered });
    for (const [index, variant] of all.entries()) {
      variant.open = names[index] === chosen;
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
      if (variant && !variant.open) localStorage.setItem(storageKey, variant.dataset['variant'] ?? '');
    },
    { signal },
  );
};

/** Moving a node would take the focus from it, so nothing moves under somebody's hands. */
function arrange(host: HTMLElement, order: readonly HTMLElement[]): void {
  const isInOrder = order.every((variant, index) => host.children[index] === variant);
  if (!isInOrder && !host.contains(document.activeElement)) host.append(...order);
}
