/**
 * Measures the terminal's path against a bare ws + node-pty server in the same run: echo, throughput, memory.
 * Run it by `node bench/terminal/run.ts`. Read ratios, not milliseconds: machines differ and are busy.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { decodeFrame, encodeFrame } from '../../src/protocol/frame.ts';

type Kind = 'tadak' | 'bare';
interface Usage {
  readonly cpu: { readonly user: number; readonly system: number };
  readonly rssBytes: number;
}

const kinds: readonly Kind[] = ['bare', 'tadak'];
const floodFile = '/tmp/tadak-bench-flood';
const floodBytes = 50_000_000;

class Server implements Disposable {
  readonly #child: ChildProcess;
  readonly kind: Kind;
  port = 0;

  constructor(kind: Kind) {
    this.kind = kind;
    this.#child = fork(new URL('server.ts', import.meta.url), [kind], { execArgv: ['--expose-gc'] });
  }

  async start(): Promise<this> {
    this.port = (await this.#next<{ port: number }>()).port;
    return this;
  }

  usage(): Promise<Usage> {
    const answer = this.#next<Usage>();
    this.#child.send('usage');
    return answer;
  }

  #next<Message>(): Promise<Message> {
    return new Promise((resolve) => this.#child.once('message', (message) => resolve(message as Message)));
  }

  [Symbol.dispose](): void {
    this.#child.disconnect();
  }
}

/** A terminal of either server. */
class Page {
  readonly #socket: WebSocket;
  readonly #isFramed: boolean;
  #sent = 0;
  #awaited: { readonly isThere: () => boolean; readonly resolve: () => void } | undefined;
  bytes = 0;
  tail = '';

  constructor({ kind, port }: Server, terminal = 1) {
    this.#isFramed = kind === 'tadak';
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/ws/terminal`, { perMessageDeflate: false });
    const attach = {
      type: 'attach',
      terminal: `t${terminal}`,
      viewer: `bench-viewer-${terminal}`,
      size: { cols: 80, rows: 24 },
    };
    if (this.#isFramed) this.#socket.on('open', () => this.#socket.send(JSON.stringify(attach)));
    this.#socket.on('message', (data: Buffer, isBinary) => this.#handle(data, isBinary));
  }

  type(text: string): void {
    const bytes = Buffer.from(text);
    this.#socket.send(this.#isFramed ? encodeFrame({ kind: 'input', seq: this.#sent, bytes }) : bytes);
    this.#sent += bytes.length;
  }

  async until(isThere: () => boolean): Promise<void> {
    if (isThere()) return;
    await new Promise<void>((resolve) => {
      this.#awaited = { isThere, resolve };
    });
  }

  close(): void {
    this.#socket.terminate();
  }

  #handle(data: Buffer, isBinary: boolean): void {
    const frame = this.#isFramed && isBinary ? decodeFrame(data) : undefined;
    if (this.#isFramed && frame === undefined) return;
    const bytes = frame?.bytes ?? data;
    this.bytes += bytes.length;
    this.tail = (this.tail + Buffer.from(bytes.subarray(-200)).toString()).slice(-200);
    if (frame !== undefined) this.#socket.send(JSON.stringify({ type: 'ack', seq: frame.seq + bytes.length }));
    const awaited = this.#awaited;
    if (!awaited?.isThere()) return;
    this.#awaited = undefined;
    awaited.resolve();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function openPage(server: Server, terminal?: number): Promise<Page> {
  const page = new Page(server, terminal);
  await page.until(() => /[#$] (\x1b\]133;B\x07)?$/.test(page.tail));
  return page;
}

/** Milliseconds from a key to its echo; the kernel echoes while the program only reads. */
async function measureEcho(server: Server, keys: number): Promise<number[]> {
  const page = await openPage(server);
  page.type('cat >/dev/null\r');
  await page.until(() => page.tail.includes('null\r\n'));
  await pause(200);
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    await pause(2 + (key % 7));
    const before = page.bytes;
    const at = performance.now();
    page.type('x');
    await page.until(() => page.bytes > before);
    times.push(performance.now() - at);
  }
  page.type('\x03\x03exit\r');
  page.close();
  return times.sort((a, b) => a - b);
}

async function measureThroughput(server: Server): Promise<string> {
  // Not the terminal of the echo: its shell may still be ending.
  const page = await openPage(server, 2);
  const before = await server.usage();
  const startBytes = page.bytes;
  const at = performance.now();
  page.type(`cat ${floodFile}; echo flood"-"over\r`);
  await page.until(() => page.tail.includes('flood-over'));
  const seconds = (performance.now() - at) / 1000;
  const after = await server.usage();
  const cpu = (after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / 1e6;
  const grownMb = (after.rssBytes - before.rssBytes) / 1e6;
  const moved = page.bytes - startBytes;
  page.close();
  return `${(moved / 1e6 / seconds).toFixed(1)} MB/s, ${cpu.toFixed(2)} s CPU, RSS ${grownMb.toFixed(1)} MB more`;
}

async function measureMemory(server: Server): Promise<string> {
  const pages = [await openPage(server, 1)];
  const one = await server.usage();
  for (let terminal = 2; terminal <= 50; terminal += 1) pages.push(await openPage(server, terminal));
  await pause(500);
  const fifty = await server.usage();
  for (const page of pages) page.close();
  return `${((fifty.rssBytes - one.rssBytes) / 1024 / 49).toFixed(0)} KB a session at 50 (${(fifty.rssBytes / 1e6).toFixed(0)} MB in all)`;
}

function flood(): string {
  let text = '';
  for (let line = 0; text.length < 4_000_000; line += 1) {
    text += `${line}\n\x1b[1;34mfolder-${line}\x1b[0m  file-${line}.txt\n[${line}] Compiling module ${line} ... \x1b[32mok\x1b[0m\n`;
    if (line % 5 === 0) text += `\r${line % 100}% done\x1b[K\n한글 출력도 섞여 있는 줄 ${line}\n`;
  }
  return text;
}

const part = Buffer.from(flood());
await writeFile(floodFile, Buffer.concat(Array.from({ length: 13 }, () => part)).subarray(0, floodBytes));
const rounds = Number(process.argv[2] ?? 2);
const echoes: Record<Kind, number[]> = { bare: [], tadak: [] };
for (let round = 0; round < rounds; round += 1) {
  for (const kind of kinds) {
    using server = await new Server(kind).start();
    echoes[kind].push(...(await measureEcho(server, 300)));
    console.log(`${kind}: throughput ${await measureThroughput(server)}`);
  }
}
for (const kind of kinds) {
  using server = await new Server(kind).start();
  console.log(`${kind}: memory ${await measureMemory(server)}`);
  const times = echoes[kind].sort((a, b) => a - b);
  const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(2);
  console.log(`${kind}: echo p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (${times.length} keys)`);
}
await rm(floodFile);
