package static

import (
	"io/fs"
	"strings"
	"time"
)

// textFS is texts as the files of those names, whatever a name looks like.
type textFS map[string]string

// Open finds a text.
func (t textFS) Open(name string) (fs.File, error) {
	text, ok := t[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &textFile{strings.NewReader(text), name}, nil
}

// textFile is a text as a file, and its own fs.FileInfo.
type textFile struct {
	*strings.Reader
	name string
}

// Stat is the file's own description.
func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }

// Close does nothing.
func (f *textFile) Close() error { return nil }

// Name and those below make it its own fs.FileInfo.
func (f *textFile) Name() string       { return f.name }
func (f *textFile) Mode() fs.FileMode  { return 0o444 }
func (f *textFile) ModTime() time.Time { return time.Time{} }
func (f *textFile) IsDir() bool        { return false }
func (f *textFile) Sys() any           { return nil }
