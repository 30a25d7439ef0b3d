/**
 * Builds and changes DOM nodes without HTML strings. Knows nothing about what they mean.
 */
import { richTextParts } from '../i18n/rich-text.ts';

/** Attributes by name; `true` is an empty attribute, `false` and `undefined` are none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** Makes a button that does something, until the signal aborts. */
export function button(
  label: string,
  onPress: () => void,
  { signal, ...attributes }: { readonly signal: AbortSignal } & Record<string, string | boolean | AbortSignal>,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(attributes as Attributes) }, label);
  made.addEventListener('click', onPress, { signal });
  return made;
}

/** Nodes of a text with `code` and **strong** in it. */
export function richText(text: string): Node[] {
  return richTextParts(text).map((part) =>
    part.kind === 'text' ? document.createTextNode(part.text) : element(part.kind, {}, part.text),
  );
}

/** Sets a node's text only when it differs, so that a live region does not speak twice. */
export function setText(node: Element | null | undefined, text: string): void {
  if (node && node.textContent !== text) node.textContent = text;
}

/** Hides or shows a node. */
export function setHidden(node: Element | null | undefined, isHidden: boolean): void {
  node?.toggleAttribute('hidden', isHidden);
}
