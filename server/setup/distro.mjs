/**
 * Linux distributions whose package tools we know: names of packages, commands to ask and to install. Pure.
 */

/** Names on Fedora and its relatives that differ from Debian's; an empty list means that it is part of the base system. */
const rpmNames = {
  'g++': ['gcc-c++'],
  'openssh-client': ['openssh-clients'],
  'qemu-system-x86': ['qemu-kvm'],
  'qemu-utils': ['qemu-img'],
  uidmap: ['shadow-utils'],
  'fonts-noto-cjk': ['google-noto-sans-cjk-fonts'],
  shellcheck: ['ShellCheck'],
};

/**
 * Family and name of a distribution from the text of /etc/os-release.
 * @param {string} osRelease
 * @returns {{ family: 'debian' | 'fedora' | 'other', name: string }}
 */
export function parseDistro(osRelease) {
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  const ids = [value('ID'), ...value('ID_LIKE').split(' ')];
  const name = value('PRETTY_NAME') || value('ID') || 'Linux';
  if (ids.some((id) => id === 'debian' || id === 'ubuntu')) return { family: 'debian', name };
  if (ids.some((id) => id === 'fedora' || id === 'rhel' || id === 'centos')) return { family: 'fedora', name };
  return { family: 'other', name };
}

/**
 * The distribution's own names of packages.
 * @param {'debian' | 'fedora' | 'other'} family
 * @param {readonly string[]} packages
 */
export function namesOn(family, packages) {
  return family === 'fedora' ? packages.flatMap((name) => rpmNames[name] ?? [name]) : [...packages];
}

/**
 * The commands that install packages, in order.
 * @param {'debian' | 'fedora'} family
 * @param {readonly string[]} packages
 * @returns {string[][]}
 */
export function installCommands(family, packages) {
  const names = namesOn(family, packages);
  if (family === 'fedora') return [['dnf', 'install', '-y', ...names]];
  return [
    ['apt-get', 'update', '-q'],
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names],
  ];
}

/**
 * The one line that a person without our rights hands to somebody who has them.
 * @param {'debian' | 'fedora'} family
 * @param {readonly string[]} packages
 */
export function installLine(family, packages) {
  return installCommands(family, packages)
    .map((command) => `sudo ${command.filter((word) => word !== '-q').join(' ')}`)
    .join(' && ');
}
