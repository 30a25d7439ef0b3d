/**
 * Reads the command line of `bench:serve`. Knows nothing about servers.
 */
import { Fault } from '../../src/faults.ts';

/** What to serve, and where. */
export interface ServeOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly program: string;
  readonly args: readonly string[];
}

/** Everything after the program's name belongs to the program, also what looks like an option. Throws Fault `config-invalid`. */
export function parseServeOptions(line: readonly string[]): ServeOptions {
  let port = 0;
  for (let at = 0; at < line.length; at += 2) {
    const [name = '', value] = line.slice(at);
    if (name === '--port') port = parsePort(value);
    else if (name === '--program') return { port, program: parseProgram(value), args: line.slice(at + 2) };
    else throw new Fault('config-invalid', { name, value: value ?? '', expected: '--port N --program P [args]' });
  }
  throw new Fault('config-invalid', { name: '--program', value: '', expected: '--port N --program P [args]' });
}

function parsePort(value: string | undefined): number {
  const port = /^\d{1,5}$/.test(value ?? '') ? Number(value) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Fault('config-invalid', { name: '--port', value: value ?? '', expected: '0–65535' });
}

function parseProgram(value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new Fault('config-invalid', { name: '--program', value: '', expected: '<program> [args]' });
}
