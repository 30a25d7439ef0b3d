/**
 * `tadak lab build --from <image>`: makes a lab image from a distribution's cloud image and says how to use it.
 */

import { imageOptions } from '../choose-provider.ts';
import type { Config, Flags } from '../config.ts';
import { buildCloudImage, loadCloudDefinitions, resolveSource } from '../lab/cloud/index.ts';
import { examineAccelerator, findQemuHost } from '../lab/qemu/index.ts';
import { listenForSignals } from './signals.ts';
import type { Terminal } from './terminal.ts';
import type { VerbOptions } from './verb-options.ts';
import { words } from './words.ts';

/** Builds it. Resolves with the exit code: 0 it is there, 2 wrong usage. */
export async function runLab(config: Config, terminal: Terminal, { names, flags }: VerbOptions): Promise<number> {
  const minutes = minutesOf(flags);
  if (names.join(' ') !== 'build' || minutes === 'wrong') {
    terminal.warn(words.badUsage(['lab', ...names].join(' ') + (minutes === 'wrong' ? ' --minutes' : '')));
    return 2;
  }
  const { cacheFolder, labFolder } = imageOptions(config);
  const source = resolveSource(await loadCloudDefinitions(labFolder), choiceOf(flags));
  const { signal } = listenForSignals();
  const { program } = await findQemuHost();
  const accelerator = await examineAccelerator({ cacheFolder, labFolder, signal });
  terminal.say(words.cloudBuilding(source.name));
  const startedAt = performance.now();
  const options = {
    ...{ source, cacheFolder, labFolder, program },
    mayUseKvm: accelerator === 'kvm' || accelerator === 'untried',
    isRefresh: flags['refresh'] === true,
    isForced: flags['force'] === true,
    ...(minutes !== undefined && { minutes }),
  };
  try {
    const { folder, isOld } = await buildCloudImage(options, { signal, onProgress: terminal.showProgress });
    terminal.endProgress();
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    terminal.say(isOld ? words.cloudIsOld(folder) : words.cloudBuilt(folder, seconds));
    return 0;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    terminal.endProgress();
    terminal.warn(words.cloudGivenUp);
    return 1;
  }
}

function choiceOf(flags: Flags) {
  const { from, sha256 } = flags;
  return { from: typeof from === 'string' ? from : '', ...(typeof sha256 === 'string' && { sha256 }) };
}

function minutesOf({ minutes }: Flags): number | 'wrong' | undefined {
  if (minutes === undefined) return undefined;
  const number = Number(minutes);
  return Number.isInteger(number) && number > 0 && number < 10_000 ? number : 'wrong';
}
