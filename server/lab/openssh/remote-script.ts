/**
 * How a script travels to the other machine's bash: on standard input, so that neither a process list nor a file there
 * shows it, and between marks, so that what a login file prints is not taken for the script's output and the script's exit
 * status cannot be mistaken for the connection's. Knows nothing about ssh or the guest agent.
 */

/** A script ready to be sent. */
export interface RemoteScript {
  /** Arguments of bash, the first of them an option. */
  readonly bashArguments: readonly string[];
  /**
   * What goes to standard input once the opening mark was seen: until then the script is certain not to run.
   * It is killed when standard input ends before it does.
   */
  readonly input: Buffer;
  /** Stands in both streams before (`<mark>+\n`) and after (`<mark>-<exit status>\n`) what the script writes. */
  readonly mark: string;
}

/**
 * Says that it is there, reads the script as so many bytes, then runs it in a subshell with empty standard input. Meanwhile a second subshell
 * waits for the end of our own standard input and kills everything in the session, or at least in the process group.
 * That watch ends before the end is said: whoever hears it closes our standard input, and what the script left running is to live.
 * It contains no single quote, so that it can stand between two.
 */
const wrapper = `
export LC_ALL=C
printf "%s+\\n" "$1"
printf "%s+\\n" "$1" >&2
exec 3<&0 </dev/null
IFS= read -r -N "$2" -u 3 s
[ "\${#s}" = "$2" ] || exit 125
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8 TERM=dumb HOME="\${HOME:-/root}"
cd "$HOME" 2>/dev/null
{ read -r -u 3; pkill -KILL -s "$$"; kill -KILL 0; } >/dev/null 2>&1 &
w=$!
( exec 3<&-; eval "$s" )
c=$?
kill "$w"
printf "%s-%d\\n" "$1" "$c"
printf "%s-%d\\n" "$1" "$c" >&2
exit "$c"
`;

/** Builds it. `mark` must be hard to guess: the script must not be able to write it. */
export function buildRemoteScript(script: string, mark: string): RemoteScript {
  const input = Buffer.from(script, 'utf8');
  return {
    bashArguments: ['--norc', '--noprofile', '-c', wrapper, 'tadak', mark, String(input.length)],
    input,
    mark,
  };
}

/** One line for a POSIX shell that turns into that bash. `bash` may be more than one word, e.g. `sudo -n bash`. */
export function buildShellCommand({ bashArguments }: RemoteScript, bash: string): string {
  return `exec ${bash} ${bashArguments.map((argument) => (/^[\w.-]+$/.test(argument) ? argument : `'${argument}'`)).join(' ')}`;
}
