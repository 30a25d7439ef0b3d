import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CloudSource, resolveSource } from '../../../../server/lab/cloud/definitions.ts';
import { fetchCloudImage } from '../../../../server/lab/cloud/image-store.ts';
import { Fault } from '../../../../src/faults.ts';
import { type ImageServer, startImageServer } from './image-server.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };
const made = mkdtempSync(join(tmpdir(), 'tadak-cloud-'));
let folder: string;
let image: Buffer;

/** A real qcow2 with six megabytes that cannot be packed. */
beforeAll(() => {
  const raw = join(made, 'raw');
  writeFileSync(raw, randomBytes(6 * 2 ** 20));
  execFileSync('qemu-img', ['convert', '-O', 'qcow2', raw, join(made, 'image.qcow2')]);
  image = readFileSync(join(made, 'image.qcow2'));
  return () => rmSync(made, { recursive: true });
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadak-cloud-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bsd = (bytes: Uint8Array) => Buffer.from(`# image.qcow2: 1 bytes\nSHA256 (image.qcow2) = ${sha256(bytes)}\n`);

function serve(body: Uint8Array, sums: Uint8Array = bsd(body)): Promise<ImageServer> {
  return startImageServer({ files: { '/image.qcow2': body, '/CHECKSUM': sums } });
}

function sourceOf({ origin }: ImageServer, expected = `${origin}/CHECKSUM`): CloudSource {
  return resolveSource({}, { from: `${origin}/image.qcow2`, sha256: expected });
}

const fetchFrom = (server: ImageServer, options: { expected?: string; isRefresh?: boolean; cache?: string } = {}) =>
  fetchCloudImage(
    sourceOf(server, options.expected),
    { cacheFolder: options.cache ?? folder, isRefresh: options.isRefresh ?? false },
    waiting,
  );

/** The fault that it ends with; its sentences must say in both languages all that they promise. */
async function faultOf(task: Promise<unknown>): Promise<Fault> {
  const fault = await task.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof Fault)) throw new Error(`no fault but ${String(fault)}`);
  for (const sentence of Object.values(fault.sentence)) expect(sentence).not.toMatch(/\{\w+\}/);
  return fault;
}

const left = (cache = folder) => readdirSync(join(cache, 'cloud/downloads')).filter((name) => name !== '.lock');

test('an image is fetched, proven by the checksum file and kept under its checksum', async () => {
  await using server = await serve(image);
  const fetched = await fetchFrom(server);
  expect(readFileSync(fetched.path)).toEqual(image);
  expect(fetched.path).toContain(sha256(image));
  expect(fetched.virtualBytes).toBe(6 * 2 ** 20);
  expect(server.asked.map(({ path }) => path)).toEqual(['/CHECKSUM', '/image.qcow2']);
});

test('a second build asks nobody; a refresh asks for the checksum only, while it is the same', async () => {
  await using server = await serve(image);
  const first = await fetchFrom(server);
  server.asked.length = 0;
  expect(await fetchFrom(server)).toEqual(first);
  expect(server.asked).toEqual([]);
  expect(await fetchFrom(server, { isRefresh: true })).toEqual(first);
  expect(server.asked.map(({ path }) => path)).toEqual(['/CHECKSUM']);
});

test('a refresh that finds a newer image fetches it and removes the old one', async () => {
  await using server = await serve(image);
  await fetchFrom(server);
  const raw = join(folder, 'raw');
  writeFileSync(raw, randomBytes(2 ** 20));
  execFileSync('qemu-img', ['convert', '-O', 'qcow2', raw, join(folder, 'newer.qcow2')]);
  const newer = readFileSync(join(folder, 'newer.qcow2'));
  server.behaviour.files['/image.qcow2'] = newer;
  server.behaviour.files['/CHECKSUM'] = bsd(newer);
  expect(readFileSync((await fetchFrom(server, { isRefresh: true })).path)).toEqual(newer);
  expect(left().filter((name) => name.endsWith('.qcow2'))).toEqual([`${sha256(newer)}.qcow2`]);
});

test('a download whose connection broke goes on where it was', async () => {
  await using server = await serve(image);
  server.behaviour.cutAfterBytes = 2_500_000;
  const fault = await faultOf(fetchFrom(server));
  expect(fault.code).toBe('cloud-interrupted');
  expect(fault.sentence.en).toContain(`${server.origin}/image.qcow2`);
  expect(left()).toEqual([`${sha256(image)}.qcow2.part`]);
  const have = statSync(join(folder, 'cloud/downloads', left()[0] ?? '')).size;
  expect(have).toBeGreaterThan(0);
  expect(readFileSync((await fetchFrom(server)).path)).toEqual(image);
  const [broken, rest] = server.asked.filter(({ path }) => path === '/image.qcow2');
  expect(rest?.range).toBe(`bytes=${have}-`);
  // All of it once; what the first connection lost on its way is all that comes twice.
  expect((rest?.sentBytes ?? 0) + have).toBe(image.length);
  expect(broken?.sentBytes).toBe(2_500_000);
});

