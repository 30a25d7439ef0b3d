/**
 * Fetches one file over HTTP into another, going on where an earlier attempt was interrupted.
 * Knows nothing about what the file is or how it is checked.
 */
import { createWriteStream } from 'node:fs';
import { rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Fault } from '../../../src/faults.ts';
import { requireDiskSpace } from '../../host/disk-space.ts';

/** What is fetched and whereto. */
export interface DownloadOptions {
  readonly url: string;
  /** What is there already is the beginning of it. */
  readonly partial: string;
  readonly signal: AbortSignal;
  /** Told at each full MB. */
  readonly onBytes: (haveBytes: number, totalBytes: number | undefined) => void;
}

const bytesPerMb = 2 ** 20;
const mb = (bytes: number) => Math.ceil(bytes / bytesPerMb);
/** A checksum file has some hundred lines. */
const maxTextBytes = 1024 * 1024;

/**
 * Fetches what is missing of the file. Throws a Fault: after an interruption the beginning stays, to be gone on with; when
 * the disk is full nothing stays.
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const { url, partial, signal } = options;
  const haveBytes = await sizeOf(partial);
  const response = await request(url, signal, haveBytes > 0 ? { range: `bytes=${haveBytes}-` } : {});
  if (response.status === 416) return startAgain(response, haveBytes, options);
  requireFine(response, url);
  const from = response.status === 206 ? beginOf(response) : 0;
  if (from > haveBytes) throw new Fault('cloud-unreachable', { url, detail: 'Content-Range' });
  if (haveBytes > from) await truncate(partial, from);
  const restBytes = lengthOf(response);
  if (restBytes !== undefined) {
    await requireDiskSpace(dirname(partial), mb(restBytes)).catch(async (error: unknown) => {
      await response.body?.cancel();
      throw error;
    });
  }
  await save(response, from, restBytes === undefined ? undefined : from + restBytes, options);
}

/** Fetches a short text. Throws a Fault. */
export async function downloadText(url: string, signal: AbortSignal): Promise<string> {
  const response = await request(url, signal, {});
  requireFine(response, url);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of response.body ?? []) {
      bytes += part.length;
      if (bytes > maxTextBytes) throw new Fault('cloud-unreachable', { url, detail: `> ${mb(maxTextBytes)} MB` });
      parts.push(part);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Fault ? error : unreachable(url, error);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The server has nothing after what we have: that is all of it, or the beginning of something else. */
async function startAgain(response: Response, haveBytes: number, options: DownloadOptions): Promise<void> {
  await response.body?.cancel();
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (Number(total) === haveBytes) return;
  await rm(options.partial, { force: true });
  await downloadFile(options);
}

async function request(url: string, signal: AbortSignal, headers: Record<string, string>): Promise<Response> {
  try {
    // As they are: a length and ranges are of the file and not of a packed form of it.
    return await fetch(url, { signal, headers: { ...headers, 'accept-encoding': 'identity' } });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

function requireFine({ status }: Response, url: string): void {
  if (status !== 200 && status !== 206) throw new Fault('cloud-refused', { url, status });
}

async function save(response: Response, from: number, total: number | undefined, options: DownloadOptions) {
  const { url, partial, signal, onBytes } = options;
  let haveBytes = from;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const isNext = Math.floor((haveBytes + chunk.length) / bytesPerMb) > Math.floor(haveBytes / bytesPerMb);
      haveBytes += chunk.length;
      if (isNext) onBytes(haveBytes, total);
      done(null, chunk);
    },
  });
  const file = createWriteStream(partial, { flags: from > 0 ? 'a' : 'w', mode: 0o600 });
  try {
    await pipeline(Readable.from(response.body ?? []), counter, file, { signal });
  } catch (error) {
    if (isFull(error)) return handleFull(partial, { haveBytes, total }, error);
    signal.throwIfAborted();
    throw interrupted(url, { haveBytes: from + file.bytesWritten, total }, error);
  }
  if (total !== undefined && haveBytes < total) throw interrupted(url, { haveBytes, total });
}

interface Fill {
  readonly haveBytes: number;
  readonly total: number | undefined;
}

function interrupted(url: string, { haveBytes, total }: Fill, cause?: unknown): Fault {
  const haveMb = Math.floor(haveBytes / bytesPerMb);
  return new Fault('cloud-interrupted', { url, haveMb, totalMb: total === undefined ? '?' : mb(total) }, { cause });
}

async function handleFull(partial: string, { haveBytes, total }: Fill, cause: unknown): Promise<never> {
  await rm(partial, { force: true });
  const needMb = mb(total ?? haveBytes);
  throw new Fault('lab-disk-full', { path: dirname(partial), freeMb: 0, needMb }, { cause });
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function beginOf(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
}

function lengthOf(response: Response): number | undefined {
  const text = response.headers.get('content-length');
  return text === null ? undefined : Number(text);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** `fetch` only says that it failed; the reason is inside. */
function unreachable(url: string, error: unknown): Fault {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return new Fault(
    'cloud-unreachable',
    { url, detail: cause?.code ?? cause?.message ?? String(error) },
    { cause: error },
  );
}
