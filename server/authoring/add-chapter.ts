/**
 * The chapters of a course.yaml, and one more: adds it to the text; every other line, comments and all, stays as its author wrote it. Pure.
 */
import { isMap, isNode, isScalar, parseDocument } from 'yaml';

/** Ids of the chapters that the file has. */
export function listChapters(text: string): readonly string[] {
  const chapters = parseDocument(text).get('chapters', true);
  return isMap(chapters) ? chapters.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
}

/** The file's new text. `title` is a placeholder for both languages. */
export function addChapter(text: string, id: string, title: string): string {
  const chapters = parseDocument(text).get('chapters', true);
  const last = isMap(chapters) ? chapters.items.at(-1) : undefined;
  // Without a chapter yet the whole value makes room: `{}`, or nothing at all.
  if (!isMap(chapters) || !last || chapters.flow) return replaceValue(text, rangeOf(chapters), lines(id, title, 2));
  const first = chapters.items[0]?.key;
  const indent = columnOf(text, rangeOf(first)[0]);
  const end = rangeOf(last.value ?? last.key)[1];
  const filled = text.slice(0, end).trimEnd().length;
  const lineEnd = text.indexOf('\n', filled);
  const at = lineEnd < 0 ? text.length : lineEnd;
  return `${text.slice(0, at)}\n${lines(id, title, indent)}${text.slice(at)}`;
}

function lines(id: string, title: string, indent: number): string {
  const space = ' '.repeat(indent);
  return `${space}${id}:\n${space}  title: { ko: ${JSON.stringify(title)}, en: ${JSON.stringify(title)} }`;
}

function replaceValue(text: string, [from, to]: readonly [number, number], value: string): string {
  return `${text.slice(0, from).trimEnd()}\n${value}${text.slice(to).replace(/^[^\n]*/, '')}`;
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isNode(node) || isScalar(node) ? node.range : undefined;
  if (!range) throw new Error('course.yaml has no chapters; the schema should have said so');
  return [range[0], range[1]];
}

const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1);
