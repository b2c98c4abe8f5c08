package live

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// words has each short text once that the server sent: of ten thousand tables,
// most columns have the same few names and types, and most keys and policies
// the same columns and roles. Its lists are shared, so nobody may change one.
type words struct {
	one  map[string]string
	list map[string][]string
	key  []byte
}

// What is longer is hardly there twice, as a function's body.
const (
	maxWord = 64
	maxList = 1024
)

func newWords() *words { return &words{one: map[string]string{}, list: map[string][]string{}} }

func (w *words) word(text []byte) string {
	if len(text) > maxWord {
		return valid(text)
	}
	s, ok := w.one[string(text)]
	if !ok {
		s = valid(text)
		w.one[string(text)] = s
	}
	return s
}

// valid is the text in UTF-8. The server sends that, but of a database in
// SQL_ASCII it sends what bytes there are.
func valid(text []byte) string { return strings.ToValidUTF8(string(text), "\uFFFD") }

// same is the list, which is copied if it is new.
func (w *words) same(items []string) []string {
	w.key = w.key[:0]
	for _, s := range items {
		w.key = append(append(w.key, s...), 0) // a byte that no text of the server has
	}
	if len(w.key) > maxList {
		return append([]string(nil), items...)
	}
	list, ok := w.list[string(w.key)]
	if !ok {
		list = append(make([]string, 0, len(items)), items...)
		w.list[string(w.key)] = list
	}
	return list
}

// A scanned text is one of the words.
type scanned struct {
	words *words
	to    *string
}

// ScanBytes implements [pgtype.BytesScanner].
func (s *scanned) ScanBytes(text []byte) error {
	if text == nil {
		return errors.New("cannot scan NULL into a text")
	}
	*s.to = s.words.word(text)
	return nil
}

// A scannedNull is one of the words, or nil for null.
type scannedNull struct {
	words *words
	to    **string
}

// ScanBytes implements [pgtype.BytesScanner].
func (s *scannedNull) ScanBytes(text []byte) error {
	*s.to = nil
	if text != nil {
		word := s.words.word(text)
		*s.to = &word
	}
	return nil
}

// A scannedList is one of their lists, once done; null is nil.
type scannedList struct {
	words *words
	to    *[]string
	null  bool
	items []string
	item  scanned // the one being scanned
}

// SetDimensions implements [pgtype.ArraySetter].
func (s *scannedList) SetDimensions(dimensions []pgtype.ArrayDimension) error {
	s.null, s.items = dimensions == nil, s.items[:0]
	if len(dimensions) > 0 {
		n := 1
		for _, d := range dimensions {
			n *= int(d.Length)
		}
		for range n {
			s.items = append(s.items, "")
		}
	}
	return nil
}

// ScanIndex implements [pgtype.ArraySetter].
func (s *scannedList) ScanIndex(i int) any {
	s.item = scanned{s.words, &s.items[i]}
	return &s.item
}

// ScanIndexType implements [pgtype.ArraySetter].
func (s *scannedList) ScanIndexType() any { return &scanned{} }

func (s *scannedList) done() {
	*s.to = nil
	if !s.null {
		*s.to = s.words.same(s.items)
	}
}

// targets puts the words in the place of texts and lists of texts; done is to
// be called after each row.
func (w *words) targets(dst []any) (out []any, done func()) {
	var lists []*scannedList
	for _, d := range dst {
		switch to := d.(type) {
		case *string:
			d = &scanned{w, to}
		case **string:
			d = &scannedNull{w, to}
		case *[]string:
			s := &scannedList{words: w, to: to}
			lists = append(lists, s)
			d = s
		}
		out = append(out, d)
	}
	return out, func() {
		for _, s := range lists {
			s.done()
		}
	}
}
