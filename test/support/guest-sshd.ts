/**
 * The lab VM's own sshd on a loopback port of this machine: every connection is carried over the terminal path, since
 * the VM's network reaches nobody.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Lab } from '../../server/lab/lab.ts';

/** A loopback port that leads to the guest. */
export interface GuestSshd extends AsyncDisposable {
  readonly port: number;
}

const carry = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/22; cat <&3 & cat >&3; kill $!'`;

/** Opens the port. */
export async function forwardGuestSshd(lab: Lab, dataFolder: string): Promise<GuestSshd> {
  const record = JSON.parse(await readFile(join(dataFolder, 'run', lab.id, 'lab.json'), 'utf8')) as { sockets: string };
  const args = [
    '-F',
    '/dev/null',
    '-S',
    join(record.sockets, 'ctl'),
    '-o',
    'ProxyCommand=false',
    '-T',
    'root@lab',
    carry,
  ];
  const server = createServer((socket) => {
    const carrier = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    socket.pipe(carrier.stdin);
    carrier.stdout.pipe(socket);
    socket.on('error', () => carrier.kill());
    socket.on('close', () => carrier.kill());
    carrier.stdin.on('error', () => socket.destroy());
    carrier.on('exit', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
