/** Views, joins and the Internet checksum over byte strings. Knows nothing about any protocol. */

/** A DataView over exactly these bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The parts one after another in new memory. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/**
 * The checksum of RFC 1071 over the parts; only the last part may have an odd length.
 * Over data that already holds its checksum the answer is 0.
 */
export function internetChecksum(parts: readonly Uint8Array[]): number {
  let sum = 0;
  for (const part of parts) {
    const view = viewOf(part);
    const evenLength = part.length & ~1;
    for (let offset = 0; offset < evenLength; offset += 2) sum += view.getUint16(offset);
    if (evenLength < part.length) sum += view.getUint8(evenLength) << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
