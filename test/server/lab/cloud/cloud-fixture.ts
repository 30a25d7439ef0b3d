/** The cloud image of our own that tests serve: built once for each recipe and kept beside the project's images. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../support/vm-cache.ts';

const recipe = new URL('../../../fixtures/cloud-image/', import.meta.url).pathname;
const packages = new URL('../../../../lab/cloud/packages-apt.txt', import.meta.url).pathname;

/** Path of the image, built first if need be; as root, for it makes a tree of Debian with true owners. */
export async function prepareCloudFixture(): Promise<string> {
  const folder = join(cacheFolder, 'cloud-fixture');
  const hash = createHash('sha256');
  for (const path of [join(recipe, 'build.sh'), join(recipe, 'packages.txt'), packages])
    hash.update(readFileSync(path));
  const name = `${hash.digest('hex').slice(0, 16)}.qcow2`;
  const path = join(folder, name);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) rmSync(join(folder, old));
  const child = spawn('nice', ['bash', join(recipe, 'build.sh'), path], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${said}\n${readFileSync(`${path}.log`, 'utf8').slice(-2_000)}`);
  return path;
}
