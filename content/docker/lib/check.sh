# Functions for every check and ask script of this course. Put in front of the script; bash, root, inside the lab.
# A check ends with 0 (passed), with 1 after `fail` (not yet), or with 2 after `broken` (our lab is at fault, not the learner).
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2317,SC2329

export LC_ALL=C

# fail HINT [EXPECTED] [ACTUAL] : not yet; the last line of standard error names the hint.
fail() {
  local line="HINT:$1"
  [ $# -lt 2 ] || line+=$'\t'"expected=$(one_line "$2")"
  [ $# -lt 3 ] || line+=$'\t'"actual=$(one_line "$3")"
  printf '%s\n' "$line" >&2
  exit 1
}

# broken SENTENCE : the lab lacks something that the learner cannot be asked to mend.
broken() {
  printf '%s\n' "$1" >&2
  exit 2
}

# one_line TEXT : tabs and line ends become spaces, at most 300 characters.
one_line() {
  local text=${1//[$'\t\r\n']/ }
  printf '%s' "${text:0:300}"
}

# need COMMAND… : ends the check unless all of them are installed.
need() {
  local name
  for name; do
    command -v "$name" >/dev/null || broken "The command $name is not installed in this lab."
  done
}

# engine_runs : whether a Docker Engine runs. Looks at processes only: asking the socket would start one.
engine_runs() {
  need pgrep
  # Removed by hand: then starting it is not enough.
  command -v docker >/dev/null || fail docker-down 'dnf install docker-ce docker-ce-cli containerd.io' 'no command docker'
  pgrep -x dockerd >/dev/null
}

# dins NAME TEMPLATE : one look at a container; status 1 when there is no such container.
dins() { docker container inspect -f "$2" "$1" 2>/dev/null; }

# status NAME : created, running, paused, exited …; nothing when there is no such container.
status() { dins "$1" '{{.State.Status}}'; }

# running NAME
running() { [ "$(status "$1")" = running ]; }

# cpid NAME : its first process as the host numbers it; 0 when it has none.
cpid() { dins "$1" '{{.State.Pid}}'; }

# gone NAME : no such container, running or not.
gone() { ! docker container inspect "$1" >/dev/null 2>&1; }

# img REF : the image is here.
img() { docker image inspect "$1" >/dev/null 2>&1; }

# look NAME : sets STATUS, CPID and IMAGE by one look at a container; status 1 when there is no such container.
look() {
  local seen
  seen=$(dins "$1" '{{.State.Status}} {{.State.Pid}} {{.Config.Image}}') || return 1
  read -r STATUS CPID IMAGE <<<"$seen"
}

# ns PID KIND : the namespace's identity, such as pid:[4026531836].
ns() { readlink "/proc/$1/ns/$2"; }

# cmdline PID : the command with its arguments, separated by spaces.
cmdline() { tr '\0' ' ' <"/proc/$1/cmdline" | sed 's/ $//'; }

# inside PID PATH : a file as the container of that process sees it.
inside() { cat "/proc/$1/root$2" 2>/dev/null; }

# cgroup_file PID V2-FILE V1-CONTROLLER V1-FILE : content of a control file, on either version of cgroups.
cgroup_file() {
  local group
  group=$(awk -F: '$1 == 0 { print $3 }' "/proc/$1/cgroup")
  if [ -r "/sys/fs/cgroup$group/$2" ]; then
    cat "/sys/fs/cgroup$group/$2"
    return
  fi
  group=$(awk -F: -v want="$3" '{ n = split($2, has, ","); for (i = 1; i <= n; i++) if (has[i] == want) print $3 }' "/proc/$1/cgroup")
  [ -n "$group" ] && cat "/sys/fs/cgroup/$3$group/$4"
}

# memlimit PID : bytes, or max.
memlimit() {
  local bytes
  bytes=$(cgroup_file "$1" memory.max memory memory.limit_in_bytes) || return 1
  # Version 1 has no word for "none": it shows the largest number of whole pages.
  [ "$bytes" = max ] || [ "${#bytes}" -lt 19 ] || bytes=max
  printf '%s\n' "$bytes"
}

# cpulimit PID : thousandths of a CPU, or max.
cpulimit() {
  local quota period
  quota=$(cgroup_file "$1" cpu.max cpu cpu.cfs_quota_us) || return 1
  case $quota in
  *' '*) period=${quota#* } quota=${quota% *} ;;
  *) period=$(cgroup_file "$1" cpu.max cpu cpu.cfs_period_us) ;;
  esac
  case $quota in
  max | -1) echo max ;;
  *) echo $((quota * 1000 / period)) ;;
  esac
}
