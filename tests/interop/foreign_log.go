// Writes a log as somebody else would, with Go's packages only: a key whose name is not the
// origin, extension lines, a signature that nobody knows, entries that are no events:
//
//	foreign_log FOLDER SIZE OLD
//
// FOLDER gets log/ (the published log), vkey, origin, old (the checkpoint at size OLD), and for one
// entry its bytes and proofs: entry, entry.tlog-proof, growth.
package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const origin = "somebody else's log, shard 2026"

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "go:", err)
		os.Exit(1)
	}
}

func write(path string, data []byte) {
	must(os.MkdirAll(filepath.Dir(path), 0777))
	must(os.WriteFile(path, data, 0666))
}

func entry(index int64) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("entry %d\x00\n", index), int(index%7)))
}

func lines(hashes []tlog.Hash) string {
	text := ""
	for _, hash := range hashes {
		text += base64.StdEncoding.EncodeToString(hash[:]) + "\n"
	}
	return text
}

func main() {
	folder := os.Args[1]
	size, err := strconv.ParseInt(os.Args[2], 10, 64)
	must(err)
	old, err := strconv.ParseInt(os.Args[3], 10, 64)
	must(err)

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var hashes []tlog.Hash
		for _, index := range indexes {
			hashes = append(hashes, stored[index])
		}
		return hashes, nil
	})
	for index := int64(0); index < size; index++ {
		hashes, err := tlog.StoredHashes(index, entry(index), reader)
		must(err)
		stored = append(stored, hashes...)
	}

	secret, vkey, err := note.GenerateKey(rand.Reader, "keys.example/2026")
	must(err)
	signer, err := note.NewSigner(secret)
	must(err)
	secret, _, err = note.GenerateKey(rand.Reader, "nobody.example")
	must(err)
	stranger, err := note.NewSigner(secret)
	must(err)
	sign := func(at int64) []byte {
		root, err := tlog.TreeHash(at, reader)
		must(err)
		text := fmt.Sprintf("%s\n%d\n%s\nan extension line\nanother: 1\n", origin, at, root)
		signed, err := note.Sign(&note.Note{Text: text}, stranger, signer)
		must(err)
		return signed
	}

	for _, tile := range tlog.NewTiles(8, 0, size) {
		data, err := tlog.ReadTileData(tile, reader)
		must(err)
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		write(filepath.Join(folder, "log", "tile", filepath.FromSlash(path)), data)
		if tile.L != 0 {
			continue
		}
		var bundle []byte
		for i := 0; i < tile.W; i++ {
			bytes := entry(tile.N*256 + int64(i))
			bundle = append(bundle, byte(len(bytes)>>8), byte(len(bytes)))
			bundle = append(bundle, bytes...)
		}
		write(filepath.Join(folder, "log", "tile", "entries", strings.TrimPrefix(path, "0/")), bundle)
	}
	write(filepath.Join(folder, "log", "checkpoint"), sign(size))
	write(filepath.Join(folder, "old"), sign(old))
	write(filepath.Join(folder, "vkey"), []byte(vkey))
	write(filepath.Join(folder, "origin"), []byte(origin))

	index := size / 3
	inclusion, err := tlog.ProveRecord(size, index, reader)
	must(err)
	write(filepath.Join(folder, "entry"), entry(index))
	write(filepath.Join(folder, "entry.tlog-proof"),
		[]byte(fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n%s\n%s", index, lines(inclusion), sign(size))))
	growth, err := tlog.ProveTree(size, old, reader)
	must(err)
	write(filepath.Join(folder, "growth"),
		[]byte(fmt.Sprintf("old %d\n%s\n%s", old, lines(growth), sign(size))))
}
