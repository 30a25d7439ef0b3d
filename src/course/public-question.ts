/**
 * A quiz question without its key and explanations: the only form that may reach a page.
 * Knows nothing about grading.
 */
import type { Capability } from './capabilities.ts';
import type { Localized } from './locales.ts';
import type { Question } from './schema.ts';

/** A choice or an item to order. */
export interface PublicItem {
  readonly id: string;
  readonly text: Localized;
}

/** A question as a page may see it: no key, no explanations. */
export type PublicQuestion =
  | {
      readonly kind: 'single' | 'multiple';
      readonly id: string;
      readonly text: Localized;
      readonly choices: readonly PublicItem[];
    }
  | { readonly kind: 'order'; readonly id: string; readonly text: Localized; readonly items: readonly PublicItem[] }
  | { readonly kind: 'fill-in'; readonly id: string; readonly text: Localized }
  | {
      readonly kind: 'ask-lab';
      readonly id: string;
      readonly text: Localized;
      readonly needs: readonly Capability[];
    };

/** Strips everything that would give the answer away. */
export function publicQuestion(question: Question): PublicQuestion {
  const { id, text } = question;
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return { kind: question.kind, id, text, choices: question.choices.map(publicItem) };
    case 'order':
      return { kind: 'order', id, text, items: shuffle(question.items.map(publicItem), id) };
    case 'fill-in':
      return { kind: 'fill-in', id, text };
    case 'ask-lab':
      return { kind: 'ask-lab', id, text, needs: question.needs };
  }
}

function publicItem({ id, text }: PublicItem): PublicItem {
  return { id, text };
}

/**
 * Shuffles by a seed, so that every build shows the same order, and never shows the right one.
 * Item ids should not give the order away: they are what the page sends back.
 */
function shuffle(items: readonly PublicItem[], seed: string): readonly PublicItem[] {
  const shuffled = [...items];
  let state = [...seed].reduce((hash, char) => (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0, 7);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as PublicItem, shuffled[last] as PublicItem];
  }
  const isSorted = shuffled.every((item, index) => item.id === items[index]?.id);
  return isSorted ? [...shuffled.slice(1), shuffled[0] as PublicItem] : shuffled;
}
