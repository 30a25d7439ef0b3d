/**
 * Makes the provider of the labs that the configuration names; only the chosen one's code is loaded.
 */
import { join } from 'node:path';
import type { Localized } from '../src/course/locales.ts';
import type { Course } from '../src/course/model.ts';
import { Fault } from '../src/faults.ts';
import { type Config, projectFolder } from './config.ts';
import type { Rootless } from './lab/container/index.ts';
import { loadGivenImage } from './lab/guest/image.ts';
import type { LabProvider } from './lab/lab.ts';
import { type PickedKind, pickLabKind } from './lab/pick-kind.ts';

/** A provider, and what only some kinds can do. */
export interface ChosenProvider {
  readonly provider: LabProvider;
  /** Why this kind, when the operator left the choice to us. */
  readonly why?: Localized;
  readonly forgetHostKey?: () => Promise<void>;
}
/** What a provider is told beside the configuration. */
export interface ProviderSurroundings {
  /** Whether labs run on when the provider ends; asked then. */
  readonly keepsLabs: () => boolean;
  readonly course: Course;
  readonly log: (line: string, details?: Readonly<Record<string, unknown>>) => void;
}

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/**
 * Makes the provider. Throws Fault `lab-kind-refused` where a kind may not be used, `container-no-internet` for what it cannot
 * do, `lab-image-wrong` for an image that is none.
 */
export async function chooseProvider(config: Config, surroundings: ProviderSurroundings): Promise<ChosenProvider> {
  const { lab, data } = config;
  if (lab.kind === 'local') {
    const { createLocalProvider } = await import('./lab/local.ts');
    return { provider: createLocalProvider({ production: config.production, folder: join(data, 'run', 'local') }) };
  }
  if (lab.kind === 'ssh') {
    const { createSshProvider } = await import('./lab/ssh/provider.ts');
    // The operator's keys are for the operator: only when nobody else reaches this server.
    const agentSocket = isLoopback(config) ? config.agentSocket : undefined;
    const integrationFile = join(projectFolder, 'lab/guest/usr/lib/tadak/shell-integration.bash');
    const provider = createSshProvider({ address: lab.address, dataFolder: data, integrationFile, agentSocket });
    return { provider, forgetHostKey: () => provider.forgetHostKey() };
  }
  // Without its image no lab would ever start.
  if (config.image !== undefined) await loadGivenImage(config.image);
  const picked = lab.kind === 'auto' ? await pickKind(config, surroundings.course) : undefined;
  const provider =
    (picked?.kind ?? lab.kind) === 'container'
      ? await makeContainerProvider(config, surroundings)
      : await makeQemuProvider(config, surroundings);
  return { provider, ...(picked && { why: picked.why }) };
}

async function makeQemuProvider(
  config: Config,
  { course, keepsLabs, log }: ProviderSurroundings,
): Promise<LabProvider> {
  const { createQemuProvider } = await import('./lab/qemu/index.ts');
  const { addresses } = course;
  const allowInternet = config['allow-internet'];
  return createQemuProvider({ ...imageOptions(config), allowInternet, addresses, keepsLabs, log });
}

async function makeContainerProvider(config: Config, { keepsLabs, log }: ProviderSurroundings): Promise<LabProvider> {
  if (config['allow-internet']) throw new Fault('container-no-internet');
  const { createContainerProvider } = await import('./lab/container/index.ts');
  const { engineEnvironment } = config;
  const isShared = !isLoopback(config);
  return createContainerProvider({ ...imageOptions(config), engineEnvironment, isShared, keepsLabs, log });
}

/** What kinds with an image of ours have in common. */
export function imageOptions({ data, image, cache = data, memory, 'lab-disk': diskMb, buildEnvironment }: Config) {
  return {
    ...{ dataFolder: data, cacheFolder: cache, labFolder: join(projectFolder, 'lab'), buildEnvironment },
    ...(image !== undefined && { imageFolder: image }),
    ...(memory !== undefined && { memoryMb: memory }),
    ...(diskMb !== undefined && { diskMb }),
  };
}

/** What `--lab auto` comes to on this computer, and why. */
export async function pickKind(config: Config, course: Course): Promise<PickedKind> {
  const { examineAccelerator } = await import('./lab/qemu/index.ts');
  const { signal } = new AbortController();
  // Without QEMU the provider itself says what to install.
  const accelerator = await examineAccelerator({ ...imageOptions(config), signal }).catch(() => 'none' as const);
  const facts = {
    accelerator: accelerator === 'broken' ? ('none' as const) : accelerator,
    isLoopback: isLoopback(config),
    wantsInternet: config['allow-internet'],
  };
  const matters = facts.accelerator === 'none' && facts.isLoopback && !facts.wantsInternet;
  const tried = matters ? await tryContainers(config, course) : { rootless: 'untried' as const, stepsLost: 0 };
  return pickLabKind({ ...facts, ...tried });
}

async function tryContainers(
  config: Config,
  course: Course,
): Promise<{ readonly rootless: Rootless; readonly stepsLost: number }> {
  const { tryRootless, storeFolderIn } = await import('./lab/container/index.ts');
  const { countStepsLostInContainers } = await import('./lab/offer.ts');
  const { imageFolderOf, loadImage } = await import('./lab/guest/image.ts');
  const { data, cache = data, engineEnvironment: environment } = config;
  const rootless = await tryRootless({ storeFolder: storeFolderIn(cache), environment }, new AbortController().signal);
  const image = await loadImage(await imageFolderOf(imageOptions(config))).catch(() => undefined);
  return { rootless, stepsLost: countStepsLostInContainers(course, image) };
}

const isLoopback = ({ host }: Config) => loopbackNames.includes(host);
