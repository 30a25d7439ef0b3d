/**
 * `check` and `test`: types, lint and format, then every test. The closing lines of `test` are the test runner's own.
 */
import { run } from './run-node.mjs';
import { areSlowTestsDue, keepSlowProof } from './slow-tests.mjs';
import { say } from './words.mjs';

/** Each check by name. `astro sync` makes the types that the site's sources import. */
const checks = [
  ['types (model and protocol)', ['tsc', '--noEmit', '-p', 'tsconfig.pure.json']],
  ['types (server and tests)', ['tsc', '--noEmit', '-p', 'tsconfig.server.json']],
  ['types (site)', ['astro', 'check', '--minimumSeverity', 'error']],
  ['lint and format', ['biome', 'check', '--diagnostic-level=error']],
];

/**
 * Runs all checks and returns the names of those that failed.
 * @param {string} project
 * @param {'ko' | 'en'} language
 */
export async function runChecks(project, language) {
  const failed = [];
  for (const [name, command] of checks) {
    process.stdout.write(`${say(language, 'checking', { name })}\n`);
    const code = await run(project, command);
    if (code >= 128) return [name];
    if (code !== 0) failed.push(name);
  }
  return failed;
}

/**
 * Whether a run of all tests has the slow ones among them: where they are asked for, and on CI when what they cover changed.
 * @param {string} project
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function runsSlowTests(project, env) {
  return env.TADAK_TEST_ALL === '1' || (env.CI === 'true' && areSlowTestsDue(project));
}

/**
 * Runs the checks, then all tests with `args` for the runner. Resolves with the exit code.
 * @param {string} project
 * @param {readonly string[]} args
 * @param {'ko' | 'en'} language
 */
export async function runTests(project, args, language) {
  const failed = await runChecks(project, language);
  const isSlow = runsSlowTests(project, process.env);
  if (isSlow) {
    process.env.TADAK_TEST_ALL = '1';
    process.stdout.write(`${say(language, 'slow-tests')}\n`);
  }
  const code = await run(project, ['vitest', 'run', ...args]);
  // Arguments may have left tests out.
  if (isSlow && code === 0 && args.length === 0 && keepSlowProof(project)) {
    process.stdout.write(`${say(language, 'slow-proven')}\n`);
  }
  return reportChecks(failed, language) || code;
}

/**
 * Says which checks failed; the exit code that follows from it.
 * @param {readonly string[]} failed
 * @param {'ko' | 'en'} language
 */
export function reportChecks(failed, language) {
  if (failed.length === 0) return 0;
  process.stderr.write(`${say(language, 'check-failed', { names: failed.join(', ') })}\n`);
  return 1;
}
