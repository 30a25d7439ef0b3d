/** The watch over what a lab writes, with a program in the place of the engine and real files. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programPath } from '../../../../server/host/programs.ts';
import { type Pace, watchDisk } from '../../../../server/lab/container/disk-watch.ts';
import { buildCommands, type Engine } from '../../../../server/lab/container/engine.ts';

const mb = 2 ** 20;
const quick: Pace = { everyMs: 20, measureMs: 10_000 };

/** A lab whose engine answers what `answer`, a shell script, prints; `$folder` is what the lab writes into. */
function createWorld(answer: string, pace = quick) {
  const folder = mkdtempSync(join(tmpdir(), 'disk-watch-'));
  const program = join(folder, 'engine');
  const write = (script: string) => {
    writeFileSync(`${program}.new`, `#!/bin/sh\nfolder=${folder}\n${script}\n`);
    chmodSync(`${program}.new`, 0o755);
    writeFileSync(program, `#!/bin/sh\nexec ${program}.new\n`, { mode: 0o755 });
  };
  write(answer);
  const commands = buildCommands((args) => ({ file: program, args, env: { PATH: programPath } }));
  const engine = { ...commands, name: 'podman', isRootless: false } as unknown as Engine;
  const said: string[] = [];
  const world = { folder, write, said, isFull: false };
  const log = (line: string, details?: unknown) => void said.push(`${line} ${JSON.stringify(details)}`);
  const watch = watchDisk({ host: { engine }, id: 'lab1', limits: { diskMb: 3 }, log, pace }, () => {
    world.isFull = true;
  });
  const end = () => {
    watch[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  };
  const fill = () => {
    for (let i = 0; i < 40; i += 1) writeFileSync(join(folder, `file${i}`), randomBytes(mb / 8));
  };
  return Object.assign(world, { fill, [Symbol.dispose]: end });
}

const answers = "printf '77\\n%s\\n' $folder";

test('many files that are small each are too much together', async () => {
  using world = createWorld(answers);
  world.fill();
  await expect.poll(() => world.isFull, { timeout: 20_000 }).toBe(true);
  expect(world.said).toEqual([]);
});

test('an engine that fails is told, not taken for an empty disk, and asked again', async () => {
  using world = createWorld('echo "no such container" >&2; exit 125');
  world.fill();
  await expect.poll(() => world.said.length, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(world.said[0]).toContain('lab disk could not be measured {"lab":"lab1","failures":1');
  expect(world.said[0]).toContain('no such container');
  expect(world.isFull).toBe(false);
  world.write(answers);
  await expect.poll(() => world.isFull, { timeout: 20_000 }).toBe(true);
});

test('an answer without a process or a folder is a failure, and so is a folder that is not there', async () => {
  using world = createWorld("printf '0\\n<no value>\\n'");
  await expect.poll(() => world.said[0], { timeout: 20_000 }).toContain('inspect');
  world.write("printf '77\\n/nonexistent/layer\\n'");
  await expect.poll(() => world.said.join('\n'), { timeout: 20_000 }).toContain('/nonexistent/layer');
  world.fill();
  world.write(answers);
  await expect.poll(() => world.isFull, { timeout: 20_000 }).toBe(true);
});

test('measuring that takes too long is told, and gets more time until it ends', async () => {
  using world = createWorld(answers, { everyMs: 1, measureMs: 1 });
  // A look may end within its millisecond now and then; sooner or later one does not. The disk is filled only then.
  await expect.poll(() => world.said.join('\n'), { timeout: 50_000 }).toContain('not within');
  world.fill();
  await expect.poll(() => world.isFull, { timeout: 50_000 }).toBe(true);
});
