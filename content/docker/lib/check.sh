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
  need curl pgrep
  # Removed by hand: then starting it is not enough.
  command -v docker >/dev/null || fail docker-down 'dnf install docker-ce docker-ce-cli containerd.io' 'no command docker'
  local pid='' name=''
  # Its own note of its process costs nothing to read; pgrep reads every process there is.
  { read -r pid </run/docker.pid; read -r name <"/proc/$pid/comm"; } 2>/dev/null
  [ "$name" != dockerd ] || return 0
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

# engine PATH [CURL-OPTION…] : an answer of Docker Engine's own interface; status 22 when it says no, another when it says nothing.
# The docker command asks the same, but on a slow machine its start alone takes longer than a whole check should.
# https://docs.docker.com/reference/api/engine/
engine() {
  local path=$1
  shift
  curl -fsS -m 20 --unix-socket /run/docker.sock "$@" "http://docker$path" 2>/dev/null
}

# pick PATTERN TEXT : sets PICKED to the pattern's group where it first matches; to nothing, with status 1, where it does not.
# For Docker's compact JSON: a quoted key and its colon never stand inside a text there, quotes in texts are escaped.
pick() {
  PICKED=
  [[ $2 =~ $1 ]] && PICKED=${BASH_REMATCH[1]}
}

