#!/usr/bin/env bash
# Kills a running command with SIGKILL at random moments, ROUNDS times (50), and looks for what
# that must not do: kill9.sh [ROUNDS] [SUBJECT…]
# A subject is a script in kill9/, import unless others are named. It has four functions, which
# run in an empty folder of their own with `tally` at hand:
#   prepare   makes what all rounds need
#   reset     puts in place what one round needs
#   attempt   is the command, undisturbed once to see how long it lasts, then killed
#   inspect   says `die REASON` when what the kill left is not as it must be
# TALLY names the program, EVENTS the size of the history (20000), SEED the moments.
set -euo pipefail
rounds=${1:-50}
shift || true
(($#)) || set -- import
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034  # for the subjects
events=${EVENTS:-20000}
RANDOM=${SEED:-$$}
tally_binary=$(realpath "${TALLY:-build/release/tally}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

export LANG=C.UTF-8
# One clock for all imports, so that the entries of two ledgers are equal byte for byte.
export TALLY_TEST_CLOCK_NS=1893456000000000000
# Index rows are written again and again within a short history.
export TALLY_TEST_INDEX_RUN=1000

tally() { "$tally_binary" "$@"; }
die() {
  printf 'kill9: %s, round %s: %s (scratch kept: %s)\n' "$subject" "$round" "$1" "$scratch" >&2
  trap - EXIT
  exit 1
}
# The last number of that key in the JSON on standard input.
json_number() { sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p" | tail -n 1; }
milliseconds() { date +%s%3N; }
# A random moment of a command that lasts so many milliseconds, as `sleep` takes it.
moment() {
  local delay=$((RANDOM * $1 * 8 / 327680))
  printf '%d.%03d' $((delay / 1000)) $((delay % 1000))
}

for subject in "$@"; do
  # shellcheck source=/dev/null
  source "$here/kill9/$subject.sh"
  mkdir "$scratch/$subject"
  cd "$scratch/$subject"
  round=undisturbed
  prepare
  reset
  began=$(milliseconds)
  attempt >attempted 2>errors || { cat errors >&2; die "it fails"; }
  undisturbed=$(($(milliseconds) - began))
  lasts=$undisturbed
  inspect

  interrupted=0
  for ((round = 1; round <= rounds; ++round)); do
    reset
    # A kill may come before the command's shell opens these: the last round must not be in them.
    : >attempted 2>errors
    # A shell of its own would take the kill in the command's place.
    tally() { exec "$tally_binary" "$@"; }
    attempt >attempted 2>errors &
    victim=$!
    tally() { "$tally_binary" "$@"; }
    sleep "$(moment "$lasts")"
    kill -9 "$victim" 2>/dev/null || true
    if ! wait "$victim" 2>/dev/null; then
      interrupted=$((interrupted + 1))
    elif ((lasts * 2 > undisturbed)); then
      lasts=$((lasts * 3 / 4 + 1))  # the machine was slower then
    fi
    inspect
    [[ ! -t 2 ]] || printf '\rkill9: %s %d/%d' "$subject" "$round" "$rounds" >&2
  done
  [[ ! -t 2 ]] || printf '\r' >&2
  # Rounds in which the command was over already prove nothing.
  ((rounds < 10 || interrupted * 3 >= rounds)) ||
    { round=all; die "only $interrupted were caught running"; }
  printf 'kill9: %s: %d rounds passed, %d caught running, nothing lost\n' \
    "$subject" "$rounds" "$interrupted"
done
