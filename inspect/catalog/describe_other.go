package catalog

import (
	"maps"
	"slices"
	"strings"
)

func describeSchema(s *Schema) description {
	d := description{ref: s.Ref().String(), unsure: s.Unsure.Any(Existence), skipped: s.Extension != ""}
	if s.Name != "public" { // which PostgreSQL and a project both make
		d.say("platform", yesNo(s.Platform))
	}
	fact(&d, "owner", s.Owner, same)
	d.grants("", &s.Grants, s.Unsure.Any(Grants))
	return d
}

func describeRole(r *Role) description {
	d := description{ref: r.Ref().String(), unsure: r.Unsure.Any(Existence), skipped: strings.HasPrefix(r.Name, "pg_")}
	for _, a := range []struct {
		name string
		fact Fact[bool]
	}{
		{"superuser", r.Superuser}, {"bypassrls", r.BypassRLS}, {"inherit", r.Inherit}, {"login", r.Login},
		{"createrole", r.CreateRole}, {"createdb", r.CreateDB}, {"replication", r.Replication},
	} {
		fact(&d, a.name, a.fact, yesNo)
	}
	d.in(inGrants, r.Unsure.Any(Grants))
	for _, g := range slices.Sorted(maps.Keys(r.MemberOf)) {
		m := r.MemberOf[g]
		if m.Admin && !m.Inherit && !m.Set {
			continue // what PostgreSQL 16 gives by itself to who creates a role
		}
		d.say("member of "+g, words("yes", when(m.Admin, "admin"), when(m.Inherit, "inherit"), when(m.Set, "set")))
	}
	return d
}

func describeFunction(f *Function) description {
	d := description{ref: f.Ref().String(), unsure: f.Unsure.Any(Existence), skipped: f.Extension != ""}
	d.say("platform", yesNo(f.Platform))
	d.say("kind", string(f.Kind))
	var args []string
	for _, a := range f.Args {
		args = append(args, words(when(a.Mode != ArgIn, string(a.Mode)), a.Name, a.Type, when(a.Default, "default")))
	}
	d.say("arguments", list(args))
	d.say("returns", words(when(f.ReturnsSet, "setof"), f.Returns))
	fact(&d, "owner", f.Owner, same)
	d.grants("", &f.Grants, f.Unsure.Any(Grants))
	if f.Kind == Aggregate { // the rest is its support functions' matter
		return d
	}
	d.say("language", f.Language)
	fact(&d, "volatility", f.Volatility, func(v Volatility) string { return string(v) })
	fact(&d, "security definer", f.SecurityDefiner, yesNo)
	fact(&d, "strict", f.Strict, yesNo)
	fact(&d, "leakproof", f.Leakproof, yesNo)
	for _, name := range slices.Sorted(maps.Keys(f.Config)) {
		fact(&d, "set "+name, f.Config[name], same)
	}
	d.say("standard body", yesNo(f.StandardBody))
	if !f.StandardBody { // the server prints its own text of such a body
		d.in(inBody, f.Unsure.Any(Body))
		fact(&d, "body", f.Body, same)
		d.in(inGeneral, false)
	}
	return d
}

func describeType(t *Type) description {
	d := description{ref: t.Ref().String(), unsure: t.Unsure.Any(Existence), skipped: t.Extension != ""}
	d.say("platform", yesNo(t.Platform))
	d.say("kind", string(t.Kind))
	d.say("labels", list(t.Labels))
	d.say("base", words(t.Base, when(t.NotNull, "not null")))
	var fields []string
	for _, f := range t.Fields {
		fields = append(fields, f.Name+" "+f.Type)
	}
	d.say("fields", list(fields))
	fact(&d, "owner", t.Owner, same)
	d.grants("", &t.Grants, t.Unsure.Any(Grants))
	return d
}

// Whether a publication is the platform's is not compared: dropped and created
// again under its name, it is the project's to the migrations, and nothing in
// a database tells.
func describePublication(p *Publication) description {
	d := description{ref: p.Ref().String(), unsure: p.Unsure.Any(Existence)}
	fact(&d, "owner", p.Owner, same)
	fact(&d, "all tables", p.AllTables, yesNo)
	fact(&d, "publish", p.Publish, func(a Actions) string { return strings.Join(a.List(), ", ") })
	fact(&d, "publish_via_partition_root", p.ViaRoot, yesNo)
	d.in(inMembers, p.Unsure.Any(Members))
	for _, s := range p.Schemas {
		d.say("tables in schema "+s.Schema, "published")
	}
	for _, m := range p.Members {
		d.say("table "+m.Table.String(), words("published", when(m.Columns != nil, list(m.Columns))))
		d.sayExpr("row filter of "+m.Table.String(), m.Where)
	}
	return d
}
