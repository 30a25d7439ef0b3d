/**
 * `npm run bench:serve -- --port N --program P [args]`: opens the terminal door to a program, for clients that
 * measure. Prints the door's address as its first line; ends on SIGINT, SIGTERM or SIGHUP.
 */
import { guessLanguage } from '../server/config.ts';
import { toFault } from '../src/faults.ts';
import { openDoor } from './door/open-door.ts';
import { parseServeOptions } from './door/serve-options.ts';

const production = process.env['NODE_ENV'] === 'production' || process.env['TADAK_PRODUCTION'] === 'true';

async function serve(): Promise<void> {
  const ended = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.resolve());
  const log = (line: string) => process.stderr.write(`${line}\n`);
  await using door = await openDoor({ ...parseServeOptions(process.argv.slice(2)), production, log });
  process.stdout.write(`${door.url}\n`);
  await ended.promise;
}

try {
  await serve();
} catch (thrown) {
  const fault = toFault(thrown);
  process.stderr.write(`${fault.sentence[guessLanguage(process.env)]}\n`);
  process.exitCode = fault.code === 'config-invalid' ? 2 : 1;
}
