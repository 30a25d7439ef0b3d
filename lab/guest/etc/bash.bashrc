# System-wide settings for interactive bash.
case $- in *i*) ;; *) return ;; esac

shopt -s checkwinsize
PS1='[\u@\h \W]\$ '
# Output flows on instead of waiting for q in a pager: nmcli and systemctl would start one for lines that are too wide.
export PAGER=cat

# bash-completion is large: it is read at the first Tab, not at every start.
if [ -r /usr/share/bash-completion/bash_completion ] && ! shopt -oq posix; then
  __load_completion_now() {
    complete -r -D
    unset -f __load_completion_now
    # shellcheck source=/dev/null
    . /usr/share/bash-completion/bash_completion
    _completion_loader "$@" && return 124
  }
  complete -D -F __load_completion_now -o bashdefault -o default
fi

if [ -r /usr/lib/tadak/shell-integration.bash ]; then
  # shellcheck source=/dev/null
  . /usr/lib/tadak/shell-integration.bash
fi
