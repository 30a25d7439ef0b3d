/**
 * Figures and how several rounds of them become one. Knows nothing about what they mean.
 */

/** Measured values by the keys of `rows.ts`. A key is left out when the server cannot be measured so. */
export type Figures = Readonly<Record<string, number | boolean>>;

/** The value below which `part` (0 to 1) of the values lie. `NaN` of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** One set of figures of several rounds: the median of numbers; true only when it was true in every round. */
export function mergeRounds(rounds: readonly Figures[]): Figures {
  const keys = new Set(rounds.flatMap((round) => Object.keys(round)));
  return Object.fromEntries([...keys].map((key) => [key, mergeValues(rounds.flatMap((round) => round[key] ?? []))]));
}

function mergeValues(values: readonly (number | boolean)[]): number | boolean {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === values.length ? middle(numbers) : values.every((value) => value === true);
}

function middle(values: readonly number[]): number {
  const half = percentile(values, 0.5);
  // Of an even count the mean of the two in the middle: the upper one alone would favour the worse.
  return values.length % 2 === 1 ? half : (half + percentile(values, 0.5 - 1 / values.length)) / 2;
}
