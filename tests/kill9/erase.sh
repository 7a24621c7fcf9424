# shellcheck shell=bash disable=SC2154  # events, round and die are those of kill9.sh
# An erasure, killed: the person is there as before or erased, the others are as before, and the
# same erasure again completes it.

prepare() {
  export TALLY_VAULT_KEY_FILE=$PWD/vault.key
  tally generate --events "$events" --seed 9 >events.jsonl
  printf '%s%s\n' '{"specversion":"1.0","id":"1","source":"dms/D001","type":"customer.registered",' \
    '"subject":"customer/P1","time":"2017-03-01T09:00:00+08:00","data":{"customer":"P1","name":"Zhang-San","class":"taxi","phone":"13800138000"}}' \
    >person.jsonl
  sed 's/P1/P2/g;s/"id":"1"/"id":"2"/;s/Zhang-San/Li-Si/' person.jsonl >other.jsonl
  tally --data first init --vault --origin ledger.example/kill9 >/dev/null 2>&1
  tally --data first import events.jsonl person.jsonl other.jsonl >/dev/null
  tally --data first balances --json >balances.json
}

reset() {
  rm -rf killed killed-vault
  cp -r first killed
  cp -r first-vault killed-vault
}

attempt() { tally --data killed erase customer/P1 --reason "kill9"; }

of_customer() { tally --data killed log --subject "customer/$1" 2>errors || { cat errors >&2; die "log fails"; }; }

inspect() {
  local state
  tally --data killed erase --list --customer P1 --json >list.json 2>errors ||
    { cat errors >&2; die "the list fails"; }
  state=$(sed 's/.*"state":"\([a-z_]*\)".*/\1/' list.json)
  case $state in
    sealed) of_customer P1 | grep Zhang-San >found || die "the person is neither there nor erased" ;;
    erased | not_recorded) of_customer P1 | grep Zhang-San >found && die "the person is erased and shown" ;;
    *) die "the state is $state" ;;
  esac
  of_customer P2 | grep Li-Si >found || die "somebody else is gone"

  attempt >again 2>errors || { cat errors >&2; die "the same erasure again fails"; }
  of_customer P1 | grep Zhang-San >found && die "the person is shown after the erasure"
  of_customer P2 | grep Li-Si >found || die "somebody else is gone after the erasure"
  [[ $(tally --data killed log --type person.erased | wc -l) == 1 ]] || die "it is not recorded once"
  tally --data killed verify >verified 2>&1 || { cat verified >&2; die "verify fails"; }
  tally --data killed balances --json | cmp -s - balances.json || die "an amount changed"
  [[ $(find killed-vault -mindepth 1 -maxdepth 1 | wc -l) == 2 ]] || die "an old generation is left"
  ! grep -rqE 'Zhang-San|13800138000' killed killed-vault || die "a file holds the person"
}
