/** Ways out of a lab that must lead nowhere: the host's own addresses, an address outside, a neighbour; and what would show one. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { run } from './lab-provider.ts';

/** A service of the host that answers on every address of it. */
export interface HostService extends Disposable {
  readonly port: number;
  /** The host's own addresses, without loopback and those that need an interface's name. */
  readonly addresses: readonly string[];
}

const greeting = 'a service of the host';

/** Starts one, and proves that it can be reached where a lab is to try it. */
export async function openHostService(): Promise<HostService> {
  const server = createServer((socket) => socket.on('error', () => {}).end(greeting));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const addresses = Object.values(networkInterfaces())
    .flatMap((of = []) => of)
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
  for (const address of ['127.0.0.1', ...addresses]) expect(await read(address, port), address).toBe(greeting);
  return { port, addresses, [Symbol.dispose]: () => void server.close() };
}

/** These packets never leave the host: the address is its own. */
async function read(address: string, port: number): Promise<string> {
  let text = '';
  for await (const chunk of connect({ host: address, port, timeout: 5_000 })) text += String(chunk);
  return text;
}

/** An address for documents only (TEST-NET-3), which nobody has. Only labs try it, in a network that is played by our own process. */
const outside = '203.0.113.77';
/** What the neighbour calls itself in the network that both labs seem to share. */
const neighbour = '213.0.113.77';
const neighbourPort = 7777;

/** Says whether anything takes a connection at an address. */
const tryAt = (address: string, port: number) =>
  `timeout 3 bash -c 'exec 3<>/dev/tcp/${address}/${port}' 2>/dev/null && echo 'reached ${address}'`;

/**
 * Tries every way from `lab`: to the host at addresses that could be it and at its own, to `other`, and outside, where the
 * gateway must refuse at once rather than let the student wait.
 */
export async function expectNoWayOut(lab: Lab, other: Lab): Promise<void> {
  using host = await openHostService();
  const listen = `systemd-run -q /usr/lib/tadak/busybox httpd -f -p ${neighbourPort} -h /usr/share/tadak`;
  await run(other, `ip addr add ${neighbour}/24 dev ens33; systemctl stop firewalld; ${listen}`);
  const answers = () =>
    run(other, `timeout 5 bash -c 'exec 3<>/dev/tcp/${neighbour}/${neighbourPort}' && echo answers`);
  await expect.poll(answers, { timeout: 60_000 }).toMatchObject({ stdout: 'answers\n' });
  const seemToBeHost = ['213.0.113.1', '213.0.113.2', '10.0.2.2'];
  const script = [
    'ping -c 1 -W 5 213.0.113.2 >/dev/null && echo gateway',
    ...[...seemToBeHost, ...host.addresses].map((address) => tryAt(address, host.port)),
    `ping -c 1 -W 2 ${neighbour} >/dev/null && echo neighbour`,
    tryAt(neighbour, neighbourPort),
    `ping -c 1 -W 5 ${outside} 2>&1 | grep -o 'Destination Net Unreachable'`,
    `timeout 20 bash -c 'exec 3<>/dev/tcp/${outside}/80' 2>&1 | grep -om1 'Network is unreachable'`,
    'curl -s -m 20 http://nowhere.example.org; echo "name=$?"',
  ];
  const refused = 'gateway\nDestination Net Unreachable\nNetwork is unreachable\nname=6\n';
  expect(await run(lab, script.join('\n'), 120_000)).toMatchObject({ kind: 'exited', stdout: refused });
}

/** The network sockets (of any family but local ones) that a process holds; read from the kernel. */
export function networkSocketsOf(pid: number): readonly string[] {
  const held = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // Closed meanwhile.
    }
  });
  const kinds = ['tcp', 'tcp6', 'udp', 'udp6', 'udplite', 'raw', 'raw6', 'icmp', 'icmp6', 'packet'];
  return kinds.flatMap((kind) => {
    const words = new Set(readTable(`/proc/${pid}/net/${kind}`).split(/\s+/));
    return held.filter((inode) => words.has(inode)).map((inode) => `${kind} ${inode}`);
  });
}

function readTable(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // This kernel has no such sockets.
  }
}
