import { expect, test } from 'vitest';
import { parseDhcp } from '../../../../server/lab/vmnet/dhcp-message.ts';
import { answerDns } from '../../../../server/lab/vmnet/dns.ts';
import { createFrameDecoder, MAX_STREAM_FRAME_BYTES } from '../../../../server/lab/vmnet/frame-stream.ts';
import { parseIpv4 } from '../../../../server/lab/vmnet/ipv4.ts';
import { parseTcp } from '../../../../server/lab/vmnet/tcp-segment.ts';
import { parseUdp } from '../../../../server/lab/vmnet/udp.ts';
import {
  arpRequest,
  EVERYBODY_MAC,
  echoRequest,
  GATEWAY,
  ipFrame,
  openNetwork,
  readIpFrame,
  referenceChecksum,
  SITE,
  udpFrame,
} from './guest.ts';
import { buildSegment } from './tcp-client.ts';

const ROUNDS = 100_000;

/** Numbers that look random and are the same in every run (mulberry32). */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function noise(numbers: (below: number) => number, maxBytes: number): Buffer {
  return Buffer.from(Array.from({ length: numbers(maxBytes + 1) }, () => numbers(256)));
}

test('parsers take any bytes without failing and hand out nothing from beyond them', { timeout: 120_000 }, () => {
  const numbers = createNumbers(1);
  const path = { source: 1, destination: 2 };
  let parsed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const bytes = noise(numbers, 64);
    if (numbers(2) === 0 && bytes.length >= 20) makeLikely(bytes);
    for (const read of [parseIpv4(bytes), parseUdp(path, bytes), parseTcp(path, bytes)]) {
      if (read === undefined) continue;
      parsed += 1;
      if (read.payload.length > bytes.length) expect.fail(bytes.toString('hex'));
    }
    const answer = answerDns(bytes, new Map([['', 1]]));
    if (answer !== undefined && answer.length > bytes.length + 16) expect.fail(bytes.toString('hex'));
  }
  expect(parsed).toBeGreaterThan(1000);
});

/** Version, length and checksum of an IPv4 header, so that a good part of the noise gets past the first door. */
function makeLikely(bytes: Buffer): void {
  bytes[0] = 0x45 + ((bytes[0] ?? 0) & 1);
  bytes.writeUInt16BE(bytes.length, 2);
  bytes.writeUInt16BE(0, 10);
  const headerBytes = ((bytes[0] ?? 0) & 15) * 4;
  bytes.writeUInt16BE(referenceChecksum(bytes.subarray(0, headerBytes)), 10);
}

test('DHCP options of any shape are read or refused', () => {
  const numbers = createNumbers(2);
  const fixed = Buffer.alloc(240);
  fixed.set([1, 1, 6]);
  fixed.writeUInt32BE(0x63825363, 236);
  let parsed = 0;
  for (let round = 0; round < 50_000; round += 1) {
    const options = Buffer.concat([Buffer.from([53, 1, numbers(9)]), noise(numbers, 40)]);
    if (parseDhcp(Buffer.concat([fixed, options])) !== undefined) parsed += 1;
  }
  expect(parsed).toBeGreaterThan(100);
});

test('the frame decoder takes any stream and never holds or gives more than one frame may have', () => {
  const numbers = createNumbers(3);
  for (let round = 0; round < 2_000; round += 1) {
    const decoder = createFrameDecoder();
    for (let push = 0; push < 20; push += 1) {
      const bytes = noise(numbers, 300);
      if (bytes.length >= 4) bytes.writeUInt32BE(numbers(400), 0);
      const { frames, badLength } = decoder.push(bytes);
      for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(MAX_STREAM_FRAME_BYTES);
      if (badLength !== undefined) break;
    }
  }
});

test('a network takes any frame: real ones with bytes changed, checksums mended or not', { timeout: 120_000 }, () => {
  const numbers = createNumbers(4);
  const network = openNetwork();
  const dhcp = Buffer.alloc(300);
  dhcp.set([1, 1, 6]);
  dhcp.writeUInt32BE(0x63825363, 236);
  dhcp.set([53, 1, 1, 255], 240);
  const segment = (flags: number, data: string): Buffer =>
    buildSegment({
      to: SITE,
      ports: [9, 80],
      sequence: 5,
      acknowledgement: 6,
      flags,
      window: 1000,
      data: Buffer.from(data),
    });
  const samples = [
    arpRequest(GATEWAY),
    ipFrame({ to: SITE, protocol: 1, payload: echoRequest() }),
    udpFrame({ to: GATEWAY, ports: [9, 53], data: Buffer.from('00010100000100000000000001610000010001', 'hex') }),
    udpFrame({ from: '0.0.0.0', to: '255.255.255.255', ports: [68, 67], data: dhcp, via: EVERYBODY_MAC }),
    ipFrame({ to: SITE, protocol: 6, payload: segment(2, '') }),
    ipFrame({ to: SITE, protocol: 6, payload: segment(16, 'GET / HTTP/1.1\r\n\r\n') }),
  ];
  let answered = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const frame = Buffer.from(samples[numbers(samples.length)] ?? expect.fail());
    for (let change = numbers(4); change > 0; change -= 1) frame[numbers(frame.length)] = numbers(256);
    if (numbers(2) === 0) mendChecksums(frame);
    const cut = numbers(20) === 0 ? frame.subarray(0, numbers(frame.length)) : frame;
    const replies = network.handleFrame(cut);
    answered += replies.length;
    for (const reply of replies) {
      if (reply.length > 1514) expect.fail(`a reply of ${reply.length} bytes`);
      if (round % 50 === 0 && reply[12] === 8 && reply[13] === 0) readIpFrame(reply);
    }
  }
  expect(answered).toBeGreaterThan(ROUNDS / 4);
});

/** Makes the checksums fit again where the frame is still recognisable. */
function mendChecksums(frame: Buffer): void {
  if (frame.length < 42 || frame.readUInt16BE(12) !== 0x0800 || frame[14] !== 0x45) return;
  frame.writeUInt16BE(0, 24);
  frame.writeUInt16BE(referenceChecksum(frame.subarray(14, 34)), 24);
  const protocol = frame[23] ?? 0;
  const offset = { 1: 36, 6: 50, 17: 40 }[protocol];
  if (offset === undefined || offset + 2 > frame.length) return;
  frame.writeUInt16BE(0, offset);
  const body = frame.subarray(34);
  const pseudo = Buffer.concat([
    frame.subarray(26, 34),
    Buffer.from([0, protocol, body.length >>> 8, body.length & 255]),
  ]);
  frame.writeUInt16BE(referenceChecksum(protocol === 1 ? body : Buffer.concat([pseudo, body])), offset);
}
