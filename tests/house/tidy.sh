#!/usr/bin/env bash
# clang-tidy over our own sources, two at a time: tidy.sh BUILD_DIR
# A file is read again only when it, a header of the project it includes or .clang-tidy
# changed: its stamp is named by the hash of all of them, so that stamps, kept beside
# ccache's, serve every clone. Needs a finished build in BUILD_DIR, whose dependency log says
# who includes what.
set -euo pipefail
export LC_ALL=C
build=$1
stamps=${XDG_CACHE_HOME:-$HOME/.cache}/tallystick/tidy
mkdir -p "$stamps"
list=$(mktemp)
trap 'rm -f "$list"' EXIT

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
  dependencies | sort -u >"$list"
  while read -r source; do
    [[ -f $source ]] || continue  # the log remembers what is gone
    files=$(awk -F '\t' -v source="$source" '$1 == source { print $2 }' "$list")
    # shellcheck disable=SC2086
    hash=$(cat .clang-tidy tests/.clang-tidy $files 2>/dev/null | sha256sum | cut -d ' ' -f 1 || true)
    [[ -e $stamps/$hash ]] || printf '%s %s\n' "$hash" "$source"
  done < <(cut -f 1 "$list" | sort -u | grep -E '^(ledger|projections|cli|tests|bench)/.*\.cpp$')
}

todo=$(unchecked)
[[ -n $todo ]] || { echo 'clang-tidy: nothing changed'; exit 0; }
printf 'clang-tidy: %s files\n' "$(wc -l <<<"$todo")"
# shellcheck disable=SC2016
xargs -P 2 -n 2 bash -c '
  if out=$(clang-tidy-14 --quiet -p "$0" "$3" 2>&1); then
    touch "$1/$2"
  else
    printf "%s\n" "$out" | grep -v "warnings generated"
    printf "error: clang-tidy refuses %s\n" "$3"
    exit 1
  fi' "$build" "$stamps" <<<"$todo"
