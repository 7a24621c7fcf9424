// Checks a published log with the packages that verify Go's own checksum database, which know
// nothing of the program that wrote it:
//
//	published_log FOLDER VKEY KEPT PROOFS
//
// FOLDER is the published log, KEPT holds older checkpoints, a file each, PROOFS what
// `tally prove` wrote: <index>.tlog-proof, and old-<size>.growth. Says what it checked.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func die(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, "go: "+format+"\n", args...)
	os.Exit(1)
}

func must(err error, doing string) {
	if err != nil {
		die("%s: %v", doing, err)
	}
}

// folder serves tiles from disk, under the names of C2SP: without the height.
type folder string

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.TrimPrefix(tile.Path(), "tile/8/")
		bytes, err := os.ReadFile(filepath.Join(string(f), "tile", filepath.FromSlash(path)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// open verifies a checkpoint and reads the tree out of it: tlog.ParseTree would only take the
// origin of Go's own database.
func open(signed []byte, key note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		return tree, errors.New("no checkpoint of this log")
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

// entries takes a bundle apart.
func entries(bundle []byte) [][]byte {
	var all [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			die("a bundle ends within a length")
		}
		length := int(binary.BigEndian.Uint16(bundle))
		if len(bundle)-2 < length {
			die("a bundle ends within an entry")
		}
		all = append(all, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	return all
}

// hashes reads the base64 lines of a proof up to the empty one, and what follows.
func hashes(text string) ([]tlog.Hash, string) {
	border := strings.Index(text, "\n\n")
	head, rest := "", ""
	if strings.HasPrefix(text, "\n") {
		rest = text[1:]
	} else if border >= 0 {
		head, rest = text[:border], text[border+2:]
	} else {
		die("a proof without an empty line")
	}
	var all []tlog.Hash
	for _, line := range strings.Fields(head) {
		bytes, err := base64.StdEncoding.DecodeString(line)
		must(err, "a hash of a proof")
		var hash tlog.Hash
		if copy(hash[:], bytes) != tlog.HashSize {
			die("a hash of %d bytes", len(bytes))
		}
		all = append(all, hash)
	}
	return all, rest
}

func same(ours, theirs []tlog.Hash) bool {
	if len(ours) != len(theirs) {
		return false
	}
	for i := range ours {
		if ours[i] != theirs[i] {
			return false
		}
	}
	return true
}

func readFile(path string) []byte {
	bytes, err := os.ReadFile(path)
	must(err, "reading")
	return bytes
}

func main() {
	if len(os.Args) != 5 {
		die("usage: published_log FOLDER VKEY KEPT PROOFS")
	}
	root := os.Args[1]
	key, err := note.NewVerifier(os.Args[2])
	must(err, "verifier key")
	tree, err := open(readFile(filepath.Join(root, "checkpoint")), key)
	must(err, "checkpoint")
	// Every hash read through this is authenticated against the signed root.
	reader := tlog.TileHashReader(tree, folder(root))

	// All entries: their bytes, their leaf hashes, and a proof made and checked by Go.
	leaves := make([]tlog.Hash, 0, tree.N)
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		tile := tlog.Tile{H: height, L: -1, N: first / 256, W: 256}
		if width < 256 {
			tile.W = int(width)
		}
		path := strings.Replace(tile.Path(), "tile/8/data", "tile/entries", 1)
		for _, entry := range entries(readFile(filepath.Join(root, filepath.FromSlash(path)))) {
			leaves = append(leaves, tlog.RecordHash(entry))
		}
	}
	if int64(len(leaves)) != tree.N {
		die("%d entries in the bundles, %d signed", len(leaves), tree.N)
	}
	for i := range leaves {
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		must(err, "proving an entry")
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), leaves[i]), "checking an entry")
	}

	// Older checkpoints: the newest tree continues each of them.
	kept, err := filepath.Glob(filepath.Join(os.Args[3], "*"))
	must(err, "kept checkpoints")
	old := map[int64]tlog.Hash{}
	for _, path := range kept {
		past, err := open(readFile(path), key)
		must(err, path)
		old[past.N] = past.Hash
		if past.N == 0 {
			continue // tlog knows no proof from the empty tree
		}
		proof, err := tlog.ProveTree(tree.N, past.N, reader)
		must(err, path)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, past.N, past.Hash), path)
	}

	// The proofs that tally wrote: Go checks them, and would have written the same.
	files, err := filepath.Glob(filepath.Join(os.Args[4], "*"))
	must(err, "proofs")
	inclusions, growths := 0, 0
	for _, path := range files {
		text := string(readFile(path))
		if rest := strings.TrimPrefix(text, "c2sp.org/tlog-proof@v1\nindex "); rest != text {
			end := strings.Index(rest, "\n")
			index, err := strconv.ParseInt(rest[:end], 10, 64)
			must(err, path)
			ours, signed := hashes(rest[end+1:])
			newest, err := open([]byte(signed), key)
			must(err, path)
			must(tlog.CheckRecord(ours, newest.N, newest.Hash, index, leaves[index]), path)
			theirs, err := tlog.ProveRecord(newest.N, index, reader)
			must(err, path)
			if newest != tree || !same(ours, theirs) {
				die("%s: Go proves it otherwise", path)
			}
			inclusions++
			continue
		}
		rest := strings.TrimPrefix(text, "old ")
		end := strings.Index(rest, "\n")
		size, err := strconv.ParseInt(rest[:end], 10, 64)
		must(err, path)
		ours, signed := hashes(rest[end+1:])
		newest, err := open([]byte(signed), key)
		must(err, path)
		must(tlog.CheckTree(ours, newest.N, newest.Hash, size, old[size]), path)
		theirs, err := tlog.ProveTree(newest.N, size, reader)
		must(err, path)
		if newest != tree || !same(ours, theirs) {
			die("%s: Go proves it otherwise", path)
		}
		growths++
	}
	fmt.Printf("go: signature, %d entries and their inclusion, %d older checkpoints, %d + %d proofs of tally: all good\n",
		tree.N, len(kept), inclusions, growths)
}
