/** What a server that is root starts for a machine has no rights, sees what it was shown, and may write to nothing else. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { accountOf, closeFolders, confine, findKeeper, letIn } from '../../../../server/lab/qemu/confinement.ts';

const run = promisify(execFile);
const mayConfine = process.getuid?.() === 0 && (await findKeeper()) === 'nobody-with-view';
const plain = { ours: [], hasNetwork: false, hasKvm: false } as const;

/** A folder as it is in root's home: nobody else passes. */
async function closedFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp('/root/tadak-closed-');
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

test('the same name is the same user, another one another', () => {
  if (!mayConfine) return expect(accountOf('a')).toBeUndefined();
  expect(accountOf('a')).toBe(accountOf('a'));
  expect(accountOf('a')).not.toBe(accountOf('b'));
});

test.skipIf(!mayConfine)(
  'what runs has one user, no rights and a view of its own, below folders that are closed',
  async () => {
    await using folder = await closedFolder();
    await writeFile(join(folder.path, 'shown'), 'seen\n', { mode: 0o600 });
    await writeFile(join(folder.path, 'hidden'), 'not seen\n', { mode: 0o644 });
    const needs = { ...plain, name: 'one', folders: [], files: [join(folder.path, 'shown')] };
    await letIn(needs);
    const script = 'cat $0/shown; ls $0 /; id -u; id -g; id -G; mkdir /x 2>&1; kill -0 $PPID 2>&1';
    const { file, args } = await confine('/bin/sh', ['-c', `${script}; :`, folder.path], needs);
    const { stdout } = await run(file, [...args]);
    const account = String(accountOf('one'));
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toBe('seen');
    expect(lines.slice(1)).not.toContain('hidden');
    for (const name of ['proc', 'sys', 'home', 'run', 'tmp', 'var']) expect(lines).not.toContain(name);
    expect(lines.filter((line) => line === account)).toHaveLength(3);
    expect(stdout).toMatch(/mkdir: .*denied/);
  },
);

test.skipIf(!mayConfine)(
  'memory that is opened for writing can be read only, and whoever asked for it leaves nobody',
  async () => {
    await using folder = await closedFolder();
    const ram = join(folder.path, 'ram');
    await writeFile(ram, 'frozen', { mode: 0o600 });
    // openat(AT_FDCWD, …, O_RDWR) as QEMU calls it; Perl's own `open` has O_CLOEXEC.
    const program = `
    my $call = (POSIX::uname())[4] eq 'x86_64' ? 257 : 56;
    my $other = '/etc/hostname'; my $ram = $ARGV[0];
    print syscall($call, -100, $other, 2) < 0 ? "other: $!\\n" : "other opened\\n";
    my $fd = syscall($call, -100, $ram, 2); die "$!" if $fd < 0;
    my $text; POSIX::read($fd, $text, 9); print "$text\\n";
    print defined POSIX::write($fd, 'x', 1) ? "written\\n" : "write: $!\\n";
    open(my $again, '+<', $ram) or print "again: $!\\n";`;
    const needs = { ...plain, name: 'one', folders: [], files: [], ram };
    const { file, args, descriptor4 } = await confine('/usr/bin/perl', ['-MPOSIX', '-e', program, ram], needs);
    await using handed = await open(descriptor4 ?? '', 'r');
    // By a shell, since execFile gives no descriptors.
    const { stdout } = await run('sh', ['-c', 'exec "$@" 4<"$0"', ram, file, ...args]);
    expect(handed.fd).toBeGreaterThan(2);
    expect(stdout).toMatch(/^other: Permission denied\nfrozen\nwrite: Bad file descriptor\nagain: No such file/);
    const { stdout: left } = await run('sh', [
      '-c',
      'grep -lzF -e "--ram=$0" /proc/[0-9]*/cmdline 2>/dev/null || :',
      ram,
    ]);
    expect(left.split('\n').filter((line) => line !== '' && !line.includes('self'))).toEqual([]);
  },
);

