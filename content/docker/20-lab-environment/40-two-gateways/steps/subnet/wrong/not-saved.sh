#!/bin/bash
# By hand, for now only.
ip addr add %{host-only-vm}/24 dev ens34
