import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findProcessesByArgument } from '../../../../server/host/processes.ts';
import { buildCloudImage, resolveSource } from '../../../../server/lab/cloud/index.ts';
import type { Lab } from '../../../../server/lab/lab.ts';
import { createQemuProvider, findQemuHost } from '../../../../server/lab/qemu/index.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';
import { owner, signal } from '../../../contract/lab-provider.ts';
import { runToEnd } from '../../run-cli.ts';
import { prepareCloudFixture } from './cloud-fixture.ts';
import { startImageServer } from './image-server.ts';

/** One image for the first two tests: the second one starts labs from what the first one built. */
const dataFolder = mkdtempSync(join(tmpdir(), 'tadak-cloud-'));
const labFolder = new URL('../../../../lab', import.meta.url).pathname;
const built = join(dataFolder, 'cloud/debian-cloud');
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

test('a cloud image becomes a lab image by one command; a second one finds it there and asks nobody', async () => {
  const bytes = readFileSync(await prepareCloudFixture());
  const sums = Buffer.from(`${createHash('sha512').update(bytes).digest('hex')}  debian-cloud.qcow2\n`);
  await using server = await startImageServer({ files: { '/debian-cloud.qcow2': bytes, '/SHA512SUMS': sums } });
  const command = [
    ...['lab', 'build', '--from', `${server.origin}/debian-cloud.qcow2`, '--sha256', `${server.origin}/SHA512SUMS`],
    ...['--data', dataFolder, '--minutes', '60'],
  ];
  const first = await runToEnd(command);
  console.log(first.printed);
  expect(first).toMatchObject({ code: 0, printed: expect.stringContaining(`--image ${built}`) });
  expect(server.asked.map(({ path }) => path)).toEqual(['/SHA512SUMS', '/debian-cloud.qcow2']);
  expect(readdirSync(built).sort()).toEqual(['build.log', 'disk.qcow2', 'initrd', 'manifest.json', 'vmlinuz']);
  expect(readdirSync(join(dataFolder, 'cloud')).sort()).toEqual(['debian-cloud', 'downloads']);
  const second = await runToEnd(command);
  expect(second).toMatchObject({ code: 0, printed: expect.stringContaining('It is there already') });
  expect(server.asked).toHaveLength(2);
}, 3_600_000);

async function run(lab: Lab, script: string): Promise<string> {
  const result = await lab.exec(script, { signal, timeoutMs: 300_000 });
  if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(`${script}: ${JSON.stringify(result)}`);
  return result.stdout.trim();
}

test('labs start from it and are what lessons expect', async () => {
  expect(existsSync(join(built, 'manifest.json'))).toBe(true);
  await using provider = createQemuProvider({
    ...{ dataFolder, imageFolder: built, allowInternet: false },
    labFolder,
    log: (message, details) => console.log(message, JSON.stringify(details)),
  });
  const waiting = { signal, onProgress: () => {} };
  await provider.prepare(waiting);
  await using lab = await provider.provision({ start: 'bare', addresses: buildAddresses('class') }, owner, waiting);
  for (const capability of ['systemd', 'nm', 'firewalld', 'docker', 'podman', 'hub', 'debian'] as const) {
    expect(lab.capabilities).toContain(capability);
  }
  expect(lab.capabilities).not.toContain('dnf');
  expect(await run(lab, '. /etc/os-release; echo "$ID $VERSION_ID"; hostname; id -un')).toBe('debian 13\nlab\nroot');
  expect(await run(lab, 'systemctl is-system-running')).toBe('running');
  expect(await run(lab, 'nmcli -g GENERAL.CONNECTION,IP4.ADDRESS device show ens33')).toMatch(
    /^ens33\n213\.0\.113\.\d+\/24$/,
  );
  expect(await run(lab, 'curl -fsS http://localhost:5001/v2/_catalog')).toContain('lab/web');
  expect(await run(lab, 'docker run --rm lab/base:1.0 echo from a container')).toBe('from a container');
  await run(lab, 'pkill sshd');
  expect(await run(lab, 'echo the terminal path stays')).toBe('the terminal path stays');
  expect(Math.abs(Number(await run(lab, 'date +%s')) - Date.now() / 1000)).toBeLessThan(30);
}, 2_400_000);

test('an image that does not start ends in time with the way to its log, and only that stays', async () => {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'tadak-cloud-'));
  const raw = join(cacheFolder, 'raw');
  writeFileSync(raw, 'nothing that boots'.repeat(10_000));
  execFileSync('qemu-img', ['convert', '-O', 'qcow2', raw, join(cacheFolder, 'dead.qcow2')]);
  const bytes = readFileSync(join(cacheFolder, 'dead.qcow2'));
  await using server = await startImageServer({ files: { '/dead.qcow2': bytes } });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { program } = await findQemuHost();
  const building = buildCloudImage(
    {
      ...{
        source: resolveSource({}, { from: `${server.origin}/dead.qcow2`, sha256 }),
        cacheFolder,
        labFolder,
        program,
      },
      ...{ mayUseKvm: true, minutes: 0.1 },
    },
    { signal, onProgress: () => {} },
  );
  await expect(building).rejects.toMatchObject({ code: 'cloud-install-timeout' });
  expect(readdirSync(join(cacheFolder, 'cloud')).sort()).toEqual(['dead.log', 'downloads']);
  expect(findProcessesByArgument(`guest=tadak-cloud ${join(cacheFolder, 'cloud/dead.partial')}`)).toEqual([]);
  rmSync(cacheFolder, { recursive: true });
});
