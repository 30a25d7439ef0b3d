/**
 * Labs as system containers on this host: the image once, then a container per student.
 * Knows nothing about sessions, checks or the web.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Capability } from '../../../src/course/capabilities.ts';
import { Fault } from '../../../src/faults.ts';
import { adoptRunFolders, noNote } from '../adopt-run-folders.ts';
import { guestCapabilities } from '../guest/guest-capabilities.ts';
import { prepareImage } from '../guest/image.ts';
import type {
  AdoptedLab,
  AdoptOptions,
  IsOwned,
  Lab,
  LabOwner,
  LabProvider,
  LabSpec,
  Pooling,
  Waiting,
} from '../lab.ts';
import { LabLedger } from '../lab-ledger.ts';
import { assignRunFolder, createRunFolder, type RunFolder, removeRunFolder } from '../run-folder.ts';
import { type ContainerHost, findContainerHost } from './container-host.ts';
import { prepareContainerImage, removeOldContainerImages } from './container-image.ts';
import { type ContainerLabOptions, containerNote, startContainerLab, takeOverContainerLab } from './container-lab.ts';
import type { ContainerLimits } from './container-run.ts';
import type { EngineName } from './engine.ts';
import { sweepContainers } from './sweep.ts';
import { labsByWatchLimit, raiseWatchLimit } from './watch-limit.ts';

/** Settings of the provider. */
export interface ContainerProviderOptions {
  /** Absolute path of the server's data folder: running labs are kept in it. */
  readonly dataFolder: string;
  /** Holds images, which other data folders may share; the data folder itself unless given. */
  readonly cacheFolder?: string;
  /** The guest image's recipe. */
  readonly labFolder: string;
  /** A ready-made image to use instead of building one. */
  readonly imageFolder?: string;
  /** Environment for building the image: proxy, mirror, TMPDIR. */
  readonly buildEnvironment?: Readonly<Record<string, string>>;
  /** Environment for the engine: HOME, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS. */
  readonly engineEnvironment?: Readonly<Record<string, string>>;
  /** The engine, and where programs are looked for, when it is not to be found out. */
  readonly engine?: EngineName;
  readonly programPath?: string;
  readonly memoryMb?: number;
  /** What a lab may write before it is ended, MB. */
  readonly diskMb?: number;
  /** Labs at the same time. */
  readonly maxLabs?: number;
  /** Whether labs run on when the provider ends, for the server that comes next; asked then. */
  readonly keepsLabs?: () => boolean;
  /** Whether people other than the operator reach this server: a lab without limits is then refused. */
  readonly isShared: boolean;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

interface Prepared {
  readonly host: ContainerHost;
  readonly image: string;
  readonly capabilities: ReadonlySet<Capability>;
}

const defaultLimits: ContainerLimits = { memoryMb: 2048, cpus: 2, processes: 2048, diskMb: 8192 };
/** The virtual machine's image has this share of preparing everything, when it has to be built. */
const imageShare = 0.7;
/** What a lab takes beside its limit: its terminal path and its network on this side. */
const ownMemoryMb = 20;
const homeLetters = 12;

/** Where the engine keeps images and containers, beside the images of virtual machines. */
export function storeFolderIn(cacheFolder: string): string {
  return join(cacheFolder, 'container', 'store');
}

/** Makes the provider. Nothing is started before it is asked for. */
export function createContainerProvider(options: ContainerProviderOptions): LabProvider {
  return new ContainerProvider(options);
}

class ContainerProvider implements LabProvider {
  readonly kind = 'container';
  readonly pooling: Pooling;
  readonly memoryMb: number;
  readonly diskFolders: readonly string[];
  readonly #options: ContainerProviderOptions;
  readonly #storeFolder: string;
  /** Names the data folder on containers: the store may be shared. */
  readonly #home: string;
  readonly #runFolder: string;
  readonly #ledger: LabLedger;
  #host: Promise<ContainerHost> | undefined;
  #prepared: Prepared | undefined;

  constructor(options: ContainerProviderOptions) {
    this.#options = options;
    this.memoryMb = (options.memoryMb ?? defaultLimits.memoryMb) + ownMemoryMb;
    this.#ledger = new LabLedger(options.maxLabs, options.keepsLabs);
    this.pooling = this.#ledger.pooling(({ addresses }) => `${addresses.subnet} ${addresses['host-only-subnet']}`);
    this.#storeFolder = storeFolderIn(options.cacheFolder ?? options.dataFolder);
    this.#runFolder = join(options.dataFolder, 'container');
    this.diskFolders = [options.dataFolder, this.#storeFolder];
    this.#home = createHash('sha256').update(resolve(options.dataFolder)).digest('hex').slice(0, homeLetters);
  }

  async prepare(waiting: Waiting): Promise<void> {
    await this.#prepare(waiting);
  }

  provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    return this.#ledger.add(waiting, (either, id) => this.#start(spec, { id, owner }, either));
  }

