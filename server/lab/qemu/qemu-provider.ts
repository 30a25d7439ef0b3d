/**
 * Labs as virtual machines on this host: image and template once, then a clone per student.
 * Knows nothing about sessions, checks or the web.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Addresses, buildAddresses } from '../../../src/course/addresses.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import { Fault } from '../../../src/faults.ts';
import type { Lab, LabOwner, LabProgress, LabProvider, LabSpec } from '../lab.ts';
import { chooseAccelerator } from './accelerator.ts';
import { findQemuHost } from './host.ts';
import { type LabImage, prepareImage, removeOldImages, type Waiting } from './image.ts';
import type { MachineShape } from './machine.ts';
import { startQemuLab } from './qemu-lab.ts';
import { createRunFolder, loadRunFolders } from './run-folder.ts';
import { sweepRunFolders } from './sweep.ts';
import { prepareTemplate, removeOldTemplates, type Template } from './template.ts';

/** Settings of the provider. */
export interface QemuProviderOptions {
  /** Absolute path of the server's data folder: images, templates and running labs are kept in it. */
  readonly dataFolder: string;
  /** Holds images and templates, which other data folders may share; the data folder itself unless given. */
  readonly cacheFolder?: string;
  /** The guest image's recipe. */
  readonly labFolder: string;
  /** A ready-made image to use instead of building one. */
  readonly imageFolder?: string;
  /** Environment for building the image: proxy, mirror, TMPDIR. */
  readonly buildEnvironment?: Readonly<Record<string, string>>;
  readonly memoryMb?: number;
  /** Labs at the same time; without it only the host's memory sets a limit. */
  readonly maxLabs?: number;
  /**
   * Gives labs real Internet access through this host. A lab then reaches whatever this host reaches, its own loopback
   * services included: only for people whom the operator trusts with that.
   */
  readonly allowInternet: boolean;
  /** The addresses of the course; a lab with others gets a template of its own. */
  readonly addresses?: Addresses;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

interface Prepared {
  readonly template: Template;
  readonly shape: MachineShape;
}

const defaultMemoryMb = 1024;
const cpus = 2;
/** The image's share of preparing everything, when it has to be built. */
const imageShare = 0.6;
const labIdBytes = 5;

/** Makes the provider. Nothing is started before it is asked for. */
export function createQemuProvider(options: QemuProviderOptions): LabProvider {
  return new QemuProvider(options);
}

class QemuProvider implements LabProvider {
  readonly kind = 'qemu';
  readonly #options: QemuProviderOptions;
  readonly #labs = new Set<Lab>();
  readonly #end = new AbortController();
  readonly #starting = new Set<Promise<unknown>>();
  readonly #prepared = new Map<string, Prepared>();

  constructor(options: QemuProviderOptions) {
    this.#options = options;
  }

  async prepare(waiting: Waiting): Promise<void> {
    const { addresses } = this.#options;
    await this.#prepare(addresses ?? buildAddresses('class'), waiting);
    await this.#removeOld();
  }

  async provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    const { maxLabs } = this.#options;
    if (maxLabs !== undefined && this.#labs.size + this.#starting.size >= maxLabs) {
      throw new Fault('lab-full', { limit: maxLabs });
    }
    const signal = AbortSignal.any([waiting.signal, this.#end.signal]);
    const starting = this.#start(spec, owner, { ...waiting, signal });
    const settled = starting.catch(() => undefined);
    this.#starting.add(settled);
    try {
      const lab = await starting;
      this.#labs.add(lab);
      return lab;
    } finally {
      this.#starting.delete(settled);
    }
  }

  sweep(isOwned: (owner: LabOwner) => boolean): Promise<number> {
    return sweepRunFolders(this.#options.dataFolder, isOwned);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Fault('shutting-down'));
    await Promise.all(this.#starting);
    await Promise.all([...this.#labs].map((lab) => lab[Symbol.asyncDispose]()));
  }

  async #start(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    const { dataFolder, allowInternet, log } = this.#options;
    const { template, shape } = await this.#prepare(spec.addresses, waiting);
    const id = randomBytes(labIdBytes).toString('hex');
    const run = await createRunFolder(dataFolder, { id, owner, template: template.id });
    const capabilities = capabilitiesOf(template.image, allowInternet);
    const onEnd = (ended: Lab) => void this.#labs.delete(ended);
    const { addresses } = spec;
    const made = { template, shape, addresses, capabilities, run, onEnd };
    return startQemuLab({ ...made, allowInternet, log }, waiting);
  }

  async #prepare(addresses: Addresses, waiting: Waiting): Promise<Prepared> {
    const known = this.#prepared.get(addresses.subnet);
    if (known !== undefined) return known;
    waiting.signal.throwIfAborted();
    const { dataFolder, cacheFolder = dataFolder, allowInternet, log, memoryMb = defaultMemoryMb } = this.#options;
    const host = await findQemuHost();
    await mkdir(cacheFolder, { recursive: true });
    let isBuilding = false;
    const image = await prepareImage(
      { ...this.#options, cacheFolder },
      {
        ...waiting,
        onProgress: (progress) => {
          isBuilding = true;
          waiting.onProgress(part(progress, 0, imageShare));
        },
      },
    );
    const { signal } = waiting;
    const accelerator = await chooseAccelerator({ host, kernel: image.kernel, cacheFolder, signal, log });
    const shape: MachineShape = { program: host.program, accelerator, memoryMb, cpus, append: image.append };
    const template = await prepareTemplate(
      { cacheFolder, image, qemuVersion: host.version, shape, addresses, allowInternet, log },
      { ...waiting, onProgress: (progress) => waiting.onProgress(part(progress, isBuilding ? imageShare : 0, 1)) },
    );
    const prepared = { template, shape };
    this.#prepared.set(addresses.subnet, prepared);
    return prepared;
  }

  /** What neither we nor a running lab of another server uses any more. */
  async #removeOld(): Promise<void> {
    const { dataFolder, cacheFolder = dataFolder } = this.#options;
    // Who only shares a cache does not know who else does.
    if (cacheFolder !== dataFolder) return;
    const used = new Set([...this.#prepared.values()].map(({ template }) => template.id));
    const others = (await loadRunFolders(dataFolder))
      .map(({ record }) => record?.template)
      .filter((id) => id !== undefined);
    await removeOldTemplates(dataFolder, new Set([...used, ...others]));
    if (others.some((id) => !used.has(id))) return; // Its image is not known here; the next start looks again.
    const images = [...this.#prepared.values()].map(({ template }) => basename(dirname(template.image.disk)));
    await removeOldImages(dataFolder, new Set(images));
  }
}

function part({ label, fraction }: LabProgress, from: number, to: number): LabProgress {
  return { label, fraction: from + (to - from) * fraction };
}

/** What the guest offers, from what its image was built of. */
function capabilitiesOf({ versions }: LabImage, allowInternet: boolean): ReadonlySet<Capability> {
  const has = (name: string) => versions[name] !== undefined && versions[name] !== '';
  return new Set<Capability>([
    ...(['systemd', 'nat', 'debian', 'reboot', 'own-kernel'] as const),
    ...(has('networkManager') ? (['nm'] as const) : []),
    ...(has('firewalld') ? (['firewalld'] as const) : []),
    ...(has('docker') ? (['docker', 'hub'] as const) : []),
    ...(has('podman') ? (['podman'] as const) : []),
    ...(allowInternet ? (['internet'] as const) : []),
  ]);
}
