/**
 * The machines that a course's lessons begin on. Nearly all share one; a lesson that needs something which would slow down or
 * endanger the others has a machine of its own. Knows nothing about how a machine is made.
 */

/** Every machine: the usual one, and one whose kernel runs SELinux from its first start on. */
export const machines = ['usual', 'selinux'] as const;

/** One of them. */
export type Machine = (typeof machines)[number];

/** The machine that a start state stands for. Start states that name no machine, and unknown ones, are on the usual one. */
export function machineFor(start: string): Machine {
  return machines.find((machine) => machine === start) ?? 'usual';
}
