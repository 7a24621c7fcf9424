#!/usr/bin/env bash
# Publishes logs of several sizes and has Go's sumdb/note and sumdb/tlog check them, and refuse
# them once altered; checks logs and proofs that Go wrote, and refuses them once altered:
# go_check.sh TALLY
# Wants Debian's golang-go and golang-golang-x-mod-dev (`./run interop` installs them); without
# them it says so and ends with 77, which ctest counts as skipped.
set -euo pipefail
tally=$(realpath -e "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=${GO_PACKAGES:-/usr/share/gocode}
if ! command -v go >/dev/null || [[ ! -d $packages/src/golang.org/x/mod/sumdb/tlog ]]; then
  echo "SKIP: no Go with golang.org/x/mod here (Debian: golang-go golang-golang-x-mod-dev)"
  exit 77
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export LANG=C.UTF-8 HOME=$scratch
export GO111MODULE=off GOFLAGS= GOPATH=$packages GOCACHE=$scratch/cache GOTOOLCHAIN=local
go build -o published_log "$here/published_log.go"
go build -o foreign_log "$here/foreign_log.go"

"$tally" init --origin ledger.example/interop >key 2>/dev/null
"$tally" generate --events 1500 --seed 5 >history
mkdir kept proofs
"$tally" checkpoint >kept/0
passed=0
# Sizes on both sides of full tiles; the last one beyond a few bundles.
for lines in 1 2 100 255 256 257 512 700 1500; do
  head -n "$lines" history | "$tally" import - >/dev/null 2>&1
  "$tally" publish pub >/dev/null
  rm -f proofs/*
  for index in 0 $((lines - 1)); do "$tally" prove "$index" >"proofs/$index.tlog-proof"; done
  for old in kept/*; do
    size=${old#kept/}
    ((size == 0 || (size < 256 && lines != 1500))) || "$tally" prove --consistency "$size" >"proofs/old-$size.growth"
  done
  ./published_log pub "$(<key)" kept proofs
  "$tally" verify --tiles pub --vkey "$(<key)" --checkpoints kept >/dev/null
  cp pub/checkpoint "kept/$(sed -n 2p pub/checkpoint)"
  ((passed += 1))
done

# Whatever is altered, Go refuses, and so do we.
refused=0
while read -r file; do
  rm -rf bad
  cp -r pub bad
  byte=$(od -An -tu1 -j 33 -N 1 "bad/$file")
  printf "\\x$(printf %x $((byte ^ 1)))" | dd of="bad/$file" bs=1 seek=33 conv=notrunc status=none
  if ./published_log bad "$(<key)" kept proofs >/dev/null 2>&1; then
    echo "Go did not notice the altered $file" >&2
    exit 1
  fi
  if "$tally" verify --tiles bad --vkey "$(<key)" >/dev/null 2>&1; then
    echo "tally did not notice the altered $file" >&2
    exit 1
  fi
  ((refused += 1))
done <<'FILES'
checkpoint
tile/0/000
tile/0/003
tile/0/005.p/220
tile/1/000.p/5
tile/entries/002
tile/entries/005.p/220
FILES
printf 'interop: Go checked a log at %d sizes and refused it with %d alterations\n' "$passed" "$refused"

# The other way round: logs of somebody else, up to three levels of tiles.
foreign=0
die() { echo "$1" >&2; exit 1; }
while read -r size old; do
  rm -rf foreign_at
  ./foreign_log foreign_at "$size" "$old"
  trust=(--vkey "$(<foreign_at/vkey)" --origin "$(<foreign_at/origin)")
  seen=$("$tally" verify --tiles foreign_at/log "${trust[@]}" --checkpoint foreign_at/old --json)
  [[ $seen == *"\"verified\":$size,"*'"differences":0,'*'"checkpoints":1'* ]] ||
    die "tally does not accept a log of $size that Go wrote: $seen"
  "$tally" check foreign_at/entry.tlog-proof "${trust[@]}" --entry foreign_at/entry >/dev/null
  "$tally" check foreign_at/growth "${trust[@]}" --old foreign_at/old >/dev/null
  ! "$tally" verify --tiles foreign_at/log --vkey "$(<foreign_at/vkey)" >/dev/null 2>&1 ||
    die "the log of another origin was accepted"
  ! "$tally" check foreign_at/entry.tlog-proof "${trust[@]}" --entry foreign_at/old >/dev/null 2>&1 ||
    die "another entry was accepted"
  sed -i 's/^another: 1$/another: 2/' foreign_at/log/checkpoint
  ! "$tally" verify --tiles foreign_at/log "${trust[@]}" >/dev/null 2>&1 ||
    die "an altered extension line was accepted"
  ((foreign += 1))
done <<'SIZES'
1 1
2 1
255 100
256 255
257 256
1000 512
70000 65536
70001 68000
SIZES
printf 'interop: tally checked logs and proofs that Go wrote at %d sizes\n' "$foreign"
