/**
 * Removes labs that nobody owns any more: containers, their volumes and groups, and the folders of keys. Containers of other
 * data folders in the same store are left alone. Knows nothing about servers.
 */
import { basename } from 'node:path';
import type { LearnerId } from '../../../src/course/ids.ts';
import { eachInTurn } from '../../host/wait.ts';
import type { IsOwned, LabOwner } from '../lab.ts';
import { loadRunFolders, type RunRecord, removeRunFolder } from '../run-folder.ts';
import type { ContainerHost } from './container-host.ts';
import { removeContainer } from './container-run.ts';
import { containerName, labelNames } from './run-arguments.ts';

/** Whose labs. */
export interface SweepOptions {
  readonly host: ContainerHost;
  /** The label of our data folder. */
  readonly home: string;
  /** Holds the folders of running labs. */
  readonly runFolder: string;
  /** Whether there is, or comes to be, a lab of ours of this name. */
  readonly isKnown: (id: string) => boolean;
}

/** Does it; answers how many labs it removed. */
export async function sweepContainers(options: SweepOptions, isOwned: IsOwned): Promise<number> {
  const { host, runFolder, isKnown } = options;
  const isOwnedBy = ({ id, learner, server }: RunRecord) =>
    isOwned({ learner: learner as LearnerId, server }, isKnown(id));
  const all = await loadRunFolders(runFolder);
  // A folder without a record is half made, or damaged.
  const folders = all.filter(({ path, record }) => (record ? !isOwnedBy(record) : !isKnown(basename(path))));
  // Labels keep the owner under which the container was started; the folder knows who has it now.
  const owned = new Set(
    all.flatMap(({ record }) => (record !== undefined && isOwnedBy(record) ? [containerName(record.id)] : [])),
  );
  const containers = (await listContainers(options)).filter(
    ({ name, owner }) => !owned.has(name) && !isOwned(owner, isKnown(idOf(name))),
  );
  const names = new Set([
    ...folders.flatMap(({ record }) => (record === undefined ? [] : [containerName(record.id)])),
    ...containers.map(({ name }) => name),
  ]);
  await eachInTurn([...names], async (name) => {
    await removeContainer(host, name);
    await host.groups.remove(idOf(name));
  });
  await eachInTurn(folders, ({ path, record }) => removeRunFolder(path, record));
  return Math.max(names.size, folders.length);
}

const idOf = (name: string) => name.slice(containerName('').length);

async function listContainers({
  host,
  home,
}: SweepOptions): Promise<readonly { readonly name: string; readonly owner: LabOwner }[]> {
  const { signal } = new AbortController();
  const listed = await host.engine.run(['ps', '--all', '--quiet', '--filter', `label=${labelNames.home}=${home}`], {
    signal,
  });
  const ids = listed.stdout.split('\n').filter(Boolean);
  if (ids.length === 0) return [];
  const label = (name: string) => `{{index .Config.Labels "${name}"}}`;
  const format = ['{{.Name}}', label(labelNames.learner), label(labelNames.server)].join('\t');
  const { stdout } = await host.engine.run(['inspect', '--format', format, ...ids], { signal });
  return stdout.split('\n').flatMap((line) => {
    const [name = '', learner = '', server = ''] = line.split('\t');
    // Docker writes a slash before it.
    const bare = name.replace(/^\//, '');
    return bare === '' ? [] : [{ name: bare, owner: { learner: learner as LearnerId, server } }];
  });
}
