/** Starts that the machine does not allow: one sentence that says where, what and how to mend it, and nothing half-written. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyFolder } from './app/test-app.ts';
import { cliProgram, createTemporaryFolder, runToEnd } from './run-cli.ts';

/** Building a site until the disk is full takes a while on a busy machine. */
const slowMs = 240_000;
const settings = (data: string) => ['--lab', 'local', '--port', '0', '--data', data, '--course', tinyFolder];

interface SmallDiskRun {
  readonly verb: string;
  /** Size of the disk, as `mount` takes it. */
  readonly size: string;
  /** Whether nothing is free when the tool begins. */
  readonly isFull?: boolean;
  readonly lang?: string;
}

/**
 * Runs the tool with its data on a real disk of its own: root mounts it, anybody else in a namespace of their own. What is left on
 * the disk is listed after a line of its own.
 */
function runOnSmallDisk(place: string, { verb, size, isFull = false, lang = 'en' }: SmallDiskRun) {
  const script = `mount -t tmpfs -o size=${size} tmpfs "$1" && mkdir "$1/data" || exit 99
    [ -z "$2" ] || cat /dev/zero > "$1/ballast" 2>/dev/null
    shift 2; "$@"; code=$?
    printf '\\n--left--\\n'; cd "$0/data" && find . | sort; exit $code`;
  const namespace = process.getuid?.() === 0 ? '-m' : '-Urm';
  const tool = [process.execPath, cliProgram, verb, ...settings(join(place, 'data')), '--lang', lang];
  const args = [namespace, 'sh', '-c', script, place, place, isFull ? 'full' : '', ...tool];
  return new Promise<{ code: unknown; printed: string; left: string[] }>((resolve) => {
    execFile('unshare', args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const [said = '', left = ''] = stdout.split('\n--left--\n');
      resolve({ code: error?.code ?? 0, printed: said + stderr, left: left.trim().split('\n') });
    });
  });
}

test('a disk that is full before the start is said in one sentence, in both languages', async () => {
  using folder = createTemporaryFolder();
  const english = await runOnSmallDisk(folder.path, { verb: 'start', size: '64k', isFull: true });
  expect(english.printed).toMatch(/^The disk is full, \S*\/data\S* could not be written\. .*--data.*\n$/);
  expect(english).toMatchObject({ code: 1, left: ['.'] });
  const korean = await runOnSmallDisk(folder.path, { verb: 'start', size: '64k', isFull: true, lang: 'ko' });
  expect(korean.printed).toMatch(/^디스크가 가득 차서 \S*\/data\S* 에 쓸 수 없어요\. .*--data.*\n$/);
  expect(korean.code).toBe(1);
});

test(
  'a disk that fills up while the site is built is the same sentence, and no half of a site stays',
  async () => {
    using folder = createTemporaryFolder();
    const { code, printed, left } = await runOnSmallDisk(folder.path, { verb: 'start', size: '300k' });
    expect(printed).toMatch(/^The disk is full, \S*\/data\/site could not be written\. .*--data.*\n$/m);
    expect(printed).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
    expect(left.filter((path) => /building|built-|lock/.test(path))).toEqual([]);
  },
  slowMs,
);

test('a data folder that may not be written, or is no folder, is said with its name', async () => {
  using folder = createTemporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  // The kernel lets nobody make a folder there, root included.
  const denied = await runToEnd(['start', ...settings('/sys/tadak')]);
  expect(denied.printed).toMatch(/^The folder \/sys cannot be written \((?:EACCES|EPERM|EROFS)\)\. .*--data.*\n$/);
  expect(denied.code).toBe(1);
  for (const data of [file, join(file, 'data')]) {
    const { code, printed } = await runToEnd(['build', ...settings(data), '--lang', 'ko']);
    expect(printed).toMatch(/^\S*\/file\S* 는 폴더여야 하는데 폴더가 아니에요\. .*--data.*\n$/);
    expect(code).toBe(1);
  }
});

const firstFreePort = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
/** A machine may let everybody have every port; then there is nothing to refuse. */
const keepsPorts = firstFreePort > 80;

/** What the doctor says of the port, without the right to the ports that are root's. */
async function examinePort(...options: readonly string[]): Promise<unknown> {
  using folder = createTemporaryFolder();
  const dropRights = ['--bounding-set', '-net_bind_service', '--inh-caps', '-net_bind_service'];
  const program = process.getuid?.() === 0 ? ['setpriv', ...dropRights] : ['env'];
  const data = join(folder.path, 'data');
  mkdirSync(data);
  const args = ['doctor', '--json', '--lab', 'local', '--data', data, '--course', tinyFolder, ...options];
  const [name = '', ...rest] = [...program, process.execPath, cliProgram, ...args];
  const printed = await new Promise<string>((resolve) => {
    execFile(name, rest, (_error, stdout) => resolve(stdout));
  });
  const report = JSON.parse(printed) as { readonly findings: readonly { readonly id: string }[] };
  return report.findings.find(({ id }) => id === 'port');
}

test.skipIf(!keepsPorts)('a port that is for root alone is said so (needs ports that are root’s)', async () => {
  expect(await examinePort('--port', '80')).toMatchObject({
    status: 'problem',
    text: { ko: expect.stringContaining('포트 80'), en: expect.stringMatching(/may not open port 80 .*--port/) },
  });
});

test('an address that this machine does not have is said so', async () => {
  // Of a network that is for documents alone: no machine has it.
  expect(await examinePort('--port', '0', '--host', '192.0.2.1')).toMatchObject({
    status: 'problem',
    text: { ko: expect.stringContaining('192.0.2.1'), en: expect.stringMatching(/no address 192\.0\.2\.1\. .*--host/) },
  });
});
