package source

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"runtime"
	"strings"
)

// largeFile is the size from which a file's inserts are not decoded, however
// short they are.
const largeFile = 1 << 20

// A pending is a file that is being read.
type pending struct {
	file *File
	err  error
	done chan struct{}
}

// Read parses the files side by side and yields them in the order given. It
// stops at the first that cannot be read. Only a few files are held at a time.
func Read(fsys fs.FS, files []string) iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
		workers := runtime.GOMAXPROCS(0)
		turns := make(chan struct{}, workers) // who holds one may parse
		ahead := make(chan *pending, 2*workers)
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(ahead)
			for _, name := range files {
				p := &pending{done: make(chan struct{})}
				select {
				case ahead <- p:
				case <-stop:
					return
				}
				go func() {
					defer close(p.done)
					p.file, p.err = read(fsys, name, turns)
				}()
			}
		}()
		for p := range ahead {
			<-p.done
			if !yield(p.file, p.err) || p.err != nil {
				return
			}
		}
	}
}

// read reads and parses one file.
func read(fsys fs.FS, name string, turns chan struct{}) (*File, error) {
	turns <- struct{}{}
	text, err := load(fsys, name)
	<-turns
	if err != nil {
		return nil, fmt.Errorf("read migration: %w", err)
	}
	return parseFile(name, text, turns), nil
}

// load reads a file into a string without a second copy of it.
func load(fsys fs.FS, name string) (string, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	size := int64(32 << 10)
	if info, err := f.Stat(); err == nil {
		b.Grow(int(info.Size()))
		size = min(size, info.Size()+1) // most migrations are smaller than the buffer io.Copy would bring
	}
	buf := make([]byte, size)
	for {
		n, err := f.Read(buf)
		b.Write(buf[:n])
		switch {
		case err == io.EOF:
			return b.String(), nil
		case err != nil:
			return "", err
		}
	}
}

// Text parses one text as the file of that name.
func Text(name, text string) *File {
	return parseFile(name, text, make(chan struct{}, runtime.GOMAXPROCS(0)))
}
