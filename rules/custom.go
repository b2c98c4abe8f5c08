package rules

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/internal/custom"
)

// A CustomRule is a rule that the team wrote itself, in rules.yaml.
type CustomRule struct {
	ID       string
	Severity Severity
	Kind     string // what it is about, one of custom.Kinds
	Message  string // with expressions in braces
	Why, Fix string // Markdown; may be empty
	Origin   catalog.Origin

	compiled *custom.Rule
}

// AllRules are the rules of policylint and those of the configuration, in
// order of ID.
func (c *Config) AllRules() []*Rule {
	out := All()
	if c == nil || len(c.Custom) == 0 {
		return out
	}
	for _, x := range c.Custom {
		out = append(out, x.rule())
	}
	slices.SortFunc(out, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Rule finds a rule of policylint or of the configuration.
func (c *Config) Rule(id string) (*Rule, bool) {
	if r, ok := ByID(id); ok || c == nil {
		return r, ok
	}
	for _, x := range c.Custom {
		if x.ID == id {
			return x.rule(), true
		}
	}
	return nil, false
}

// rule is the custom rule as the engine runs it.
func (x CustomRule) rule() *Rule {
	r := &Rule{ID: x.ID, Category: CategoryCustom, Title: x.Message, Severity: x.Severity, Why: x.Why, Fix: x.Fix}
	if r.Why == "" {
		r.Why = "A rule of this project, defined in its rules.yaml."
	}
	r.Check = x.check
	return r
}

// A candidate is an object that a custom rule is asked about.
type candidate struct {
	custom.Subject
	ref    catalog.Ref
	origin catalog.Origin
}

func (x CustomRule) check(p *Pass) {
	for o := range x.candidates(p) {
		switch holds, known, err := x.compiled.Holds(o.Subject); {
		case err != nil:
			p.Doubt(o.ref, o.origin, "rule "+x.ID+" could not be evaluated: "+err.Error())
		case !known:
			p.Doubt(o.ref, o.origin, "rule "+x.ID+" reads "+strings.Join(o.Unknown, ", ")+", which is not known here")
		case holds:
			p.ReportRef(o.ref, o.origin, x.compiled.Message(o.Subject))
		}
	}
}

// candidates yields the project's objects of the rule's kind, in order of
// name.
func (x CustomRule) candidates(p *Pass) iter.Seq[candidate] {
	switch x.Kind {
	case "table":
		return p.customTables
	case "policy":
		return func(yield func(candidate) bool) {
			for _, pol := range p.Policies() {
				if !yield(candidate{custom.OfPolicy(p.Catalog, pol), pol.Ref(), pol.Origin}) {
					return
				}
			}
		}
	case "function":
		return func(yield func(candidate) bool) {
			for f := range p.ProjectFunctions() {
				if !yield(candidate{custom.OfFunction(f, p.Exposed(f.Name.Schema)), f.Ref(), f.Origin}) {
					return
				}
			}
		}
	case "publication":
		return func(yield func(candidate) bool) {
			for pub := range p.Publications.All() {
				mine := !pub.Platform || pub.Name == p.PublicationName()
				if mine && !pub.Unsure.Any(catalog.Existence) && !yield(candidate{custom.OfPublication(pub), pub.Ref(), pub.Origin}) {
					return
				}
			}
		}
	case "view":
		return func(yield func(candidate) bool) {
			for v := range p.ProjectViews() {
				if !yield(candidate{custom.OfView(v, p.Exposed(v.Name.Schema)), v.Ref(), v.Origin}) {
					return
				}
			}
		}
	}
	return p.customGrants
}

func (p *Pass) customTables(yield func(candidate) bool) {
	for t := range p.ProjectTables() {
		s := custom.OfTable(p.Catalog, t, p.IsPublished(t), p.Exposed(t.Name.Schema))
		if !yield(candidate{s, t.Ref(), t.Origin}) {
			return
		}
	}
}

// customGrants yields the privileges on the project's tables and columns,
// views, functions and schemas.
func (p *Pass) customGrants(yield func(candidate) bool) {
	each := func(kind string, ref catalog.Ref, column string, a *catalog.ACL) bool {
		for _, g := range a.Grants() {
			if !yield(candidate{custom.OfGrant(kind, ref.Name, column, g), ref, g.Origin}) {
				return false
			}
		}
		return true
	}
	for t := range p.ProjectTables() {
		if !each("table", t.Ref(), "", &t.Grants) {
			return
		}
		for _, c := range t.Columns {
			if !each("table", t.Ref(), c.Name, &c.Grants) {
				return
			}
		}
	}
	for v := range p.ProjectViews() {
		if !each("view", v.Ref(), "", &v.Grants) {
			return
		}
	}
	for f := range p.ProjectFunctions() {
		if !each("function", f.Ref(), "", &f.Grants) {
			return
		}
	}
	for s := range p.Schemas.All() {
		if !s.Platform && !s.Unsure.Any(catalog.Existence) && !catalog.PlatformSchema(s.Name) && !each("schema", s.Ref(), "", &s.Grants) {
			return
		}
	}
}
