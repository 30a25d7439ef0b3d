/**
 * Runs the course's scripts in a lab. Knows nothing about what is measured.
 */
import type { Lab } from '../../server/lab/lab.ts';
import type { Lesson, Script } from '../../src/course/model.ts';
import type { World } from './world.ts';

const scriptTimeoutMs = 300_000;

/** Runs a script. Throws when it does not end with 0. */
export async function runScriptIn({ signal }: World, lab: Lab, { path, text }: Script): Promise<void> {
  const result = await lab.exec(text, { signal, timeoutMs: scriptTimeoutMs });
  if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(`${path}: ${JSON.stringify(result)}`);
}

/** Does what a fresh lab needs before the lesson begins. */
export async function prepareLesson(world: World, lab: Lab, { start, setup }: Lesson): Promise<void> {
  for (const script of [world.course.startScripts[start], setup]) if (script) await runScriptIn(world, lab, script);
}