test('a server that knows no ranges gives the whole once more', async () => {
  await using server = await serve(image);
  server.behaviour.cutAfterBytes = 2_500_000;
  server.behaviour.ignoresRanges = true;
  await faultOf(fetchFrom(server));
  expect(readFileSync((await fetchFrom(server)).path)).toEqual(image);
  const rest = server.asked.at(-1);
  expect(rest?.range).toMatch(/^bytes=\d+-$/);
  expect(rest?.sentBytes).toBe(image.length);
});

test('a download that was whole but not yet looked at is not fetched again', async () => {
  await using server = await serve(image);
  mkdirSync(join(folder, 'cloud/downloads'), { recursive: true });
  writeFileSync(join(folder, 'cloud/downloads', `${sha256(image)}.qcow2.part`), image);
  expect(readFileSync((await fetchFrom(server)).path)).toEqual(image);
  expect(server.asked.at(-1)?.sentBytes).toBe(0);
});

test('a wrong checksum is told with both values, and nothing stays', async () => {
  await using server = await serve(image, bsd(randomBytes(3)));
  const fault = await faultOf(fetchFrom(server));
  expect(fault.code).toBe('cloud-checksum-wrong');
  expect(fault.sentence.ko).toContain(sha256(image).slice(0, 16));
  expect(left()).toEqual([]);
});

test('a checksum file without the image is named, and the image is not asked for', async () => {
  await using server = await serve(image, Buffer.from(`SHA256 (other.qcow2) = ${sha256(image)}\n`));
  const fault = await faultOf(fetchFrom(server));
  expect(fault.code).toBe('cloud-checksum-missing');
  expect(fault.sentence.en).toContain('no entry for image.qcow2');
  expect(server.asked.map(({ path }) => path)).toEqual(['/CHECKSUM']);
  expect(left()).toEqual([]);
});

test.each([
  ['is cut short', () => image.subarray(0, 3_000_000)],
  ['is no qcow2', () => Buffer.from('<html>moved</html>')],
  [
    'stands on another file',
    () => {
      const overlay = join(made, 'overlay.qcow2');
      execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', 'image.qcow2', '-F', 'qcow2', overlay], {
        cwd: made,
      });
      return readFileSync(overlay);
    },
  ],
])('an image that %s is refused although its checksum is right, and nothing stays', async (_what, make) => {
  const body = make();
  await using server = await serve(body);
  const fault = await faultOf(fetchFrom(server, { expected: sha256(body) }));
  expect(fault.code).toBe('cloud-not-whole');
  expect(fault.sentence.en).toContain(`${server.origin}/image.qcow2`);
  expect(left()).toEqual([]);
});

test('a refusal and a server that is not there are told with the address', async () => {
  const server = await serve(image);
  const refused = await faultOf(
    fetchCloudImage(
      resolveSource({}, { from: `${server.origin}/absent.qcow2`, sha256: sha256(image) }),
      { cacheFolder: folder, isRefresh: false },
      waiting,
    ),
  );
  expect([refused.code, refused.sentence.en]).toEqual(['cloud-refused', expect.stringContaining('HTTP 404')]);
  await server[Symbol.asyncDispose]();
  const gone = await faultOf(fetchFrom(server));
  expect([gone.code, gone.sentence.en]).toEqual(['cloud-unreachable', expect.stringContaining('ECONNREFUSED')]);
  expect(left()).toEqual([]);
});

/** Fetches into a real file system of four megabytes: root mounts it, anybody else in a namespace of their own. */
async function fetchIntoSmall({ origin }: ImageServer): Promise<string> {
  const small = join(folder, 'small');
  mkdirSync(small);
  const script = 'mount -t tmpfs -o size=4m tmpfs "$1" && "$2" "$3" "$1" "$4" "$5"; ls "$1/cloud/downloads"';
  const program = [process.execPath, join(import.meta.dirname, 'fetch-into.ts')];
  const namespace = process.getuid?.() === 0 ? '-m' : '-Urm';
  const args = [namespace, 'sh', '-c', script, 'sh', small, ...program, `${origin}/image.qcow2`, sha256(image)];
  const { stdout, stderr } = await promisify(execFile)('unshare', args);
  return stdout + stderr;
}

test.each([
  ['is asked for before it is taken, where the length is known', false],
  ['runs out in the middle, where it is not', true],
])('room on the disk %s, and nothing stays', async (_what, hidesLength) => {
  await using server = await serve(image);
  server.behaviour.hidesLength = hidesLength;
  expect(await fetchIntoSmall(server)).toMatch(
    /^lab-disk-full No room on the disk \(.*downloads: \d+ MB free, \d+ MB needed\)[^\n]*\n$/,
  );
  expect(server.asked.map(({ path }) => path)).toEqual(['/image.qcow2']);
});
