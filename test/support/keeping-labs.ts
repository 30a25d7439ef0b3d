/**
 * Local labs whose home can be put back to a copy, as virtual machines are put back to a checkpoint. A copy that has been
 * removed loses the lab.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab, LabCheckpoints, LabProvider } from '../../server/lab/lab.ts';
import { Fault } from '../../src/faults.ts';

/** Gives every lab of `provider` checkpoints; the copies lie in `folder`. */
export function withCheckpoints(provider: LabProvider, folder: string): LabProvider {
  return new Proxy(provider, {
    get: (target, name) => {
      if (name !== 'provision') return bound(target, name);
      return async (...args: Parameters<LabProvider['provision']>) =>
        withCopies(await target.provision(...args), folder);
    },
  });
}

function withCopies(lab: Lab, folder: string): Lab {
  let last = 0;
  const copyOf = (id: string) => join(folder, `${lab.id}-${id}`);
  const run = async (script: string, signal: AbortSignal) => {
    const result = await lab.exec(script, { signal, timeoutMs: 20_000 });
    if (result.kind !== 'exited' || result.exitCode !== 0)
      throw new Fault('lab-checkpoint-failed', { detail: JSON.stringify(result) });
  };
  const ids: string[] = [];
  const checkpoints: LabCheckpoints = {
    ids,
    save: async (signal) => {
      last += 1;
      const id = `c${last}`;
      await run(`cp -a "$HOME" '${copyOf(id)}'`, signal);
      ids.push(id);
      return { id, bytes: 1 };
    },
    restore: async (id, { signal }) => {
      if (!ids.includes(id)) throw new Fault('not-found', { what: id });
      await run(
        `test -d '${copyOf(id)}' && find "$HOME" -mindepth 1 -delete && cp -a '${copyOf(id)}/.' "$HOME"`,
        signal,
      );
      ids.splice(ids.indexOf(id) + 1);
    },
    drop: async (id) => {
      ids.splice(ids.indexOf(id), 1);
      await rm(copyOf(id), { recursive: true });
    },
  };
  return new Proxy(lab, { get: (target, name) => (name === 'checkpoints' ? checkpoints : bound(target, name)) });
}

/** A member of the real thing; methods keep their `this`, private fields and all. */
function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
