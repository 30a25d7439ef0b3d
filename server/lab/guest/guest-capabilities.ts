/**
 * What a lab of our own image offers because of what is in it, whether it runs as a virtual machine or as a container.
 * Knows nothing about either.
 */
import type { Capability } from '../../../src/course/capabilities.ts';
import type { LabImage } from './image.ts';

/** The capabilities that the image brings. */
export function guestCapabilities({ versions }: LabImage): readonly Capability[] {
  const has = (name: string) => versions[name] !== undefined && versions[name] !== '';
  return [
    ...(['systemd', 'nat', 'host-only', 'debian'] as const),
    ...(has('networkManager') ? (['nm'] as const) : []),
    ...(has('firewalld') ? (['firewalld'] as const) : []),
    ...(has('docker') ? (['docker', 'hub'] as const) : []),
    ...(has('podman') ? (['podman'] as const) : []),
    ...(has('dnf') ? (['dnf'] as const) : []),
  ];
}
