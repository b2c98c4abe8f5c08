package lsp

import (
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"
)

// A stamp tells whether a file was changed. It is zero where there is none.
type stamp struct {
	size int64
	time time.Time
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

// disk keeps what was read of files that did not change since. Not every client
// says when files change.
type disk map[string]content

type content struct {
	stamp
	text string
}

func (d disk) read(path string) (string, error) {
	now := stampOf(path)
	if c, ok := d[path]; ok && c.stamp == now && now != (stamp{}) {
		return c.text, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		delete(d, path)
		return "", err
	}
	d[path] = content{now, string(text)}
	return string(text), nil
}

// overlay is a folder in which open documents stand too that are not saved yet.
type overlay struct {
	fs.FS
	unsaved map[string][]string // names by their folder, as package fs names it
}

func newOverlay(folder string, docs map[string]*document) overlay {
	o := overlay{os.DirFS(folder), map[string][]string{}}
	for path := range docs {
		if !inside(path, folder) {
			continue
		}
		if rel, err := filepath.Rel(folder, path); err == nil {
			dir := filepath.ToSlash(filepath.Dir(rel))
			o.unsaved[dir] = append(o.unsaved[dir], filepath.Base(rel))
		}
	}
	return o
}

// ReadDir lists a folder.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, e := range list {
		there[e.Name()] = true
	}
	for _, n := range o.unsaved[name] {
		if !there[n] {
			list = append(list, unsaved(n))
		}
	}
	return list, nil
}

// unsaved is a file that only an editor has.
type unsaved string

// Name and those below make it a fs.DirEntry.
func (u unsaved) Name() string               { return string(u) }
func (u unsaved) IsDir() bool                { return false }
func (u unsaved) Type() fs.FileMode          { return 0 }
func (u unsaved) Info() (fs.FileInfo, error) { return nil, fs.ErrNotExist }

// wide reports whether a file is UTF-16, which the server does not take and an
// editor shows like any other.
func wide(file string) bool {
	return strings.HasPrefix(file, "\xFF\xFE") || strings.HasPrefix(file, "\xFE\xFF")
}

// widen is the text of an editor as it will be saved again.
func widen(text string) string {
	out := []byte("\xFF\xFE")
	for _, u := range utf16.Encode([]rune(text)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return string(out)
}

// narrow is a file of UTF-16 as an editor shows it.
func narrow(file string) string {
	order := binary.ByteOrder(binary.LittleEndian)
	if file[0] == 0xFE {
		order = binary.BigEndian
	}
	var units []uint16
	for b := []byte(file[2:]); len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return string(utf16.Decode(units))
}
