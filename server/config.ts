/**
 * The server's settings: flags and environment in, one frozen Config out. The only reader of the environment.
 * Knows nothing about what the settings do.
 */
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isLocale, type Locale, locales } from '../src/course/locales.ts';
import { Fault } from '../src/faults.ts';
import { parseSshAddress, type SshAddress } from './lab/ssh/ssh-address.ts';

/** The project's own folder. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Which labs are made. */
export type LabChoice =
  /** Whatever suits this host best. */
  | { readonly kind: 'auto' }
  | { readonly kind: 'qemu' }
  | { readonly kind: 'container' }
  | { readonly kind: 'local' }
  | { readonly kind: 'ssh'; readonly address: SshAddress };

const switchSchema = z.enum(['true', 'false', '1', '0', '']).transform((text) => text === 'true' || text === '1');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const folder = z
  .string()
  .min(1)
  .transform((path) => (isAbsolute(path) ? path : resolve(path)));
const origin = z.string().refine((text) => URL.parse(text)?.origin === text && /^https?:/.test(text));

const configSchema = z.object({
  port: wholeNumber(0, 65_535),
  host: z.string().regex(/^[A-Za-z0-9.:_-]{1,255}$/),
  data: folder,
  lab: z.string().transform((text, context): LabChoice => {
    if (text === 'auto' || text === 'qemu' || text === 'container' || text === 'local') return { kind: text };
    const address = parseSshAddress(text);
    if (address) return { kind: 'ssh', address };
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
  course: folder,
  lang: z.enum(locales),
  'allow-origin': z.array(origin),
  'allow-internet': switchSchema,
  'max-labs': wholeNumber(1, 1000).optional(),
  'labs-ready': wholeNumber(0, 100).optional(),
  'lab-unused': wholeNumber(0, 100_000),
  'lab-left': wholeNumber(0, 100_000),
  'lab-life': wholeNumber(0, 100_000),
  'lab-checkpoints': wholeNumber(0, 50),
  'keep-labs': switchSchema,
  'keep-recordings': wholeNumber(0, 3650),
  'watch-hours': wholeNumber(0, 168),
  memory: wholeNumber(256, 65_536).optional(),
  'labs-memory': wholeNumber(256, 999_999).optional(),
  'lab-disk': wholeNumber(1000, 999_999).optional(),
  'disk-reserve': wholeNumber(0, 999_999),
  image: folder.optional(),
  cache: folder.optional(),
  production: switchSchema,
});

/** Name of a setting, as after `--`. */
export type SettingName = keyof typeof configSchema.shape;
/** Every setting. */
export type Config = Readonly<z.infer<typeof configSchema>> & {
  /** What the image's recipe may know of the environment: proxies, mirrors, TMPDIR. */
  readonly buildEnvironment: Readonly<Record<string, string>>;
  /** What other programs that the server runs may know of it: PATH and language. */
  readonly childEnvironment: Readonly<Record<string, string>>;
  /** What a container engine without root may know of it: where the user's files and services are. */
  readonly engineEnvironment: Readonly<Record<string, string>>;
  /** The operator's ssh agent. */
  readonly agentSocket?: string;
};

/** What each setting accepts, in a notation that needs no language. */
export const settingForms: Readonly<Record<SettingName, string>> = {
  port: '0–65535',
  host: '127.0.0.1 | 0.0.0.0 | <address>',
  data: '<folder>',
  lab: 'auto | qemu | container | ssh://[user@]host[:port] | local',
  course: '<folder>',
  lang: locales.join(' | '),
  'allow-origin': 'https://host[:port]',
  'allow-internet': 'true | false',
  'max-labs': '1–1000',
  'labs-ready': '0–100',
  'lab-unused': '0–100000 (min)',
  'lab-left': '0–100000 (min)',
  'lab-life': '0–100000 (min)',
  'lab-checkpoints': '0–50',
  'keep-labs': 'true | false',
  'keep-recordings': '0–3650 (days)',
  'watch-hours': '0–168 (h)',
  memory: '256–65536 (MB)',
  'labs-memory': '256–999999 (MB)',
  'lab-disk': '1000–999999 (MB)',
  'disk-reserve': '0–999999 (MB)',
  image: '<folder>',
  cache: '<folder>',
  production: 'true | false',
};

/** Flags as `util.parseArgs` gives them. */
export type Flags = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>> &
  Partial<Record<'TADAK_LANG' | 'LC_ALL' | 'LC_MESSAGES' | 'LANG' | 'SSH_AUTH_SOCK', string | undefined>>;

const passedToChildren = /^(PATH|HOME|LANG|LC_.*|TMPDIR)$/;
const passedToEngine = /^(HOME|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS)$/;
const passedToBuild = /^(https?_proxy|no_proxy|all_proxy|TADAK_MIRROR|TADAK_SECURITY_MIRROR|TMPDIR)$/i;

/** The environment variable of a setting. */
export const variableOf = (name: SettingName): string => `TADAK_${name.toUpperCase().replaceAll('-', '_')}`;

/** The language of the tool's own messages where nothing else is said. */
export function guessLanguage(env: Environment): Locale {
  const { TADAK_LANG, LC_ALL, LC_MESSAGES, LANG } = env;
  if (isLocale(TADAK_LANG)) return TADAK_LANG;
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ko') ? 'ko' : 'en';
}

/** Builds the configuration. A flag wins over the environment. Throws Fault `config-invalid`. */
export function parseConfig(flags: Flags, env: Environment): Config {
  const raw = Object.fromEntries(
    Object.keys(configSchema.shape).map((name) => [name, readRaw(name as SettingName, flags, env)]),
  );
  const parsed = configSchema.safeParse(raw);
  if (!parsed.success) throw refusal(parsed.error.issues[0]?.path ?? [], raw, flags);
  const { SSH_AUTH_SOCK: agentSocket } = env;
  return Object.freeze({
    ...parsed.data,
    buildEnvironment: pick(env, passedToBuild),
    childEnvironment: pick(env, passedToChildren),
    engineEnvironment: pick(env, passedToEngine),
    ...(agentSocket && { agentSocket }),
  });
}

function pick(env: Environment, names: RegExp): Readonly<Record<string, string>> {
  const picked = Object.entries(env).filter((entry): entry is [string, string] => names.test(entry[0]) && !!entry[1]);
  return Object.freeze(Object.fromEntries(picked));
}

function readRaw(name: SettingName, flags: Flags, env: Environment): unknown {
  const value = flags[name] ?? env[variableOf(name)];
  if (name === 'allow-origin') {
    return typeof value === 'string' ? value.split(',').filter((one) => one !== '') : (value ?? []);
  }
  return typeof value === 'boolean' ? String(value) : (value ?? defaultOf(name, env));
}

function defaultOf(name: SettingName, env: Environment): string | undefined {
  const defaults: Partial<Record<SettingName, string>> = {
    port: '4321',
    host: '127.0.0.1',
    data: join(projectFolder, '.tadak'),
    lab: 'auto',
    course: join(projectFolder, 'content/docker'),
    lang: guessLanguage(env),
    'allow-internet': 'false',
    'lab-unused': '120',
    'lab-left': '60',
    'lab-life': '720',
    'lab-checkpoints': '5',
    'disk-reserve': '2000',
    'keep-labs': 'false',
    'keep-recordings': '7',
    'watch-hours': '8',
    production: 'false',
  };
  return defaults[name];
}

function refusal(path: readonly PropertyKey[], raw: Record<string, unknown>, flags: Flags): Fault {
  const name = String(path[0]) as SettingName;
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], raw);
  return new Fault('config-invalid', {
    name: flags[name] === undefined ? variableOf(name) : `--${name}`,
    value: hidePassword(String(value)),
    expected: settingForms[name],
  });
}

/** A password in an address must not reach the terminal or a log. */
const hidePassword = (text: string) => text.replace(/(:\/\/[^@/:]*):[^@]*@/, '$1:…@');
