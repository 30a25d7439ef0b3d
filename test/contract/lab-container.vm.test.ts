/** Labs in containers by Podman. */
import { declareContainerLabs } from './container-labs.ts';

await declareContainerLabs({ engine: 'podman' });
