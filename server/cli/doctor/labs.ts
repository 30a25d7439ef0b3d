/**
 * The doctor on labs: QEMU and KVM, the guest image and the tools that build it, or ssh.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Localized } from '../../../src/course/locales.ts';
import { toFault } from '../../../src/faults.ts';
import { imageOptions, pickKind } from '../../choose-provider.ts';
import type { Config } from '../../config.ts';
import { loadCourse } from '../../course/load.ts';
import { installLineFor } from '../../host/install-line.ts';
import { imageFolderOf, loadGivenImage, loadImage } from '../../lab/guest/image.ts';
import { offerOf } from '../../lab/offer.ts';
import type { PickedKind } from '../../lab/pick-kind.ts';
import { examineAccelerator, findKeeper, findQemuHost, type Keeper } from '../../lab/qemu/index.ts';
import { hasProgram } from '../../setup/machine.mjs';
import { examineCapabilities } from './capabilities.ts';
import { examineContainers } from './containers.ts';
import type { Finding } from './finding.ts';

/** What the image's recipe runs, by the package that brings it. */
const buildPrograms = { mmdebstrap: 'mmdebstrap', 'qemu-img': 'qemu-utils', mke2fs: 'e2fsprogs', newuidmap: 'uidmap' };

/** Looks at what the chosen kind of lab needs. */
export async function examineLabs(config: Config): Promise<readonly Finding[]> {
  if (config.lab.kind === 'local') return [examineLocal(config)];
  if (config.lab.kind === 'ssh') return [examineSsh()];
  const picked = config.lab.kind === 'auto' ? await examineChoice(config) : undefined;
  const kind = picked?.kind ?? (config.lab.kind === 'container' ? 'container' : 'qemu');
  const host = kind === 'container' ? await examineContainers(config) : await examineQemu(config);
  const choice: readonly Finding[] = picked ? [{ id: 'lab-kind', status: 'ok', text: picked.why }] : [];
  return [...choice, ...host, await examineImage(config), ...(await examineOffer(config, kind))];
}

/** What `--lab auto` comes to; without a course, which is told elsewhere, nobody can say what it would cost. */
async function examineChoice(config: Config): Promise<PickedKind | undefined> {
  const { course } = await loadCourse(config.course);
  return course && pickKind(config, course);
}

function examineLocal({ production }: Config): Finding {
  const text = production
    ? { ko: 'local 실습은 --production 에서 쓸 수 없어요.', en: 'Local labs are refused with --production.' }
    : { ko: '실습은 이 컴퓨터의 셸에서 해요(개발용).', en: 'Labs are shells on this computer (for development).' };
  return { id: 'lab', status: production ? 'problem' : 'ok', text };
}

function examineSsh(): Finding {
  const isThere = hasProgram('ssh');
  const version = isThere ? spawnSync('ssh', ['-V'], { encoding: 'utf8' }).stderr.trim() : '';
  const missing = {
    ko: 'ssh가 없어요. openssh-client 를 설치해 주세요.',
    en: 'ssh is missing: install openssh-client.',
  };
  return { id: 'ssh', status: isThere ? 'ok' : 'problem', text: isThere ? { ko: version, en: version } : missing };
}

async function examineQemu(config: Config): Promise<readonly Finding[]> {
  try {
    const { version } = await findQemuHost();
    const found = { id: 'qemu', status: 'ok', text: { ko: version, en: version } } as const;
    return [found, ...(await examineKeeper()), await examineKvm(config)];
  } catch (thrown) {
    return [{ id: 'qemu', status: 'problem', text: toFault(thrown).sentence }];
  }
}

const keeperTexts: Readonly<Record<Exclude<Keeper, 'server'>, Localized>> = {
  'nobody-with-view': {
    ko: 'QEMU는 root가 아니라 실습마다 다른, 권한 없는 사용자로 돌고, 자기 실습의 파일만 볼 수 있어요.',
    en: 'QEMU does not run as root but as a user without rights, another one for each lab, who sees the files of that lab alone.',
  },
  nobody: {
    ko: 'QEMU는 root가 아니라 실습마다 다른, 권한 없는 사용자로 돌아요. 여기서는 마운트를 할 수 없어서, 이 컴퓨터에서 누구나 읽는 파일과 네트워크는 볼 수 있어요.',
    en: 'QEMU does not run as root but as a user without rights, another one for each lab. Nothing can be mounted here, so it sees the network, and the files of this computer that everybody may read.',
  },
};

/** Of a user namespace that has few users. */
const onlyRootText: Localized = {
  ko: '여기에는 다른 사용자 번호가 없어서 QEMU가 서버와 같은 사용자(이 컨테이너의 root)로 돌아요. 서버를 일반 사용자로 시작하거나 컨테이너에 사용자 번호를 더 주세요.',
  en: 'There are no other user numbers here, so QEMU runs as the user of the server (root of this container). Start the server as an ordinary user, or give the container more user numbers.',
};

