package snapshot

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// WriteText writes the part of the catalog that people look at: publications,
// tables with their policies, views and functions.
func WriteText(w io.Writer, c *catalog.Catalog, o Options) error {
	t := &text{bufio.NewWriter(w)}
	d := write(c, o)
	t.publications(d.Publications)
	t.tables(d.Tables, d.Policies)
	t.views(d.Views)
	t.functions(d.Functions)
	if n := len(d.Gaps); n > 0 {
		t.line("Not read")
		for _, g := range d.Gaps {
			place := ""
			if g.File != "" {
				place = fmt.Sprintf("%s:%d: ", g.File, g.Line)
			}
			t.line("  " + place + g.Reason)
		}
	}
	return t.Flush()
}

type text struct{ *bufio.Writer }

// line writes a line; what names may do to a terminal, they do not.
func (t *text) line(parts ...string) {
	for _, p := range parts {
		if strings.ContainsFunc(p, func(r rune) bool { return !strconv.IsPrint(r) }) {
			p = strings.Trim(strconv.Quote(p), `"`)
		}
		t.WriteString(p)
	}
	t.WriteByte('\n')
}

func (t *text) publications(in []publication) {
	t.line("Publications")
	for _, p := range in {
		line := "  " + p.Name + "  " + strings.Join(p.Publish, ", ")
		if p.Publish == nil {
			line += "actions unknown"
		}
		if p.AllTables != nil && *p.AllTables {
			line += "; all tables"
		}
		if p.ViaRoot != nil && *p.ViaRoot {
			line += "; via partition root"
		}
		t.line(line)
		for _, s := range p.Schemas {
			t.line("    all tables of schema " + s)
		}
		for _, m := range p.Tables {
			line := "    " + m.Name
			if m.Columns != nil {
				line += " (" + strings.Join(m.Columns, ", ") + ")"
			}
			if m.Where != nil {
				line += " where " + *m.Where
			}
			t.line(line)
		}
	}
}

func (t *text) tables(in []table, policies []policy) {
	t.line("Tables")
	printed := 0
	for _, x := range in {
		line := "  " + x.Name
		if x.Kind != catalog.Ordinary {
			line += "  " + string(x.Kind)
		}
		line += "  rls " + onOff(x.RLS)
		if x.ForceRLS != nil && *x.ForceRLS {
			line += " and forced"
		}
		line += ", replica identity " + known(x.Identity)
		switch {
		case x.PrimaryKey == nil:
			line += ", primary key unknown"
		case len(x.PrimaryKey) == 0:
			line += ", no primary key"
		default:
			line += ", primary key (" + strings.Join(x.PrimaryKey, ", ") + ")"
		}
		t.line(line)
		for _, p := range policies {
			if p.Table == x.Name {
				t.policy(p)
				printed++
			}
		}
	}
	if printed == len(policies) {
		return
	}
	t.line("Policies on tables of the platform")
	own := map[string]bool{}
	for _, x := range in {
		own[x.Name] = true
	}
	for _, p := range policies {
		if !own[p.Table] {
			t.line("  " + p.Table)
			t.policy(p)
		}
	}
}

func (t *text) policy(p policy) {
	line := "    policy " + strconv.Quote(p.Name) + "  "
	if !p.Permissive {
		line += "restrictive, "
	}
	t.line(line + "for " + string(p.Command) + " to " + strings.Join(p.Roles, ", "))
	if p.Using != nil {
		t.line("      using " + *p.Using)
	}
	if p.Check != nil {
		t.line("      with check " + *p.Check)
	}
}

func (t *text) views(in []view) {
	if len(in) == 0 {
		return
	}
	t.line("Views")
	for _, v := range in {
		line := "  " + v.Name
		if v.Materialized {
			line += "  materialized"
		} else {
			line += "  security invoker " + onOff(v.SecurityInvoker)
		}
		t.line(line)
	}
}

func (t *text) functions(in []function) {
	if len(in) == 0 {
		return
	}
	t.line("Functions")
	for _, f := range in {
		line := "  " + f.Name + "(" + f.Args + ")"
		if f.Returns != "" {
			line += " returns "
			if f.ReturnsSet {
				line += "setof "
			}
			line += f.Returns
		}
		line += "  " + f.Language + ", " + known(f.Volatility)
		if f.SecurityDefiner != nil && *f.SecurityDefiner {
			line += ", security definer"
		}
		if f.SearchPath != nil {
			line += ", search_path " + strconv.Quote(*f.SearchPath)
		}
		t.line(line)
		if f.Execute == nil {
			t.line("    execute: unknown")
		} else {
			t.line("    execute: " + strings.Join(f.Execute, ", "))
		}
	}
}

func onOff(b *bool) string {
	switch {
	case b == nil:
		return "unknown"
	case *b:
		return "on"
	}
	return "off"
}

func known[T ~string](s *T) string {
	if s == nil {
		return "unknown"
	}
	return string(*s)
}
