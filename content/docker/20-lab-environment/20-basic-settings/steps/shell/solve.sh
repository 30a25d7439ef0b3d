#!/bin/bash
whoami
echo "PID $$ SHLVL $SHLVL"
bash -c 'whoami; echo "PID $$ SHLVL $SHLVL"; exec bash -c "whoami; echo \"PID \$\$ SHLVL \$SHLVL\""'
