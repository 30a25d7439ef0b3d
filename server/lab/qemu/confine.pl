# Starts a program as a user that nobody is, for a server that is root:
#
#   perl confine.pl --id=NUMBER [--view] [--network] [--show=PATH]... [--ram=PATH] -- PROGRAM [ARGUMENT]...
#
# --id       user and group of the program; it has no other group, no capability, and can gain no privilege
# --view     a view of its own: programs and settings of this computer, no other processes' devices, no network but for
#            --network, and of all other files those of --show, under the names they have here, whatever folders lie above them
# --kvm      it may open /dev/kvm
# --ram      the file that is open for reading as descriptor 4 is what the program gets when it opens PATH for reading and
#            writing. QEMU 7.2 opens its memory so, though it maps it privately: with it in its hands, it could write into the
#            memory of all other labs.
#
# Every step is done by the process that becomes the program, so its number and birth are the program's. What goes wrong is a
# line on standard error and exit status 125. It is Perl because these are system calls that Node does not have, and because
# Perl is part of every Debian.
use strict;
use warnings;
use POSIX ();

my %callsOf = (
  x86_64 => {
    audit => 0xC000003E, ioctl => 16, mknodat => 259, mount => 165, openat => 257, pivot_root => 155, prctl => 157,
    process_vm_readv => 310, seccomp => 317, umount2 => 166, unshare => 272,
  },
  aarch64 => {
    audit => 0xC00000B7, ioctl => 29, mknodat => 33, mount => 40, openat => 56, pivot_root => 41, prctl => 167,
    process_vm_readv => 270, seccomp => 277, umount2 => 39, unshare => 97,
  },
);
# From the kernel's headers: sched.h, mount.h, prctl.h, seccomp.h, bpf_common.h.
use constant { CLONE_NEWNS => 0x00020000, CLONE_NEWIPC => 0x08000000, CLONE_NEWNET => 0x40000000 };
use constant { MS_BIND => 0x1000, MS_REC => 0x4000, MS_PRIVATE => 0x40000, MNT_DETACH => 2, AT_FDCWD => -100 };
use constant { CHARACTER_DEVICE => 0020000 };
use constant { PR_SET_PDEATHSIG => 1, PR_SET_NO_NEW_PRIVS => 38, PR_SET_PTRACER => 0x59616d61, SIGKILL => 9 };
use constant { SECCOMP_SET_MODE_FILTER => 1, SECCOMP_FILTER_FLAG_NEW_LISTENER => 8 };
use constant { SECCOMP_RET_ALLOW => 0x7fff0000, SECCOMP_RET_USER_NOTIF => 0x7fc00000, RESPONSE_CONTINUE => 1 };
use constant { NOTIF_RECV => 0xC0502100, NOTIF_SEND => 0xC0182101, NOTIF_ADDFD => 0x40182103, ADDFD_AND_SEND => 2 };
use constant { BPF_LOAD => 0x20, BPF_IF_EQUAL => 0x15, BPF_RETURN => 0x06, O_RDWR => 2 };

# Any folder that is there on every Linux and has nothing below it that is shown.
my $newRoot = '/sys';
# What QEMU and its libraries are made of. The rest of /usr may be anything, a data folder for instance.
my @systemFolders = (
  qw(bin sbin lib lib32 lib64 libx32 etc usr/bin usr/sbin usr/lib usr/lib32 usr/lib64 usr/libx32 usr/libexec usr/share),
  qw(usr/local/bin usr/local/sbin usr/local/lib usr/local/share),
);
my @devices = qw(null zero random urandom);
my $ramDescriptor = 4;

