/**
 * Which cloud images are known, and what an operator's `--from` means. The known ones are data: `lab/cloud/images.json`.
 * Knows nothing about fetching or installing.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { type Checksum, checksumFormats, parseHexChecksum } from './checksums.ts';

/** Where an image comes from, and how its bytes are known to be the right ones. */
export interface CloudSource {
  /** A name for its folder: that of the list, or made from the address. */
  readonly name: string;
  readonly url: string;
  /** Named on the spot, or a file of the distribution's that has it. */
  readonly expected: { readonly checksum: Checksum } | { readonly url: string; readonly format: ChecksumFormat };
  /** How packages are installed; found out in the guest where nobody knows. */
  readonly packageManager: PackageManager | 'unknown';
}

/** How a distribution writes its checksum files. */
export type ChecksumFormat = (typeof checksumFormats)[number];
/** The package managers that the installation knows. */
export type PackageManager = 'apt' | 'dnf';

/** What the operator said. */
export interface CloudChoice {
  /** A name of the list or an address. */
  readonly from: string;
  /** Hexadecimal digits, or the address of a checksum file. */
  readonly sha256?: string;
}

const webAddress = z.url({ protocol: /^https?$/ });
const definitionsSchema = z.record(
  z.string(),
  z.strictObject({
    title: z.string(),
    url: webAddress,
    checksums: webAddress,
    checksumFormat: z.enum(checksumFormats),
    packageManager: z.enum(['apt', 'dnf']),
    /** Whether the image enforces SELinux as it comes. */
    selinux: z.boolean(),
  }),
);

/** The known images by name. */
export type CloudDefinitions = Readonly<z.infer<typeof definitionsSchema>>;

/** Reads the list. */
export async function loadCloudDefinitions(labFolder: string): Promise<CloudDefinitions> {
  return definitionsSchema.parse(JSON.parse(await readFile(join(labFolder, 'cloud/images.json'), 'utf8')));
}

/** What `--from` means. Throws a Fault that says what may be said, or what is missing. */
export function resolveSource(definitions: CloudDefinitions, { from, sha256 }: CloudChoice): CloudSource {
  const known = Object.hasOwn(definitions, from) ? definitions[from] : undefined;
  const told = sha256 === undefined ? undefined : parseExpected(sha256);
  if (known !== undefined) {
    const published = { url: known.checksums, format: known.checksumFormat };
    return { name: from, url: known.url, expected: told ?? published, packageManager: known.packageManager };
  }
  if (!webAddress.safeParse(from).success) {
    throw new Fault('cloud-unknown-image', { name: from, names: Object.keys(definitions).join(', ') });
  }
  if (told === undefined) throw new Fault('cloud-no-checksum', { url: from });
  return { name: nameOf(from), url: from, expected: told, packageManager: 'unknown' };
}

function parseExpected(text: string): CloudSource['expected'] {
  const checksum = parseHexChecksum(text);
  if (checksum?.algorithm === 'sha256') return { checksum };
  if (webAddress.safeParse(text).success) return { url: text, format: 'either' };
  throw new Fault('cloud-bad-checksum', { text: text.slice(0, 100) });
}

/** The last part of an address, as a folder may be called. */
function nameOf(url: string): string {
  const file = basename(new URL(url).pathname).replace(/\.(qcow2|img)$/, '');
  return file.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[.-]+/, '') || 'image';
}
