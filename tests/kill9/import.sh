# shellcheck shell=bash disable=SC2154  # events, die and json_number are those of kill9.sh
# An import, killed: the ledger opens and verifies, holds every acknowledged event, and the
# same import run again completes it to exactly what an undisturbed import gives.

prepare() {
  tally generate --events "$events" --seed 9 >events.jsonl
  tally --data reference init --origin ledger.example/kill9 >/dev/null 2>&1
  tally --data reference import --json --batch 100 events.jsonl >reference.json
  tally --data reference export >reference.jsonl
  [[ $(wc -l <reference.jsonl) -ge $events ]] || die "the reference holds too few events"
}

reset() {
  rm -rf killed
  tally --data killed init --origin ledger.example/kill9 >/dev/null 2>&1
}

attempt() { tally --data killed import --acknowledge --batch 100 events.jsonl; }

inspect() {
  local acknowledged held
  # A kill in the middle of a line leaves a piece of one, which acknowledges nothing.
  acknowledged=$(grep '}$' attempted | json_number acknowledged || true)
  acknowledged=${acknowledged:-0}
  tally --data killed verify >verified 2>&1 || { cat verified >&2; die "verify fails"; }
  tally --data killed export >survived.jsonl 2>errors || { cat errors >&2; die "export fails"; }
  held=$(wc -l <survived.jsonl)
  ((held >= acknowledged)) || die "$acknowledged events were acknowledged, $held are there"
  ((held % 100 == 0 || held == $(wc -l <reference.jsonl))) || die "$held events: half a batch is there"
  head -n "$held" reference.jsonl | cmp -s - survived.jsonl || die "what survived is not what was sent"

  tally --data killed import --json --batch 100 events.jsonl >again.json || die "importing again fails"
  tally --data killed export | cmp -s - reference.jsonl || die "the completed log differs"
  [[ $(sed 's/.*"root"//' again.json) == $(sed 's/.*"root"//' reference.json) ]] ||
    die "the completed log has another root"
}
