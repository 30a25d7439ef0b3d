/**
 * `check` and `test`: types, lint and format, then every test. The closing lines of `test` are the test runner's own.
 */
import { run } from './run-node.mjs';
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
 * Runs the checks, then all tests with `args` for the runner. Resolves with the exit code.
 * @param {string} project
 * @param {readonly string[]} args
 * @param {'ko' | 'en'} language
 */
export async function runTests(project, args, language) {
  const failed = await runChecks(project, language);
  const code = await run(project, ['vitest', 'run', ...args]);
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
