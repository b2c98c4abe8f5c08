package project

import (
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/project/js"
)

// An OriginList is the origins that an edge function answers to.
type OriginList struct {
	File string // from the project's folder
	// Shared is set for a file that several functions share, which should have
	// every portal; a function of its own may be for one of them.
	Shared   bool
	Any      bool // * is allowed
	Complete bool // all of it is written out
	Entries  []Listed
	Origin   catalog.Origin // of the list, or of the first entry
}

// A Listed is an entry of a list.
type Listed struct {
	Text   string
	Origin catalog.Origin
}

// Ref names the list by its file.
func (l OriginList) Ref() catalog.Ref { return catalog.Ref{Kind: "origin list", Name: l.File} }

// originName is what single origins and lists of them are kept under, and
// listName what lists are.
var (
	originName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:[oO]rigin|ORIGIN)[sS]?(?:$|[^a-z])`) })
	listName   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)origins|allow.*origin|origin.*(list|allow)`) })
)

// list notes the origins of an edge function.
func (w *walker) list(name string, s *js.Script) {
	if !inFunctions(name) {
		return
	}
	l := OriginList{File: name, Complete: true}
	l.Shared = strings.Contains(name, "/_shared/") || strings.HasPrefix(strings.ToLower(path.Base(name)), "cors")
	header := func(n string) bool { return strings.EqualFold(n, headerOrigin) }
	for _, v := range s.Named(func(n string) bool { return originName().MatchString(n) && !header(n) && listName().MatchString(n) }) {
		l.take(v)
	}
	for _, v := range s.Named(func(n string) bool { return originName().MatchString(n) && !header(n) && !listName().MatchString(n) }) {
		if v.Known() || v.Kind == js.List { // otherwise it may well be the request's own
			l.take(v)
		}
	}
	for _, v := range s.Header(headerOrigin) {
		// What is computed is mostly the entry of the list that fits.
		if v.Known() || l.Origin.IsZero() {
			l.take(v)
		}
	}
	if len(l.Entries) > 0 {
		w.Lists = append(w.Lists, l)
	}
}

// take adds what a value lists.
func (l *OriginList) take(v js.Value) {
	switch {
	case v.Kind == js.List:
		if l.Origin.IsZero() {
			l.Origin = v.Origin
		}
		for _, item := range v.Items {
			l.take(item)
		}
	case !v.Known():
		l.Complete = false
	case v.Text == "*":
		l.Any = true
	default:
		for part := range strings.SplitSeq(v.Text, ",") {
			part = strings.TrimSpace(part)
			known := false
			for _, e := range l.Entries {
				known = known || e.Text == part
			}
			if u, err := url.Parse(part); !known && err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
				l.Entries = append(l.Entries, Listed{part, v.Origin})
				if l.Origin.IsZero() {
					l.Origin = v.Origin
				}
			}
		}
	}
}
