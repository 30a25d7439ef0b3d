/**
 * What labs of a kind offer before one runs, and which steps of a course that leaves to be read. Knows nothing about hosts.
 */
import type { Capability } from '../../src/course/capabilities.ts';
import { type Course, lessonsOf } from '../../src/course/model.ts';
import { guestCapabilities } from './guest/guest-capabilities.ts';
import type { LabImage } from './guest/image.ts';
import { machinesOf, qemuCapabilities } from './qemu/index.ts';

/** What a kind of lab offers, known before one runs. */
export interface Offer {
  readonly has: ReadonlySet<Capability>;
  /** Depends on the host's kernel: each lab finds out when it starts. */
  readonly perhaps: ReadonlySet<Capability>;
}

/** A step that cannot be done. */
export interface ReadOnlyStep {
  readonly name: string;
  readonly missing: readonly Capability[];
  /** All that it needs. */
  readonly needs: readonly Capability[];
}

/** What an image of our own recipe has; for as long as none is built. */
export const recipeImage: Pick<LabImage, 'append' | 'appendSelinux' | 'versions'> = {
  ...{ append: '', appendSelinux: 'selinux=1' },
  versions: { networkManager: '?', firewalld: '?', docker: '?', podman: '?', dnf: '?' },
};

/** What labs of a kind offer when they are made from `image`. */
export function offerOf(
  kind: 'qemu' | 'container',
  image: Pick<LabImage, 'append' | 'appendSelinux' | 'versions'>,
  { internet }: { readonly internet: boolean },
): Offer {
  if (kind === 'container') {
    return { has: new Set(guestCapabilities(image)), perhaps: new Set<Capability>(['cgroups', 'overlay']) };
  }
  const all = machinesOf(image).flatMap((machine) => [
    ...qemuCapabilities(image, { machine, allowInternet: internet }),
  ]);
  return { has: new Set(all), perhaps: new Set() };
}

/** The steps that can only be read in such labs. Forms need no lab. */
export function findReadOnlySteps(course: Course, { has, perhaps }: Offer): readonly ReadOnlyStep[] {
  return lessonsOf(course).flatMap((lesson) =>
    lesson.steps.flatMap(({ id, needs, form }) => {
      const missing = needs.filter((need) => !has.has(need) && !perhaps.has(need));
      return form || missing.length === 0 ? [] : [{ name: `${lesson.id}/${id}`, missing, needs }];
    }),
  );
}

/** How many steps of the course a virtual machine can do and a container cannot. */
export function countStepsLostInContainers(course: Course, image = recipeImage): number {
  const named = (kind: 'qemu' | 'container') =>
    findReadOnlySteps(course, offerOf(kind, image, { internet: false })).map(({ name }) => name);
  const inMachines = new Set(named('qemu'));
  return named('container').filter((name) => !inMachines.has(name)).length;
}
