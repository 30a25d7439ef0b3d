/**
 * What a person types to install what is missing, by this machine's own package manager. Knows nothing about why.
 */
import { readFileSync } from 'node:fs';
import { installLine, namesOn, parseDistro } from '../setup/distro.mjs';

/**
 * One line for the distribution whose /etc/os-release this is; where its package manager is unknown to us, the names of the packages.
 * `packages` are named as Debian names them.
 */
export function installLineFor(packages: readonly string[], osRelease: string = readOsRelease()): string {
  const { family } = parseDistro(osRelease);
  return family === 'other' ? namesOn(family, packages).join(', ') : installLine(family, packages);
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