const noCheckpointsText: Localized = {
  ko: '이 컨테이너의 root에는 CAP_SYS_PTRACE가 없어서, 다른 사용자로 도는 QEMU의 상태를 저장할 수 없어요: 체크포인트로 되돌아갈 수 없어요. 컨테이너에 그 권한을 주거나(--cap-add SYS_PTRACE) 서버를 일반 사용자로 시작해 주세요.',
  en: 'Root lacks CAP_SYS_PTRACE in this container, so the state of a QEMU that is somebody else cannot be kept: nobody can go back to a checkpoint. Give the container that right (--cap-add SYS_PTRACE), or start the server as an ordinary user.',
};

/** As whom QEMU runs, and what that takes away. */
async function examineKeeper(): Promise<readonly Finding[]> {
  const id = 'qemu-user';
  try {
    const keeper = await findKeeper();
    if (keeper !== 'server') {
      const lost = mayTrace() ? [] : [{ id: 'checkpoints', status: 'warning', text: noCheckpointsText } as const];
      return [{ id, status: 'ok', text: keeperTexts[keeper] }, ...lost];
    }
    if (process.getuid?.() === 0) return [{ id, status: 'warning', text: onlyRootText }];
    const user = nameOfUser();
    const text = {
      ko: `QEMU는 서버와 같은 사용자(${user})로 돌아요.`,
      en: `QEMU runs as the user of the server (${user}).`,
    };
    return [{ id, status: 'ok', text }];
  } catch (thrown) {
    return [{ id, status: 'problem', text: toFault(thrown).sentence }];
  }
}

/** In a container the user may have no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}

/** Whether we may read the memory of another user's process: the right CAP_SYS_PTRACE. */
function mayTrace(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> 19n) & 1n) === 1n;
}

const kvmTexts = {
  kvm: { ko: 'KVM을 쓸 수 있어요.', en: 'KVM can be used.' },
  untried: {
    ko: 'KVM(/dev/kvm)을 열 수 있어요. 정말 쓸 수 있는지는 실습 이미지를 만든 다음 시험해요.',
    en: 'KVM (/dev/kvm) can be opened; whether it runs a guest is tried once the lab image is there.',
  },
  none: {
    ko: 'KVM(/dev/kvm)을 쓸 수 없어 소프트웨어로 에뮬레이션해요. 실습이 여러 배 느려지지만 모두 할 수 있어요.',
    en: 'KVM (/dev/kvm) cannot be used: labs run in software emulation, several times slower, but everything works.',
  },
  broken: {
    ko: 'KVM(/dev/kvm)은 열리지만 가상 머신이 돌지 않아 소프트웨어로 에뮬레이션해요. 실습이 여러 배 느려지지만 모두 할 수 있어요. 중첩 가상화가 켜져 있는지 확인해 보세요.',
    en: 'KVM (/dev/kvm) opens but runs no guest: labs run in software emulation, several times slower, but everything works. See whether nested virtualisation is on.',
  },
} as const;

async function examineKvm(config: Config): Promise<Finding> {
  const { signal } = new AbortController();
  const found = await examineAccelerator({ ...imageOptions(config), signal });
  const isFine = found === 'kvm' || found === 'untried';
  return { id: 'kvm', status: isFine ? 'ok' : 'warning', text: kvmTexts[found] };
}

/** Known as soon as there is an image to look into. */
async function examineOffer(config: Config, kind: 'qemu' | 'container'): Promise<readonly Finding[]> {
  const image = await loadImage(await imageFolderOf(imageOptions(config))).catch(() => undefined);
  if (image === undefined) return [];
  return examineCapabilities(config, offerOf(kind, image, { internet: config['allow-internet'] }));
}

async function examineImage(config: Config): Promise<Finding> {
  const { image } = config;
  const folder = await imageFolderOf(imageOptions(config));
  if (image !== undefined) {
    const wrong = await loadGivenImage(folder).catch((thrown) => toFault(thrown).sentence);
    if ('ko' in wrong) return { id: 'image', status: 'problem', text: wrong };
  }
  const isThere = await loadImage(folder).then(
    () => true,
    () => false,
  );
  if (isThere)
    return {
      id: 'image',
      status: 'ok',
      text: { ko: `실습 이미지가 있어요(${folder}).`, en: `The lab image is there (${folder}).` },
    };
  const missing = Object.entries(buildPrograms).filter(([program]) => !hasProgram(program) && !isSpared(program));
  if (missing.length === 0) {
    const text = {
      ko: '실습 이미지는 처음 시작할 때 만들어요(몇 분, 데비안 미러 필요).',
      en: 'The lab image is built at the first start (some minutes; needs a Debian mirror).',
    };
    return { id: 'image', status: 'warning', text };
  }
  const install = installLineFor(missing.map(([, name]) => name));
  return {
    id: 'image',
    status: 'problem',
    text: {
      ko: `실습 이미지를 만들 수 없어요. 설치해 주세요: ${install}`,
      en: `The lab image cannot be built. Install: ${install}`,
    },
  };
}

/** Root builds without a user namespace. */
function isSpared(program: string): boolean {
  return program === 'newuidmap' && process.getuid?.() === 0;
}
