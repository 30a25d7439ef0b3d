/**
 * QEMU's framing of a `stream` network device: four bytes of length, big endian, then one Ethernet frame.
 * Knows nothing about sockets or what is in a frame.
 */
import { joinBytes, viewOf } from './bytes.ts';
import { ETHERNET_HEADER_BYTES } from './ethernet.ts';

const PREFIX_BYTES = 4;
/** The longest frame any guest can send: 64 KiB of segment-offload payload and a header. Beyond it the stream is out of step. */
export const MAX_STREAM_FRAME_BYTES = 65_535 + ETHERNET_HEADER_BYTES;

/** What one read of the socket brought. After `badLength` the decoder must not be used again: nothing after it can be trusted. */
export interface DecodedChunk {
  readonly frames: readonly Uint8Array[];
  readonly badLength?: number;
}

/** Takes bytes as they come, gives whole frames. */
export interface FrameDecoder {
  push(chunk: Uint8Array): DecodedChunk;
}

/** A decoder for one connection; it never holds more than one unfinished frame. */
export function createFrameDecoder(): FrameDecoder {
  // Kept apart until the frame is whole, so that a frame in many pieces is copied once, not once a piece.
  let parts: Uint8Array[] = [];
  let heldBytes = 0;
  let neededBytes = PREFIX_BYTES;
  return {
    push(chunk) {
      parts.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes < neededBytes) return { frames: [] };
      const bytes = joinBytes(parts);
      const { end, ...decoded } = splitFrames(bytes);
      parts = [bytes.slice(end)];
      heldBytes = bytes.length - end;
      neededBytes = heldBytes < PREFIX_BYTES ? PREFIX_BYTES : PREFIX_BYTES + viewOf(bytes).getUint32(end);
      return decoded;
    },
  };
}

/** A frame with its length before it, ready for the socket. */
export function encodeFrame(frame: Uint8Array): Uint8Array {
  const prefix = new Uint8Array(PREFIX_BYTES);
  viewOf(prefix).setUint32(0, frame.length);
  return joinBytes([prefix, frame]);
}

function splitFrames(bytes: Uint8Array): DecodedChunk & { readonly end: number } {
  const view = viewOf(bytes);
  const frames: Uint8Array[] = [];
  let end = 0;
  while (bytes.length - end >= PREFIX_BYTES) {
    const length = view.getUint32(end);
    if (length === 0 || length > MAX_STREAM_FRAME_BYTES) return { frames, badLength: length, end: bytes.length };
    const frameEnd = end + PREFIX_BYTES + length;
    if (frameEnd > bytes.length) break;
    frames.push(bytes.subarray(end + PREFIX_BYTES, frameEnd));
    end = frameEnd;
  }
  return { frames, end };
}
