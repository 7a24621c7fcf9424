#!/usr/bin/env bash
# clang-tidy over our own sources, two at a time: tidy.sh BUILD_DIR
# A file is read again only when it, a header of the project it includes or .clang-tidy
# changed: its stamp is named by the hash of all of them, so that stamps, kept beside
# ccache's, serve every clone. Needs a finished build in BUILD_DIR, whose dependency log says
# who includes what. LINT_MINUTES bounds the time: what changed last is read first, what is left
# over is counted, and read by the next run. LINT_ANALYZER=1 adds clang's static analyzer.
set -euo pipefail
export LC_ALL=C
build=$1
stamps=${XDG_CACHE_HOME:-$HOME/.cache}/tallystick/tidy
checks=''
[[ -z ${LINT_ANALYZER-} ]] || checks='clang-analyzer-*,-clang-analyzer-deadcode.DeadStores'
export checks
mkdir -p "$stamps"
list=$(mktemp)
ages=$(mktemp)
trap 'rm -f "$list" "$ages"' EXIT

# Lines "source<TAB>file it includes", both relative to the root; only files of the project.
dependencies() {
  ninja -C "$build" -t deps | awk -v root="$PWD/" -v build="$build/" '
    /^[^ ]/ { source = ""; next }
    NF == 1 {
      path = $1
      if (index(path, root) == 1) path = substr(path, length(root) + 1)
      else if (path ~ /^\.\.\/\.\.\//) path = substr(path, 7)
      else if (path ~ /^\//) next
      else path = build path
      if (source == "") source = path
      print source "\t" path
    }'
}

# Prints the stamp of every source that has none yet: "hash source".
unchecked() {
  local source files hash
  dependencies | sort -u >"$list" || return
  [[ -s $list ]] || { echo 'error: ninja knows of no source; build first' >&2; return 1; }
  while read -r source; do
    [[ -f $source ]] || continue  # the log remembers what is gone
    files=$(awk -F '\t' -v source="$source" '$1 == source { print $2 }' "$list")
    # shellcheck disable=SC2086
    hash=$({ echo "$checks"; cat .clang-tidy $files; } 2>/dev/null | sha256sum | cut -d ' ' -f 1 || true)
    [[ -e $stamps/$hash ]] || printf '%s %s\n' "$hash" "$source"
  done < <(cut -f 1 "$list" | sort -u | grep -E '^(ledger|projections|cli|tests|bench)/.*\.cpp$')
}

# The same lines, those of files that changed last first.
by_age() {
  git log --format= --name-only 2>/dev/null | awk '!seen[$0]++ { print $0, NR }' >"$ages"
  awk 'FILENAME != "-" { place[$1] = $2; next } { print ($2 in place ? place[$2] : 0), $0 }' "$ages" - |
    sort -s -n -k 1,1 | cut -d ' ' -f 2-
}

todo=$(unchecked | by_age) || exit
[[ -n $todo ]] || { echo 'clang-tidy: nothing changed'; exit 0; }
count=$(wc -l <<<"$todo")
printf 'clang-tidy: %s files\n' "$count"
export deadline=$((${LINT_MINUTES:-1000000} * 60 + $(date +%s)))
# shellcheck disable=SC2016
xargs -P 2 -n 2 bash -c '
  if (($(date +%s) > deadline)); then
    exit 0
  elif out=$(clang-tidy-14 --quiet ${checks:+"--checks=$checks"} -p "$0" "$3" 2>&1); then
    touch "$1/$2"
  else
    printf "%s\n" "$out" | grep -v "warnings generated"
    printf "error: clang-tidy refuses %s\n" "$3"
    exit 1
  fi' "$build" "$stamps" <<<"$todo"
left=$(cut -d ' ' -f 1 <<<"$todo" | while read -r hash; do [[ -e $stamps/$hash ]] || echo; done | wc -l)
((left == 0)) ||
  printf 'clang-tidy: NOT READ in %s minutes: %s of %s files. ./run lint reads them all.\n' "$LINT_MINUTES" "$left" "$count"
