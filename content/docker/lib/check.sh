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
  need docker pgrep
  pgrep -x dockerd >/dev/null
}

# docker_rules : whether Docker's own rules are in the firewall tables; true where no Docker runs or it keeps none there.
docker_rules() {
  local pid
  pid=$(pgrep -ox dockerd) && command -v iptables >/dev/null || return 0
  grep -qsE '"(iptables|firewall-backend)"' /etc/docker/daemon.json && return 0
  grep -qsE -- '--(iptables|firewall-backend)' "/proc/$pid/cmdline" && return 0
  iptables -w 5 -t nat -S DOCKER >/dev/null 2>&1
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

# imgid REF : the image's ID.
imgid() { docker image inspect -f '{{.Id}}' "$1" 2>/dev/null; }

# layers REF : digests of its layers, one a line, the lowest first.
layers() { docker image inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" 2>/dev/null | grep sha256; }

# image_file REF PATH : a file as it is in the image; status 1 when it is not there.
image_file() {
  local box status
  # A container that is never started shows the files of its image.
  box=$(docker create "$1" true 2>/dev/null) || return 1
  docker cp "$box:$2" - 2>/dev/null | tar -xO 2>/dev/null
  status=${PIPESTATUS[0]}
  docker rm "$box" >/dev/null 2>&1
  return "$status"
}

# answers URL : a web server answers there, and not with an error.
answers() {
  need curl
  curl -fsS -m 5 -o /dev/null "$1" 2>/dev/null
}

# rdigest PORT REPOSITORY TAG : the digest that a registry on this machine has for it; nothing when it has none.
rdigest() {
  local kinds=application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json
  kinds+=,application/vnd.docker.distribution.manifest.list.v2+json,application/vnd.docker.distribution.manifest.v2+json
  curl -fsSI -m 5 -H "Accept: $kinds" "http://localhost:$1/v2/$2/manifests/$3" 2>/dev/null |
    tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }'
}

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

# upper PID : the writable layer under its root, with either image store of Docker; status 1 when its root is no overlay.
upper() {
  local dir
  dir=$(awk '$5 == "/" && match($0, /upperdir=[^, ]*/) { print substr($0, RSTART + 9, RLENGTH - 9); exit }' "/proc/$1/mountinfo")
  [ -n "$dir" ] && printf '%s\n' "$dir"
}
