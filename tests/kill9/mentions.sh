# shellcheck shell=bash disable=SC2154  # events, round and die are those of kill9.sh
# The map of mentions, killed while it is made or continued: an older one still answers, and the
# next run signs what the entries lead to.

prepare() {
  tally generate --events "$events" --seed 9 >events.jsonl
  tally --data ledger init --origin ledger.example/kill9 >key 2>/dev/null
  lines=$(wc -l <events.jsonl)
  written=$((lines / 2))
  head -n "$written" events.jsonl | tally --data ledger import - >/dev/null
  id=$(sed -n 's/.*"vin":"\([A-Z0-9]*\)".*/\1/p' events.jsonl | sed -n 1p)
}

# Every third round the map is made from nothing, so that there is more to interrupt.
reset() {
  if [[ $round == *[0369] ]]; then rm -rf ledger/cache; fi
  written=$((written + lines / 100 < lines ? written + lines / 100 : lines))
  head -n "$written" events.jsonl | tally --data ledger import - >/dev/null 2>&1
}

attempt() { tally --data ledger checkpoint --mentions; }

# What is signed is right, and every event of the car is in the proof.
inspect() {
  ! grep -q '^error' errors || { cat errors >&2; die "the map cannot be made"; }
  if [[ -e ledger/mentions ]]; then
    tally --data ledger verify >verified 2>&1 || { cat verified >&2; die "a false map is signed"; }
    tally --data ledger prove --subject "vehicle/$id" 2>errors >proof ||
      { cat errors >&2; die "nothing can be proven"; }
    tally check proof --vkey "$(<key)" >checked 2>&1 || { cat checked >&2; die "a false proof"; }
  fi
  tally --data ledger checkpoint --mentions >note 2>errors ||
    { cat errors >&2; die "the next run fails"; }
  [[ $(sed -n 3p note) == "$written" ]] || die "the next run signs too little"
  tally --data ledger prove --subject "vehicle/$id" 2>/dev/null >proof
  [[ $(sed -n 's/^count //p' proof) == "$(head -n "$written" events.jsonl | grep -c "\"$id\"")" ]] ||
    die "the proof does not have every event of $id"
}
