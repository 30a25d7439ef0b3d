/**
 * Labs as virtual machines on this host: image and template once, then a clone per student.
 * Knows nothing about sessions, checks or the web.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Addresses, buildAddresses } from '../../../src/course/addresses.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import { guestCapabilities } from '../guest/guest-capabilities.ts';
import { type LabImage, prepareImage, removeOldImages } from '../guest/image.ts';
import type { Lab, LabOwner, LabProgress, LabProvider, LabSpec, Waiting } from '../lab.ts';
import { LabLedger } from '../lab-ledger.ts';
import { createRunFolder, loadRunFolders } from '../run-folder.ts';
import { chooseAccelerator } from './accelerator.ts';
import { findQemuHost } from './host.ts';
import type { MachineShape } from './machine.ts';
import { startQemuLab } from './qemu-lab.ts';
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
  /** How long the first boot, from which the template is made, may take; 20 minutes unless given. */
  readonly bootTimeoutSeconds?: number;
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
  readonly #ledger: LabLedger;
  readonly #prepared = new Map<string, Prepared>();

  constructor(options: QemuProviderOptions) {
    this.#options = options;
    this.#ledger = new LabLedger(options.maxLabs);
  }

  async prepare(waiting: Waiting): Promise<void> {
    const { addresses } = this.#options;
    await this.#prepare(addresses ?? buildAddresses('class'), waiting);
    await this.#removeOld();
  }

  provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    return this.#ledger.add(waiting, (either) => this.#start(spec, owner, either));
  }

  sweep(isOwned: (owner: LabOwner) => boolean): Promise<number> {
    return sweepRunFolders(this.#options.dataFolder, isOwned);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#ledger[Symbol.asyncDispose]();
  }

  async #start(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    const { dataFolder, allowInternet, log } = this.#options;
    const { template, shape } = await this.#prepare(spec.addresses, waiting);
    const id = randomBytes(labIdBytes).toString('hex');
    const run = await createRunFolder(dataFolder, { id, owner, template: template.id });
    const capabilities = capabilitiesOf(template.image, allowInternet);
    const onEnd = (ended: Lab) => this.#ledger.remove(ended);
    const { addresses } = spec;
    const made = { template, shape, addresses, capabilities, run, onEnd };
    return startQemuLab({ ...made, allowInternet, log }, waiting);
  }

  async #prepare(addresses: Addresses, waiting: Waiting): Promise<Prepared> {
    const known = this.#prepared.get(addresses.subnet);
    if (known !== undefined) return known;
    waiting.signal.throwIfAborted();
    const { dataFolder, cacheFolder = dataFolder, log, memoryMb = defaultMemoryMb } = this.#options;
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
      { ...this.#options, cacheFolder, image, qemuVersion: host.version, shape, addresses },
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

function capabilitiesOf(image: LabImage, allowInternet: boolean): ReadonlySet<Capability> {
  const internet = allowInternet ? (['internet'] as const) : [];
  return new Set<Capability>([...guestCapabilities(image), 'reboot', 'own-kernel', 'cgroups', 'overlay', ...internet]);
}
