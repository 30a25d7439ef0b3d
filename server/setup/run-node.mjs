/**
 * Runs programs under the project's own Node 24 and passes signals and exit codes through.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { nodePackage } from './modules.mjs';

/** Signals that are handed on to the program. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The environment of everything that is run: Node 24 and the project's tools come first on the PATH. Node keeps compiled code,
 * so that from the second start on it needs no compiler for TypeScript, and half the memory.
 * @param {string} project
 */
export function environmentOf(project) {
  const modules = join(project, 'node_modules');
  const path = [join(modules, '.bin'), join(modules, nodePackage(), 'bin'), process.env.PATH ?? ''].join(delimiter);
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'node');
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: compiled };
}

/**
 * Runs a program and resolves with its exit code (128 + n after signal n, as shells do).
 * @param {string} project
 * @param {readonly string[]} command
 * @returns {Promise<number>}
 */
export function run(project, [program = '', ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: environmentOf(project), cwd: project });
    const handOn = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, handOn);
    const end = (code) => {
      for (const signal of passedOn) process.off(signal, handOn);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      end(127);
    });
    child.on('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)));
  });
}

/**
 * The project's Node 24.
 * @param {string} project
 */
export function nodeOf(project) {
  return join(project, 'node_modules', nodePackage(), 'bin', 'node');
}