# look NAME : sets what one look at a container shows; status 1 when there is no such container.
#   ID, STATUS (created, running, paused, exited …), CPID (its first process as the host numbers it; 0 when it has none),
#   CODE (exit code), KILLED (true when it ran out of memory), FINISHED (time), IMAGE (as it was asked for), IMAGE_ID,
#   PORTS (address:port:inside/protocol for each, with a space after it), FOLDER (where the engine keeps its notes)
look() {
  local seen
  seen=$(engine "/containers/$1/json") || return 1
  pick '"Id":"([0-9a-f]+)"' "$seen"
  ID=$PICKED
  pick '"State":\{[^{}]*"Status":"([a-z]+)"' "$seen"
  STATUS=$PICKED
  pick '"Pid":([0-9]+)' "$seen"
  CPID=$PICKED
  pick '"ExitCode":(-?[0-9]+)' "$seen"
  CODE=$PICKED
  pick '"OOMKilled":([a-z]+)' "$seen"
  KILLED=$PICKED
  pick '"FinishedAt":"([^"]*)"' "$seen"
  FINISHED=$PICKED
  pick '"Config":\{.*"Image":"([^"]*)"' "$seen"
  IMAGE=$PICKED
  pick '"Image":"(sha256:[0-9a-f]+)"' "$seen"
  IMAGE_ID=$PICKED
  pick '"HostnamePath":"([^"]*)/hostname"' "$seen"
  FOLDER=$PICKED
  local left inside ends
  pick '"PortBindings":(\{("[^"]*":\[[^]]*\],?)*\})' "$seen"
  left=$PICKED PORTS=
  while [[ $left =~ \"([0-9]+/[a-z]+)\":\[([^]]*)\](.*) ]]; do
    inside=${BASH_REMATCH[1]} ends=${BASH_REMATCH[2]} left=${BASH_REMATCH[3]}
    while [[ $ends =~ \"HostIp\":\"([^\"]*)\",\"HostPort\":\"([^\"]*)\"(.*) ]]; do
      PORTS+="${BASH_REMATCH[1]}:${BASH_REMATCH[2]}:$inside "
      ends=${BASH_REMATCH[3]}
    done
  done
}

# containers [KIND VALUE…] : names of all containers, one a line; filtered as by `docker ps -f KIND=VALUE`, values of one kind only.
containers() {
  local filter='{}' values
  if [ $# -gt 1 ]; then
    printf -v values ',"%s"' "${@:2}"
    filter="{\"$1\":[${values:1}]}"
  fi
  local seen
  seen=$(engine /containers/json -G -d all=1 --data-urlencode "filters=$filter") || return 1
  while [[ $seen =~ \"Names\":\[\"/([^\"]*)\"(.*) ]]; do
    printf '%s\n' "${BASH_REMATCH[1]}"
    seen=${BASH_REMATCH[2]}
  done
}

# changed NAME PATH : whether the container's writable layer has that file, made, changed or deleted.
changed() {
  local seen
  seen=$(engine "/containers/$1/changes") || broken 'Docker does not say what the container changed.'
  [[ $seen == *"\"Path\":\"$2\""* ]]
}

# logs NAME : what it wrote, both streams.
logs() { engine "/containers/$1/logs?stdout=1&stderr=1" | tr -d '\000-\010'; }

# file_of NAME PATH : a file of a container, running or not; status 1 when it is not there.
file_of() {
  local seen
  seen=$(engine "/containers/$1/json") || return 1
  layered "$seen" "$2"
  local status=$?
  [ "$status" = 2 ] || return "$status"
  engine "/containers/$1/archive" -G --data-urlencode "path=$2" | tar -xO 2>/dev/null
  [ "${PIPESTATUS[0]}" = 0 ]
}

# layered JSON PATH : a file in the layers that an inspection names; status 1 when none has it, 2 when no layers are named.
# The engine's own archive is right about folders that were emptied and made anew, too, but takes it a second on a slow machine.
layered() {
  local layers layer
  pick '"UpperDir":"([^"]*)"' "$1" || return 2
  layers=$PICKED
  pick '"LowerDir":"([^"]*)"' "$1"
  IFS=: read -ra layers <<<"$layers:$PICKED"
  for layer in "${layers[@]}"; do
    # A device hides the file in the layers below.
    [ ! -c "$layer$2" ] || return 1
    [ ! -f "$layer$2" ] || { cat "$layer$2"; return; }
  done
  return 1
}

# replicas SERVICE : sets RUNNING, WANTED and IMAGE of a swarm's service; status 1 when there is none.
replicas() {
  local seen
  seen=$(engine /services -G -d status=true --data-urlencode "filters={\"name\":[\"$1\"]}") || return 1
  [[ $seen == *"\"Name\":\"$1\""* ]] || return 1
  pick '"RunningTasks":([0-9]+)' "$seen"
  RUNNING=$PICKED
  pick '"DesiredTasks":([0-9]+)' "$seen"
  WANTED=$PICKED
  pick '"Image":"([^"]*)"' "$seen"
  IMAGE=$PICKED
}

# image REF : what Docker knows of an image, as JSON; status 1 when it is not here.
image() {
  local seen
  seen=$(engine "/images/$1/json") || return 1
  # How the step that made it was configured, the classic builder's, is left out: it has the same names as the image's own.
  printf '%s\n' "${seen/\"ContainerConfig\":*\"Config\":/\"Config\":}"
}

# img REF : the image is here.
img() { engine "/images/$1/json" >/dev/null; }

# imgid REF : the image's ID.
imgid() {
  local seen
  seen=$(engine "/images/$1/json") && pick '"Id":"([^"]*)"' "$seen" && printf '%s\n' "$PICKED"
}

# layers REF : digests of its layers, one a line, the lowest first.
layers() {
  local seen
  seen=$(engine "/images/$1/json") && pick '"Layers":\["([^]]*)"\]' "$seen" && printf '%s\n' "${PICKED//'","'/$'\n'}"
}

# image_file REF PATH : a file as it is in the image; status 1 when it is not there.
image_file() {
  local seen box status
  seen=$(engine "/images/$1/json") || return 1
  layered "$seen" "$2"
  status=$?
  [ "$status" = 2 ] || return "$status"
  # A container that is never started shows the files of its image.
  seen=$(engine /containers/create -H 'Content-Type: application/json' -d "{\"Image\":\"$1\",\"Cmd\":[\"true\"]}") || return 1
  pick '"Id":"([0-9a-f]+)"' "$seen" || return 1
  box=$PICKED
  file_of "$box" "$2"
  status=$?
  engine "/containers/$box" -X DELETE
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
