/**
 * Text that an input method writes into the terminal's field (Hangul and other compositions, touch keyboards, pickers),
 * made into what the shell gets: what the field gained, and a backspace for each character that it lost.
 *
 * xterm.js reads the field some time after each event. Events that came in between, as they do while a busy page lags
 * behind a quick typist, cost it syllables. Here the field is read within the event that changed it; xterm.js sees
 * none of these events. The same reading serves WebKit, which replaces a syllable in the field (`insertReplacementText`)
 * instead of composing it.
 * Knows nothing about connections.
 */

/** The field's contents and selection, as an event finds them. */
export interface FieldView {
  value: string;
  readonly selectionStart: number | null;
  readonly selectionEnd: number | null;
}

/** Told what comes of the events. */
export interface TextInputOptions {
  /** An ancestor of the field; events are taken on their way down. */
  readonly host: HTMLElement;
  readonly field: FieldView & EventTarget;
  /** Text for the shell, backspaces (DEL) included. */
  readonly onText: (text: string) => void;
  /** Several lines that came at once: no key does that, but a keyboard's clipboard does. */
  readonly onPaste: (text: string) => void;
  /** The text in composition, empty when there is none. */
  readonly onPreview: (text: string) => void;
  /** Whether a character counts while it is still in composition, because a modifier is held for it. */
  readonly isUrgent: () => boolean;
  readonly signal: AbortSignal;
}

/** The reading of the field. */
export interface TextInput {
  /** Ends a composition and sends what it holds, for what must come after it. */
  flush(): void;
}

/** `keyCode` of a key that an input method has taken. UI Events §7.3.1. */
const takenByInputMethod = 229;
const backspace = '\x7f';

/** Takes an input method's events from now on. */
export function takeTextInput(options: TextInputOptions): TextInput {
  const { host, field, onText, onPaste, onPreview, isUrgent, signal } = options;
  /** What the field held before the change that is under way. */
  let before = field.value;
  let isComposing = false;
  /** The key that xterm.js has handled; its default action may write it into the field as well. */
  let handledKey: string | undefined;

  const settle = () => {
    const text = difference(before, field.value);
    before = field.value;
    const typed = isPaste(text) ? text.slice(0, countLost(text)) : text;
    if (typed !== '') onText(typed);
    if (typed === text) return;
    field.value = before = '';
    onPaste(text.slice(typed.length).replaceAll('\r', '\n'));
  };
  const endComposition = () => {
    if (!isComposing) return;
    isComposing = false;
    onPreview('');
    settle();
  };
  const flush = () => {
    if (!isComposing) return;
    endComposition();
    // The input method begins anew in an empty field; else its next stroke would change what is sent already.
    field.value = before = '';
  };
  const handlers: { readonly [Name in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Name]) => boolean } = {
    compositionstart: () => {
      before = withoutSelection(field);
      isComposing = true;
      return true;
    },
    compositionupdate: ({ data }) => {
      if (isComposing) onPreview(data);
      return true;
    },
    compositionend: () => {
      endComposition();
      return true;
    },
    beforeinput: ({ inputType }) => {
      // Programs put text into the field as well, e.g. the selection for the browser's menu: only what is typed counts.
      if (!isComposing) before = inputType === 'insertReplacementText' ? field.value : withoutSelection(field);
      return false;
    },
    input: (event) => {
      const isEcho = (event as InputEvent).data === handledKey;
      handledKey = undefined;
      if (isEcho) before = field.value;
      else if (!isComposing) settle();
      else if (isUrgent()) flush();
      return true;
    },
    keydown: (event) => {
      if (event.isComposing || event.keyCode === takenByInputMethod) {
        handledKey = undefined;
        return true;
      }
      if (isModifier(event)) return false;
      // The shell gets the syllable before the key that ends it.
      endComposition();
      handledKey = event.key;
      return false;
    },
    keypress: (event) => {
      handledKey = event.key;
      return false;
    },
  };
  for (const name of Object.keys(handlers) as (keyof typeof handlers)[]) {
    const handle = handlers[name] as (event: Event) => boolean;
    const listener = (event: Event) => {
      if (event.target === field && handle(event)) event.stopPropagation();
    };
    host.addEventListener(name, listener, { signal, capture: true });
  }
  // xterm.js empties the field then, and a composition that loses its field is over.
  host.addEventListener('blur', endComposition, { signal, capture: true });
  return { flush };
}

/** What turns one text into another when characters can be added and taken only at the end. */
export function difference(from: string, to: string): string {
  const old = [...from];
  const now = [...to];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  return backspace.repeat(old.length - same) + now.slice(same).join('').replaceAll('\n', '\r');
}

/** Enter comes by itself; a line's end with something beside it was not typed. */
function isPaste(text: string): boolean {
  return text.includes('\r') && text.length > countLost(text) + 1;
}

function countLost(text: string): number {
  return text.length - text.replace(/^\x7f+/, '').length;
}

function withoutSelection({ value, selectionStart, selectionEnd }: FieldView): string {
  return value.slice(0, selectionStart ?? value.length) + value.slice(selectionEnd ?? value.length);
}

function isModifier({ key }: KeyboardEvent): boolean {
  return ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'HangulMode', 'HanjaMode'].includes(key);
}
