/**
 * Keys as lesson.yaml writes them: `yes<Enter>`, `<Esc>:wq<Enter>`, `<Ctrl-C>`. Pure.
 */

const named: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
};

/** The bytes of a text with keys in it; what is no key's name stays as it is. */
export function keysOf(text: string): string {
  return text.replace(/<(?:ctrl-([a-z\]\\])|([a-z]+))>/gi, (whole, control: string | undefined, name = '') => {
    if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f);
    return named[(name as string).toLowerCase()] ?? whole;
  });
}
