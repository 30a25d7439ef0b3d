# ~/.bashrc: read by every interactive bash.
# The prompt and the completions come from /etc/bash.bashrc; put your own settings here.