test.skipIf(!mayConfine)(
  'where nothing can be mounted, a closed folder of somebody else is a sentence, whatever it is called, and our own are passed through',
  async () => {
    await using folder = await closedFolder();
    await mkdir(join(folder.path, 'images/a'), { recursive: true });
    await writeFile(join(folder.path, 'images/a/file'), '');
    const module = new URL('../../../../server/lab/qemu/confinement.ts', import.meta.url).pathname;
    const program = `
    import { confine, findKeeper } from '${module}';
    const path = process.argv[1];
    const { mkdir, mkdtemp, rm, stat, writeFile } = await import('node:fs/promises');
    const needs = { name: 'one', folders: [], files: [path], ours: [], hasNetwork: false, hasKvm: false };
    const fault = await confine('/bin/true', [], needs).catch((error) => error);
    const data = await mkdtemp('/tmp/tadak-data-');
    await mkdir(data + '/run/lab', { recursive: true, mode: 0o700 });
    await writeFile(data + '/run/lab/file', '');
    const { args } = await confine('/bin/true', [], { ...needs, files: [data + '/run/lab/file'], ours: [data] });
    const mode = ((await stat(data)).mode & 0o777).toString(8);
    await rm(data, { recursive: true });
    console.log(JSON.stringify([await findKeeper(), fault.code, fault.details, args.includes('--view'), mode]));`;
    const node = [process.execPath, '--input-type=module', '-e', program, join(folder.path, 'images/a/file')];
    const { stdout } = await run('setpriv', ['--bounding-set=-sys_admin', ...node]);
    const closed = ((await stat('/root')).mode & 0o001) === 0 ? '/root' : folder.path;
    expect(JSON.parse(stdout)).toMatchObject(['nobody', 'lab-way-closed', expect.anything(), false, '701']);
    expect([closed, folder.path]).toContain(JSON.parse(stdout)[2].folder);
  },
);

test.skipIf(!mayConfine)(
  'a machine’s folder is its own to make sockets in, not to replace what is there, and then closed',
  async () => {
    await using folder = await closedFolder();
    const { path } = folder;
    await writeFile(join(path, 'record'), 'ours', { mode: 0o600 });
    const needs = { ...plain, name: 'one', folders: [path], files: [] };
    const as = async (script: string) => {
      const { file, args } = await confine('/bin/sh', ['-c', `cd "$0"; ${script}; :`, path], needs);
      return (await run(file, [...args])).stdout;
    };
    await letIn(needs);
    expect(await as('echo mine > made && rm made && echo made; (rm -f record || mv record x) 2>&1')).toMatch(
      /^made\n.*not permitted.*not permitted/s,
    );
    await closeFolders(needs);
    expect(await as('(echo mine > made) 2>&1')).toMatch(/ermission denied|cannot create/);
    await letIn(needs);
    await as('ln -s /etc record.new');
    await expect(closeFolders(needs)).rejects.toMatchObject({ code: 'lab-start-failed' });
  },
);

test.skipIf(!mayConfine)('a closed folder of ours below a folder of programs is passed through', async () => {
  const data = await mkdtemp('/usr/local/share/tadak-data-');
  try {
    await mkdir(join(data, 'run/lab'), { recursive: true, mode: 0o700 });
    await writeFile(join(data, 'run/lab/file'), 'seen\n');
    const needs = { ...plain, name: 'one', folders: [join(data, 'run/lab')], files: [], ours: [data] };
    await letIn(needs);
    const { file, args } = await confine('/bin/cat', [join(data, 'run/lab/file')], needs);
    expect((await run(file, [...args])).stdout).toBe('seen\n');
  } finally {
    await rm(data, { recursive: true });
  }
});

test.skipIf(!mayConfine)('what cannot be started is a line that says why', async () => {
  const { file, args } = await confine('/usr/bin/no-such-program', [], {
    ...plain,
    name: 'one',
    folders: [],
    files: [],
  });
  await expect(run(file, [...args])).rejects.toMatchObject({
    code: 125,
    stderr: expect.stringMatching(/no-such-program: No such file/),
  });
});
