/**
 * Which terminals are open and which one is shown; kept in this browser tab, so that the next lesson shows
 * the same ones. Pure but for its storage; knows nothing about shells.
 */

/** Most terminals at a time. */
export const maxTerminals = 6;
const storageKey = 'tadak.terminals';

/** Numbers of the open terminals (1 is `t1`), and the one that is shown. */
export interface OpenTerminals {
  readonly open: readonly number[];
  readonly active: number;
}

/** Opens the lowest number that is free, which is also how a hidden terminal comes back. */
export function openNext({ open, active }: OpenTerminals): OpenTerminals {
  if (open.length >= maxTerminals) return { open, active };
  let next = 1;
  while (open.includes(next)) next += 1;
  return { open: [...open, next].sort((a, b) => a - b), active: next };
}

/** Hides one; the last one stays. */
export function hide({ open, active }: OpenTerminals, hidden: number): OpenTerminals {
  const rest = open.filter((number) => number !== hidden);
  if (rest.length === 0) return { open, active };
  const neighbour = rest.findLast((number) => number < hidden) ?? rest[0] ?? active;
  return { open: rest, active: active === hidden ? neighbour : active };
}

/** Reads what was open. */
export function loadOpenTerminals(storage: Storage): OpenTerminals {
  const kept = (storage.getItem(storageKey) ?? '').split(',').map(Number);
  const [active = 1, ...open] = kept.filter(
    (number) => Number.isInteger(number) && number >= 1 && number <= maxTerminals,
  );
  const unique = [...new Set(open)].sort((a, b) => a - b);
  return unique.includes(active) ? { open: unique, active } : { open: [1], active: 1 };
}

/** Keeps what is open. */
export function keepOpenTerminals(storage: Storage, { open, active }: OpenTerminals): void {
  storage.setItem(storageKey, [active, ...open].join());
}
