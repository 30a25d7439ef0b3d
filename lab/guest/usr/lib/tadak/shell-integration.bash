# shell-integration.bash : tells the terminal where prompts, commands and their output begin and end (OSC 133), and the
# text of the command line (OSC 633;E). Sourced by interactive bash, 4.2 or later; works alone on any machine.
#
#   133;A prompt starts   133;B prompt ends   133;C output starts   133;D;<status> command ended   633;E;<text>
#
# Keeps $?, the user's PROMPT_COMMAND, PS0, PS1 and DEBUG trap, set -u, set -e and the width of the prompt. Silent in
# scripts, on dumb terminals, and when it is sourced twice.
# shellcheck shell=bash disable=SC1003,SC2016,SC2178,SC2128

case $- in *i*) ;; *) return 0 ;; esac
[ -n "${BASH_VERSION-}" ] || return 0
case ${TERM-} in '' | dumb | linux) return 0 ;; esac
[ "${__tadak_pid-}" != "$$" ] || return 0
export -n __tadak_pid 2>/dev/null || :
__tadak_pid=$$
__tadak_ran=0        # a command line was started since the last prompt
__tadak_ready=0      # a prompt is shown and no command has started yet
__tadak_number=0     # number in the history that the next line gets
__tadak_ps1='' __tadak_ps1_bare='' __tadak_ps0='' __tadak_ps0_bare=''
__tadak_modern=0
if [ "${BASH_VERSINFO[0]}" -gt 4 ] || { [ "${BASH_VERSINFO[0]}" -eq 4 ] && [ "${BASH_VERSINFO[1]}" -ge 4 ]; }; then
  __tadak_modern=1
fi

# Escapes $1 for OSC 633;E as Visual Studio Code does: backslash, semicolon and control characters as \xHH.
__tadak_escape() {
  local LC_ALL=C text=$1 out='' char i
  if [[ $text != *[\\\;[:cntrl:]]* ]]; then
    printf '%s' "$text"
    return 0
  fi
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in
      \\) out+='\\' ;;
      \; | [[:cntrl:]]) printf -v char '\\x%02x' "'$char"; out+=$char ;;
      *) out+=$char ;;
    esac
  done
  printf '%s' "$out"
}

# Prints the sequence that names the command line just read. Says nothing when history cannot know it.
__tadak_command() {
  { [ "${__tadak_modern-0}" = 0 ] || { local - && set +x; }; } 2>/dev/null
  local HISTTIMEFORMAT='' line number
  line=$(builtin history 1 2>/dev/null) || return 0
  [[ $line =~ ^[[:space:]]*([0-9]+) ]] || return 0
  number=${BASH_REMATCH[1]}
  line=${line#*"$number"}
  line=${line#[ *]}
  line=${line# }
  if [ "$number" -lt "${__tadak_number:-0}" ]; then
    # No new entry: the same line again, or one that history was told to leave out.
    case ${HISTCONTROL-} in *ignorespace* | *ignoreboth*) return 0 ;; esac
    [ -z "${HISTIGNORE-}" ] || return 0
  fi
  [ -z "$line" ] || printf '\033]633;E;%s\007' "$(__tadak_escape "${line:0:4096}")"
}

# Reports the end of the command that ran since the last prompt, once.
__tadak_close() {
  if [ "${__tadak_ran-0}" = 1 ]; then printf '\033]133;D;%s\007' "$1" >&2; fi
  __tadak_ran=0
}

# First of the prompt commands: closes the command before the user's own prompt commands print or change anything.
__tadak_begin() {
  local status=$?
  { [ "${__tadak_modern-0}" = 0 ] || { local - && set +x; }; } 2>/dev/null
  __tadak_close "$status"
  __tadak_ready=0
  case $- in *e*) return 0 ;; esac
  return "$status"
}

# Last of the prompt commands: dresses PS1 and PS0, again if something undressed them.
__tadak_prompt() {
  local status=$? note=''
  { [ "${__tadak_modern-0}" = 0 ] || { local - && set +x; }; } 2>/dev/null
  __tadak_close "$status"
  # These expansions run without a process and leave no text: the number that the next line gets, and that a line ran.
  if shopt -q promptvars; then note='${PS1:$((__tadak_number=\!,__tadak_ready=1,0)):0}'; fi
  if [ "${PS1-}" = "${__tadak_ps1-}" ]; then PS1=$__tadak_ps1_bare; fi
  case ${PS1-} in
    *'133;A'*) ;;
    *)
      __tadak_ps1_bare=${PS1-}
      PS1='\['$note'\e]133;A\a\]'"${PS1-}"'\[\e]133;B\a\]'
      __tadak_ps1=$PS1
      ;;
  esac
  [ "${__tadak_modern-0}" = 1 ] || return 0
  if [ -n "$note" ]; then note='${PS1:$((__tadak_ran=1,0)):0}$(__tadak_command)'; fi
  if [ "${PS0-}" = "${__tadak_ps0-}" ]; then PS0=${__tadak_ps0_bare-}; fi
  case ${PS0-} in
    *'133;C'*) ;;
    *)
      __tadak_ps0_bare=${PS0-}
      PS0=$note'\e]133;C\a'"${PS0-}"
      __tadak_ps0=$PS0
      ;;
  esac
}

# Before 4.4 there is no PS0: a DEBUG trap sees the first command of each line, if the user has no trap of their own.
__tadak_debug() {
  [ "${__tadak_ready-0}" = 1 ] && [ -z "${COMP_LINE-}" ] || return 0
  case $BASH_COMMAND in __tadak_*) return 0 ;; esac
  __tadak_ready=0
  __tadak_ran=1
  { __tadak_command; printf '\033]133;C\007'; } >&2
}

__tadak_install() {
  local joined
  joined="${PROMPT_COMMAND[*]-}"
  case $joined in *__tadak_prompt*) return 0 ;; esac
  if [ "${BASH_VERSINFO[0]}" -gt 5 ] || { [ "${BASH_VERSINFO[0]}" -eq 5 ] && [ "${BASH_VERSINFO[1]}" -ge 1 ]; }; then
    # An array since 5.1: PROMPT_COMMAND=... later replaces element 0 only, and ours stay.
    PROMPT_COMMAND=(__tadak_begin "${PROMPT_COMMAND[@]-}" __tadak_prompt)
  else
    PROMPT_COMMAND="__tadak_begin${joined:+$'\n'$joined}"$'\n'__tadak_prompt
  fi
  [ "$__tadak_modern" = 1 ] || [ -n "$(trap -p DEBUG)" ] || trap '__tadak_debug' DEBUG
}

__tadak_install
unset -f __tadak_install
