/**
 * First step of every npm script: makes a fresh machine able to run Tadak, then hands over to Node 24.
 * Plain JavaScript without dependencies; runs on Node 18 and later.
 *
 *   bootstrap.mjs start [options]     the server (server/cli.ts start)
 *   bootstrap.mjs test [options]      checks and all tests; options go to vitest
 *   bootstrap.mjs check               types, lint and format
 *   bootstrap.mjs tadak <verb> …      any other verb of server/cli.ts
 *   bootstrap.mjs run <program> …     a program of the project's node_modules
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reportChecks, runChecks, runTests } from './checks.mjs';
import { installPackages } from './install-packages.mjs';
import { compilePty, installModules, mustCompilePty } from './modules.mjs';
import { labKindOf, packagesFor, parsePackageList } from './packages.mjs';
import { nodeOf, run } from './run-node.mjs';
import { languageOf, say } from './words.mjs';

/**
 * V8 lets its young generation grow to 48 MB, 3 with this. What a key or a frame leaves behind is garbage at once, so the larger one
 * saves nothing here, and each `fork` for a new shell copies its tables.
 */
const smallYoungGeneration = '--max-semi-space-size=1';

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [verb = 'start', ...rest] = process.argv.slice(2);
const args = rest[0] === '--' ? rest.slice(1) : rest;
const language = languageOf(args, process.env);
const terminal = { language, say: (line) => process.stderr.write(`${line}\n`) };

process.exitCode = isSupported() && setUp() ? await handOver() : 1;

function isSupported() {
  if (process.platform !== 'linux') {
    terminal.say(say(language, 'not-linux', { os: process.platform }));
    return false;
  }
  if (process.arch === 'x64' || process.arch === 'arm64') return true;
  terminal.say(say(language, 'bad-machine', { arch: process.arch }));
  return false;
}

/** npm packages come first: whether node-pty must be compiled decides which system packages are needed. */
function setUp() {
  if (!installModules(project, terminal)) return false;
  const hostList = parsePackageList(readFileSync(join(project, 'lab/host-packages.txt'), 'utf8'));
  const needsNoLab = args.includes('--help') || args.includes('-h') || args.includes('--version');
  const wanted = packagesFor({
    verb: needsNoLab ? 'help' : verb === 'tadak' ? (args[0] ?? 'help') : verb,
    lab: labKindOf(args, process.env),
    isMixed: args.includes('--mixed'),
    hostList,
    mustCompile: mustCompilePty(project),
  });
  return installPackages(wanted, terminal) && compilePty(project, terminal);
}

async function handOver() {
  if (verb === 'test') return runTests(project, args, language);
  if (verb === 'check') return reportChecks(await runChecks(project, language), language);
  if (verb === 'run') return run(project, args);
  const words = verb === 'tadak' ? args : [verb, ...args];
  return run(project, [nodeOf(project), smallYoungGeneration, join(project, 'server/cli.ts'), ...words]);
}
