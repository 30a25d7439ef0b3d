#!/bin/bash
need ssh sshd
entry=$(getent passwd dev) || fail no-user
home=$(cut -d: -f6 <<<"$entry")
groups=" $(id -nG dev) "
case $groups in *' wheel '* | *' sudo '*) ;; *) fail no-wheel wheel "$groups" ;; esac

keys=$home/.ssh/authorized_keys
[ -s "$keys" ] || fail no-key "$keys"
for path in "$home/.ssh" "$keys"; do
  read -r mode owner < <(stat -c '%a %U' "$path")
  [ "$owner" = dev ] || fail owner dev "$owner ($path)"
  # sshd's own rule: writable by nobody but the owner.
  (((8#$mode & 8#22) == 0)) || fail mode "$([ -d "$path" ] && echo 700 || echo 600)" "$mode ($path)"
done

settings=$(sshd -T 2>/dev/null) || fail sshd-config
root=$(awk 'tolower($1) == "permitrootlogin" { print $2; exit }' <<<"$settings")
[ "$root" != yes ] || fail root-login prohibit-password yes

ssh -o BatchMode=yes -o PasswordAuthentication=no -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
  -o ConnectTimeout=5 dev@%{vm} true </dev/null >/dev/null 2>&1 || fail login
exit 0
