/**
 * Which variant of a text fits the learner: the one of the lab in use, else the one chosen last, else Debian's.
 * Knows nothing about the page.
 */

/** The machine of the course itself. */
const courseDefault = 'debian';

/** What is known about the learner. */
export interface VariantHints {
  /** What the lab offers; empty while there is none. */
  readonly capabilities: readonly string[];
  /** What the learner opened last, on any page. */
  readonly remembered: string | undefined;
}

/** Chooses among `variants`, which are in the author's order. For a lab that fits none of them it is the first. */
export function chooseVariant(
  variants: readonly string[],
  { capabilities, remembered }: VariantHints,
): string | undefined {
  const ofLab = variants.find((variant) => capabilities.includes(variant));
  if (ofLab !== undefined || capabilities.length > 0) return ofLab ?? variants[0];
  return [remembered, courseDefault].find((wish) => wish !== undefined && variants.includes(wish)) ?? variants[0];
}
