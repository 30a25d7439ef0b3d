/**
 * What Astro says about a text that cannot be made into a page, as a problem of the author's file. Pure; knows how
 * Astro's lines look, and hands on what it does not know.
 */
import { isAbsolute, relative } from 'node:path';
import type { Issue } from '../../src/course/issue.ts';
import { problem } from '../../src/course/problems.ts';

/** What is done with the lines. */
export interface TextErrorHandlers {
  readonly onIssue: (issue: Issue) => void;
  /** A line of an error of another kind. */
  readonly onOther: (line: string) => void;
}

/** `13:52:19 [ERROR] 50:1: Unexpected character …`: the time, the mark, perhaps the place. */
const errorLine = /\[ERROR\] (?:MDXError: )?(?:\d+:\d+(?:-\d+:\d+)?: )?(.*)$/;
/** `[ERROR] [content] …`: a part of Astro speaks, in one line. */
const partLine = /\[ERROR\] (\[[\w@/-]+\] .*)$/;
/** `    at /course/…/en.mdx:50:1` */
const placeLine = /^\s+at (?:async )?(\/.+\.mdx):(\d+):(\d+)$/;
/** Astro's stack, and what it says about its stack. */
const stackLine = /^\s+(?:at |\[\.\.\.\])|^\s*Stack trace:$/;
const stackEnd = /^\s+\[\.\.\.\]/;

/** Takes Astro's lines one by one; the place of an error comes some lines after it. */
export function createTextErrors(
  courseFolder: string,
  { onIssue, onOther }: TextErrorHandlers,
): (line: string) => void {
  let pending: string | undefined;
  let placed: string | undefined;
  const handOn = () => {
    if (pending !== undefined) onOther(pending);
    pending = undefined;
  };
  const placeError = (detail: string, [, path = '', line, column]: RegExpExecArray) => {
    const file = relative(courseFolder, path);
    pending = undefined;
    placed = detail;
    if (file.startsWith('..') || isAbsolute(file)) onOther(`${detail} (${path}:${line})`);
    else onIssue(problem('text-syntax', { file, line: Number(line), column: Number(column) }, { detail }));
  };
  return (line) => {
    const said = errorLine.exec(line)?.[1];
    const place = placeLine.exec(line);
    const part = partLine.exec(line)?.[1];
    if (part !== undefined) onOther(part);
    else if (said !== undefined) {
      // It is said twice: as it was thrown, and with its place.
      if (said !== pending) handOn();
      pending = said;
    } else if (place && pending !== undefined) placeError(pending, place);
    else if (stackEnd.test(line)) handOn();
    else if (!stackLine.test(line) && line.trim() !== '' && line.trim() !== placed) onOther(line);
  };
}
