/**
 * What a lab of our own image offers because of what is in it, whether it runs as a virtual machine or as a container.
 * Knows nothing about either.
 */
import type { Capability } from '../../../src/course/capabilities.ts';
import type { LabImage } from './image.ts';

const generations = ['el8', 'el9', 'el10'] as const;

/** The capabilities that the image brings. */
export function guestCapabilities({ versions }: Pick<LabImage, 'versions'>): readonly Capability[] {
  const has = (name: string) => versions[name] !== undefined && versions[name] !== '';
  return [
    ...(['systemd', 'nat', 'host-only'] as const),
    ...familyOf(versions),
    ...(has('networkManager') ? (['nm'] as const) : []),
    ...(has('firewalld') ? (['firewalld'] as const) : []),
    ...(has('docker') ? (['docker', 'hub'] as const) : []),
    ...(has('podman') ? (['podman'] as const) : []),
    ...(has('dnf') ? (['dnf'] as const) : []),
  ];
}

/** The distribution's family: of the Enterprise Linuxes the generations that lessons know. */
function familyOf({ el = '' }: LabImage['versions']): readonly Capability[] {
  if (el === '') return ['debian'];
  const generation = `el${Number.parseInt(el, 10)}`;
  return generations.filter((known) => known === generation);
}