my $machine = (POSIX::uname())[4];
my $calls = $callsOf{$machine} or fail("no system calls known for $machine");
my %options = (show => []);
while (defined(my $argument = shift @ARGV)) {
  last if $argument eq '--';
  my ($name, $value) = $argument =~ /^--(id|view|network|kvm|show|ram)(?:=(.*))?$/s or fail("what is $argument?");
  if ($name eq 'show') { push @{ $options{show} }, $value }
  else { $options{$name} = $value // 1 }
}
my ($id) = ($options{id} // '') =~ /^([1-9]\d*)$/ or fail('no --id');
@ARGV or fail('no program');

my $kvm = $options{kvm} ? findKvm() : undef;
my @groups = ($id);
if ($options{view}) { enterOwnView() }
elsif ($kvm && $kvm->{group} && $kvm->{mode} & 0060) { push @groups, $kvm->{group} }
chdir '/' or fail("chdir: $!");
call('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
handRamOver() if defined $options{ram};
becomeNobody();
umask 0077;
exec { $ARGV[0] } @ARGV or fail("$ARGV[0]: $!");

sub fail {
  print STDERR "confine: @_\n";
  POSIX::_exit(125);
}

# A system call that must work. Numbers must be numbers, and strings are passed by their address.
sub call {
  my ($name, @arguments) = @_;
  my $result = syscall($calls->{$name}, @arguments);
  fail("$name: $!") if $result < 0;
  return $result;
}

sub findKvm {
  my @facts = stat '/dev/kvm' or return undef;
  return { mode => $facts[2], group => $facts[5], device => $facts[6] };
}

sub enterOwnView {
  call('unshare', CLONE_NEWNS | CLONE_NEWIPC | ($options{network} ? 0 : CLONE_NEWNET));
  umask 0022;
  call('mount', 'none', '/', 0, MS_REC | MS_PRIVATE, 0);
  call('mount', 'tadak', $newRoot, 'tmpfs', 0, 'mode=0755,size=1m');
  for my $folder (@systemFolders) {
    if (-l "/$folder") { makeFolder(parentOf("/$folder")); symlink readlink("/$folder"), "$newRoot/$folder" }
    elsif (-d "/$folder") { show("/$folder") }
  }
  show("/dev/$_") for grep { -e "/dev/$_" } @devices;
  showKvm() if $kvm;
  show($_) for @{ $options{show} };
  makeFolder('/before');
  call('pivot_root', $newRoot, "$newRoot/before");
  chdir '/' or fail("chdir: $!");
  call('umount2', '/before', MNT_DETACH);
  rmdir '/before';
}

# A device of its own, which only it may open: /dev/kvm itself may be root's alone. Where none can be made, that one.
sub showKvm {
  my $path = "$newRoot/dev/kvm";
  if (syscall($calls->{mknodat}, AT_FDCWD, $path, CHARACTER_DEVICE | 0600, $kvm->{device}) == 0) {
    chown $id, $id, $path or fail("chown: $!");
  } else {
    show('/dev/kvm');
    push @groups, $kvm->{group} if $kvm->{group} && $kvm->{mode} & 0060;
  }
}

# Lets a file or folder be seen under its own name.
sub show {
  my ($path) = @_;
  my $target = "$newRoot$path";
  if (-d $path) { makeFolder($path) }
  else {
    makeFolder(parentOf($path));
    if (!-e $target) { open(my $file, '>', $target) or fail("$path: $!"); close $file }
  }
  my $source = $path;
  syscall($calls->{mount}, $source, $target, 0, MS_BIND | MS_REC, 0) == 0 or fail("mount $path: $!");
}

sub makeFolder {
  my ($path) = @_;
  return if $path eq '' || -d "$newRoot$path";
  makeFolder(parentOf($path));
  mkdir "$newRoot$path" or fail("mkdir $path: $!");
}

sub parentOf { my ($path) = @_; return $path =~ s{/[^/]*$}{}r }

sub becomeNobody {
  $( = $id;
  $) = "$id @groups";
  POSIX::setgid($id) or fail("setgid: $!");
  POSIX::setuid($id) or fail("setuid: $!");
  fail('still root') if $< != $id || $> != $id || $( =~ /\b0\b/ || $) =~ /\b0\b/;
}

# A filter asks before `openat` for reading and writing, and a child of ours answers: with the descriptor when it is the path, with
# leave when it is another one. It ends with the first, or with the program. See seccomp_unotify(2).
sub handRamOver {
  my ($major, $minor) = (POSIX::uname())[2] =~ /^(\d+)\.(\d+)/;
  fail("Linux $major.$minor is too old, 5.14 is needed") if $major < 5 || ($major == 5 && $minor < 14);
  my @filter = (
    [BPF_LOAD, 0, 0, 4],
    [BPF_IF_EQUAL, 0, 4, $calls->{audit}],
    [BPF_LOAD, 0, 0, 0],
    [BPF_IF_EQUAL, 0, 2, $calls->{openat}],
    [BPF_LOAD, 0, 0, 32],
    [BPF_IF_EQUAL, 1, 0, O_RDWR],
    [BPF_RETURN, 0, 0, SECCOMP_RET_ALLOW],
    [BPF_RETURN, 0, 0, SECCOMP_RET_USER_NOTIF],
  );
  my $code = join '', map { pack 'SCCL', @$_ } @filter;
  my $program = pack 'S x6 P', scalar(@filter), $code;
  my $listener = call('seccomp', SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, $program);
  my $parent = $$;
  # Nobody waits for the child: so its end leaves nothing in the list of processes.
  $SIG{CHLD} = 'IGNORE';
  my $child = fork // fail("fork: $!");
  if ($child == 0) {
    # Who is root would not be told of the end of somebody who is not.
    becomeNobody();
    call('prctl', PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    POSIX::_exit(1) if getppid != $parent;
    POSIX::close(3) if $listener != 3;
    answer($listener, $parent) until 0;
  }
  # Where Yama is there, a child must be allowed to read its parent's memory; elsewhere this is refused and not needed.
  syscall($calls->{prctl}, PR_SET_PTRACER, $child, 0, 0, 0);
  POSIX::close($ramDescriptor);
  POSIX::close($listener);
}

sub answer {
  my ($listener, $parent) = @_;
  my $question = "\0" x 80;
  if (syscall($calls->{ioctl}, $listener, NOTIF_RECV, $question) < 0) {
    POSIX::_exit(1) if getppid != $parent || !($!{EINTR} || $!{ENOENT});
    return;
  }
  my ($cookie, $asking, $nameAt) = unpack 'Q L x28 Q', $question;
  if (!isRam($asking, $nameAt)) {
    my $leave = pack 'Q q l L', $cookie, 0, 0, RESPONSE_CONTINUE;
    syscall($calls->{ioctl}, $listener, NOTIF_SEND, $leave);
    return;
  }
  my $gift = pack 'Q L L L L', $cookie, ADDFD_AND_SEND, $ramDescriptor, 0, 0;
  # Whoever asked may have been interrupted meanwhile, and asks again.
  return if syscall($calls->{ioctl}, $listener, NOTIF_ADDFD, $gift) < 0 && $!{ENOENT};
  POSIX::_exit(0);
}

# Whether the path is the one. Where a parent's memory cannot be read (Yama, closed altogether), it is: QEMU opens nothing else so.
sub isRam {
  my ($asking, $nameAt) = @_;
  my $wanted = "$options{ram}\0";
  my $found = "\0" x length $wanted;
  my $here = pack 'P Q', $found, length $found;
  my $there = pack 'Q Q', $nameAt, length $found;
  my $count = syscall($calls->{process_vm_readv}, $asking, $here, 1, $there, 1, 0);
  return $count < 0 ? $!{EPERM} : $found eq $wanted;
}
