/** The recipe keeps the packages that it fetched: the next build asks the mirror for those alone that are new or damaged. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../../../server/config.ts';
import { programPath } from '../../../../server/host/programs.ts';

const recipe = new URL('../../../../lab/build.sh', import.meta.url).pathname;
// An image and a tree of some 2 GB: where the recipe itself works.
const folder = mkdtempSync('/var/tmp/tadak-packages-');
const asked: string[] = [];

/** The archives that this machine's own apt uses: Debian's, and its security updates. */
function findMirrors(): { readonly main: string; readonly security: string } {
  const uris = execFileSync('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { encoding: 'utf8' }).split('\n');
  const { TADAK_MIRROR, TADAK_SECURITY_MIRROR } = parseConfig({}, process.env).buildEnvironment;
  const main = TADAK_MIRROR ?? uris.find((uri) => /\/debian\/?$/.test(uri));
  const security = TADAK_SECURITY_MIRROR ?? uris.find((uri) => /debian-security\/?$/.test(uri));
  if (main === undefined || security === undefined) throw new Error(`no Debian mirror among ${uris.join(' ')}`);
  return { main, security };
}

const { main, security } = findMirrors();

/** Sends apt on to the mirrors, and keeps what it asked for. */
const mirror = createServer(({ url = '' }, response) => {
  const [, archive, path = ''] = /^\/(main|security)\/(.*)$/.exec(url) ?? [];
  if (path.endsWith('.deb')) asked.push(path.replace(/.*\//, '').replace(/_.*/, ''));
  response.writeHead(302, { location: `${(archive === 'main' ? main : security).replace(/\/$/, '')}/${path}` }).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  mirror.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Builds anew; the packages that were asked for, by name. */
async function build(): Promise<readonly string[]> {
  asked.length = 0;
  const address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  const { buildEnvironment } = parseConfig({}, process.env);
  const mirrors = { TADAK_MIRROR: `${address}/main`, TADAK_SECURITY_MIRROR: `${address}/security` };
  const env = { PATH: programPath, ...buildEnvironment, ...mirrors, TADAK_PACKAGES: join(folder, 'packages') };
  await promisify(execFile)('bash', [recipe, '--force', join(folder, 'image')], { env });
  return [...asked];
}

test('a second build fetches what was damaged, and nothing else', async () => {
  const some = ['systemd', 'docker.io', 'docker-compose', 'selinux-policy-default'];
  expect(await build()).toEqual(expect.arrayContaining(some));
  const kept = readdirSync(join(folder, 'packages'));
  expect(kept.length).toBeGreaterThan(200);
  const damaged = ['docker.io', 'systemd'].map((name) =>
    join(folder, 'packages', kept.find((file) => file.startsWith(`${name}_`)) ?? name),
  );
  // Of the size that apt expects.
  for (const path of damaged) writeFileSync(path, Buffer.alloc(statSync(path).size));
  expect((await build()).toSorted()).toEqual(['docker.io', 'systemd']);
  expect(readdirSync(join(folder, 'packages')).sort()).toEqual(kept.sort());
  for (const path of damaged) expect(readFileSync(path).subarray(0, 7).toString()).toBe('!<arch>');
  expect(existsSync(join(folder, 'packages.old'))).toBe(false);
});
