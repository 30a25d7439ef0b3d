/** Labs in containers by Docker, for machines without Podman: by a daemon of our own, which only root can have. */
import { programPath } from '../../server/host/programs.ts';
import { takeDockerPrograms } from '../support/docker-programs.ts';
import { declareContainerLabs } from './container-labs.ts';

await declareContainerLabs({ engine: 'docker', programPath: `${await takeDockerPrograms()}:${programPath}` });
