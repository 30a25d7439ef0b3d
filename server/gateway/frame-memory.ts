/**
 * Makes the WebSocket messages that carry binary frames, in one piece: the message's own header (RFC 6455 §5.2), the frame's
 * header and its payload, one after the other in memory that is used again. Knows nothing about sockets.
 *
 * The library writes header and payload as two, which is dearer than all else that is done for a line of output.
 */
import { countFrameBytes, type Frame, maxOutputBytes, writeFrame } from '../../src/protocol/frame.ts';

/** A message that is whole and binary. */
const finalBinary = 0x82;
/** The longest header, of 2 bytes and 8 for the length. A server masks nothing. */
const longestHeaderBytes = 10;
/** Payloads up to these lengths have their length in the header's second byte, or in two bytes after it. */
const shortest = 125;
const short = 0xffff;
/** What stands in the second byte when the length follows in two or in eight. */
const lengthFollows = { inTwo: 126, inEight: 127 } as const;
/** What a frame adds to its payload is less. */
const frameHeaderBytes = 64;

/** Memory for one message at a time: some of its own for each costs a tenth of the work of a flood. */
export class FrameMemory {
  #memory = allocate(maxOutputBytes);

  /** The message as it goes over the wire. Good until the next one is made, unless `renew` is called before. */
  write(frame: Frame): Uint8Array {
    const bytes = countFrameBytes(frame);
    const end = longestHeaderBytes + bytes;
    const memory = end <= this.#memory.length ? this.#memory : allocate(bytes);
    writeFrame(frame, memory, longestHeaderBytes);
    return memory.subarray(writeHeader(memory, bytes), end);
  }

  /** What was made last is still needed: the next one is made elsewhere. */
  renew(): void {
    this.#memory = allocate(maxOutputBytes);
  }
}

function allocate(payloadBytes: number): Buffer<ArrayBuffer> {
  return Buffer.allocUnsafeSlow(longestHeaderBytes + frameHeaderBytes + payloadBytes);
}

/** Writes the header so that it ends where the payload begins; returns where it begins. */
function writeHeader(memory: Buffer, length: number): number {
  const from = length <= shortest ? 8 : length <= short ? 6 : 0;
  memory[from] = finalBinary;
  if (length <= shortest) memory[from + 1] = length;
  else if (length <= short) {
    memory[from + 1] = lengthFollows.inTwo;
    memory.writeUInt16BE(length, from + 2);
  } else {
    memory[from + 1] = lengthFollows.inEight;
    memory.writeBigUInt64BE(BigInt(length), from + 2);
  }
  return from;
}
