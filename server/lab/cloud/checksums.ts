/**
 * Checksums as distributions publish them. Pure. Knows nothing about files or the network.
 */

/** A checksum that is strong enough to tell one image from every other. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'sha512';
  /** Lower case. */
  readonly hex: string;
}

/** `SHA256 (file) = …`; `… *file`; whichever a line has. */
export const checksumFormats = ['bsd', 'coreutils', 'either'] as const;

const bsdLine = /^SHA(256|512) \((.+)\) = ([0-9a-f]+)$/i;
const coreutilsLine = /^([0-9a-f]+) [ *](.+)$/i;

/** A checksum from its digits alone; `undefined` when they are none. */
export function parseHexChecksum(text: string): Checksum | undefined {
  if (!/^[0-9a-f]+$/i.test(text)) return undefined;
  const hex = text.toLowerCase();
  if (hex.length === 64) return { algorithm: 'sha256', hex };
  return hex.length === 128 ? { algorithm: 'sha512', hex } : undefined;
}

/** The checksum of `file` in a distribution's checksum file; `undefined` when it has none. */
export function findChecksum(
  text: string,
  file: string,
  format: (typeof checksumFormats)[number],
): Checksum | undefined {
  for (const line of text.split(/\r?\n/)) {
    const entry = parseLine(line.trim(), format);
    if (entry?.file === file) return entry.checksum;
  }
  return undefined;
}

function parseLine(line: string, format: (typeof checksumFormats)[number]) {
  const [, , bsdFile, bsdHex] = (format !== 'coreutils' && bsdLine.exec(line)) || [];
  const [, hex, file] = (format !== 'bsd' && coreutilsLine.exec(line)) || [];
  const checksum = parseHexChecksum(bsdHex ?? hex ?? '');
  const named = (bsdFile ?? file)?.replace(/^\.\//, '');
  return checksum && named !== undefined ? { file: named, checksum } : undefined;
}
