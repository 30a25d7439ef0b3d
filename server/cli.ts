/**
 * The command-line tool: `tadak <verb> [options]`. Reads the command line, chooses the verb, turns faults into
 * sentences and exit codes. Each verb's own code is loaded only when it is asked for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Localized } from '../src/course/locales.ts';
import { Fault, type FaultCode, toFault } from '../src/faults.ts';
import { helpText } from './cli/help.ts';
import { createTerminal, type Terminal } from './cli/terminal.ts';
import type { VerbOptions } from './cli/verb-options.ts';
import { words } from './cli/words.ts';
import { type Config, type Flags, guessLanguage, parseConfig, projectFolder, type SettingName } from './config.ts';
import { explainFileError } from './host/file-errors.ts';

/** Exit codes as people expect them. */
const exit = { fine: 0, failure: 1, usage: 2 } as const;

type Verb = (config: Config, terminal: Terminal, options: VerbOptions) => Promise<number>;
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  start: async () => (await import('./cli/start.ts')).runStart,
  dev: async () => (await import('./cli/dev.ts')).runDev,
  doctor: async () => (await import('./cli/doctor.ts')).runDoctor,
  build: async () => (await import('./cli/build.ts')).runBuild,
  lab: async () => (await import('./cli/lab.ts')).runLab,
  lint: async () => (await import('./cli/lint.ts')).runLint,
  play: async () => (await import('./cli/play.ts')).runPlay,
  new: async () => (await import('./cli/new.ts')).runNew,
  schema: async () => (await import('./cli/schema.ts')).runSchema,
};
/** Verbs that may be told names: `play kernel`. */
const namingVerbs: readonly string[] = ['play', 'new', 'lab'];
/** Faults that are wrong usage: what was asked for, not what happened. */
const usageFaults: readonly FaultCode[] = [
  ...(['config-invalid', 'preview-not-local', 'lab-memory-low', 'container-no-internet'] as const),
  ...(['lesson-name', 'lesson-exists', 'chapter-unknown', 'chapter-exists'] as const),
  ...(['cloud-unknown-image', 'cloud-no-checksum', 'cloud-bad-checksum'] as const),
];

/** What else is written, besides the data and the cache. */
const workFolders = ['.tadak', '.astro'].map((name) => join(projectFolder, name));

const text = { type: 'string' } as const;
const toggle = { type: 'boolean' } as const;
const options = {
  ...{ port: text, host: text, data: text, lab: text, course: text, lang: text, 'max-labs': text, memory: text },
  ...{ 'labs-ready': text, 'lab-unused': text, 'lab-left': text, 'lab-life': text, 'lab-checkpoints': text },
  ...{ 'keep-recordings': text, 'watch-hours': text, 'labs-memory': text, 'lab-disk': text, 'disk-reserve': text },
  ...{ image: text, cache: text, 'allow-internet': toggle, 'keep-labs': toggle, production: toggle },
  'allow-origin': { type: 'string', multiple: true },
  ...{ json: toggle, version: toggle, help: { ...toggle, short: 'h' } },
  ...{
    locale: text,
    jobs: text,
    changed: text,
    repeat: text,
    walk: toggle,
    record: toggle,
    mixed: toggle,
    again: toggle,
  },
  ...{ 'title-ko': text, 'title-en': text, 'new-chapter': toggle },
  ...{ from: text, sha256: text, minutes: text, refresh: toggle, force: toggle },
} as const satisfies Record<SettingName | 'json' | 'help' | 'version', unknown>;

async function run(args: readonly string[]): Promise<number> {
  const streams = { out: process.stdout, error: process.stderr, now: Date.now };
  let terminal = createTerminal(guessLanguage(process.env), streams);
  try {
    const { flags, verb, names } = readCommandLine(args);
    const lang = flags['lang'] === 'ko' || flags['lang'] === 'en' ? flags['lang'] : terminal.lang;
    terminal = createTerminal(lang, streams);
    return await dispatch(verb, { flags, names }, terminal);
  } catch (thrown) {
    return report(thrown, terminal);
  }
}

/** Wrong usage that is not a wrong setting. */
class UsageError extends Error {
  readonly sentence: Localized;

  constructor(sentence: Localized) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

interface CommandLine {
  readonly flags: Flags;
  readonly verb: string | undefined;
  readonly names: readonly string[];
}

function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb, ...names] = positionals;
    if (names.length > 0 && !namingVerbs.includes(verb ?? '')) throw new UsageError(words.badUsage(names.join(' ')));
    return { flags: values as Flags, verb, names };
  } catch (thrown) {
    if (thrown instanceof UsageError) throw thrown;
    // parseArgs names the option in quotes; its advice is for programmers.
    const { message } = thrown as Error;
    throw new UsageError(words.badUsage(/'([^']*)'/.exec(message)?.[1] ?? message));
  }
}

async function dispatch(
  verb: string | undefined,
  { flags, names }: Omit<CommandLine, 'verb'>,
  terminal: Terminal,
): Promise<number> {
  if (flags['version']) {
    process.stdout.write(`${readVersion()}\n`);
    return exit.fine;
  }
  if (flags['help'] || verb === undefined || verb === 'help') {
    process.stdout.write(helpText(terminal.lang));
    return flags['help'] || verb === 'help' ? exit.fine : exit.usage;
  }
  const load = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!load) throw new UsageError(words.unknownVerb(verb));
  const config = parseConfig(flags, process.env);
  try {
    return await (await load())(config, terminal, { json: flags['json'] === true, names, flags });
  } catch (thrown) {
    throw explainFileError(thrown, [config.data, ...(config.cache ? [config.cache] : []), ...workFolders]);
  }
}

function report(thrown: unknown, terminal: Terminal): number {
  terminal.endProgress();
  if (thrown instanceof UsageError) {
    terminal.warn(thrown.sentence);
    return exit.usage;
  }
  const fault = toFault(thrown);
  terminal.warn(fault.sentence);
  if (!(thrown instanceof Fault)) process.stderr.write(`${(thrown as Error)?.stack ?? String(thrown)}\n`);
  return usageFaults.includes(fault.code) ? exit.usage : exit.failure;
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;
}

process.exitCode = await run(process.argv.slice(2));
// Something of a library may still hold the loop; the work is over.
process.exit();