  adopt(options: AdoptOptions): Promise<readonly AdoptedLab[]> {
    const takeOver = (run: RunFolder, owner: LabOwner) => this.#takeOver(run, owner, options.signal);
    return adoptRunFolders(this.#runFolder, options, { takeOver, ledger: this.#ledger, log: this.#options.log });
  }

  async sweep(isOwned: IsOwned): Promise<number> {
    const host = await this.#findHost();
    const isKnown = (id: string) => this.#ledger.knows(id);
    return sweepContainers({ host, home: this.#home, runFolder: this.#runFolder, isKnown }, isOwned);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#ledger[Symbol.asyncDispose]();
    const host = await this.#host?.catch(() => undefined);
    await host?.[Symbol.asyncDispose]();
  }

  async #start(spec: LabSpec, lab: { readonly id: string; readonly owner: LabOwner }, waiting: Waiting): Promise<Lab> {
    const { host, image, capabilities } = await this.#prepare(waiting);
    const labs = await labsByWatchLimit();
    if (this.#ledger.size > labs) throw new Fault('container-watch-limit', { labs });
    const run = await createRunFolder(this.#runFolder, { ...lab, template: image });
    const { addresses } = spec;
    const { owner } = lab;
    return startContainerLab(this.#labOptions(run, { host, owner, image, capabilities, addresses }), waiting);
  }

  #labOptions(
    run: RunFolder,
    parts: Pick<ContainerLabOptions, 'host' | 'owner' | 'image' | 'capabilities' | 'addresses'>,
  ): ContainerLabOptions {
    const { memoryMb = defaultLimits.memoryMb, diskMb = defaultLimits.diskMb, log } = this.#options;
    return {
      ...{ ...parts, id: run.record.id, log, home: this.#home },
      limits: { ...defaultLimits, memoryMb, diskMb },
      folder: run.record.sockets,
      removeFolder: () => removeRunFolder(run.path, run.record),
      assignFolder: (next) => assignRunFolder(run, { owner: next }),
      onEnd: (ended) => this.#ledger.remove(ended),
    };
  }

  async #takeOver(run: RunFolder, owner: LabOwner, signal: AbortSignal): Promise<Lab | string> {
    const { sockets, template: image } = run.record;
    const note = await containerNote.read(sockets);
    if (note === undefined) return noNote;
    const parts = { ...note, capabilities: new Set(note.capabilities), owner, image, host: await this.#findHost() };
    return takeOverContainerLab(this.#labOptions(run, parts), signal);
  }

  async #prepare(waiting: Waiting): Promise<Prepared> {
    if (this.#prepared !== undefined) return this.#prepared;
    waiting.signal.throwIfAborted();
    const { dataFolder, cacheFolder = dataFolder } = this.#options;
    const host = await this.#findHost();
    requireLimits(host, this.#options);
    const wasInstances = await raiseWatchLimit();
    if (wasInstances !== undefined) this.#options.log('inotify limit raised until the next boot', { wasInstances });
    await mkdir(cacheFolder, { recursive: true });
    let isBuilding = false;
    const machineImage = await prepareImage(
      { ...this.#options, cacheFolder },
      {
        ...waiting,
        onProgress: ({ label, fraction }) => {
          isBuilding = true;
          waiting.onProgress({ label, fraction: imageShare * fraction });
        },
      },
    );
    const from = isBuilding ? imageShare : 0;
    const image = await prepareContainerImage(
      { engine: host.engine, image: machineImage, storeFolder: this.#storeFolder },
      {
        ...waiting,
        onProgress: ({ label, fraction }) => waiting.onProgress({ label, fraction: from + (1 - from) * fraction }),
      },
    );
    // Who only shares a cache does not know who else does.
    if (cacheFolder === dataFolder) await removeOldContainerImages(host.engine, image, waiting.signal);
    this.#prepared = { host, image, capabilities: new Set(guestCapabilities(machineImage)) };
    return this.#prepared;
  }

  #findHost(): Promise<ContainerHost> {
    const { engineEnvironment: environment = {}, engine, programPath: path } = this.#options;
    const options = { storeFolder: this.#storeFolder, environment, ...(engine && { engine }), ...(path && { path }) };
    this.#host ??= findContainerHost(options, this.#ledger.signal);
    this.#host.catch(() => {
      this.#host = undefined; // The operator may have mended it by the next time.
    });
    return this.#host;
  }
}

/** Without limits one lab can take the whole host: its owner's own business, but nobody else's. */
function requireLimits({ missingLimits }: ContainerHost, { isShared, log }: ContainerProviderOptions): void {
  if (missingLimits.length === 0) return;
  if (isShared) throw new Fault('container-no-limits', { limits: missingLimits.join(', ') });
  log('labs run without some limits', { missing: missingLimits });
}
