package doctor

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// selects is whether the roles may read what they subscribe to.
func (e *examiner) selects() *Link {
	l := &Link{ID: "select", Title: "The role may select the table"}
	if e.bare(l) {
		return l
	}
	var seen []string
	for _, t := range e.tables() {
		for _, s := range e.everyone() {
			if s.Role == "" || s.Role == catalog.Anon && !e.Exact || !e.applies(t, s.Role) {
				continue
			}
			if pair := s.Role + " on " + t.Name.String(); !slices.Contains(seen, pair) {
				seen = append(seen, pair)
			}
			e.privileges(l, s, t)
		}
	}
	if len(seen) == 0 {
		return l.unchecked("no policy lets a role of the subjects select", "a policy for select, or --subject")
	}
	return l.holds("select on the primary key, and usage of the schema: " + strings.Join(seen, ", "))
}

// applies reports whether a policy lets the role read the table at all, or none
// is asked.
func (e *examiner) applies(t *catalog.Table, role string) bool {
	if !t.RLS.Is(true) || e.Pass.BypassesRLS(role) {
		return true
	}
	groups := e.Pass.Groups(role, true)
	for p := range t.Policies() {
		if p.Permissive && p.Command.Covers(catalog.ForSelect) && p.AppliesTo(groups...) {
			return true
		}
	}
	return false
}

// nowhere reports whether a subject that nobody named is in a role that there
// is not: the database is no project of Supabase.
func (e *examiner) nowhere(s access.Subject) bool {
	given := e.Token != nil && s.Name == e.Token.Name
	return s.Role != "" && !e.Pass.Roles.Has(s.Role) && s.Origin.IsZero() && !given
}

func (e *examiner) privileges(l *Link, s access.Subject, t *catalog.Table) {
	role := s.Role
	if e.nowhere(s) {
		l.unchecked("the database has no role "+role, "platform: supabase in rules.yaml, or subjects with roles that there are")
		return
	}
	if !e.Pass.Roles.Has(role) {
		l.add(Fault{
			Message: s.Name + " is in role " + printable(role) + ", which does not exist", Origin: s.Origin, Object: catalog.Ref{Kind: "role", Name: printable(role)},
			Advice: "leave the claim role at authenticated", Subjects: []string{s.Name}, what: "gets no updates",
		})
		return
	}
	usage, may := e.Pass.MayUseSchema(role, t.Name.Schema), e.Pass.MayAnyColumn(role, t, catalog.Select)
	what := t.Name.String()
	if t.PrimaryKey != nil {
		for _, c := range t.PrimaryKey.Columns {
			if f := e.Pass.MayColumn(role, t, c, catalog.Select); !f.Is(true) {
				may, what = f, "the primary key column "+c+" of "+t.Name.String()
				break
			}
		}
	}
	switch {
	case usage.IsNot(true):
		l.Faults = append(l.Faults, Fault{
			Message: role + " may not use schema " + t.Name.Schema, Origin: t.Origin, Object: t.Ref(),
			Fix: "grant usage on schema " + catalog.Quote(t.Name.Schema) + " to " + catalog.Quote(role) + ";", Effect: everybody,
		})
	case may.IsNot(true):
		l.Faults = append(l.Faults, Fault{
			Message: role + " may not select " + what, Origin: t.Origin, Object: t.Ref(),
			Fix: "grant select on " + t.Name.SQL() + " to " + catalog.Quote(role) + ";", Subjects: []string{s.Name}, what: "gets no updates of " + t.Name.String(),
		})
	case !usage.Known || !may.Known:
		l.unchecked("the privileges of "+role+" on "+t.Name.String()+" are not known", "the database: --db URL")
	}
}

// published is whether the publication has the tables.
func (e *examiner) published() *Link {
	l := &Link{ID: "published", Title: "The table is published"}
	if e.bare(l) {
		return l
	}
	name := e.Pass.PublicationName()
	for _, n := range e.Tables {
		t, ok := e.table(n)
		if !ok {
			l.Faults = append(l.Faults, Fault{Message: n.String() + " does not exist", Object: catalog.Ref{Kind: "table", Name: n.String()}, Advice: "create it, or correct its name in rules.yaml", Effect: e.effect(l.ID, catalog.Ref{Kind: "table", Name: n.String()})})
			continue
		}
		switch f := e.Pass.IsPublished(t); {
		case !f.Known:
			l.unchecked("whether "+n.String()+" is published is not known", "the database: --db URL")
		case !f.Value:
			l.Faults = append(l.Faults, Fault{
				Message: n.String() + " is not in publication " + name, Origin: t.Origin, Object: t.Ref(), Effect: e.effect(l.ID, t.Ref()),
				Fix: "alter publication " + catalog.Quote(name) + " add table " + n.SQL() + ";",
			})
		}
	}
	if pub, ok := e.Pass.Publication(); ok && !pub.Publish.Known {
		return l.unchecked("which kinds of change "+name+" publishes is not known", "the database: --db URL")
	}
	return l.holds(list(e.Tables) + " in " + name + ", with inserts, updates and deletes")
}

// identified is whether changes carry what is needed to tell the row.
func (e *examiner) identified() *Link {
	l := &Link{ID: "identity", Title: "Its rows can be told apart"}
	if e.bare(l) {
		return l
	}
	var seen []string
	for _, t := range e.tables() {
		works := t.ReplicaIdentityWorks()
		switch {
		case t.Unsure.Any(catalog.Keys):
			l.unchecked("whether "+t.Name.String()+" has a primary key is not known", "the database: --db URL")
		case t.PrimaryKey == nil:
			l.Faults = append(l.Faults, Fault{
				Message: t.Name.String() + " has no primary key", Origin: t.Origin, Object: t.Ref(), Effect: e.effect("published", t.Ref()),
				Advice: "add one: alter table " + t.Name.SQL() + " add primary key (…)",
			})
		case !t.Identity.Known || !works.Known:
			l.unchecked("the replica identity of "+t.Name.String()+" is not known", "the database: --db URL")
		default:
			seen = append(seen, t.Name.Name+" "+t.Identity.Value.String())
		}
	}
	return l.holds("primary keys, and replica identity " + strings.Join(seen, ", "))
}

func list(names []catalog.Name) string {
	var out []string
	for _, n := range names {
		out = append(out, n.String())
	}
	return strings.Join(out, ", ")
}
