# shell-integration.bash : tells the terminal where prompts, commands and their output begin and end (OSC 133), and the
# text of the command line (OSC 633;E). Sourced by interactive bash, 4.2 or later; works alone on any machine.
#
#   133;A prompt starts   133;B prompt ends   133;C output starts   133;D;<status> command ended   633;E;<text>
#
# Keeps $?, the user's PROMPT_COMMAND, PS0, PS1 and DEBUG trap, set -u, set -e and the width of the prompt. Silent in
# scripts, on dumb terminals, and when it is sourced twice.

case $- in *i*) ;; *) return 0 ;; esac
[ -n "${BASH_VERSION-}" ] || return 0
case ${TERM-} in '' | dumb | linux) return 0 ;; esac
[ "${__tadak_pid-}" != "$$" ] || return 0
export -n __tadak_pid 2>/dev/null || :
__tadak_pid=$$
__tadak_ran=0        # a command line was started since the last prompt
__tadak_status=0
__tadak_number=      # history number at the prompt
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
  local HISTTIMEFORMAT='' line number
  line=$(builtin history 1 2>/dev/null) || return 0
  [[ $line =~ ^[[:space:]]*([0-9]+)\*?[[:space:]][[:space:]](.*)$ ]] || [[ $line =~ ^[[:space:]]*([0-9]+)\*?[[:space:]](.*)$ ]] || return 0
  number=${BASH_REMATCH[1]}
  line=${line#*"$number"}
  line=${line#\*}
  line=${line# }
  line=${line# }
  if [ "$number" = "${__tadak_number-}" ]; then
    # No new entry: the same line again, or one that history was told to leave out.
    case ${HISTCONTROL-} in *ignorespace* | *ignoreboth*) return 0 ;; esac
    [ -z "${HISTIGNORE-}" ] || return 0
  fi
  [ -z "$line" ] || printf '\033]633;E;%s\007' "$(__tadak_escape "${line:0:4096}")"
}

# First of the prompt commands: keeps the status before anybody changes it.
__tadak_begin() {
  __tadak_status=$?
  case $- in *e*) return 0 ;; esac
  return "$__tadak_status"
}

# Last of the prompt commands: closes the command, and dresses PS1 and PS0 again if something undressed them.
__tadak_prompt() {
  { [ "${__tadak_modern-0}" = 0 ] || { local - && set +x; }; } 2>/dev/null
  if [ "${__tadak_ran-0}" = 1 ]; then printf '\033]133;D;%s\007' "${__tadak_status-0}" >&2; fi
  __tadak_ran=0
  __tadak_ready=1
  case ${PS1-} in
    *'133;A'*) ;;
    *) PS1='\[\e]133;A\a\]'"${PS1-}"'\[\e]133;B\a\]' ;;
  esac
  [ "${__tadak_modern-0}" = 1 ] || return 0
  __tadak_number='\!'
  __tadak_number=$((${__tadak_number@P} - 1))
  case ${PS0-} in
    *'133;C'*) ;;
    # The first part notes, without a process, that a line was started; it expands to nothing.
    *) PS0='${PS1:$((__tadak_ran=1,0)):0}$(__tadak_command)\e]133;C\a'"${PS0-}" ;;
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
    PROMPT_COMMAND=("${PROMPT_COMMAND[@]-}" __tadak_begin __tadak_prompt)
  else
    PROMPT_COMMAND="__tadak_begin${joined:+$'\n'$joined}"$'\n'__tadak_prompt
  fi
  [ "$__tadak_modern" = 1 ] || [ -n "$(trap -p DEBUG)" ] || trap '__tadak_debug' DEBUG
}

__tadak_install
unset -f __tadak_install
