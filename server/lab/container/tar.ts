/**
 * Writes a tar archive's headers (POSIX.1-2001: ustar, with pax records where ustar has no room). Pure.
 * Knows nothing about where the content comes from.
 */

/** One entry; a file's content follows its header, filled up by `padding`. */
export interface TarEntry {
  /** Without a slash at either end. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Permission bits, those for set-user-id and the like included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** Bytes of a file's content. */
  readonly size?: number;
  /** Where a symbolic link points. */
  readonly target?: string;
  /** Extended attributes by name. */
  readonly attributes?: Readonly<Record<string, Uint8Array>>;
}

const blockBytes = 512;
const maxNameBytes = 100;
const typeFlags = { file: '0', directory: '5', symlink: '2', pax: 'x' } as const;
const maxSmallNumber = 0o7777777;

/** The header of an entry, pax records first where it needs them. */
export function buildHeader(entry: TarEntry): Buffer {
  const records = buildRecords(entry);
  const header = buildBlock({ ...entry, flag: typeFlags[entry.kind] });
  if (records.length === 0) return header;
  const extension = buildBlock({
    ...{ path: 'pax', mode: 0o644, uid: 0, gid: 0, mtime: 0 },
    ...{ size: records.length, flag: typeFlags.pax },
  });
  return Buffer.concat([extension, records, padding(records.length), header]);
}

/** What fills up content to whole blocks. */
export function padding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}

/** The end of an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * blockBytes);

/** A file of root's from memory. */
export interface TextEntry {
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

/** One whole file: header, content, padding. */
export function buildTextEntry({ path, mode, content }: TextEntry): Buffer {
  const bytes = Buffer.from(content, 'utf8');
  const header = buildHeader({ path, mode, kind: 'file', uid: 0, gid: 0, mtime: 0, size: bytes.length });
  return Buffer.concat([header, bytes, padding(bytes.length)]);
}

/** A small archive of files, all of root's, from memory. */
export function buildSmallTar(files: readonly TextEntry[]): Buffer {
  return Buffer.concat([...files.map(buildTextEntry), tarEnd]);
}

function buildRecords({ path, target = '', attributes = {} }: TarEntry): Buffer {
  const records = Object.entries(attributes).map(([name, value]) => buildRecord(`SCHILY.xattr.${name}`, value));
  if (Buffer.byteLength(path) > maxNameBytes) records.push(buildRecord('path', Buffer.from(path)));
  if (Buffer.byteLength(target) > maxNameBytes) records.push(buildRecord('linkpath', Buffer.from(target)));
  return Buffer.concat(records);
}

/** `<length of all of this> <key>=<value>\n`; the length counts its own digits. */
function buildRecord(key: string, value: Uint8Array): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

interface Block extends Omit<TarEntry, 'kind'> {
  readonly flag: string;
}

function buildBlock({ path, mode, uid, gid, mtime, size = 0, target = '', flag }: Block): Buffer {
  const block = Buffer.alloc(blockBytes);
  block.write(cut(path), 0, maxNameBytes);
  writeNumber(block, mode, 100, 8);
  writeNumber(block, Math.min(uid, maxSmallNumber), 108, 8);
  writeNumber(block, Math.min(gid, maxSmallNumber), 116, 8);
  writeNumber(block, size, 124, 12);
  writeNumber(block, Math.max(0, Math.floor(mtime)), 136, 12);
  block.write(' '.repeat(8), 148);
  block.write(flag, 156);
  block.write(cut(target), 157, maxNameBytes);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148);
  return block;
}

/** What does not fit stands in a pax record, which wins. */
function cut(text: string): string {
  return Buffer.from(text).subarray(0, maxNameBytes).toString('latin1');
}

function writeNumber(block: Buffer, value: number, offset: number, width: number): void {
  block.write(`${value.toString(8).padStart(width - 1, '0')}\u0000`, offset);
}
