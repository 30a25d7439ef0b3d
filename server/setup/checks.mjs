/**
 * `check` and `test`: types, lint and format, then every test. The closing lines of `test` are the test runner's own.
 */
import { run } from './run-node.mjs';
import { findDueSlowTests, keepSlowProof, slowTests } from './slow-tests.mjs';
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
 * The groups of slow tests that a run of all tests has among them: all where they are asked for, and on CI those that are due.
 * @param {string} project
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {readonly string[]}
 */
export function pickSlowTests(project, env) {
  if (env.TADAK_TEST_ALL === '1') return Object.keys(slowTests);
  return env.CI === 'true' ? findDueSlowTests(project) : [];
}

/**
 * Runs the checks, then all tests with `args` for the runner. Resolves with the exit code.
 * @param {string} project
 * @param {readonly string[]} args
 * @param {'ko' | 'en'} language
 */
export async function runTests(project, args, language) {
  const failed = await runChecks(project, language);
  const groups = pickSlowTests(project, process.env);
  if (groups.length > 0) {
    process.env.TADAK_SLOW_TESTS = groups.flatMap((group) => slowTests[group].tests).join(':');
    process.stdout.write(`${say(language, 'slow-tests', { groups: groups.join(', ') })}\n`);
  }
  const code = await run(project, ['vitest', 'run', ...args]);
  // Arguments may have left tests out.
  if (code === 0 && args.length === 0 && keepSlowProof(project, groups)) {
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
