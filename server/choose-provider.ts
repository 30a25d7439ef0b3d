/**
 * Makes the provider of the labs that the configuration names; only the chosen one's code is loaded.
 */
import { join } from 'node:path';
import type { Addresses } from '../src/course/addresses.ts';
import { type Config, projectFolder } from './config.ts';
import type { LabProvider } from './lab/lab.ts';

/** A provider, and what only some kinds can do. */
export interface ChosenProvider {
  readonly provider: LabProvider;
  readonly forgetHostKey?: () => Promise<void>;
}
/** What a provider is told beside the configuration. */
export interface ProviderSurroundings {
  readonly addresses: Addresses;
  readonly log: (line: string, details?: Readonly<Record<string, unknown>>) => void;
}

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Makes the provider. Throws Fault `lab-kind-refused` where a kind may not be used. */
export async function chooseProvider(
  config: Config,
  { addresses, log }: ProviderSurroundings,
): Promise<ChosenProvider> {
  const { lab, data } = config;
  if (lab.kind === 'local') {
    const { createLocalProvider } = await import('./lab/local.ts');
    return { provider: createLocalProvider({ production: config.production, folder: join(data, 'run', 'local') }) };
  }
  if (lab.kind === 'ssh') {
    const { createSshProvider } = await import('./lab/ssh/provider.ts');
    // The operator's keys are for the operator: only when nobody else reaches this server.
    const agentSocket = loopbackNames.includes(config.host) ? config.agentSocket : undefined;
    const integrationFile = join(projectFolder, 'lab/guest/usr/lib/tadak/shell-integration.bash');
    const provider = createSshProvider({ address: lab.address, dataFolder: data, integrationFile, agentSocket });
    return { provider, forgetHostKey: () => provider.forgetHostKey() };
  }
  const { createQemuProvider } = await import('./lab/qemu/index.ts');
  const provider = createQemuProvider({
    ...{
      dataFolder: data,
      labFolder: join(projectFolder, 'lab'),
      allowInternet: config['allow-internet'],
      addresses,
      log,
    },
    buildEnvironment: config.buildEnvironment,
    ...(config.image !== undefined && { imageFolder: config.image }),
    ...(config.cache !== undefined && { cacheFolder: config.cache }),
    ...(config.memory !== undefined && { memoryMb: config.memory }),
  });
  return { provider };
}
