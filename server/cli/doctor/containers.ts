/**
 * The doctor on labs in containers: the engine, what it may limit, the tools that take the image's files out.
 */
import { Fault, toFault } from '../../../src/faults.ts';
import type { Config } from '../../config.ts';
import { type ContainerHost, findContainerHost, labsByWatchLimit, storeFolderIn } from '../../lab/container/index.ts';
import type { Finding } from './finding.ts';

/** Looks at what container labs need. */
export async function examineContainers(config: Config): Promise<readonly Finding[]> {
  const { data, cache = data, engineEnvironment: environment } = config;
  if (config['allow-internet'])
    return [{ id: 'container-internet', status: 'problem', text: new Fault('container-no-internet').sentence }];
  try {
    const { signal } = new AbortController();
    await using host = await findContainerHost({ storeFolder: storeFolderIn(cache), environment }, signal);
    return [examineEngine(host), examineLimits(host), await examineWatchLimit(host)];
  } catch (thrown) {
    return [{ id: 'container-engine', status: 'problem', text: toFault(thrown).sentence }];
  }
}

function examineEngine({ engine, version }: ContainerHost): Finding {
  const name = `${engine.name === 'podman' ? 'Podman' : 'Docker'} ${version}`;
  const text = engine.isRootless
    ? { ko: `${name}, root 없이`, en: `${name}, without root` }
    : {
        ko: `${name}. 서버가 root라서 실습의 root는 사용자 네임스페이스로 나눠요.`,
        en: `${name}. The server is root; a lab's root is kept apart by a user namespace.`,
      };
  return { id: 'container-engine', status: 'ok', text };
}

const limitNames = {
  memory: { ko: '메모리', en: 'memory' },
  cpu: { ko: 'CPU', en: 'processors' },
  pids: { ko: '프로세스 수', en: 'processes' },
} as const;

function examineLimits({ missingLimits }: ContainerHost): Finding {
  if (missingLimits.length === 0) {
    const text = {
      ko: '실습 컨테이너의 메모리, CPU, 프로세스 수에 한도를 걸 수 있어요.',
      en: 'Memory, processors and processes of lab containers can be limited.',
    };
    return { id: 'container-limits', status: 'ok', text };
  }
  const names = (lang: 'ko' | 'en') => missingLimits.map((limit) => limitNames[limit][lang]).join(', ');
  const text = {
    ko: `실습 컨테이너에 걸 수 없는 한도: ${names('ko')}. 혼자 쓸 때만 켜져요.`,
    en: `Limits that cannot be set for lab containers: ${names('en')}. They run only on a server that nobody else reaches.`,
  };
  return { id: 'container-limits', status: 'warning', text };
}

/** A class has more students than this. */
const fewLabs = 40;

async function examineWatchLimit({ engine }: ContainerHost): Promise<Finding> {
  const labs = await labsByWatchLimit();
  if (labs >= fewLabs || !engine.isRootless) {
    const text = {
      ko: '실습 컨테이너 수를 막는 커널 한도(inotify)는 없어요.',
      en: 'No kernel limit (inotify) stands in the way of many lab containers.',
    };
    return { id: 'container-watches', status: 'ok', text };
  }
  return { id: 'container-watches', status: 'warning', text: new Fault('container-watch-limit', { labs }).sentence };
}
