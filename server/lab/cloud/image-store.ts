/**
 * The cloud images of this host: each is fetched once, proven by its checksum and kept under it. What is in the store is
 * whole; what is not yet whole has another name. Knows nothing about what is done with an image.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { withLock } from '../../host/folder-lock.ts';
import { readJsonFile, writeJsonFile } from '../../host/whole-file.ts';
import type { Waiting } from '../lab.ts';
import { type Checksum, findChecksum, parseHexChecksum } from './checksums.ts';
import type { CloudSource } from './definitions.ts';
import { downloadFile, downloadText } from './download.ts';
import { requireWholeQcow2 } from './qcow2.ts';

/** A cloud image on disk, as it was published. */
export interface CloudImage {
  readonly path: string;
  readonly checksum: Checksum;
  /** Its disk as the guest sees it. */
  readonly virtualBytes: number;
}

/** How the store is asked. */
export interface FetchOptions {
  readonly cacheFolder: string;
  /** Asks the distribution whether there is a newer one, although one is here. */
  readonly isRefresh: boolean;
}

const knownSchema = z.object({ hex: z.string(), virtualBytes: z.number() });

const labels = {
  ask: { ko: '배포판의 체크섬을 확인하는 중', en: 'Asking for the distribution’s checksum' },
  verify: { ko: '받은 이미지를 확인하는 중', en: 'Verifying the image' },
} as const;

/** The image, fetched first if need be; one that is here already costs no request. Throws a Fault. */
export async function fetchCloudImage(
  source: CloudSource,
  { cacheFolder, isRefresh }: FetchOptions,
  waiting: Waiting,
): Promise<CloudImage> {
  const store = join(cacheFolder, 'cloud', 'downloads');
  await mkdir(store, { recursive: true, mode: 0o700 });
  return withLock(join(store, '.lock'), waiting.signal, async () => {
    const told = 'checksum' in source.expected ? source.expected.checksum : undefined;
    const known = isRefresh && told === undefined ? undefined : await recall(store, source, told);
    if (known !== undefined) return known;
    const checksum = told ?? (await askChecksum(source, waiting));
    const path = join(store, `${checksum.hex}.qcow2`);
    const virtualBytes = (await recallSize(store, checksum)) ?? (await fetchInto(path, checksum, { source, waiting }));
    await remember(store, source, { path, checksum, virtualBytes });
    return { path, checksum, virtualBytes };
  });
}

interface Fetching {
  readonly source: CloudSource;
  readonly waiting: Waiting;
}

async function fetchInto(path: string, checksum: Checksum, { source, waiting }: Fetching): Promise<number> {
  const partial = `${path}.part`;
  const { url } = source;
  const { signal, onProgress } = waiting;
  const onBytes = (have: number, total: number | undefined) => onProgress(fetchProgress(source.name, have, total));
  await downloadFile({ url, partial, signal, onBytes });
  onProgress({ label: labels.verify, fraction: 0.9 });
  try {
    await requireChecksum(partial, checksum, { url, signal });
    const virtualBytes = await requireWholeQcow2(partial, { url, signal });
    await rename(partial, path);
    return virtualBytes;
  } catch (error) {
    // Going on with wrong bytes would never make them right.
    if (!signal.aborted) await rm(partial, { force: true });
    throw error;
  }
}

async function askChecksum({ url, expected }: CloudSource, { signal, onProgress }: Waiting): Promise<Checksum> {
  if ('checksum' in expected) return expected.checksum;
  onProgress({ label: labels.ask, fraction: 0 });
  const file = basename(new URL(url).pathname);
  const text = await downloadText(expected.url, signal);
  // A file for a single image may hold nothing but the digits.
  const found = findChecksum(text, file, expected.format) ?? parseHexChecksum(text.trim());
  if (found === undefined) throw new Fault('cloud-checksum-missing', { file, url: expected.url });
  return found;
}

async function requireChecksum(
  path: string,
  { algorithm, hex }: Checksum,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<void> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash, { signal });
  const actual = hash.digest('hex');
  if (actual === hex) return;
  throw new Fault('cloud-checksum-wrong', { url, expected: shorten(hex), actual: shorten(actual) });
}

const shorten = (hex: string) => `${hex.slice(0, 16)}…`;

const bytesPerMb = 2 ** 20;

/** The same label all the while: where there is no bar each new one is a line. */
function fetchProgress(name: string, haveBytes: number, totalBytes: number | undefined) {
  const size = totalBytes === undefined ? '' : ` (${Math.ceil(totalBytes / bytesPerMb)} MB)`;
  const label = { ko: `${name} 이미지를 받는 중${size}`, en: `Fetching the image ${name}${size}` };
  return { label, fraction: totalBytes === undefined ? 0 : 0.9 * Math.min(1, haveBytes / totalBytes) };
}

/** The note that says which image an address gave last; without it the distribution is asked. */
function noteOf(store: string, { url }: CloudSource): string {
  return join(store, `${createHash('sha256').update(url).digest('hex').slice(0, 16)}.json`);
}

async function recall(store: string, source: CloudSource, told: Checksum | undefined): Promise<CloudImage | undefined> {
  // A note that cannot be read says nothing.
  const note = await readJsonFile(noteOf(store, source), knownSchema);
  const checksum = parseHexChecksum(note?.hex ?? '');
  if (note === undefined || checksum === undefined || (told !== undefined && told.hex !== checksum.hex))
    return undefined;
  const path = join(store, `${checksum.hex}.qcow2`);
  return (await exists(path)) ? { path, checksum, virtualBytes: note.virtualBytes } : undefined;
}

/** The size of an image that is here under another address. */
async function recallSize(store: string, { hex }: Checksum): Promise<number | undefined> {
  const path = join(store, `${hex}.qcow2`);
  if (!(await exists(path))) return undefined;
  return requireWholeQcow2(path, { url: path, signal: new AbortController().signal });
}

/** Also removes the image that the address gave before. */
async function remember(store: string, source: CloudSource, { checksum, virtualBytes }: CloudImage): Promise<void> {
  const path = noteOf(store, source);
  const before = await recall(store, source, undefined);
  if (before !== undefined && before.checksum.hex !== checksum.hex) await rm(before.path, { force: true });
  await writeJsonFile(path, { url: source.url, hex: checksum.hex, virtualBytes });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
