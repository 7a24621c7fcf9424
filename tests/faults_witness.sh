#!/usr/bin/env bash
# Lets the disk fail under a running witness, at each write and each sync in turn, by EIO or ENOSPC,
# once or from then on, while two histories of one log ask for signatures at the same size. No
# signature goes out that was not kept; one root at most is ever signed, also after a restart.
# TALLY names the program, DISK the library of faults/failing_disk.cpp.
set -euo pipefail
tally=$(realpath "${TALLY:-build/release/tally}")
disk=$(realpath "${DISK:-build/release/tests/faults/libfailing_disk.so}")
scratch=$(mktemp -d)
scratch=$(realpath "$scratch")
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export LANG=C.UTF-8

fault=(before any)
die() {
  printf 'faults_witness: %s: %s (scratch kept: %s)\n' "${fault[*]}" "$1" "$scratch" >&2
  [[ -z ${running-} ]] || kill "$running" 2>/dev/null || true
  trap - EXIT
  exit 1
}

# start [NAME=VALUE…]: a witness over ./w, with these settings; sets $running and $port.
start() {
  : >said
  env "$@" "$tally" witness --data w --listen 127.0.0.1:0 >said 2>journal &
  running=$!
  for ((wait = 0; wait < 600; ++wait)); do
    port=$(sed -n 's|.* http://127\.0\.0\.1:\([0-9]*\) .*|\1|p' said)
    [[ -z $port ]] || return 0
    kill -0 "$running" 2>/dev/null || { cat journal >&2; die "the witness does not start"; }
    sleep 0.02
  done
  die "the witness says no address"
}
stop() {
  kill "$running"
  wait "$running" || die "SIGTERM ends it with $?"
  running=
}
# ask FILE: sends a request, prints the status; the whole answer is in ./answer.
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  { printf 'POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nContent-Length: %d\r\n\r\n' \
      "$(wc -c <"$1")"; cat "$1"; } >&3
  cat <&3 >answer
  exec 3<&-
  sed -n '1s|HTTP/1\.1 \([0-9]*\) .*|\1|p' answer
}

# One log, two histories of the same size, and the requests that show them from nothing.
"$tally" --data one init --origin ledger.example/faults >key 2>/dev/null
cp -r one other
for history in one other; do
  "$tally" generate --events 200 --seed ${#history} >events.jsonl
  head -n 50 events.jsonl | "$tally" --data $history import - >/dev/null
  { printf 'old 0\n\n'; "$tally" --data $history checkpoint; } >$history.request
done
[[ $(sed -n 4p one.request) == $(sed -n 4p other.request) ]] || die "the histories differ in size"
! cmp -s one.request other.request || die "the histories are the same"
"$tally" witness init --data fresh --name witness.example/faults >/dev/null 2>&1
"$tally" witness trust --data fresh --vkey "$(<key)" >/dev/null
reset() {
  rm -rf w
  cp -r fresh w
}

struck=0 refused=0
for calls in w s; do
  reset
  start LD_PRELOAD="$disk" FAULT_UNDER="$scratch/w" FAULT_REPORT="$scratch/report" FAULT_CALLS=$calls FAULT_AT=0
  [[ $(ask one.request) == 200 ]] || die "it signs nothing"
  stop
  read -r total _ <report
  ((total > 0)) || { fault=("$calls"); die "no such call was seen: is the library loaded?"; }
  for error in ENOSPC EIO; do
    for stays in 0 1; do
      for ((point = 1; point <= total; ++point)); do
        fault=("$calls" "$error" "at $point of $total" "stays $stays")
        struck=$((struck + 1))
        reset
        start LD_PRELOAD="$disk" FAULT_UNDER="$scratch/w" FAULT_CALLS=$calls FAULT_ERRNO=$error FAULT_STAYS=$stays FAULT_AT=$point
        got=$(ask one.request)
        [[ $got == 500 ]] || die "the answer to the first is $got"
        ! grep -q '—' answer || die "a signature went out that was not kept"
        refused=$((refused + 1))
        signed=()
        [[ $(ask other.request) != 200 ]] || signed+=(other)
        # The first asks again, as a log does that got no answer, and from where the witness stands.
        sed 's/^old 0$/old 50/' one.request >again.request
        for request in one.request again.request; do
          [[ $(ask $request) != 200 ]] || signed+=(one)
        done
        stop
        start
        for request in one.request again.request; do
          [[ $(ask $request) != 200 ]] || signed+=(one)
        done
        sed 's/^old 0$/old 50/' other.request >again.request
        for request in other.request again.request; do
          [[ $(ask $request) != 200 ]] || signed+=(other)
        done
        stop
        ((${#signed[@]})) || die "without faults it signs nothing any more"
        [[ $(printf '%s\n' "${signed[@]}" | sort -u | wc -l) == 1 ]] ||
          die "it signed two histories: ${signed[*]}"
      done
    done
  done
done
printf 'faults: a witness met a failing disk %d times, %d signatures withheld, never two roots of one size\n' \
  "$struck" "$refused"
