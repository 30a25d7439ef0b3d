/**
 * Which system packages a command needs, and which of them are missing. Pure: what is on the machine comes in as functions.
 * Package names are Debian's; `distro.mjs` translates them.
 */

/** @typedef {{ readonly name: string, readonly why: 'qemu' | 'container' | 'build' | 'ssh' | 'test', readonly optional: boolean }} Wanted */

/** What Chromium is called, the nearest first. */
export const browserPrograms = ['chromium', 'chromium-browser', 'google-chrome'];
/** Programs that prove that a package is there, whatever it is called on this machine. One of them is enough. */
const programs = {
  make: ['make'],
  'g++': ['g++'],
  python3: ['python3'],
  'openssh-client': ['ssh'],
  'openssh-server': ['sshd'],
  'qemu-system-x86': ['qemu-system-x86_64', 'qemu-kvm'],
  'qemu-utils': ['qemu-img'],
  mmdebstrap: ['mmdebstrap'],
  e2fsprogs: ['mke2fs'],
  uidmap: ['newuidmap'],
  socat: ['socat'],
  podman: ['podman'],
  crun: ['crun', 'runc'],
  chromium: browserPrograms,
  shellcheck: ['shellcheck'],
};
/** Programs that do as well where the server is root: it may start a Docker daemon of its own. */
const programsOfRoot = { podman: ['dockerd'] };
/** Only for who asks for labs in containers, and for tests. */
const containerPackages = ['podman', 'crun'];
const testExtras = ['chromium', 'fonts-noto-cjk', 'openssh-server', 'shellcheck'];

/**
 * Names in a package list: one a line, `#` starts a comment.
 * @param {string} text
 */
export function parsePackageList(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/**
 * The kind of lab that the arguments or the environment ask for.
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {'qemu' | 'container' | 'ssh' | 'local'}
 */
export function labKindOf(args, env) {
  const at = args.indexOf('--lab');
  const inline = args.find((arg) => arg.startsWith('--lab='))?.slice('--lab='.length);
  const lab = (at >= 0 ? args[at + 1] : inline) ?? env.TADAK_LAB ?? 'auto';
  if (lab.startsWith('ssh:')) return 'ssh';
  return lab === 'local' || lab === 'container' ? lab : 'qemu';
}

/**
 * Packages that a command needs.
 * @param {{ verb: string, lab: 'qemu' | 'container' | 'ssh' | 'local', isMixed?: boolean, hostList: readonly string[], mustCompile: boolean }} ask
 *   `isMixed`: a play that uses containers beside virtual machines, where there are any
 * @returns {Wanted[]}
 */
export function packagesFor({ verb, lab, isMixed = false, hostList, mustCompile }) {
  const test = verb === 'test';
  const runsLabs = verb === 'start' || verb === 'dev' || verb === 'play' || test;
  const needsImage = test || verb === 'lab' || (runsLabs && (lab === 'qemu' || lab === 'container'));
  const wanted = [
    ...(mustCompile ? ['make', 'g++', 'python3'].map((name) => ({ name, why: 'build', optional: false })) : []),
    ...(runsLabs && lab !== 'local' ? [{ name: 'openssh-client', why: 'ssh', optional: false }] : []),
    ...(needsImage ? hostList.map((name) => ({ name, why: 'qemu', optional: false })) : []),
    ...(runsLabs && lab === 'container'
      ? containerPackages.map((name) => ({ name, why: 'container', optional: false }))
      : []),
    ...(isMixed || test ? containerPackages.map((name) => ({ name, why: 'container', optional: true })) : []),
    ...(verb === 'lint' ? [{ name: 'shellcheck', why: 'test', optional: true }] : []),
    ...(test ? testExtras.map((name) => ({ name, why: 'test', optional: true })) : []),
  ];
  return /** @type {Wanted[]} */ (
    wanted.filter(({ name }, index) => wanted.findIndex((other) => other.name === name) === index)
  );
}

/**
 * Those of `wanted` that are not there: neither one of their programs nor the package itself.
 * @param {readonly Wanted[]} wanted
 * @param {{ hasProgram: (name: string) => boolean, isInstalled: (name: string) => boolean, isRoot: boolean }} machine
 */
export function findMissing(wanted, { hasProgram, isInstalled, isRoot }) {
  const enough = (name) => [...(programs[name] ?? []), ...((isRoot && programsOfRoot[name]) || [])];
  return wanted.filter(({ name }) => !enough(name).some(hasProgram) && !isInstalled(name));
}
