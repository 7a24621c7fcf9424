#!/usr/bin/env bash
# Inputs that must cost neither memory nor the program: big_input.sh TALLY
set -euo pipefail
tally=$(realpath "$1")
good=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/transcripts/customer.jsonl
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export LANG=C.UTF-8 LC_ALL=C.UTF-8
export TALLY_DATA=$scratch/ledger

failed=0
expect() {  # what, status, text, actual status
  if [[ $2 == "$4" ]] && grep -qF -- "$3" out; then return; fi
  printf 'big_input: %s: exit %s, wanted %s and "%s"; printed:\n' "$1" "$4" "$2" "$3" >&2
  head -c 2000 out >&2
  failed=1
}
"$tally" init >/dev/null 2>&1

# 1 GB without a line end, then a good line: refused by its length, nothing kept of it.
# The limit on memory is what shows that nothing is (sanitizers map more than any limit).
status=0
( { head -c 1G /dev/zero | tr '\0' x; echo; cat "$good"; } |
  { [[ ${BIG_INPUT_NO_LIMIT:-} ]] || ulimit -v 700000; "$tally" import --batch 1 -; } ) >out 2>&1 || status=$?
expect '1 GB line' 3 'stdin:1: got a line of 1073741824 bytes, wanted one event, at most 1048576 bytes' "$status"

# Nesting that would overflow a stack.
nested=$(printf '%*s' 100000 '' | tr ' ' '[')
status=0
printf '{"specversion":"1.0","data":%s\n' "$nested" | "$tally" import - >out 2>&1 || status=$?
expect 'deep nesting' 3 'stdin:1: ' "$status"

# An empty file, and one of empty lines only, hold nothing and are fine.
: >empty.jsonl
printf '\n  \n\r\n' >blank.jsonl
for file in empty.jsonl blank.jsonl; do
  status=0
  "$tally" import "$file" >out 2>&1 || status=$?
  expect "$file" 0 'added 0, already there 0, refused 0' "$status"
done

# A last line without an end, a byte order mark, and line ends of Windows.
{ printf '\xef\xbb\xbf'; tr -d '\n' <"$good"; printf '\r\n'; sed 's/"id":"1"/"id":"2"/' "$good" | tr -d '\n'; } >odd.jsonl
status=0
"$tally" import odd.jsonl >out 2>&1 || status=$?
expect 'odd line ends' 0 'added 2, already there 0, refused 0' "$status"

((failed == 0)) && echo 'big_input: passed'
exit "$failed"
