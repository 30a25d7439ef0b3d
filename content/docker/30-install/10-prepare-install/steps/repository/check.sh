#!/bin/bash
need dnf awk
shopt -s nullglob
files=(/etc/yum.repos.d/*.repo)
overrides=(/etc/dnf/repos.override.d/*.repo)

# sections : the ids of all repositories.
sections() { sed -n 's/^\[\(.*\)\][[:space:]]*$/\1/p' "${files[@]}" /dev/null; }

# setting KEY : what the files say for docker-ce-stable; the last one counts.
setting() {
  awk -v key="$1" '
    /^\[/ { here = /^\[docker-ce-stable\]/; next }
    here && match($0, /^[a-z_]+[ \t]*=[ \t]*/) {
      name = substr($0, 1, RLENGTH); sub(/[ \t]*=.*/, "", name)
      if (name == key) value = substr($0, RLENGTH + 1)
    }
    END { sub(/[ \t\r]+$/, "", value); print tolower(value) }' "${files[@]}" "${overrides[@]}" /dev/null
}

is_no() { case $1 in 0 | no | false | off) return 0 ;; esac; return 1; }

sections | grep -qx docker-ce-stable || fail no-file '[docker-ce-stable]' "$(sections | sort)"
enabled=$(setting enabled)
if is_no "$enabled"; then fail not-enabled enabled=1 "enabled=$enabled"; fi
gpgcheck=$(setting gpgcheck)
: "${gpgcheck:=$(sed -n 's/^gpgcheck[[:space:]]*=[[:space:]]*//p' /etc/dnf/dnf.conf 2>/dev/null | tail -n 1)}"
if is_no "${gpgcheck:-0}"; then fail no-gpgcheck gpgcheck=1 "gpgcheck=${gpgcheck:-0}"; fi
baseurl=$(setting baseurl)
# On the way through this machine alone nobody can change anything.
case $baseurl in
'' | https://* | file:/* | http://localhost[:/]* | http://127.0.0.1[:/]*) exit 0 ;;
esac
fail plain-http https://… "$baseurl"
