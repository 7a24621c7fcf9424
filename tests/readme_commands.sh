#!/usr/bin/env bash
# Does what the documents tell a reader to do: readme_commands.sh [FILE…]
# The blocks that open with ```sh run are executed in order, those of one document in one
# shell and one fresh folder, which has what a clone has for the reader: tests/, policies/,
# docs/ and the program $TALLY as build/release/tally. A block must succeed or, opened with
# ```sh run exit=N, end with N. Other blocks are for show.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tally=${TALLY:-$root/build/release/tally}
[[ -x $tally ]] || { printf 'error: no program at %s; ./run build makes it\n' "$tally" >&2; exit 1; }

cd "$root"
(($#)) || set -- README.md docs/*.md docs/tutorials/*.md
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The blocks of a document as one script that names the line it is at.
script_of() {
  awk -v name="$1" '
    /^```sh run/ {
      inside = 1
      split($0, part, "exit=")
      wanted = part[2] + 0
      print "place=" name ":" NR
      if (wanted) print "set +e; ( set -e"
      next
    }
    /^```/ && inside {
      inside = 0
      if (wanted)
        print "); got=$?; set -e; ((got == " wanted ")) || { echo \"ended with $got, wanted " wanted "\"; false; }"
    }
    inside { print }' "$1"
}

passed=0
for document in "$@"; do
  [[ -f $document ]] || continue
  blocks=$(grep -c '^```sh run' "$document" || true)
  ((blocks)) || continue
  work=$scratch/${document//\//-}
  mkdir -p "$work/build/release"
  ln -s "$root/tests" "$root/policies" "$root/docs" "$work"
  ln -s "$tally" "$work/build/release/tally"
  # shellcheck disable=SC2016  # the trap expands in the shell that runs the blocks
  { echo 'set -eE; trap '\''echo "failed at $place: $BASH_COMMAND"'\'' ERR'; script_of "$document"; } \
    >"$work/.script"
  if ! (cd "$work" && LANG=C.UTF-8 bash .script >.output 2>&1 </dev/null); then
    cat "$work/.output"
    exit 1
  fi
  # A block may say that it left something out; nobody would see it in here.
  sed -n "s|^SKIP|$document: &|p" "$work/.output"
  passed=$((passed + blocks))
done
((passed)) || { printf 'error: no document has a block to run\n' >&2; exit 1; }
printf 'documents: %d blocks ran as written\n' "$passed"
