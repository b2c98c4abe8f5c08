package catalog

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// Expanded is what a policy's expressions come to when the application's own
// helper functions are written out, as far as they can be.
type Expanded struct{ Using, Check expr.Expr }

// Expanded writes out the helpers that a policy calls. The result is kept: the
// catalog must be complete before the first call.
func (c *Catalog) Expanded(p *Policy) Expanded {
	if e, ok := c.written[p]; ok {
		return e
	}
	if e, ok := c.expanded[p]; ok {
		return e
	}
	e := Expanded{c.Expand(p.Using), c.Expand(p.Check)}
	if c.expanded == nil {
		c.expanded = map[*Policy]Expanded{}
	}
	c.expanded[p] = e
	return e
}

// Expand writes out the calls of the application's functions in an expression.
// The platform's and extensions' functions stay calls.
func (c *Catalog) Expand(e expr.Expr) expr.Expr {
	if e == nil {
		return nil
	}
	return expr.Expand(e, c.helper)
}

// helper is the body of the application's function of that name, if there is
// one only that takes so many arguments.
func (c *Catalog) helper(name string, nargs int) (expr.Body, bool) {
	o, ok := c.Functions.Get(ParseName(name))
	if !ok || !strings.Contains(name, ".") {
		return expr.Body{}, false
	}
	var f *Function
	for _, x := range o.Functions {
		if in, most := x.inputs(); nargs < in || nargs > most {
			continue
		}
		if f != nil {
			return expr.Body{}, false
		}
		f = x
	}
	if f == nil || f.Platform || f.Extension != "" || f.Kind != PlainFunction || !f.Body.Known || f.Unsure.Any(Existence|Body) {
		return expr.Body{}, false
	}
	if c.memos == nil {
		c.memos = map[*Function]*expr.Memo{}
	}
	if c.memos[f] == nil {
		c.memos[f] = &expr.Memo{}
	}
	b := c.body(f)
	b.Memo = c.memos[f]
	return b, true
}

// Computes is what the function's body computes as one select; false where it
// is not of that shape.
func (c *Catalog) Computes(f *Function) (expr.Expr, bool) { return c.body(f).Query(f.Name.Name) }

func (c *Catalog) body(f *Function) expr.Body {
	b := expr.Body{
		Language: f.Language, Source: f.Body.Value, Set: f.ReturnsSet, Definer: f.SecurityDefiner.Is(true),
		Scope: c.Scope(f.LookIn()...),
	}
	for _, a := range f.Args {
		if a.Input() {
			b.Args = append(b.Args, expr.Arg{Name: a.Name, Type: a.Type})
		}
	}
	return b
}

// inputs counts the arguments that must and that can be passed.
func (f *Function) inputs() (least, most int) {
	for _, a := range f.Args {
		switch {
		case a.Mode == ArgVariadic:
			return least, 1 << 20
		case a.Input():
			most++
			if !a.Default {
				least++
			}
		}
	}
	return least, most
}

// LookIn is the schemas in which the function's body looks names up: its own
// search_path, or the one that the API's roles come with.
func (f *Function) LookIn() []string {
	path, set := f.SearchPath()
	if !set || !path.Known {
		return []string{"public", "extensions"}
	}
	var out []string
	for s := range strings.SplitSeq(path.Value, ",") {
		if s = strings.Trim(strings.TrimSpace(s), `"'`); s != "" && s != "$user" {
			out = append(out, s)
		}
	}
	return out
}

// Scope resolves names by the catalog, looking in these schemas.
func (c *Catalog) Scope(searchPath ...string) expr.Scope {
	return expr.Scope{
		SearchPath: searchPath,
		Exists: func(kind expr.Kind, schema, name string, _ int) bool {
			n := Name{schema, name}
			switch kind {
			case expr.Function:
				return c.Functions.Has(n)
			case expr.Type:
				return c.Types.Has(n)
			}
			return c.Tables.Has(n) || c.Views.Has(n)
		},
		Columns: func(relation string) ([]expr.ColumnDef, bool) { return c.columnDefs(ParseName(relation)) },
	}
}

func (c *Catalog) columnDefs(n Name) ([]expr.ColumnDef, bool) {
	if t, ok := c.Tables.Get(n); ok && !t.Assumed && !t.Unsure.Any(Columns) {
		out := make([]expr.ColumnDef, len(t.Columns))
		for i, col := range t.Columns {
			out[i] = expr.ColumnDef{Name: col.Name, Type: c.BaseType(col.Type)}
		}
		return out, true
	}
	if v, ok := c.Views.Get(n); ok && v.Columns != nil {
		out := make([]expr.ColumnDef, len(v.Columns))
		for i, col := range v.Columns {
			out[i] = expr.ColumnDef{Name: col.Name, Type: c.BaseType(col.Type)}
		}
		return out, true
	}
	return nil, false
}

// IsRole reports whether the name is a role of the database, so that a token's
// claim role may equal it.
func (c *Catalog) IsRole(name string) bool {
	return slices.Contains([]string{Anon, Authenticated, ServiceRole}, name) || c.Roles.Has(name)
}
