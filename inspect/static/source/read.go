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
	name string
	file *File
	err  error
	done chan struct{}
}

// Read parses the files side by side and yields them in the order given. It
// stops at the first that cannot be read. Only a few files are held at a time.
func Read(fsys fs.FS, files []string) iter.Seq2[*File, error] {
	return ReadAhead(fsys, files, func(*File) {})
}

// ReadAhead is Read with a function that is called for each file as soon as it
// is parsed, side by side and in no order.
func ReadAhead(fsys fs.FS, files []string, ahead func(*File)) iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
		workers := min(runtime.GOMAXPROCS(0), len(files))
		turns := make(chan struct{}, max(1, workers)) // who holds one may parse
		started := make(chan *pending, 2*workers)     // in order
		work := make(chan *pending)
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			defer close(started)
			defer close(work)
			for _, name := range files {
				p := &pending{name: name, done: make(chan struct{})}
				for _, to := range []chan<- *pending{started, work} {
					select {
					case to <- p:
					case <-stop:
						return
					}
				}
			}
		}()
		for range workers {
			go func() {
				for p := range work {
					p.read(fsys, turns, ahead)
				}
			}()
		}
		for p := range started {
			<-p.done
			if !yield(p.file, p.err) || p.err != nil {
				return
			}
		}
	}
}

// read reads and parses the file.
func (p *pending) read(fsys fs.FS, turns chan struct{}, ahead func(*File)) {
	defer close(p.done)
	text, err := load(fsys, p.name)
	if err != nil {
		p.err = fmt.Errorf("read migration: %w", err)
		return
	}
	p.file = parseFile(p.name, text, turns)
	ahead(p.file)
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
