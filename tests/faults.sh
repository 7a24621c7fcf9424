#!/usr/bin/env bash
# Lets the disk fail under a running import, at POINTS (40) calls of each kind, and looks for a
# lost, doubled or altered event: faults.sh [POINTS]
# The disk is faults/failing_disk.cpp: writes, syncs and preallocations, ENOSPC and EIO, once or
# from then on; and every sync of the database's manifest. After each: the import ended with 5 and a message, or it was through already and
# the call did not matter; the ledger opens and verifies, holds every acknowledged event, and the
# same import run again completes it to exactly what an undisturbed import gives.
# TALLY names the program, DISK the library, EVENTS the size of the history (3000).
set -euo pipefail
points=${1:-40}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034  # for the import's script
events=${EVENTS:-3000}
tally_binary=$(realpath "${TALLY:-build/release/tally}")
disk=$(realpath "${DISK:-build/release/tests/faults/libfailing_disk.so}")
scratch=$(mktemp -d)
scratch=$(realpath "$scratch")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

export LANG=C.UTF-8
export TALLY_TEST_CLOCK_NS=1893456000000000000
# Index rows are written again and again within a short history.
export TALLY_TEST_INDEX_RUN=500

tally() { "$tally_binary" "$@"; }
die() {
  printf 'faults: %s: %s (scratch kept: %s)\n' "${fault[*]}" "$1" "$scratch" >&2
  trap - EXIT
  exit 1
}
json_number() { sed -n "s/.*\"$1\":\\([0-9]*\\).*/\\1/p" | tail -n 1; }

# The same ground as for kill -9: prepare, reset, attempt and inspect of an import.
# shellcheck source=/dev/null
source "$here/kill9/import.sh"

# Runs the import on a disk that fails as told; leaves its exit status in `status`.
import_on() {
  status=0
  env LD_PRELOAD="$disk" FAULT_UNDER="$scratch/killed" FAULT_REPORT="$scratch/report" "$@" \
    "$tally_binary" --data killed import --acknowledge --batch 100 events.jsonl \
    >attempted 2>errors || status=$?
}

# What a failed import must say, and which failures need not fail it: preallocation is a
# wish, and once all is acknowledged and signed, which the last word says, closing only tidies
# up. How early that is hangs on how the threads group the batches.
judge() {
  local seen failed told reason='No space left on device'
  read -r seen failed told <report
  [[ ${fault[1]} != EIO ]] || reason='Input/output error'
  # Fewer calls than last time: the threads grouped the batches otherwise.
  [[ -n $failed ]] || { ((status == 0)) || die "nothing failed, but it ended with $status"; return; }
  struck=$((struck + 1))
  case $status in
    5)
      refused=$((refused + 1))
      grep -q "^error: .*$reason" errors || { cat errors >&2; die "no word of: $reason"; }
      ;;
    0)
      [[ ${fault[0]} == a || $failed != *.log && $failed != *high-water* ]] ||
        grep -q '^root' <(head -c "$told" attempted) ||
        die "call $seen, to $failed, failed and the import did not"
      [[ $(json_number acknowledged <attempted) == $(wc -l <reference.jsonl) ]] ||
        die "done, it says, without all events"
      ;;
    *) cat errors >&2; die "it ended with $status" ;;
  esac
}

fault=(before any)
prepare
struck=0 refused=0
for calls in w s a; do
  reset
  import_on FAULT_CALLS=$calls FAULT_AT=0
  read -r total _ <report
  ((total > 0)) || { fault=("$calls"); die "no such call was seen: is the library loaded?"; }
  for error in ENOSPC EIO; do
    for stays in 0 1; do
      # All calls when there are few, else evenly spread ones: with two, one amid the groups
      # and one at closing.
      ((share = points / 4, share = share < total ? share : total))
      for ((point = 1; point <= share; ++point)); do
        ((at = (2 * point - 1) * total / (2 * share) + 1))
        fault=("$calls" "$error" "at $at of $total" "stays $stays")
        reset
        import_on FAULT_CALLS=$calls FAULT_ERRNO=$error FAULT_STAYS=$stays FAULT_AT=$at
        judge
        inspect
      done
    done
  done
done
# Few points are late ones, when the import is through.
((points < 8 || refused * 8 >= struck)) || { fault=(all); die "only $refused of $struck were refused"; }
# Each sync of the manifest by itself: it names the files of index rows as they are taken in.
calls=s
reset
import_on FAULT_CALLS=$calls FAULT_FILE=MANIFEST FAULT_AT=0
read -r total _ <report
((total > 4)) || { fault=(manifest); die "it was synced $total times, so no rows were taken in"; }
for stays in 0 1; do
  for ((at = 1; at <= total; ++at)); do
    fault=("$calls" EIO "at $at of $total of the manifest" "stays $stays")
    reset
    import_on FAULT_CALLS=$calls FAULT_FILE=MANIFEST FAULT_ERRNO=EIO FAULT_STAYS=$stays FAULT_AT=$at
    judge
    inspect
  done
done
printf 'faults: %d imports met a failing disk, %d were refused, nothing lost\n' "$struck" "$refused"
