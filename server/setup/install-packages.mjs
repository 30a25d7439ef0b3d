/**
 * Sees to the system packages: installs what is missing where we may, otherwise says the one line to run.
 */
import { installCommands, installLine, namesOn } from './distro.mjs';
import { hasProgram, isInstalled, readDistro, rootPrefix, runVisibly } from './machine.mjs';
import { browserPrograms, findMissing } from './packages.mjs';
import { say } from './words.mjs';

/** Keeps apt from asking. */
const quietEnv = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Makes the wanted packages be there. Returns whether all required ones are.
 * @param {readonly import('./packages.mjs').Wanted[]} wanted
 * @param {{ language: 'ko' | 'en', say: (line: string) => void }} terminal
 */
export function installPackages(wanted, { language, say: print }) {
  const distro = readDistro();
  const missing = findMissing(wanted, {
    hasProgram: (name) => hasProgram(name) || (browserPrograms.includes(name) && Boolean(process.env.TADAK_CHROMIUM)),
    isRoot: process.getuid?.() === 0,
    isInstalled: (name) => namesOn(distro.family, [name]).every((own) => isInstalled(distro.family, own)),
  });
  if (missing.length === 0) return true;
  const required = missing.filter(({ optional }) => !optional);
  const prefix = rootPrefix();
  const packages = missing.map(({ name }) => name);
  const why = [...new Set(missing.map((one) => say(language, `why-${one.why}`)))].join(', ');
  if (distro.family === 'other' || prefix === undefined) {
    explain({ distro, missing, packages, why, language, print });
    return required.length === 0;
  }
  print(say(language, 'installing-packages', { packages: packages.join(' '), why }));
  const run = (command) => runVisibly([...prefix, ...withEnv(prefix, command)], quietEnv);
  return installAll({ distro, missing, run, language, print });
}

/** sudo forgets our environment, so it is named on its command line. */
function withEnv(prefix, command) {
  return prefix.length === 0 ? command : ['env', ...Object.entries(quietEnv).map(([k, v]) => `${k}=${v}`), ...command];
}

function installAll({ distro, missing, run, language, print }) {
  const names = (optional) => missing.filter((one) => one.optional === optional).map(({ name }) => name);
  const required = names(false);
  if (required.length > 0 && !installCommands(distro.family, required).every(run)) {
    print(say(language, 'packages-failed', { command: installLine(distro.family, required) }));
    return false;
  }
  for (const name of names(true)) {
    if (!installCommands(distro.family, [name]).every(run)) print(say(language, 'extra-failed', { package: name }));
  }
  return true;
}

function explain({ distro, missing, packages, why, language, print }) {
  if (distro.family === 'other') {
    print(say(language, 'packages-unknown', { distro: distro.name, packages: packages.join(' '), why }));
  } else {
    print(say(language, 'packages-missing', { packages: packages.join(' '), why }));
    print(`  ${installLine(distro.family, packages)}`);
  }
  if (missing.some((one) => one.why === 'qemu')) print(say(language, 'without-qemu'));
}
