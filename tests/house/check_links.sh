#!/usr/bin/env bash
# Every relative link of every document must lead to a file: check_links.sh [ROOT]
set -euo pipefail
export LC_ALL=C
cd "${1:-.}"

failed=0
while IFS=: read -r document line link; do
  target=${link#](}
  target=${target%%[)#]*}
  [[ -n $target && $target != *://* && $target != mailto:* ]] || continue
  if [[ ! -e $(dirname "$document")/$target ]]; then
    printf '%s:%s: nothing lies at %s\n' "$document" "$line" "$target"
    failed=1
  fi
done < <(find . -path ./build -prune -o -path ./.git -prune -o -name '*.md' -print0 |
         xargs -0 grep -noE '\]\([^)]+\)' /dev/null)
exit "$failed"
