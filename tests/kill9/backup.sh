# shellcheck shell=bash disable=SC2154  # events, die and json_number are those of kill9.sh
# A backup, killed: the ledger is untouched, the backups from before can be restored, nothing
# is listed that cannot, and the next backup is whole.

prepare() {
  tally generate --events "$events" --seed 9 >events.jsonl
  tally --data ledger init --origin ledger.example/kill9 >/dev/null 2>&1
  head -n $((events / 2)) events.jsonl | tally --data ledger import --json - >first.json
  tally --data ledger backup first >/dev/null 2>&1
  tally --data ledger import --json events.jsonl >second.json
}

reset() {
  rm -rf backups
  cp -r first backups
}

attempt() { tally --data ledger backup backups; }

# Restores backup $1 and compares the root with what was imported, $2.
restores_to() {
  rm -rf restored
  tally --data restored restore backups --backup "$1" --json >restored.json 2>errors ||
    { cat errors >&2; die "backup $1 cannot be restored"; }
  [[ $(root_in restored.json) == $(root_in "$2") ]] || die "backup $1 is another log"
}
root_in() { sed 's/.*"root":"\([0-9a-f]*\)".*/\1/' "$1"; }

inspect() {
  local newest
  tally --data ledger verify >verified 2>&1 || { cat verified >&2; die "verify fails"; }
  tally backup backups --list --json >list.json 2>errors || { cat errors >&2; die "the list fails"; }
  newest=$(json_number backup <list.json)
  restores_to 1 first.json
  ((newest == 1)) || restores_to "$newest" second.json
  tally --data ledger backup backups --check --json >again.json 2>errors ||
    { cat errors >&2; die "the next backup fails"; }
  restores_to "$(json_number backup <again.json)" second.json
}
