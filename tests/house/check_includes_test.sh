#!/usr/bin/env bash
# The check of the house, checked: a small house that is in order passes, and each way of
# breaking the plan is found and named.
set -euo pipefail
check=$(cd "$(dirname "$0")" && pwd)/check_includes.sh
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT

build_house() {
  rm -rf "${house:?}"/*
  mkdir -p "$house"/{ledger/base,ledger/proof,projections,cli,tests}
  echo '#include <vector>' >"$house/ledger/base/bytes.h"
  printf '#include <openssl/evp.h>\n#include "ledger/base/bytes.h"\n' >"$house/ledger/proof/hash.cpp"
  echo '#include "ledger/base/bytes.h"' >"$house/ledger/log.h"
  printf '#include "ledger/log.h"\n#include <rocksdb/db.h>\n' >"$house/ledger/store.cpp"
  echo 'add_library(ledger store.cpp proof/hash.cpp)' >"$house/ledger/CMakeLists.txt"
}

# breaks NAME WANTED: after the change made to the house, the check must say WANTED.
breaks() {
  local said
  if said=$("$check" "$house"); then
    printf 'FAILED: %s passed the check\n' "$1"
    exit 1
  fi
  if ! grep -qF -- "$2" <<<"$said"; then
    printf 'FAILED: %s: wanted "%s", got:\n%s\n' "$1" "$2" "$said"
    exit 1
  fi
  printf 'found: %s\n' "$1"
  build_house
}

build_house
"$check" "$house" || { echo 'FAILED: a house in order was refused'; exit 1; }

echo '#include "cli/main.h"' >>"$house/ledger/store.cpp"
breaks 'an include that points up' 'ledger/store.cpp:3: an include may not point up'

echo '#include "ledger/log.h"' >>"$house/ledger/proof/hash.cpp"
breaks 'a proof that knows the log' 'ledger/proof/hash.cpp:3: an include may not point up'

echo '#include "tests/naive_tree.h"' >>"$house/ledger/store.cpp"
breaks 'a library that needs its tests' 'included by nobody, got tests/naive_tree.h'

echo '#include "bench/contests.h"' >>"$house/ledger/store.cpp"
breaks 'a library that needs its benchmarks' 'included by nobody, got bench/contests.h'

echo '#include "log.h"' >>"$house/ledger/store.cpp"
breaks 'a path that does not start at the root' '"log.h" is not a path from the root'

echo '#include <rocksdb/db.h>' >>"$house/ledger/log.h"
breaks 'a second owner of RocksDB' 'ledger/log.h:2: <rocksdb/db.h> belongs to'

echo '#include <spdlog/spdlog.h>' >>"$house/ledger/log.h"
breaks 'a library nobody decided on' '<spdlog/spdlog.h> has no owner'

touch "$house/ledger/left_over.cpp"
breaks 'an orphan source' 'ledger/left_over.cpp: no CMakeLists.txt builds it'

touch "$house/ledger/tore.cpp"
breaks 'an orphan whose name ends another' 'ledger/tore.cpp: no CMakeLists.txt builds it'

touch "$house/ledger/unread.h"
breaks 'an orphan header' 'ledger/unread.h: nobody includes it'

touch "$house/cli/string_util.h"
breaks 'a drawer' 'a name must say what is inside: cli/string_util.h'

printf '// line\n%.0s' {1..401} >>"$house/ledger/store.cpp"
breaks 'a file that grew' 'ledger/store.cpp: 403 lines'

echo 'the house check finds every violation'
