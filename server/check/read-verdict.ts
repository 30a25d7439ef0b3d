/**
 * Reads what a check script said: the exit code and the last line of its standard error.
 * Knows nothing about labs and steps.
 */

/** A hint as named by a script: `HINT:<id>`, then optionally `expected=…` and `actual=…` after tabs. */
export interface HintLine {
  readonly hint: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** Longest text taken from a lab for a page, characters. */
const maxShownChars = 500;

/** The hint named by the last line of `stderr`, if that line is one. */
export function readHintLine(stderr: string): HintLine | undefined {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  const [head, ...fields] = last.split('\t');
  const match = /^HINT:([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec((head ?? '').trim());
  if (!match) return undefined;
  const expected = readField(fields, 'expected');
  const actual = readField(fields, 'actual');
  return {
    hint: match[1] as string,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

function readField(fields: readonly string[], name: string): string | undefined {
  const field = fields.find((candidate) => candidate.startsWith(`${name}=`));
  return field === undefined ? undefined : cleanText(field.slice(name.length + 1));
}

/** Text from a lab made fit for a page: no control characters, cut. A page still escapes it. */
export function cleanText(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim();
  return clean.length > maxShownChars ? `${clean.slice(0, maxShownChars)}…` : clean;
}
