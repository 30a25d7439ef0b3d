/**
 * The manifest of an image that was made from a cloud image. Pure. Knows what the guest's installation says of itself.
 */

/** What the installation said, by name. */
export type Facts = Readonly<Record<string, string>>;

/** What a manifest is made from. */
export interface ManifestOptions {
  readonly recipe: string;
  readonly source: Readonly<Record<string, string>>;
  readonly facts: Facts;
  readonly diskBytes: number;
  readonly builtAt: Date;
}

/** Said of every guest: quiet, and without the price of protections from its only user. */
const append = 'rw console=ttyS0 quiet loglevel=0 systemd.show_status=false mitigations=off';
/** Debian's kernel brings AppArmor, without whose tools Docker starts no container. */
const noAppArmor = 'lsm=landlock,yama,bpf';
const versionNames = [
  ...['debian', 'el', 'kernel', 'systemd', 'docker', 'podman', 'networkManager', 'firewalld', 'openssh', 'dnf'],
  'selinuxPolicy',
];

/** Reads `name=value` lines. */
export function parseFacts(text: string): Facts {
  const lines = text.split('\n').map((line) => /^([A-Za-z]+)=([\w.:~+=/-]*)$/.exec(line));
  return Object.fromEntries(lines.filter((match) => match !== null).map(([, name, value]) => [name, value]));
}

/** Builds it, in the form that `loadImage` reads. */
export function buildManifest({ recipe, source, facts, diskBytes, builtAt }: ManifestOptions) {
  const { root = '/dev/vda1', manager } = facts;
  const enforces = manager === 'dnf';
  const line = [`root=${root}`, append, ...(enforces ? [] : [noAppArmor])].join(' ');
  return {
    format: 1,
    recipe,
    source,
    arch: 'amd64',
    builtAt: builtAt.toISOString(),
    append: line,
    // The family's own policy is in force from the start: the machine with SELinux is the usual one.
    ...(enforces && { appendSelinux: line }),
    memoryMiB: 1024,
    vcpus: 2,
    versions: Object.fromEntries(versionNames.map((name) => [name, facts[name] ?? ''])),
    sizes: { diskBytes },
  };
}
