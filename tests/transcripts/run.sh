#!/usr/bin/env bash
# Runs transcripts: run.sh TALLY FILE.test…
# A transcript is a list of commands, each with all that it must print and its exit status:
#
#   What this part shows.
#   $ tally init --data d
#   > --origin ledger.example/x
#   d: a line of what it prints, both streams together
#   exit 0
#
# Lines before a `$` are prose. `> ` continues a command. In what is expected, <hash> stands
# for 64 hex digits, <key> for a verifier key, <*> for anything. Commands run in one bash per
# transcript, in an empty folder, with $scenarios and the functions below at hand.
set -uo pipefail
[[ $# -ge 2 ]] || { echo "usage: run.sh TALLY FILE.test..." >&2; exit 2; }
tally_binary=$(realpath -e "$1") || exit 2
shift
mapfile -t transcripts < <(realpath -e "$@")
[[ ${#transcripts[@]} == "$#" ]] || exit 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

export LC_ALL=C.UTF-8 LANG=C.UTF-8
export TALLY_TEST_CLOCK_NS=1893456000000000000  # 2030-01-01, so that whole ledgers compare
export scenarios=$here/../scenarios
unset TALLY_DATA

tally() { "$tally_binary" "$@"; }
# A registration of a customer, id 1, with `$1` (a sed script) applied.
customer() { sed "${1:-}" "$here/customer.jsonl"; }
export -f customer
export here

# expected line → regular expression
pattern() {
  local text
  text=$(sed -e 's/[][\\.*^$+?(){}|]/\\&/g' <<<"$1")
  text=${text//<\\\*>/.*}
  text=${text//<hash>/[0-9a-f]\{64\}}
  text=${text//<key>/[^ ]+\\+[0-9a-f]\{8\}\\+[A-Za-z0-9+\/=]+}
  printf '^%s$' "$text"
}

same() {  # expected file, actual file
  local want got n=0 limit
  limit=$(($(wc -l <"$1") > $(wc -l <"$2") ? $(wc -l <"$1") : $(wc -l <"$2")))
  exec 8<"$1" 9<"$2"
  while ((n < limit)); do
    ((n += 1))
    want='' got=''
    IFS= read -r want <&8 || { exec 8<&- 9<&-; return 1; }
    IFS= read -r got <&9 || { exec 8<&- 9<&-; return 1; }
    [[ $want == "$got" ]] && continue
    [[ $want == *'<'*'>'* && $got =~ $(pattern "$want") ]] || { exec 8<&- 9<&-; return 1; }
  done
  exec 8<&- 9<&-
}

failed=0 passed=0
run_block() {  # uses file line command expected status
  local status=0
  eval "$command" >"$scratch/actual" 2>&1 </dev/null || status=$?
  # A last line without an end still compares.
  [[ ! -s $scratch/actual || -z $(tail -c 1 "$scratch/actual") ]] || echo >>"$scratch/actual"
  if [[ $status == "$wanted" ]] && same "$scratch/expected" "$scratch/actual"; then
    passed=$((passed + 1))
    return
  fi
  failed=$((failed + 1))
  printf '%s:%s: $ %s\n' "$file" "$line" "$command"
  [[ $status == "$wanted" ]] || printf '  exit %s, wanted %s\n' "$status" "$wanted"
  diff -u --label expected --label printed "$scratch/expected" "$scratch/actual" | sed 's/^/  /'
}

for file in "${transcripts[@]}"; do
  folder=$scratch/$(basename "$file" .test)
  mkdir -p "$folder"
  cd "$folder" || exit 2
  command='' line=0 number=0
  : >"$scratch/expected"
  while IFS= read -r text || [[ -n $text ]]; do
    number=$((number + 1))
    if [[ -z $command ]]; then
      if [[ $text == '$ '* ]]; then command=${text#'$ '} line=$number; fi
    elif [[ $text == '> '* && ! -s $scratch/expected ]]; then
      command+=$'\n'${text#'> '}
    elif [[ $text =~ ^exit\ ([0-9]+)$ ]]; then
      wanted=${BASH_REMATCH[1]}
      run_block
      command=''
      : >"$scratch/expected"
    else
      printf '%s\n' "$text" >>"$scratch/expected"
    fi
  done <"$file"
  [[ -z $command ]] || { echo "$file:$line: no exit line" >&2; failed=$((failed + 1)); }
  cd "$scratch" || exit 2
done
((passed > 0)) || { echo "no command was run" >&2; failed=$((failed + 1)); }
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
