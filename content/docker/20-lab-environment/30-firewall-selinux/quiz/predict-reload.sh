#!/bin/bash
# The open ports as `firewall-cmd --list-ports` prints them; as long as 9090 is among them, the files have not been read again.
ports=$(busctl --system call org.fedoraproject.FirewallD1 /org/fedoraproject/FirewallD1 org.fedoraproject.FirewallD1.zone \
  getPorts s '' 2>/dev/null | awk -F '"' '{ for (i = 2; i < NF; i += 4) printf "%s%s/%s", (i > 2 ? " " : ""), $i, $(i + 2) }')
case " $ports " in
*' 9090/tcp '*) exit 1 ;;
*' 8080/tcp '*) printf '%s\n' "$ports" ;;
*) exit 1 ;;
esac
