/**
 * Sees to node_modules: `npm ci` when it does not match the lockfile, and a compiled node-pty.
 * Install scripts of packages never run; node-pty alone is compiled, with the headers of the Node that will load it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram, runVisibly } from './machine.mjs';
import { say } from './words.mjs';

/** Where the lockfile's hash is noted after an install. */
const stampFile = 'node_modules/.tadak-lock';

/**
 * Whether what npm says it installed is what the lockfile wants. Optional packages of other platforms may be absent.
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean }> }} wanted package-lock.json
 * @param {{ packages?: Record<string, { version?: string }> }} found node_modules/.package-lock.json
 */
export function matchesLock(wanted, found) {
  return Object.entries(wanted.packages ?? {}).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = found.packages?.[path];
    return there === undefined ? optional === true : there.version === version;
  });
}

/**
 * Whether node_modules is as the lockfile wants it; notes it in the stamp when it is found so without one.
 * @param {string} project
 */
export function areModulesCurrent(project) {
  const lock = readFileSync(join(project, 'package-lock.json'), 'utf8');
  const hash = hashOf(lock);
  if (read(join(project, stampFile))?.trim() === hash) return true;
  const installed = read(join(project, 'node_modules/.package-lock.json'));
  if (installed === undefined || !matchesLock(JSON.parse(lock), JSON.parse(installed))) return false;
  writeFileSync(join(project, stampFile), `${hash}\n`);
  return true;
}

/**
 * Runs `npm ci` when it is needed. Returns whether node_modules is right afterwards.
 * @param {string} project
 * @param {{ language: 'ko' | 'en', say: (line: string) => void }} terminal
 */
export function installModules(project, { language, say: print }) {
  if (areModulesCurrent(project)) return true;
  if (!hasProgram('npm')) {
    print(say(language, 'no-npm'));
    return false;
  }
  print(say(language, 'installing-modules'));
  if (!runVisibly(['npm', 'ci', '--ignore-scripts', '--include=dev', '--include=optional', '--prefix', project])) {
    print(say(language, 'modules-failed'));
    return false;
  }
  writeFileSync(join(project, stampFile), `${hashOf(readFileSync(join(project, 'package-lock.json'), 'utf8'))}\n`);
  return true;
}

/**
 * Whether node-pty still has to be compiled.
 * @param {string} project
 */
export function mustCompilePty(project) {
  return !existsSync(join(project, 'node_modules/node-pty/build/Release/pty.node'));
}

/**
 * Compiles node-pty when it is not yet. Returns whether it is there afterwards.
 * @param {string} project
 * @param {{ language: 'ko' | 'en', say: (line: string) => void }} terminal
 */
export function compilePty(project, { language, say: print }) {
  if (!mustCompilePty(project)) return true;
  print(say(language, 'building-pty'));
  const nodedir = join(project, 'node_modules', nodePackage());
  const command = ['npm', 'rebuild', 'node-pty', `--nodedir=${nodedir}`, '--foreground-scripts', '--prefix', project];
  if (runVisibly(command) && !mustCompilePty(project)) return true;
  print(say(language, 'pty-failed'));
  return false;
}

/** The npm package with this machine's Node 24. */
export function nodePackage() {
  return `node-linux-${process.arch}`;
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex');

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
