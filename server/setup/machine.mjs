/**
 * Questions to this machine and commands on it: programs on the PATH, installed packages, rights.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseDistro } from './distro.mjs';

/** Folders of programs that are often missing from a student's PATH. */
const systemFolders = ['/usr/sbin', '/sbin', '/usr/local/sbin', '/usr/libexec'];

/**
 * Whether a program can be run.
 * @param {string} name
 */
export function hasProgram(name) {
  return [...(process.env.PATH ?? '').split(delimiter), ...systemFolders].some((folder) => {
    try {
      const path = join(folder, name);
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  });
}

/** This distribution. */
export function readDistro() {
  try {
    return parseDistro(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return parseDistro('');
  }
}

/**
 * Whether the distribution's package is installed.
 * @param {'debian' | 'fedora' | 'other'} family
 * @param {string} name
 */
export function isInstalled(family, name) {
  if (family === 'debian') return answers('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]) === 'installed';
  return family === 'fedora' && answers('rpm', ['-q', name]) !== undefined;
}

/** What to put in front of a command to run it as root: nothing, `sudo -n`, or `undefined` when we may not. */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return answers('sudo', ['-n', 'true']) === undefined ? undefined : ['sudo', '-n'];
}

/**
 * Runs a command in view of the user; says whether it went well.
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} [env]
 */
export function runVisibly([program = '', ...args], env = {}) {
  const run = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return run.status === 0;
}

function answers(program, args) {
  const run = spawnSync(program, args, { encoding: 'utf8' });
  return run.status === 0 ? run.stdout.trim() : undefined;
}
