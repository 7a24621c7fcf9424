#!/usr/bin/env bash
# Does what the documents tell a reader to do: readme_commands.sh [FILE…]
# Every block that opens with ```sh run is executed, in order, in a fresh folder per file,
# with $TALLY (the release program) in PATH as `tally`. A block ends well when its last command does,
# or, opened with ```sh run exit=N, when it ends with N. Other blocks are for show.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tally=${TALLY:-$root/build/release/tally}
[[ -x $tally ]] || { printf 'error: no program at %s; ./run build makes it\n' "$tally" >&2; exit 1; }

cd "$root"
(($#)) || set -- README.md docs/*.md docs/tutorials/*.md
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$tally" "$scratch/bin/tally"

passed=0
for document in "$@"; do
  [[ -f $root/$document ]] || continue
  work=$scratch/${document//\//-}
  mkdir "$work"
  # One script per block, named by the line it starts at.
  awk -v out="$work/.block-" '
    /^```sh run/ { split($0, part, "exit="); status = part[2] + 0; file = out sprintf("%05d", NR) "-" status; next }
    /^```/ { file = "" }
    file != "" { print > file }' "$document"
  for block in "$work"/.block-*; do
    [[ -f $block ]] || continue
    place=${block##*/.block-}
    wanted=$((10#${place#*-}))
    got=0
    # The examples of the repository lie where a reader in a clone would see them.
    (cd "$work" && env PATH="$scratch/bin:$PATH" LANG=C.UTF-8 EXAMPLES="$root/tests/scenarios" \
      bash -eu "$block") >"$work/.output" 2>&1 </dev/null || got=$?
    if ((got != wanted)); then
      printf '%s:%d: ended with %d, wanted %d:\n' "$document" "$((10#${place%-*}))" "$got" "$wanted"
      cat "$block" "$work/.output"
      exit 1
    fi
    passed=$((passed + 1))
  done
done
((passed)) || { printf 'error: no document has a block to run\n' >&2; exit 1; }
printf 'documents: %d blocks ran as written\n' "$passed"
