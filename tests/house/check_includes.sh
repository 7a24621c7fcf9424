#!/usr/bin/env bash
# Holds the house to its plan: check_includes.sh [ROOT]
# - includes go down only: cli → projections → ledger → ledger/proof → ledger/base;
# - each third-party header is known to the files that own it, and to no others;
# - every source is built by some CMakeLists.txt, every header is included by somebody;
# - no drawer names (util, helper …), no file that grew past 400 lines unseen.
# Prints every violation and exits with 1 when there is one.
set -euo pipefail
export LC_ALL=C
cd "${1:-.}"

# header prefix → files that may include it (patterns, | between them). The standard library
# is free to all but what the next table forbids.
owners='
benchmark/          bench/*
boost/asio          ledger/worker.cpp|cli/http/*
boost/beast         cli/http/*
boost/json          ledger/json_reader.cpp|cli/*|bench/baseline.cpp|tests/*
boost/locale        cli/csv/encoding.cpp|tests/cli/csv/*
boost/sort          ledger/key_order.h
catch2/             tests/*
CLI/                cli/help.cpp
cpuid.h             ledger/proof/sha_instructions.cpp
flatbuffers/        ledger/*|tests/*|bench/*
fmt/                *
immintrin.h         ledger/proof/sha_instructions.cpp
libpq-fe.h          bench/peers/postgres_*
openssl/            ledger/proof/*|ledger/cipher.cpp|ledger/keyed_digest.cpp|bench/bare_tree.cpp|bench/proof_ceilings.cpp
rapidcheck          tests/*
rocksdb/            ledger/store.cpp|ledger/database_status.*|ledger/table_options.*|ledger/kept_tables.*|ledger/silence.h|ledger/archive.cpp|ledger/vault_store.cpp|bench/bare_*|bench/append_ceiling.cpp|tests/ledger/*
sqlite3.h           bench/peers/sqlite_*|tests/bench/peers_test.cpp
toml++/             ledger/config.cpp|projections/policy/*|tests/naive/pack.cpp
xlsxwriter.h        cli/workbook.cpp
xxhash.h            ledger/checksum.cpp|projections/*|bench/*|tests/*
'

# Headers of POSIX, free to all; listed so that anything else stands out.
posix=' arpa/inet.h dlfcn.h fcntl.h grp.h linux/futex.h netinet/in.h poll.h pwd.h signal.h spawn.h sys/file.h sys/mman.h sys/prctl.h sys/random.h sys/resource.h sys/socket.h sys/stat.h sys/syscall.h sys/types.h sys/wait.h unistd.h '

# Files over 400 lines, each with what keeps it whole.
long_files='
ledger/verify.cpp  one pass over a ledger, a step for each thing that it holds to account
projections/facts.h   one record for each kind of fact, and their tables
tests/ledger/verify_test.cpp  one case for each place where damage can lie
'

present=()
for directory in ledger projections cli tests bench schemas; do
  [[ ! -d $directory ]] || present+=("$directory")
done
files=$(find "${present[@]}" \( -name '*.cpp' -o -name '*.h' \) -type f | sort)
failed=0
say() {
  printf '%s\n' "$1"
  failed=1
}

# The files have no spaces in their names: the layout above is ours.
# shellcheck disable=SC2086
includes=$(grep -Hn '^ *# *include' $files /dev/null || true)

# Arrows and owners, in one reading of all include lines.
arrows=$(awk -v owners="$owners" -v posix="$posix" '
  # 0 base … 4 cli; tests and benchmarks stand above all and nobody includes them.
  function layer(path) {
    if (path ~ /^ledger\/base\//) return 0
    if (path ~ /^ledger\/proof\//) return 1
    if (path ~ /^schemas\//) return 1.5
    if (path ~ /^ledger\//) return 2
    if (path ~ /^projections\//) return 3
    if (path ~ /^cli\//) return 4
    if (path ~ /^(tests|bench)\//) return 5
    return -1
  }
  function owned(file, patterns,    list, i, n, pattern) {
    n = split(patterns, list, "|")
    for (i = 1; i <= n; ++i) {
      pattern = list[i]
      gsub(/\./, "\\.", pattern)
      gsub(/\*/, ".*", pattern)
      if (file ~ ("^" pattern "$")) return 1
    }
    return 0
  }
  BEGIN {
    rows = split(owners, row, "\n")
    for (i = 1; i <= rows; ++i)
      if (split(row[i], part, /  +/) == 2) owner[part[1]] = part[2]
  }
  {
    split($0, head, ":")
    file = head[1]
    place = file ":" head[2]
    if (match($0, /"[^"]+"/)) {
      target = substr($0, RSTART + 1, RLENGTH - 2)
      to = layer(target)
      if (to < 0)
        print place ": \"" target "\" is not a path from the root of the house"
      else if (file ~ /^cli\/bench(_baseline)?\./ && target ~ /^bench\//)
        next  # the one command that shows what the benchmarks measured
      else if (to == 5 && layer(file) != 5)
        print place ": tests and benchmarks are included by nobody, got " target
      else if (to > layer(file))
        print place ": an include may not point up, got " target
    } else if (match($0, /<[^>]+>/)) {
      target = substr($0, RSTART + 1, RLENGTH - 2)
      known = 0
      for (prefix in owner)
        if (index(target, prefix) == 1) {
          known = 1
          if (!owned(file, owner[prefix]))
            print place ": <" target "> belongs to " owner[prefix]
        }
      if (!known && target ~ /[.\/]/ && index(posix, " " target " ") == 0)
        print place ": <" target "> has no owner: add it to the table in check_includes.sh"
    }
  }' < <(sed '/^$/d' <<<"$includes"))
[[ -z $arrows ]] || say "$arrows"

# A source is named in the CMakeLists.txt of its folder or of one above it.
named_in_build() {
  local folder=$1
  while [[ $folder == */* ]]; do
    folder=${folder%/*}
    if [[ -f $folder/CMakeLists.txt ]] &&
       grep -qE "(^|[[:space:](/])${1#"$folder"/}([[:space:])]|$)" "$folder/CMakeLists.txt"; then
      return 0
    fi
  done
  return 1
}
for file in $files; do
  case $file in
    *.cpp) named_in_build "$file" || say "$file: no CMakeLists.txt builds it" ;;
    *.h) grep -qF "\"$file\"" <<<"$includes" || say "$file: nobody includes it" ;;
  esac
  lines=$(wc -l <"$file")
  if ((lines > 400)) && ! grep -qw -- "$file" <<<"$long_files"; then
    say "$file: $lines lines; what second noun hides in it? (or list it in check_includes.sh)"
  fi
done

drawers=$(find "${present[@]}" | grep -E '(^|[/_])(utils?|helpers?|managers?|common|misc|impl)([_./]|$)' || true)
[[ -z $drawers ]] || say "a name must say what is inside: $drawers"

exit "$failed"
