/**
 * What is asked of one play, read from the command line. Pure.
 */
import { isLocale, type Locale, locales } from '../../src/course/locales.ts';
import { Fault } from '../../src/faults.ts';
import type { Flags } from '../config.ts';

/** What is asked. */
export interface PlayFlags {
  readonly locale?: Locale;
  /** Labs at the same time. */
  readonly jobs?: number;
  /** A git commit: only lessons that changed since then. */
  readonly changed?: string;
  readonly walk: boolean;
  readonly record: boolean;
  /** Containers play what they can, virtual machines the rest. */
  readonly mixed: boolean;
  /** What failed is played once more; what passes then is told to vary, and is no failure. */
  readonly again: boolean;
  /** How often the same is played, from 1. */
  readonly repeat: number;
}

/** Reads them. Throws Fault `config-invalid` with the name, the value and what is expected. */
export function readPlayFlags({ locale, jobs, changed, walk, record, mixed, repeat, again }: Flags): PlayFlags {
  if (locale !== undefined && !isLocale(locale)) throw invalid('--locale', locale, locales.join(' | '));
  return {
    ...(locale !== undefined && { locale }),
    ...(jobs !== undefined && { jobs: readCount('--jobs', jobs) }),
    ...(typeof changed === 'string' && { changed }),
    ...{ walk: walk === true, record: record === true, mixed: mixed === true, again: again === true },
    repeat: repeat === undefined ? 1 : readCount('--repeat', repeat),
  };
}

function readCount(name: string, value: unknown): number {
  if (!/^[1-9]\d?$/.test(String(value))) throw invalid(name, value, '1–99');
  return Number(value);
}

const invalid = (name: string, value: unknown, expected: string) =>
  new Fault('config-invalid', { name, value: String(value), expected });
