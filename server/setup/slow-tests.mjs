/**
 * Whether the slow tests must run again. The last whole run of them keeps, in the repository, a hash of what they cover: they
 * are due when those files are others now. That can be told in any clean clone, whatever its history.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files and folders that the slow tests cover, the tests themselves included. */
export const coveredBySlowTests = [
  'lab/cloud',
  'server/lab/cloud',
  'test/fixtures/cloud-image',
  'test/server/lab/cloud/cloud-fixture.ts',
  'test/server/lab/cloud/cloud-image.slow.test.ts',
  'test/server/lab/cloud/image-server.ts',
];

const proofPath = (project) => join(project, 'test/slow-proven.json');

/**
 * A hash of the covered files: their names and what is in them.
 * @param {string} project
 * @returns {string}
 */
export function hashCovered(project) {
  const hash = createHash('sha256');
  for (const path of coveredBySlowTests.flatMap((covered) => filesIn(project, covered))) {
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
 * Whether something they cover changed since they last passed, or nobody wrote down that they did.
 * @param {string} project
 * @returns {boolean}
 */
export function areSlowTestsDue(project) {
  try {
    return JSON.parse(readFileSync(proofPath(project), 'utf8')).covered !== hashCovered(project);
  } catch {
    return true;
  }
}

/**
 * Writes down that they passed with the files as they are. Says whether that was news.
 * @param {string} project
 * @returns {boolean}
 */
export function keepSlowProof(project) {
  if (!areSlowTestsDue(project)) return false;
  writeFileSync(proofPath(project), `${JSON.stringify({ covered: hashCovered(project) }, undefined, 2)}\n`);
  return true;
}
