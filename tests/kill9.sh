#!/usr/bin/env bash
# Kills a running import with SIGKILL at random moments, ROUNDS times (50), and looks for a
# lost, doubled or altered event: kill9.sh [ROUNDS]
# After each kill: the ledger opens and verifies, holds every acknowledged event, and the
# same import run again completes it to exactly what an undisturbed import gives.
# TALLY names the program, EVENTS the size of the history (20000), SEED the moments.
set -euo pipefail
rounds=${1:-50}
events=${EVENTS:-20000}
RANDOM=${SEED:-$$}
tally=$(realpath "${TALLY:-build/release/tally}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

export LANG=C.UTF-8
# One clock for all imports, so that the entries of two ledgers are equal byte for byte.
export TALLY_TEST_CLOCK_NS=1893456000000000000

die() {
  printf 'kill9: round %s: %s (scratch kept: %s)\n' "$round" "$1" "$scratch" >&2
  trap - EXIT
  exit 1
}
json_number() { sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p" | tail -n 1; }
milliseconds() { date +%s%3N; }

round=reference
"$tally" generate --events "$events" --seed 9 >events.jsonl
"$tally" --data reference init --origin ledger.example/kill9 >/dev/null 2>&1
began=$(milliseconds)
"$tally" --data reference import --json --batch 100 events.jsonl >reference.json
lasts=$(($(milliseconds) - began))
"$tally" --data reference export >reference.jsonl
[[ $(wc -l <reference.jsonl) -ge $events ]] || die "the reference holds too few events"

interrupted=0
for ((round = 1; round <= rounds; ++round)); do
  rm -rf killed
  "$tally" --data killed init --origin ledger.example/kill9 >/dev/null 2>&1
  "$tally" --data killed import --acknowledge --batch 100 events.jsonl >acknowledged 2>errors &
  victim=$!
  delay=$((RANDOM * lasts * 8 / 327680))
  sleep "$((delay / 1000)).$(printf '%03d' $((delay % 1000)))"
  kill -9 "$victim" 2>/dev/null || true
  if ! wait "$victim" 2>/dev/null; then interrupted=$((interrupted + 1)); fi

  # A kill in the middle of a line leaves a piece of one, which acknowledges nothing.
  acknowledged=$(grep '}$' acknowledged | json_number acknowledged || true)
  acknowledged=${acknowledged:-0}
  "$tally" --data killed verify >verified 2>&1 || { cat verified >&2; die "verify fails"; }
  "$tally" --data killed export >survived.jsonl 2>errors || { cat errors >&2; die "export fails"; }
  held=$(wc -l <survived.jsonl)
  ((held >= acknowledged)) || die "$acknowledged events were acknowledged, $held are there"
  ((held % 100 == 0 || held == $(wc -l <reference.jsonl))) || die "$held events: half a batch is there"
  head -n "$held" reference.jsonl | cmp -s - survived.jsonl || die "what survived is not what was sent"

  "$tally" --data killed import --json --batch 100 events.jsonl >again.json || die "importing again fails"
  "$tally" --data killed export | cmp -s - reference.jsonl || die "the completed log differs"
  [[ $(sed 's/.*"root"//' again.json) == $(sed 's/.*"root"//' reference.json) ]] ||
    die "the completed log has another root"
  [[ ! -t 2 ]] || printf '\rkill9: %d/%d' "$round" "$rounds" >&2
done
[[ ! -t 2 ]] || printf '\r' >&2
# Rounds in which the import was over already prove nothing.
((rounds < 10 || interrupted * 3 >= rounds)) || { round=all; die "only $interrupted imports were caught running"; }
printf 'kill9: %d rounds passed, %d imports caught running, 0 events lost\n' "$rounds" "$interrupted"
