/**
 * Labs as virtual machines on this host: image and template once, then a clone per student.
 * Knows nothing about sessions, checks or the web.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type Addresses, buildAddresses } from '../../../src/course/addresses.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import { type Machine, machineFor, machines } from '../../../src/course/machines.ts';
import { adoptRunFolders, noNote } from '../adopt-run-folders.ts';
import { guestCapabilities } from '../guest/guest-capabilities.ts';
import { type LabImage, prepareImage, removeOldImages } from '../guest/image.ts';
import type {
  AdoptedLab,
  AdoptOptions,
  IsOwned,
  Lab,
  LabOwner,
  LabProgress,
  LabProvider,
  LabSpec,
  MachineChoice,
  Pooling,
  Waiting,
} from '../lab.ts';
import { LabLedger } from '../lab-ledger.ts';
import { createRunFolder, loadRunFolders, type RunFolder } from '../run-folder.ts';
import { SharedWork } from '../shared-work.ts';
import { chooseAccelerator } from './accelerator.ts';
import type { TemplateOptions } from './freeze-template.ts';
import { findQemuHost, type QemuHost } from './host.ts';
import type { Accelerator, MachineShape } from './machine.ts';
import { madeOfNote } from './made-of.ts';
import { startQemuLab, takeOverQemuLab } from './qemu-lab.ts';
import { sweepRunFolders } from './sweep.ts';
import { nameTemplate, prepareTemplate, removeOldTemplates, type Template } from './template.ts';

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
  /** What a lab may write, states to go back to included, before it is ended, MB. */
  readonly diskMb?: number;
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
  /** Whether labs run on when the provider ends, for the server that comes next; asked then. */
  readonly keepsLabs?: () => boolean;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** What every template is made from. */
interface Parts {
  readonly image: LabImage;
  readonly host: QemuHost;
  readonly accelerator: Accelerator;
}

interface Prepared {
  readonly template: Template;
  readonly shape: MachineShape;
  readonly machine: MachineChoice;
}

const defaultMemoryMb = 1024;
const defaultDiskMb = 8192;
/** What QEMU itself takes beside the guest's memory: translated code (`tb-size`), devices. */
const ownMemoryMb = 110;
const cpus = 2;
/** The image's share of preparing everything, when it has to be built. */
const imageShare = 0.6;

/** Makes the provider. Nothing is started before it is asked for. */
export function createQemuProvider(options: QemuProviderOptions): LabProvider {
  return new QemuProvider(options);
}

class QemuProvider implements LabProvider {
  readonly kind = 'qemu';
  readonly pooling: Pooling;
  readonly memoryMb: number;
  readonly diskFolders: readonly string[];
  readonly #options: QemuProviderOptions;
  readonly #ledger: LabLedger;
  readonly #prepared = new Map<string, Prepared>();
  /** What labs wait for, by machine and subnet: a class that comes at once waits for one template together. */
  readonly #works = new Map<string, SharedWork<Prepared>>();
  #parts: Parts | undefined;

  constructor(options: QemuProviderOptions) {
    this.#options = options;
    this.memoryMb = (options.memoryMb ?? defaultMemoryMb) + ownMemoryMb;
    this.diskFolders = [options.dataFolder];
    this.#ledger = new LabLedger(options.maxLabs, options.keepsLabs);
    this.pooling = this.#ledger.pooling(({ start, addresses }) => templateKey(addresses, machineFor(start)));
  }

  /** Prepares the usual machine; another one is made when a lesson first asks for it. */
  async prepare(waiting: Waiting): Promise<void> {
    await this.#prepare(this.#addresses, 'usual', waiting);
    await this.#removeOld();
  }

  provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    return this.#ledger.add(waiting, (either, id) => this.#start(spec, { id, owner }, either));
  }

  adopt(options: AdoptOptions): Promise<readonly AdoptedLab[]> {
    const takeOver = (run: RunFolder, owner: LabOwner) => this.#takeOver(run, owner, options.signal);
    return adoptRunFolders(this.#options.dataFolder, options, {
      ...{ takeOver, ledger: this.#ledger, log: this.#options.log },
    });
  }

  sweep(isOwned: IsOwned): Promise<number> {
    return sweepRunFolders(this.#options.dataFolder, isOwned, (id) => this.#ledger.knows(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#ledger[Symbol.asyncDispose]();
    await Promise.all([...this.#works.values()].map((work) => work.settled()));
  }

  get #addresses(): Addresses {
    return this.#options.addresses ?? buildAddresses('class');
  }

  get #diskMb(): number {
    return this.#options.diskMb ?? defaultDiskMb;
  }

  get #cacheFolder(): string {
    return this.#options.cacheFolder ?? this.#options.dataFolder;
  }

  async #start(spec: LabSpec, lab: { readonly id: string; readonly owner: LabOwner }, waiting: Waiting): Promise<Lab> {
    const { dataFolder, allowInternet, log } = this.#options;
    const { addresses } = spec;
    const { machine, template, shape } = await this.#workFor(addresses, machineFor(spec.start)).wait(waiting);
    const run = await createRunFolder(dataFolder, { ...lab, template: template.id });
    const capabilities = qemuCapabilities(template.image, { machine: machine.is, allowInternet });
    const onEnd = (ended: Lab) => this.#ledger.remove(ended);
    const made = { template, shape, addresses, capabilities, machine, run, diskMb: this.#diskMb, onEnd };
    return startQemuLab({ ...made, allowInternet, log }, waiting);
  }

  async #takeOver({ path, record }: RunFolder, { server }: LabOwner, signal: AbortSignal): Promise<Lab | string> {
    const { log, allowInternet } = this.#options;
    const madeOf = await madeOfNote.read(path);
    if (!record.process || !madeOf) return noNote;
    if (!existsSync(madeOf.template.state)) return 'its template is gone';
    // The operator has thought better of it.
    if (madeOf.allowInternet && !allowInternet) return 'it has real Internet access, which this server does not allow';
    const run = { path, record: { ...record, server } };
    const onEnd = (ended: Lab) => this.#ledger.remove(ended);
    const own = { run, diskMb: this.#diskMb, onEnd, log };
    const options = { ...madeOf, capabilities: new Set(madeOf.capabilities), ...own };
    return takeOverQemuLab(options, record.process, signal);
  }

  #workFor(addresses: Addresses, machine: Machine): SharedWork<Prepared> {
    const key = templateKey(addresses, machine);
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const work = new SharedWork((waiting) => this.#prepare(addresses, machine, waiting), this.#ledger.signal);
    this.#works.set(key, work);
    return work;
  }

  /** The template of a machine, or of the usual one where the image has no other. */
  async #prepare(addresses: Addresses, wanted: Machine, waiting: Waiting): Promise<Prepared> {
    let share = 0;
    const parts = await this.#findParts({
      ...waiting,
      onProgress: (progress) => {
        share = imageShare;
        waiting.onProgress(part(progress, 0, imageShare));
      },
    });
    const of = machinesOf(parts.image);
    const machine = { is: of.includes(wanted) ? wanted : ('usual' as const), of };
    const key = templateKey(addresses, machine.is);
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const options = this.#templateOptions(parts, { addresses, machine: machine.is });
    const onProgress = (progress: LabProgress) => waiting.onProgress(part(progress, share, 1));
    const template = await prepareTemplate(options, { ...waiting, onProgress });
    const prepared = { template, shape: options.shape, machine };
    this.#prepared.set(key, prepared);
    return prepared;
  }

  async #findParts(waiting: Waiting): Promise<Parts> {
    if (this.#parts !== undefined) return this.#parts;
    const { signal } = waiting;
    signal.throwIfAborted();
    const cacheFolder = this.#cacheFolder;
    const host = await findQemuHost();
    await mkdir(cacheFolder, { recursive: true });
    const image = await prepareImage({ ...this.#options, cacheFolder }, waiting);
    const { log } = this.#options;
    const accelerator = await chooseAccelerator({ host, kernel: image.kernel, cacheFolder, signal, log });
    this.#parts = { image, host, accelerator };
    return this.#parts;
  }

  #templateOptions(
    { image, host, accelerator }: Parts,
    { addresses, machine }: { readonly addresses: Addresses; readonly machine: Machine },
  ): TemplateOptions {
    const { memoryMb = defaultMemoryMb } = this.#options;
    const append = (machine === 'selinux' && image.appendSelinux) || image.append;
    const shape: MachineShape = { program: host.program, accelerator, memoryMb, cpus, append };
    const cacheFolder = this.#cacheFolder;
    return { ...this.#options, cacheFolder, image, qemuVersion: host.version, shape, addresses, machine };
  }

  /** What neither we nor a running lab of another server uses any more. */
  async #removeOld(): Promise<void> {
    const { dataFolder } = this.#options;
    // Who only shares a cache does not know who else does.
    if (this.#cacheFolder !== dataFolder) return;
    const used = new Set([...this.#prepared.values()].map(({ template }) => template.id).concat(this.#ownTemplates()));
    const others = (await loadRunFolders(dataFolder))
      .map(({ record }) => record?.template)
      .filter((id) => id !== undefined);
    await removeOldTemplates(dataFolder, new Set([...used, ...others]));
    if (others.some((id) => !used.has(id))) return; // Its image is not known here; the next start looks again.
    const images = [...this.#prepared.values()].map(({ template }) => basename(dirname(template.image.disk)));
    await removeOldImages(dataFolder, new Set(images));
  }

  /** The templates of all machines of the course, made already or not: one of an earlier run must be there for the next lab. */
  #ownTemplates(): readonly string[] {
    const parts = this.#parts;
    if (parts === undefined) return [];
    const addresses = this.#addresses;
    return machinesOf(parts.image).map((machine) => nameTemplate(this.#templateOptions(parts, { addresses, machine })));
  }
}

const templateKey = ({ subnet }: Addresses, machine: Machine) => `${machine} ${subnet}`;

function part({ label, fraction }: LabProgress, from: number, to: number): LabProgress {
  return { label, fraction: from + (to - from) * fraction };
}

/** The machines that an image can be. */
export function machinesOf({ appendSelinux }: Pick<LabImage, 'appendSelinux'>): readonly Machine[] {
  return machines.filter((machine) => machine !== 'selinux' || appendSelinux !== undefined);
}

/** What a virtual machine made from an image offers. */
export function qemuCapabilities(
  image: Pick<LabImage, 'append' | 'appendSelinux' | 'versions'>,
  { machine, allowInternet }: { readonly machine: Machine; readonly allowInternet: boolean },
): ReadonlySet<Capability> {
  // An image that always enforces does so in the usual machine, too.
  const enforces = machine === 'selinux' || image.appendSelinux === image.append;
  const selinux = enforces ? (['selinux'] as const) : [];
  const internet = allowInternet ? (['internet'] as const) : [];
  const own = ['reboot', 'own-kernel', 'cgroups', 'overlay', 'snapshot', ...selinux, ...internet] as const;
  return new Set<Capability>([...guestCapabilities(image), ...own]);
}
