// Package snapshot writes a catalog down, as text for people and as JSON for
// programs, and reads the JSON back. The JSON is a contract: keys are added,
// never renamed. What is not known is null.
package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"policylint/inspect/catalog"
	"policylint/internal/jsonout"
)

// Version is the version of the JSON.
const Version = 1

// Options say what is written.
type Options struct {
	// All is with what belongs to the platform and to extensions. Without it
	// the roles that requests run as are written all the same: what everybody
	// may do hangs on them.
	All bool
	// Publication is written even when it belongs to the platform; "" is
	// Supabase's own.
	Publication string
}

// A document is the JSON.
type document struct {
	Version      int              `json:"version"`
	Source       source           `json:"source"`
	Publications []publication    `json:"publications"`
	Tables       []table          `json:"tables"`
	Policies     []policy         `json:"policies"`
	Functions    []function       `json:"functions"`
	Views        []view           `json:"views"`
	Types        []typ            `json:"types"`
	Sequences    []sequence       `json:"sequences"`
	Schemas      []schema         `json:"schemas"`
	Roles        []role           `json:"roles"`
	Extensions   []extension      `json:"extensions"`
	Buckets      []bucket         `json:"buckets"`
	Settings     []setting        `json:"settings"`
	Defaults     []defaultACL     `json:"default_privileges"`
	Applied      []applied        `json:"applied_migrations"` // null when not known
	Gaps         []gap            `json:"gaps"`
	Failures     []failureOfFiles `json:"failures"`
}

type source struct {
	Kind       catalog.SourceKind `json:"kind"`
	Platform   string             `json:"platform"`
	Migrator   string             `json:"migrator"`
	Files      int                `json:"files,omitempty"`
	Statements int                `json:"statements,omitempty"`
	Server     string             `json:"server,omitempty"`
	Database   string             `json:"database,omitempty"`
	User       string             `json:"user,omitempty"`
	Version    int                `json:"server_version_num,omitempty"`
}

// origin is where an object was made; no key when it was not made by a file.
type origin struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type gap struct {
	Object *ref   `json:"object"`
	Reason string `json:"reason"`
	origin
}

type ref struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

type failureOfFiles struct {
	SQLState string `json:"sqlstate"`
	Message  string `json:"message"`
	Syntax   bool   `json:"syntax,omitempty"`
	Object   *ref   `json:"object,omitempty"`
	origin
}

// WriteJSON writes the catalog. Everything in it is sorted.
func WriteJSON(w io.Writer, c *catalog.Catalog, o Options) error {
	return jsonout.Write(w, write(c, o))
}

// ReadJSON reads what WriteJSON wrote with All into a catalog that equals the
// first one, but for how privileges came to be given, where statements end, and
// what of a running database is true for a moment only.
func ReadJSON(r io.Reader) (*catalog.Catalog, error) {
	var d document
	dec := json.NewDecoder(r)
	if err := dec.Decode(&d); errors.Is(err, io.EOF) {
		return nil, errors.New("it is empty")
	} else if err != nil {
		return nil, fmt.Errorf("it is no snapshot: %w", err)
	}
	switch {
	case d.Version > Version:
		return nil, fmt.Errorf("it has version %d, where this program knows %d", d.Version, Version)
	case d.Version != Version || d.Tables == nil || d.Policies == nil:
		return nil, errors.New("it is no snapshot: policylint catalog --format json writes one")
	}
	return read(&d)
}

func write(c *catalog.Catalog, o Options) *document {
	s := c.Source
	d := &document{
		Version: Version,
		Source:  source{s.Kind, s.Platform, s.Migrator, s.Files, s.Statements, s.Server, s.Database, s.User, s.Version},
	}
	d.writeRelations(c, o)
	d.writeOthers(c, o)
	d.Applied = historyOf(c.Runtime)
	d.Gaps = []gap{}
	for _, g := range c.Gaps {
		d.Gaps = append(d.Gaps, gap{refOf(g.Object), g.Reason, originOf(g.Origin)})
	}
	d.Failures = []failureOfFiles{}
	for _, f := range c.Failures {
		d.Failures = append(d.Failures, failureOfFiles{f.SQLState, f.Message, f.Syntax, refOf(f.Object), originOf(f.Origin)})
	}
	return d
}

func read(d *document) (*catalog.Catalog, error) {
	c := catalog.New()
	s := d.Source
	c.Source = catalog.Source{
		Kind: s.Kind, Platform: s.Platform, Migrator: s.Migrator, Files: s.Files, Statements: s.Statements,
		Server: s.Server, Database: s.Database, User: s.User, Version: s.Version,
	}
	if err := d.readRelations(c); err != nil {
		return nil, err
	}
	d.readOthers(c)
	c.Runtime = runtimeOf(s.Kind, d.Applied)
	for _, g := range d.Gaps {
		c.Gaps = append(c.Gaps, catalog.Gap{Object: g.Object.ref(), Reason: g.Reason, Origin: g.at()})
	}
	for _, f := range d.Failures {
		c.Failures = append(c.Failures, catalog.Failure{SQLState: f.SQLState, Message: f.Message, Syntax: f.Syntax, Object: f.Object.ref(), Origin: f.at()})
	}
	return c, nil
}

func originOf(o catalog.Origin) origin { return origin{o.File, o.Line, o.Column} }

func (o origin) at() catalog.Origin {
	return catalog.Origin{File: o.File, Line: o.Line, Column: o.Column}
}

func refOf(r catalog.Ref) *ref {
	if r == (catalog.Ref{}) {
		return nil
	}
	return &ref{r.Kind, r.Name}
}

func (r *ref) ref() catalog.Ref {
	if r == nil {
		return catalog.Ref{}
	}
	return catalog.Ref{Kind: r.Kind, Name: r.Name}
}
