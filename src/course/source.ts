/**
 * A course folder as plain data, so that building a course needs no disk.
 * Knows nothing about where the files came from.
 */

/** One file of a course. */
export interface SourceFile {
  /** Path relative to the course folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Whether the file may be executed. */
  readonly executable: boolean;
}

/** All files of one course by path. */
export type CourseSource = ReadonlyMap<string, SourceFile>;

/** A folder name split into its order prefix and its id: `20-basic-settings` → 20, `basic-settings`. */
export interface OrderedName {
  readonly order: number;
  readonly id: string;
}

/** Splits `NN-id`; `undefined` when the name has another shape. */
export function parseOrderedName(name: string): OrderedName | undefined {
  const match = /^(\d{1,4})-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(name);
  return match ? { order: Number(match[1]), id: match[2] as string } : undefined;
}

/** Names of the entries directly below `folder` (`''` for the top), folders and files alike; `2-x` sorts before `10-x`. */
export function entriesBelow(source: CourseSource, folder: string): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = new Set<string>();
  for (const path of source.keys()) {
    if (path.startsWith(prefix)) names.add(path.slice(prefix.length).split('/')[0] as string);
  }
  return [...names].sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
}

/** Whether `folder` holds any file. */
export function isFolder(source: CourseSource, folder: string): boolean {
  for (const path of source.keys()) if (path.startsWith(`${folder}/`)) return true;
  return false;
}
