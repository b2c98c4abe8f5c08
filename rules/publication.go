package rules

import (
	"fmt"
	"iter"

	"policylint/inspect/catalog"
)

// PublicationName is the publication that Realtime reads, which need not
// exist.
func (p *Pass) PublicationName() string { return p.Config.PublicationName() }

// Publication is the publication that Realtime reads, unless it does not
// exist.
func (p *Pass) Publication() (*catalog.Publication, bool) {
	return p.Publications.Get(p.PublicationName())
}

// Published yields the project's tables that Realtime's publication is known
// to publish, in order of name, with the statement that published each.
func (p *Pass) Published() iter.Seq2[*catalog.Table, catalog.Origin] {
	all := p.Memo(publishedKey(p.PublicationName()), func() any {
		var out []member
		pub, ok := p.Publication()
		if !ok || pub.Unsure.Any(catalog.Existence) {
			return out
		}
		for t := range p.ProjectTables() {
			if f := p.Publishes(pub, t); f.Is(true) {
				out = append(out, member{t, f.Origin})
			}
		}
		return out
	}).([]member)
	return func(yield func(*catalog.Table, catalog.Origin) bool) {
		for _, m := range all {
			if !yield(m.table, m.at) {
				return
			}
		}
	}
}

// publishedKey is the publication whose tables are asked for, by name.
type publishedKey string

// A member is a table that is published, and by which statement.
type member struct {
	table *catalog.Table
	at    catalog.Origin
}

// IsPublished reports whether Realtime's publication publishes the table. A
// publication that is not there publishes nothing.
func (p *Pass) IsPublished(t *catalog.Table) catalog.Fact[bool] {
	pub, ok := p.Publication()
	switch {
	case !ok:
		return catalog.Of(false, catalog.Origin{})
	case pub.Unsure.Any(catalog.Existence):
		return catalog.Unknown[bool](pub.Origin)
	}
	return p.Publishes(pub, t)
}

// expectedKey is the publication whose tables are expected, by name.
type expectedKey string

// ExpectedTables are the tables that Realtime should deliver: those of
// rules.yaml in its order, or, without a list, those that are published, by
// name; the report then says so.
func (p *Pass) ExpectedTables() []Expected {
	if p.Config != nil && p.Config.Realtime.Listed {
		return p.Config.Realtime.Tables
	}
	out := p.Memo(expectedKey(p.PublicationName()), func() any {
		var out []Expected
		for t := range p.Published() {
			out = append(out, Expected{Table: t.Name, Identity: catalog.Identity{Kind: catalog.IdentityFull}})
		}
		return out
	}).([]Expected)
	if len(out) > 0 {
		p.Note(fmt.Sprintf("realtime.tables is not configured: the tables that %s publishes are taken to be the expected ones", p.PublicationName()))
	}
	return out
}

// Expects finds what rules.yaml expects of a table: that Realtime delivers it,
// and with which replica identity.
func (p *Pass) Expects(t catalog.Name) (Expected, bool) {
	if p.Config != nil {
		for _, e := range p.Config.Realtime.Tables {
			if e.Table == t {
				return e, true
			}
		}
	}
	return Expected{}, false
}

// MemberAt is the statement that put the table into the publication, or the
// one that made the table when it is published as a whole with others.
func (p *Pass) MemberAt(t *catalog.Table) catalog.Origin {
	if pub, ok := p.Publication(); ok {
		if m, ok := pub.Member(t.Name); ok && !m.Origin.IsZero() {
			return m.Origin
		}
	}
	return t.Origin
}
