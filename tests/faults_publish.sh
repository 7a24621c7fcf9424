#!/usr/bin/env bash
# Lets the disk fail under `tally publish`, at each write and each sync in turn, by EIO once or by
# ENOSPC from then on: the run ends with 5 and a message, the folder still shows a checkpoint
# with all its tiles, and the next run completes it to what an undisturbed one gives.
# TALLY names the program, DISK the library of faults/failing_disk.cpp.
set -euo pipefail
tally=$(realpath "${TALLY:-build/release/tally}")
disk=$(realpath "${DISK:-build/release/tests/faults/libfailing_disk.so}")
scratch=$(mktemp -d)
scratch=$(realpath "$scratch")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export LANG=C.UTF-8

die() {
  printf 'faults_publish: %s: %s (scratch kept: %s)\n' "${fault[*]}" "$1" "$scratch" >&2
  trap - EXIT
  exit 1
}
fault=(before any)
"$tally" init --origin ledger.example/faults >key 2>/dev/null
"$tally" generate --events 900 --seed 9 >events.jsonl
head -n 300 events.jsonl | "$tally" import - >/dev/null
"$tally" publish before >/dev/null
"$tally" import events.jsonl >/dev/null
cp -r before after
"$tally" publish after >/dev/null

publish_on() {
  rm -rf pub
  cp -r before pub
  status=0
  env LD_PRELOAD="$disk" FAULT_UNDER="$scratch/pub" FAULT_REPORT="$scratch/report" "$@" \
    "$tally" publish pub >printed 2>errors || status=$?
}

struck=0
for calls in w s; do
  publish_on FAULT_CALLS=$calls FAULT_AT=0
  read -r total _ <report
  ((total > 0)) || { fault=("$calls"); die "no such call was seen: is the library loaded?"; }
  for error in ENOSPC EIO; do
    reason='No space left on device' stays=1
    [[ $error != EIO ]] || reason='Input/output error' stays=0
    for ((point = 1; point <= total; ++point)); do
      fault=("$calls" "$error" "at $point of $total" "stays $stays")
      publish_on FAULT_CALLS=$calls FAULT_ERRNO=$error FAULT_STAYS=$stays FAULT_AT=$point
      struck=$((struck + 1))
      if ((status == 0)); then
        # Setting the disk to work early is a wish; every other call has to succeed.
        [[ $calls$stays == s0 ]] || die "it ended with 0"
        diff -r after pub >/dev/null || die "it ended with 0 and published something else"
        continue
      fi
      ((status == 5)) || { cat errors >&2; die "it ended with $status"; }
      grep -q "^error: .*$reason" errors || { cat errors >&2; die "no word of: $reason"; }
      "$tally" verify --tiles pub --vkey "$(<key)" --checkpoint before/checkpoint >verified 2>&1 ||
        { cat verified >&2; die "a checkpoint without its tiles"; }
      "$tally" publish pub >/dev/null || die "the next run fails"
      # What an interrupted run leaves beside the places of its files is nobody's.
      find pub -name '*.new' -delete
      cmp -s after/checkpoint pub/checkpoint || die "the next run does not complete it"
      while read -r file; do
        cmp -s "after/$file" "pub/$file" || die "$file is not what it should be"
      done < <(cd after && find . -type f)
    done
  done
done
printf 'faults: %d publications met a failing disk, no checkpoint without its tiles\n' "$struck"
