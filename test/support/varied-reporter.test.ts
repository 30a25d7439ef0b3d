/** What passes at the second attempt only is named before the runner's closing lines. */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
// Below the project, so that the runner is found.
const folder = join(project, '.tadak', `varied-${process.pid}`);

test('a test that fails once is listed with its first failure, and one that fails twice fails', async () => {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import { VariedReporter } from ${JSON.stringify(join(project, 'test/support/varied-reporter.ts'))};
      export default { test: { retry: 1, include: ['*.test.ts'], reporters: [new VariedReporter(), 'default'] } };`,
    );
    writeFileSync(
      join(folder, 'some.test.ts'),
      `import { expect, test } from 'vitest';
      let attempts = 0;
      test('varies', () => expect((attempts += 1)).toBe(2));
      test('fails', () => expect(1).toBe(2));
      test('is steady', () => expect(1).toBe(1));`,
    );
    const runner = join(project, 'node_modules/vitest/vitest.mjs');
    const run = promisify(execFile)(process.execPath, [runner, 'run', '--root', folder], {
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
    });
    const { stdout } = await run.then(
      () => expect.fail('a test that fails twice passed'),
      (failed: { readonly stdout: string }) => failed,
    );
    expect(stdout).toMatch(
      /Varied: 1 passed at the second attempt only\n {2}some\.test\.ts > varies\n {4}first attempt: expected 1 to be 2[\s\S]*Tests +1 failed \| 2 passed \(3\)/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
