/**
 * Virtual machines that are driven to their limits, lose their ways in one by one, or enforce SELinux: what takes minutes without
 * hardware virtualisation.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { createVmProvider, type VmProvider } from '../support/vm-provider.ts';
import { forkUntilRefused, openWatched, openWhenBack, owner, run, signal, spec } from './lab-provider.ts';

const quietly = { signal, onProgress: () => {} };
let vm: VmProvider;
let neighbour: Lab;

const provision = (): Promise<Lab> => vm.provider.provision(spec, owner, quietly);

beforeAll(async () => {
  vm = await createVmProvider();
  await vm.provider.prepare(quietly);
  neighbour = await provision();
});
afterAll(async () => {
  await vm[Symbol.asyncDispose]();
});

test('a lab whose memory, processes and disk are full stays a lab, and its neighbour notices nothing', async () => {
  await using greedy = await provision();
  const terminal = await openWatched(neighbour);
  /** What the neighbour types meanwhile is answered. */
  const typeOn = async (from: number) => {
    for (let mark = from; mark < from + 3; mark += 1) {
      terminal.type(`echo "round=$((${mark} + 100))"`);
      await terminal.waitFor(new RegExp(`\\nround=${mark + 100}`));
    }
  };
  // Root heeds no `ulimit -u`, and the terminal path has no limit of tasks. The table of the whole machine is one for everybody,
  // root included; it is made small, so that it is full before the memory is.
  const fillTable = `
    before=$(cat /proc/sys/kernel/threads-max)
    echo $(($(ps -eL --no-headers | wc -l) + 400)) >/proc/sys/kernel/threads-max
    ${forkUntilRefused}
    echo "$before" >/proc/sys/kernel/threads-max`;
  const forking = run(greedy, fillTable, 180_000);
  await typeOn(0);
  expect(await forking).toMatchObject({ kind: 'exited', stdout: expect.stringMatching(/^refused after [34]\d\d\n$/) });
  const fillDisk = `
    fallocate -l "$(df --output=avail -B1 / | tail -n 1)" /root/all 2>&1; echo "left=$(df --output=avail / | tail -n 1 | tr -d ' ')"`;
  expect(await run(greedy, fillDisk)).toMatchObject({ stdout: expect.stringMatching(/left=0\n$/) });
  const filling = run(greedy, 'timeout 60 tail /dev/zero; echo "memory=$?"', 180_000);
  await typeOn(10);
  // Killed for want of memory, or out of its time; or so busy with it that the way in gave up waiting. It had all there was.
  const filled = await filling;
  const ends = ['memory=137\n', 'memory=124\n', 'memory=1\n', 'lab-unreachable'];
  expect(ends).toContain(filled.kind === 'unreachable' ? filled.fault.code : 'stdout' in filled && filled.stdout);
  const alive = () => run(greedy, 'rm -f /root/all; echo alive', 20_000);
  await expect.poll(alive, { timeout: 240_000, interval: 1_000 }).toMatchObject({ stdout: 'alive\n' });
  expect(await run(neighbour, 'echo fine; df --output=avail / | tail -n 1')).toMatchObject({
    kind: 'exited',
    exitCode: 0,
    stdout: expect.stringMatching(/^fine\n *[1-9]/),
  });
  terminal.pty.kill();
  await terminal.exit;
});

test('when the terminal path is killed scripts go by the guest agent, and the path comes back', async () => {
  await using lab = await provision();
  await run(lab, 'systemctl stop tadak-console', 5_000);
  expect(await run(lab, 'echo "by agent $$"; echo err >&2; exit 4')).toMatchObject({
    kind: 'exited',
    exitCode: 4,
    stdout: expect.stringMatching(/^by agent \d+\n$/),
    stderr: 'err\n',
  });
  expect(await run(lab, 'sleep 4350', 3_000)).toMatchObject({ kind: 'timed-out' });
  expect(await run(lab, "pgrep -af 'sleep 435[0]'")).toMatchObject({ kind: 'exited', exitCode: 1 });
  const capped = await lab.exec('head -c 5000000 /dev/zero | tr "\\0" a', {
    signal,
    timeoutMs: 30_000,
    maxOutputBytes: 99,
  });
  expect(capped).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'a'.repeat(99), truncated: true });
  await run(lab, 'systemctl start tadak-console');
  // A terminal that is opened before the host noticed the loss ends with it; the next one is whole.
  const terminal = await openWatched(lab)
    .catch(() => openWatched(lab))
    .catch(() => openWatched(lab));
  terminal.pty.kill();
});

test('with every way in closed the lab is unreachable, not the student wrong', async () => {
  await using lab = await provision();
  await run(lab, 'systemd-run --on-active=1 systemctl stop qemu-guest-agent tadak-console', 10_000);
  await expect
    .poll(async () => (await run(lab, 'true', 5_000)).kind, { timeout: 120_000, interval: 1_000 })
    .toBe('unreachable');
  const result = await run(lab, 'true', 5_000);
  expect(result.kind === 'unreachable' && result.fault.code).toBe('lab-unreachable');
});

test('a lab for the start state selinux enforces, and works as every other', async () => {
  await using lab = await vm.provider.provision({ ...spec, start: 'selinux' }, owner, quietly);
  expect(lab.machine?.is).toBe('selinux');
  expect([...lab.capabilities].sort()).toEqual([...neighbour.capabilities, 'selinux'].sort());
  expect(await run(lab, 'getenforce; grep ^SELINUX /etc/selinux/config; id -Z')).toMatchObject({
    stdout: expect.stringMatching(/^Enforcing\nSELINUX=enforcing\nSELINUXTYPE=targeted\n.*:unconfined_t:/),
  });
  const terminal = await openWatched(lab);
  terminal.type('setenforce 0; echo "<$(getenforce)>"; setenforce 1; echo "<$(getenforce)>"; id -Z');
  await terminal.waitFor(/\n<Permissive>\r?\n<Enforcing>\r?\n\S*:unconfined_t:/);
  terminal.type('hostnamectl set-hostname renamed && nmcli -g GENERAL.STATE device show ens33; echo "<$?>"');
  await terminal.waitFor(/\n100 [^\n]*\n<0>/);
  const asks = `
    hostnamectl --static
    systemctl is-active firewalld docker
    busctl --system call org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1 getDefaultZone
    docker run --rm lab/base:1.0 echo contained`;
  const asked = 'renamed\nactive\nactive\ns "public"\ncontained\n';
  expect(await run(lab, asks)).toMatchObject({ exitCode: 0, stdout: asked });
  // The same by the guest agent, the way that remains.
  await run(lab, 'systemctl stop tadak-console', 5_000);
  const byAgent = await run(lab, `${asks}; getenforce`);
  expect(byAgent).toMatchObject({ exitCode: 0, stdout: `${asked}Enforcing\n` });
});

test('a lab with SELinux is enforcing again after a reboot by the student, as its configuration says', async () => {
  await using lab = await vm.provider.provision({ ...spec, start: 'selinux' }, owner, quietly);
  await run(lab, 'setenforce 0; touch /run/before-reboot; systemd-run --on-active=1 systemctl reboot');
  const rebooted = async () => {
    const result = await run(lab, '[ ! -e /run/before-reboot ] && systemctl is-active docker && getenforce', 20_000);
    return result.kind === 'exited' ? result.stdout : result.kind;
  };
  await expect.poll(rebooted, { timeout: 600_000, interval: 2_000 }).toBe('active\nEnforcing\n');
  const terminal = await openWhenBack(lab);
  terminal.type('id -Z');
  await terminal.waitFor(/:unconfined_t:/);
});
