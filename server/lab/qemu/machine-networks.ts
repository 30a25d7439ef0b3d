/**
 * The two networks of a machine: its NAT network and its host-only network, both played by this process on the machine's
 * own sockets, so that no machine sees another or the host. Knows nothing about packets.
 */
import { join } from 'node:path';
import type { Addresses } from '../../../src/course/addresses.ts';
import { createVmnet, describeVmnetFault, type Vmnet } from '../vmnet/index.ts';
import { socketNames } from './machine.ts';

/** Where and which. */
export interface MachineNetworksOptions {
  readonly socketFolder: string;
  readonly addresses: Addresses;
  /** Set when QEMU itself plays the NAT network. */
  readonly hasInternet: boolean;
  readonly onTrouble: (sentence: string) => void;
}

/** Running networks. */
export interface MachineNetworks extends Disposable {
  /** Settles when every wire is plugged in, or cannot be. */
  readonly whenPlugged: Promise<void>;
}

/** Starts them; QEMU's sockets need not exist yet. */
export function createMachineNetworks(options: MachineNetworksOptions): MachineNetworks {
  const { socketFolder, addresses } = options;
  const nat = { kind: 'nat', subnet: addresses.subnet, socketPath: join(socketFolder, socketNames.nat) } as const;
  const hostOnlyPath = join(socketFolder, socketNames.hostOnly);
  const hostOnly = { kind: 'host-only', subnet: addresses['host-only-subnet'], socketPath: hostOnlyPath } as const;
  const onFault = (fault: Parameters<typeof describeVmnetFault>[0]) => options.onTrouble(describeVmnetFault(fault).en);
  const nets: Vmnet[] = (options.hasInternet ? [hostOnly] : [nat, hostOnly]).map((net) =>
    createVmnet({ ...net, onFault }),
  );
  return {
    whenPlugged: Promise.all(nets.map((net) => net.whenConnected)).then(() => undefined),
    [Symbol.dispose]: () => {
      for (const net of nets) net[Symbol.dispose]();
    },
  };
}
