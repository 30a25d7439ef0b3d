/**
 * The doctor on the machine: disk, memory, port.
 */
import { mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { describeFault, Fault } from '../../../src/faults.ts';
import type { Config } from '../../config.ts';
import { explainListenError } from '../../host/listen-errors.ts';
import type { Finding } from './finding.ts';

const mb = 2 ** 20;
/** Image, template and some labs, MB. */
const neededDiskMb = 4000;
/** One lab and the server, MB. */
const neededMemoryMb = 1500;

/** Labs of these kinds are made from an image of ours and run on this machine. */
const hasImage = (kind: Config['lab']['kind']) => kind === 'auto' || kind === 'qemu' || kind === 'container';

/** Looks at disk, memory and port. */
export async function examineMachine(config: Config): Promise<readonly Finding[]> {
  return [await examineDisk(config), examineMemory(config), await examinePort(config)];
}

async function examineDisk({ data, lab }: Config): Promise<Finding> {
  const folder = await mkdir(data, { recursive: true }).then(
    () => data,
    () => dirname(data),
  );
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / mb);
  const isFine = freeMb >= neededDiskMb || !hasImage(lab.kind);
  const text = isFine
    ? { ko: `디스크 여유 ${freeMb} MB (${folder})`, en: `${freeMb} MB of disk free (${folder})` }
    : describeFault('lab-disk-full', { path: folder, freeMb, needMb: neededDiskMb });
  return { id: 'disk', status: isFine ? 'ok' : 'problem', text };
}

function examineMemory({ lab }: Config): Finding {
  const [total, free] = [Math.floor(totalmem() / mb), Math.floor(freemem() / mb)];
  const isFine = free >= neededMemoryMb || !hasImage(lab.kind);
  const less = isFine
    ? { ko: '', en: '' }
    : { ko: ' 실습 VM을 켜기에 부족할 수 있어요.', en: ' That may be too little for lab VMs.' };
  const text = {
    ko: `메모리 ${total} MB 중 ${free} MB 여유.${less.ko}`,
    en: `${free} MB of ${total} MB of memory free.${less.en}`,
  };
  return { id: 'memory', status: isFine ? 'ok' : 'warning', text };
}

function examinePort({ host, port }: Config): Promise<Finding> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error) => {
      const known = explainListenError(error, { host, port });
      const other = {
        ko: `${host}:${port} 를 열 수 없어요(${error.message}).`,
        en: `${host}:${port} cannot be opened (${error.message}).`,
      };
      resolve({ id: 'port', status: 'problem', text: known instanceof Fault ? known.sentence : other });
    });
    probe.listen({ host, port }, () => {
      const text = { ko: `포트 ${port} 를 쓸 수 있어요(${host}).`, en: `Port ${port} is free (${host}).` };
      probe.close(() => resolve({ id: 'port', status: 'ok', text }));
    });
  });
}
