# shellcheck shell=bash disable=SC2154  # events, round and die are those of kill9.sh
# A publication, killed while a writer appends: whatever checkpoint the folder shows has all its
# tiles and entries and continues every checkpoint shown before, and the next run completes it.

prepare() {
  tally generate --events "$events" --seed 9 >events.jsonl
  tally --data ledger init --origin ledger.example/kill9 >key 2>/dev/null
  lines=$(wc -l <events.jsonl)
  written=$((lines / 2))
  head -n "$written" events.jsonl | tally --data ledger import - >/dev/null
  rm -rf pub kept
  mkdir kept
}

# Every third round the folder is written from the start, so that there is more to interrupt.
reset() {
  if [[ $round == *[0369] ]]; then
    rm -rf pub kept
    mkdir kept
  fi
  written=$((written + lines / 100 < lines ? written + lines / 100 : lines))
  head -n "$written" events.jsonl >grown.jsonl
  tally --data ledger import --batch 100 grown.jsonl >/dev/null 2>writer.errors &
  writer=$!
}

attempt() { tally --data ledger publish pub; }

# The folder by the checkpoint that it shows, and by those it showed before; keeps that one.
verify_folder() {
  tally verify --tiles pub --vkey "$(<key)" --checkpoints kept >verified 2>&1 ||
    { cat verified >&2; die "a published checkpoint without its tiles, or with another past"; }
  cp pub/checkpoint "kept/$(sed -n 2p pub/checkpoint)"
}

inspect() {
  ! grep -q '^error' errors || { cat errors >&2; die "publish fails beside a writer"; }
  if [[ -e pub/checkpoint ]]; then
    verify_folder
  elif [[ -e pub/tile ]]; then
    die "there are tiles, and no checkpoint that says whose"
  fi
  wait "$writer" || { cat writer.errors >&2; die "the writer fails beside publish"; }
  tally --data ledger publish pub >/dev/null 2>errors || { cat errors >&2; die "the next run fails"; }
  verify_folder
  [[ $(sed -n 2p pub/checkpoint) -ge $written ]] || die "the next run publishes too little"
}
