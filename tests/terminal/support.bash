# For the tests of this folder: source support.bash "$@"; then $gcp2 is the program, and the current
# folder is an empty one that goes away at the end.
set -u
gcp2=$1
here=$(mktemp -d)
pane="tmux -L gcp2-test-$$"
trap 'close_screen; cd /; rm -rf "$here"' EXIT
cd "$here" || exit 1
day=2026-02-01 # what counts as today

fail() {
  echo "FAILED: $*"
  [ -z "${screen_open:-}" ] || { echo "--- the screen:"; screen; }
  [ ! -e case.json ] || { echo "--- the file:"; cat case.json; }
  exit 1
}
skip() { echo "SKIPPED: $*"; exit 77; }

# Waits until a process has ended, whether or not anybody has asked how.
gone() {
  for _ in $(seq 1 600); do
    case $(ps -o stat= -p "$1") in '' | Z*) return ;; esac
    sleep 0.05
  done
  fail "process $1 does not end"
}

# A terminal of 80 by 24 that starts a command.
open_screen() {
  screen_open=yes
  $pane -f /dev/null new-session -d -s test -x "${columns:-80}" -y "${rows:-24}" \
    "exec env LC_ALL=C.UTF-8 HOME='$here' HISTFILE=/dev/null PS1='ready> ' bash --norc --noprofile" || fail "no tmux"
  $pane set-option -g history-limit 20000 >/dev/null
  await 'ready>'
}
# The process of the program in the terminal. Not found by its name: other tests run it too.
running() {
  local pid
  pid=$(pgrep -P "$($pane display-message -p -t test '#{pane_pid}')") || fail "nothing runs there"
  echo "$pid"
}
# Ends the terminal, and waits until what ran in it has ended too.
close_screen() {
  local server shell
  server=$($pane display-message -p -t test '#{pid}' 2>/dev/null) || return 0
  shell=$($pane display-message -p -t test '#{pane_pid}')
  $pane kill-server
  gone "$server"
  gone "$shell"
  screen_open=
}
screen() { $pane capture-pane -p -t test; }
everything() { $pane capture-pane -p -J -S - -t test; }
# The last line with anything on it.
last_line() { screen | grep -v '^ *$' | tail -1; }
# Waits until the last line begins with a text (a prompt).
await() {
  for _ in $(seq 1 600); do
    case $(last_line) in "$1"*) return ;; esac
    sleep 0.05
  done
  fail "no '$1' at the end of the screen"
}
type_keys() { $pane send-keys -t test "$@"; }
# answer PROMPT TEXT: waits for the prompt, types the text and Enter, waits until the next prompt.
answer() {
  local before end=${2: -6}
  end=${end%"${end##*[! ]}"}
  await "$1"
  if [ -n "$2" ]; then
    type_keys -l -- "$2"
    for _ in $(seq 1 600); do
      case $(last_line) in *"$end") break ;; esac
      sleep 0.02
    done
  fi
  before=$(everything | cksum)
  type_keys Enter
  # Behind a prompt the cursor is never at the start of a line; before it is written, always.
  for _ in $(seq 1 600); do
    [ "$(everything | cksum)" = "$before" ] ||
      [ "$($pane display-message -p -t test '#{cursor_x}')" = 0 ] || return 0
    sleep 0.02
  done
  fail "no answer to '$2'"
}
sees() {
  for _ in $(seq 1 200); do
    ! everything | tr -s '\n ' '  ' | grep -qF -- "$1" || return 0
    sleep 0.05
  done
  fail "not on the screen: $1"
}

# Spaces and line breaks aside.
flat() { tr -d ' \n'; }
holds() { [[ $(flat <case.json) == *"$(flat <<<"$1")"* ]]; }
has() { holds "$1" || fail "not in the file: $1"; }
has_not() { ! holds "$1" || fail "in the file: $1"; }
# A whole document that the engine reads, or one that only lacks the child's age as yet.
is_whole() {
  local found
  found=$("$gcp2" validate --format json "$1")
  case $found in
    *'"not_json"'* | *'"cut_off"'* | *'"empty_document"'* | *'"text_after_value"'*) fail "$1 is no whole document" ;;
    *gcp2/findings/1*) ;;
    *) fail "$1 cannot be read" ;;
  esac
}

# The answers of a header, a line each, up to the first leaf.
header() {
  printf '%s\n' C-0001 '' 14/03/2019 5/1/2026 23/1/2026 "${1:-1}" '' 'A. Teacher' '' '' '' '' 1 \
    mother 1 5/1/2026
}
complete() { "$gcp2" complete case.json --as-of $day "$@"; }
