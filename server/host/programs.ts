/**
 * Where this host's programs are. Knows nothing about what they do.
 */

/** Where programs are looked for; the server's own PATH is not asked, it differs between a login and a service. */
export const programPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
