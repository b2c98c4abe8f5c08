package catalog

import "strings"

func describeTable(t *Table) description {
	d := description{
		ref: t.Ref().String(), unsure: t.Unsure.Any(Existence),
		skipped: t.Extension != "" || t.Assumed || t.Persistence.Is(Temporary),
	}
	d.say("kind", string(t.Kind))
	d.say("platform", yesNo(t.Platform))
	fact(&d, "persistence", t.Persistence, func(p Persistence) string { return string(p) })
	fact(&d, "owner", t.Owner, same)
	fact(&d, "row level security", t.RLS, yesNo)
	fact(&d, "forced row level security", t.ForceRLS, yesNo)
	fact(&d, "replica identity", t.Identity, Identity.String)
	d.say("partition of", t.PartitionOf.String())
	d.say("inherits", nameList(t.Inherits))
	d.in(inColumns, t.Unsure.Any(Columns))
	d.columns(t)
	d.in(inKeys, t.Unsure.Any(Keys|Columns))
	d.keys(t)
	for _, i := range t.Indexes {
		d.index(i)
	}
	d.in(inTriggers, t.Unsure == Everything)
	for _, g := range t.Triggers {
		d.trigger(g)
	}
	d.grants("", &t.Grants, t.Unsure.Any(Grants))
	return d
}

func (d *description) columns(t *Table) {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
		d.say("column "+c.Name, words(c.Type, when(c.NotNull, "not null"), when(c.HasDefault, "default"),
			when(c.Generated, "generated"), when(c.IdentityColumn, "identity"), when(!c.Local, "inherited")))
		if c.Default != nil {
			d.sayExpr("default of column "+c.Name, c.Default)
		}
		d.grants("column "+c.Name+": ", &c.Grants, t.Unsure.Any(Grants))
	}
	d.say("columns", list(names))
}

func (d *description) keys(t *Table) {
	if k := t.PrimaryKey; k != nil {
		d.say("primary key", words(k.Name, list(k.Columns), when(k.Deferrable, "deferrable")))
	}
	for _, k := range t.Uniques {
		d.say("unique "+k.Name, words(list(k.Columns), when(k.Deferrable, "deferrable")))
	}
	for _, k := range t.Checks {
		d.sayExpr("check "+k.Name, k.Expr)
	}
	for _, name := range t.Excludes {
		d.say("exclusion constraint "+name, "yes")
	}
	for _, k := range t.ForeignKeys {
		d.say("foreign key "+k.Name, words(list(k.Columns), "references", k.References.String(), list(k.RefColumns), "on delete", k.OnDelete))
	}
}

func (d *description) index(i *Index) {
	d.say("index "+i.Name, words(i.Method, list(i.Columns), when(len(i.Include) > 0, "include "+list(i.Include)),
		when(i.Unique, "unique"), when(i.Primary, "primary"), when(!i.Valid, "invalid"), when(!i.Immediate, "deferrable"),
		when(i.NullsNotDistinct, "nulls not distinct"), when(i.Constraint != "", "constraint "+i.Constraint)))
	for n, e := range i.Exprs {
		d.sayExpr("expression "+string(rune('1'+n%9))+" of index "+i.Name, e)
	}
	d.sayExpr("predicate of index "+i.Name, i.Where)
}

func (d *description) trigger(g *Trigger) {
	d.say("trigger "+g.Name, words(g.Timing, strings.Join(g.Events, " or "), when(len(g.Columns) > 0, "of "+list(g.Columns)),
		when(g.ForEachRow, "for each row"), "execute", g.Function.String(), when(g.Constraint, "constraint"),
		when(!g.Enabled, "disabled"), when(g.Inherited, "inherited")))
	d.sayExpr("condition of trigger "+g.Name, g.When)
}

func describePolicy(t *Table, p *Policy) description {
	d := description{
		ref: p.Ref().String(), of: t.Ref().String(), unsure: p.Unsure.Any(Existence) || t.Unsure.Any(Policies|Existence),
		skipped: t.Assumed || t.Extension != "",
	}
	d.say("command", string(p.Command))
	d.say("permissive", yesNo(p.Permissive))
	d.say("roles", strings.Join(p.Roles, ", "))
	d.sayExpr("using", p.Using)
	d.sayExpr("with check", p.Check)
	return d
}

// A view's query is not compared: servers print the same one differently by
// version. Its columns and what it reads and calls are.
func describeView(v *View) description {
	d := description{ref: v.Ref().String(), unsure: v.Unsure.Any(Existence), skipped: v.Extension != ""}
	d.say("platform", yesNo(v.Platform))
	fact(&d, "owner", v.Owner, same)
	fact(&d, "security_invoker", v.SecurityInvoker, yesNo)
	fact(&d, "security_barrier", v.SecurityBarrier, yesNo)
	d.in(inColumns, v.Unsure.Any(Columns) || v.Columns == nil)
	var names []string
	for _, c := range v.Columns {
		names = append(names, c.Name)
		d.add(trait{name: "column " + c.Name, value: c.Type, unknown: c.Type == ""})
		d.grants("column "+c.Name+": ", &c.Grants, v.Unsure.Any(Grants))
	}
	d.say("columns", list(names))
	d.in(inGeneral, false)
	d.say("reads", nameList(userNames(v.Reads)))
	d.say("calls", nameList(userNames(v.Calls)))
	for _, i := range v.Indexes {
		d.index(i)
	}
	for _, g := range v.Triggers {
		d.trigger(g)
	}
	d.grants("", &v.Grants, v.Unsure.Any(Grants))
	return d
}

// userNames leaves out what belongs to the server: a running database does not
// note who depends on it.
func userNames(names []Name) []Name {
	var out []Name
	for _, n := range names {
		if n.Schema != "pg_catalog" && n.Schema != "information_schema" {
			out = append(out, n)
		}
	}
	return out
}

func describeSequence(s *Sequence) description {
	d := description{ref: s.Ref().String(), unsure: s.Unsure.Any(Existence), skipped: s.Extension != ""}
	d.say("platform", yesNo(s.Platform))
	fact(&d, "owner", s.Owner, same)
	d.say("owned by", words(s.OwnedBy.String(), s.OwnedColumn))
	d.say("identity", yesNo(s.Identity))
	d.grants("", &s.Grants, s.Unsure.Any(Grants))
	return d
}
