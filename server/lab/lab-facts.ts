/**
 * What a lab says of itself, for people: versions and what its kernel allows. Lessons do not depend on it; they ask for
 * capabilities. Knows nothing about how labs are made.
 */
import { Fault } from '../../src/faults.ts';
import type { Lab } from './lab.ts';

/** Facts by name; what is not there is left out. */
export type LabFacts = Readonly<Partial<Record<FactName, string>>>;

const factNames = [
  'system', // name and version of the distribution
  'kernel',
  'systemd',
  'docker',
  'podman',
  'networkManager',
  'firewalld',
  'selinux', // enforcing, permissive, or disabled
  'cgroups', // v1 or v2
  'virtualisation', // what the machine runs in, as systemd calls it
  'nestedVirtualisation', // whether it could run virtual machines itself
  'gateway', // where its default route leads
] as const;
/** Name of a fact. */
export type FactName = (typeof factNames)[number];

const factsTimeoutMs = 60_000;
const maxFactLength = 80;

/** A name and a value a line. Nothing is sent anywhere. */
const script = String.raw`
have() { command -v "$1" >/dev/null 2>&1; }
say() { [ -z "$2" ] || printf '%s\t%s\n' "$1" "$2"; }
. /etc/os-release 2>/dev/null && say system "$PRETTY_NAME"
say kernel "$(uname -r)"
have systemctl && say systemd "$(systemctl --version | awk 'NR == 1 { print $2 }')"
have docker && say docker "$(docker --version | sed -n 's/^Docker version \([^,]*\).*/\1/p')"
have podman && say podman "$(podman --version | sed 's/.* //')"
have NetworkManager && say networkManager "$(NetworkManager --version)"
have firewall-cmd && say firewalld "$(systemctl is-active firewalld 2>/dev/null)"
case $(cat /sys/fs/selinux/enforce 2>/dev/null) in 1) say selinux enforcing ;; 0) say selinux permissive ;; *) say selinux disabled ;; esac
[ "$(stat -fc %T /sys/fs/cgroup 2>/dev/null)" = cgroup2fs ] && say cgroups v2 || say cgroups v1
have systemd-detect-virt && say virtualisation "$(systemd-detect-virt)"
grep -qsE '^flags.* (vmx|svm)( |$)' /proc/cpuinfo && say nestedVirtualisation yes || say nestedVirtualisation no
have ip && say gateway "$(ip route show default | awk '$2 == "via" { print $3; exit }')"
:
`;

/** Asks the lab. Throws the lab's Fault when it cannot be reached, `lab-unreachable` when it does not answer in time. */
export async function readLabFacts(lab: Lab, signal: AbortSignal): Promise<LabFacts> {
  const result = await lab.exec(script, { signal, timeoutMs: factsTimeoutMs });
  if (result.kind === 'unreachable') throw result.fault;
  if (result.kind === 'timed-out') throw new Fault('lab-unreachable');
  return parseLabFacts(result.stdout);
}

/** Reads the script's output; names that are not ours and empty values are left out. */
export function parseLabFacts(output: string): LabFacts {
  const pairs = output.split('\n').map((line) => line.split('\t'));
  const isKnown = (name: string): name is FactName => (factNames as readonly string[]).includes(name);
  return Object.fromEntries(
    pairs.flatMap(([name = '', value = '']) =>
      isKnown(name) && value !== '' ? [[name, value.slice(0, maxFactLength)]] : [],
    ),
  );
}
