/**
 * The door of this folder: labs as system containers on this host.
 */

export { type ContainerHost, findContainerHost } from './container-host.ts';
export { type ContainerProviderOptions, createContainerProvider, storeFolderIn } from './container-provider.ts';
export { measureContainerDiskMb } from './disk-watch.ts';
export type { EngineName } from './engine.ts';
export { type Rootless, tryRootless } from './rootless.ts';
export { labsByWatchLimit } from './watch-limit.ts';
