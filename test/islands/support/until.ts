/**
 * Waits for something to become true, and says what was seen when it does not.
 */

/** Polls until `look` gives a value; fails after `withinMs` with what `seen` says. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  { withinMs = 10_000, seen }: { withinMs?: number; seen?: () => unknown } = {},
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) {
      const last = JSON.stringify(await seen?.());
      throw new Error(`Waited ${withinMs} ms in vain: ${what}${last === undefined ? '' : `\nseen: ${last}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
