/** What the rest of the server uses of this room. */
export { buildCloudImage, type CloudBuild, type CloudBuildOptions } from './build-cloud-image.ts';
export { loadCloudDefinitions, resolveSource } from './definitions.ts';
