/**
 * The ssh programs of this host. Knows nothing about connections.
 */

/** Environment of every ssh process: nothing of the server's own, above all no agent socket. */
export const clientEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
};
