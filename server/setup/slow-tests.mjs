/**
 * Which slow tests must run again. For each group of them the repository keeps a hash of what it covers, written when the group
 * last passed: it is due when those files are others now. That can be told in any clean clone, whatever its history.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The image's recipe. */
const everyImage = [
  'lab/build.sh',
  'lab/guest',
  'lab/guest-packages.txt',
  'lab/hooks',
  'lab/images',
  'lab/packages',
  'lab/selinux',
];

/** What every lab stands on: the image, its contract, and what asks for both. */
const everyLab = [
  ...everyImage,
  'server/lab/guest',
  'server/lab/lab.ts',
  'server/lab/node-pty.ts',
  'server/lab/vmnet',
  'test/contract/lab-provider.ts',
];

/**
 * The groups by name: their test files, and the files and folders that they cover beside themselves.
 * @type {Readonly<Record<string, { readonly tests: readonly string[], readonly covers: readonly string[] }>>}
 */
export const slowTests = {
  'cloud images': {
    tests: ['test/server/lab/cloud/cloud-image.slow.test.ts'],
    covers: [
      'lab/cloud',
      'server/lab/cloud',
      'server/lab/qemu/confine.pl',
      'server/lab/qemu/confinement.ts',
      'test/fixtures/cloud-image',
      'test/server/lab/cloud/cloud-fixture.ts',
      'test/server/lab/cloud/image-server.ts',
    ],
  },
  'lab image': {
    tests: ['test/server/lab/guest/package-cache.slow.test.ts'],
    covers: everyImage,
  },
  'virtual machines': {
    tests: [
      'test/contract/lab-qemu-endurance.slow.test.ts',
      'test/server/lab/qemu/stand-by.slow.test.ts',
      'test/server/lab/qemu/take-over.slow.test.ts',
    ],
    covers: [
      ...everyLab,
      'server/lab/console-lab.ts',
      'server/lab/lab-pool.ts',
      'server/lab/openssh',
      'server/lab/qemu',
      'server/lab/run-script.ts',
      'test/support/vm-provider.ts',
    ],
  },
  'containers by Docker': {
    tests: ['test/contract/lab-docker.slow.test.ts'],
    covers: [
      ...everyLab,
      'server/lab/console-lab.ts',
      'server/lab/container',
      'server/lab/run-script.ts',
      'test/contract/container-labs.ts',
      'test/contract/lab-scripts.ts',
      'test/contract/lab-suite.ts',
      'test/contract/lab-terminals.ts',
      'test/contract/offline-supply.ts',
      'test/contract/ways-out.ts',
      'test/support/docker-programs.ts',
    ],
  },
};

const proofPath = (project) => join(project, 'test/slow-proven.json');

/**
 * A hash of what a group covers and of its tests: their names and what is in them.
 * @param {string} project
 * @param {string} group
 * @returns {string}
 */
export function hashCovered(project, group) {
  const hash = createHash('sha256');
  const { tests, covers } = slowTests[group];
  for (const path of [...tests, ...covers].flatMap((covered) => filesIn(project, covered))) {
    hash.update(`${path}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(project, path)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

function filesIn(project, path) {
  if (!statSync(join(project, path)).isDirectory()) return [path];
  const names = readdirSync(join(project, path)).sort();
  return names.flatMap((name) => filesIn(project, `${path}/${name}`));
}

/**
 * The groups that cover something that changed since they last passed, and those of which nobody wrote down that they did.
 * @param {string} project
 * @returns {readonly string[]}
 */
export function findDueSlowTests(project) {
  const proven = readProof(project);
  return Object.keys(slowTests).filter((group) => proven[group] !== hashCovered(project, group));
}

/**
 * Writes down that these groups passed with the files as they are. Says whether that was news.
 * @param {string} project
 * @param {readonly string[]} groups
 * @returns {boolean}
 */
export function keepSlowProof(project, groups) {
  const due = findDueSlowTests(project).filter((group) => groups.includes(group));
  if (due.length === 0) return false;
  const proven = readProof(project);
  const kept = Object.keys(slowTests).map((group) => [
    group,
    due.includes(group) ? hashCovered(project, group) : proven[group],
  ]);
  writeFileSync(proofPath(project), `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`);
  return true;
}

function readProof(project) {
  try {
    return JSON.parse(readFileSync(proofPath(project), 'utf8'));
  } catch {
    return {};
  }
}
