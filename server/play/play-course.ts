/**
 * Plays lessons side by side, as many at a time as labs are allowed. Knows nothing about a single lesson's proof.
 */
import type { PlayedLesson } from './report.ts';

/** Runs `play` for every plan, at most `jobs` at a time; results come in the plans' order. The first rejection ends all. */
export async function playAll<Plan>(
  plans: readonly Plan[],
  jobs: number,
  play: (plan: Plan) => Promise<PlayedLesson>,
): Promise<readonly PlayedLesson[]> {
  const played: PlayedLesson[] = [];
  const waiting = plans.entries();
  const work = async () => {
    for (const [index, plan] of waiting) played[index] = await play(plan);
  };
  const workers = Array.from({ length: Math.max(1, Math.min(jobs, plans.length)) }, work);
  const settled = await Promise.allSettled(workers);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return played;
}
