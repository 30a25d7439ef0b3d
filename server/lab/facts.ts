/**
 * Finds out what a machine offers by looking at it: one script, one capability word a line.
 * Knows nothing about how the script gets there.
 */
import { type Capability, capabilities } from '../../src/course/capabilities.ts';

/** Prints the capabilities that depend on the kernel and on what it lets the lab do. The trial mount is seen by nobody. */
export const kernelFactsScript = `
has_limits() {
  for name in memory cpu pids; do
    grep -qsw "$name" /sys/fs/cgroup/cgroup.controllers || [ -w "/sys/fs/cgroup/$name/cgroup.procs" ] || return 1
  done
}
has_overlay() {
  local folder status
  folder=$(mktemp -d /root/.overlay.XXXXXX) && mkdir "$folder"/{lower,upper,work,merged} || return 1
  unshare -m mount -t overlay overlay -o "lowerdir=$folder/lower,upperdir=$folder/upper,workdir=$folder/work" "$folder/merged"
  status=$?
  rm -rf "$folder"
  return "$status"
}
has_limits && echo cgroups
has_overlay 2>/dev/null && echo overlay
`;

/** Prints the capabilities of the machine it runs on. Takes well under a second where nothing hangs. */
export const factsScript = `${kernelFactsScript}
have() { command -v "$1" >/dev/null 2>&1; }
active() { systemctl is-active -q "$1" 2>/dev/null; }
. /etc/os-release 2>/dev/null
[ "$(cat /proc/1/comm)" = systemd ] && echo systemd
have nmcli && active NetworkManager && echo nm && echo nat
[ -e /sys/class/net/ens34 ] && echo host-only
have firewall-cmd && echo firewalld
have docker && timeout 5 docker image inspect lab/base:1.0 lab/web:1.0 >/dev/null 2>&1 && echo docker
have podman && echo podman
have curl && curl -fsS -m 2 -o /dev/null http://localhost:5001/v2/ 2>/dev/null && echo hub
have dnf && echo dnf
[ -e /sys/fs/selinux/enforce ] && echo selinux
case "\${ID:-} \${ID_LIKE:-}" in *rhel*|*centos*|*fedora*) echo "el\${VERSION_ID%%.*}" ;; *debian*) echo debian ;; esac
[ "$(systemd-detect-virt -c 2>/dev/null)" = none ] && echo reboot && echo own-kernel
:
`;

/** Reads the script's output; unknown words are left out. */
export function parseFacts(output: string): Set<Capability> {
  const words = new Set(output.split('\n').map((line) => line.trim()));
  return new Set(capabilities.filter((capability) => words.has(capability)));
}
