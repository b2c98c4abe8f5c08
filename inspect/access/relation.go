package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// dataRows: there may be rows, or none.
var dataRows = outcome{t: True | False, row: true}

// relation is whether the asker finds any row in a table or view that a
// sub-select of a policy reads.
func (a *asker) relation(n catalog.Name, q *expr.Query) outcome {
	as := *a
	if q.Definer {
		owner, ok := a.definer(q.Helper)
		if !ok {
			return outcome{t: True | False, unknown: "whose rights function " + q.Helper + " has"}
		}
		as.role = owner
	}
	if r := as.denied(n, q); r != nil {
		return outcome{raise: r}
	}
	if t, ok := a.judge.cat.Tables.Get(n); ok {
		o := as.tableRows(t, q)
		if o.sure() && o.raise.SQLState == "42P17" && q.Helper != "" { // each call is planned by itself
			o.raise = &Raise{SQLState: "54001", Message: "stack depth limit exceeded: function " + q.Helper + " reads " + n.String() + ", whose policy calls it"}
		}
		return o
	}
	if v, ok := a.judge.cat.Views.Get(n); ok {
		return as.viewRows(v)
	}
	if builtin.HasRelation(n.Schema, n.Name) && (n.Schema != "pg_catalog" || !slices.Contains(secret, n.Name)) {
		return dataRows
	}
	return outcome{t: True | False, unknown: "what " + n.String() + " is"}
}

// secret are the relations of pg_catalog that only a superuser may read whole.
var secret = []string{
	"pg_authid", "pg_backend_memory_contexts", "pg_config", "pg_file_settings", "pg_hba_file_rules", "pg_ident_file_mappings", "pg_largeobject",
	"pg_replication_origin_status", "pg_shadow", "pg_shmem_allocations", "pg_statistic", "pg_statistic_ext_data", "pg_subscription", "pg_user_mapping",
}

// tableRows is whether the asker can see any row of the table.
func (a *asker) tableRows(t *catalog.Table, q *expr.Query) outcome {
	p := a.pass(t, catalog.ForSelect, using)
	if q.Helper == "" {
		p = a.passIn(t, a.place(t, q))
	}
	switch {
	case p.running:
		return outcome{raise: &Raise{SQLState: "42P17", Message: "infinite recursion detected in policy for relation " + quoted(t.Name.Name)}}
	case p.sure():
		return outcome{raise: p.raise}
	case !p.t.Can(True):
		return outcome{t: False, raise: p.raise}
	case p.t == True || p.row || p.unknown == "":
		out := dataRows
		out.raise = p.raise
		return out
	}
	return outcome{t: True | False, unknown: p.unknown, raise: p.raise}
}

// place is where the sub-select reads the table.
func (a *asker) place(t *catalog.Table, q *expr.Query) within {
	in := within{query: q}
	for _, s := range expr.Sources(q.From) {
		if s.Name != "" && !s.CTE && catalog.ParseSource(s.Name) == t.Name {
			in.alias = s.Alias
		}
	}
	return in
}

// viewRows is whether the asker can see any row of the view.
func (a *asker) viewRows(v *catalog.View) outcome {
	q, ok := v.Query.(*expr.Query)
	if v.Materialized || !ok {
		return dataRows
	}
	as := *a
	switch {
	case !v.SecurityInvoker.Known:
		return outcome{t: True | False, unknown: "with whose rights " + v.Name.String() + " reads"}
	case !v.SecurityInvoker.Value && !v.Owner.Known:
		return outcome{t: True | False, unknown: "who owns " + v.Name.String()}
	case !v.SecurityInvoker.Value:
		as.role = v.Owner.Value
	}
	return as.machine().rows(q)
}

// definer is the owner of a SECURITY DEFINER function.
func (a *asker) definer(helper string) (string, bool) {
	o, ok := a.judge.cat.Functions.Get(catalog.ParseName(helper))
	if !ok {
		return "", false
	}
	owner := ""
	for _, f := range o.Functions {
		if !f.Owner.Known || owner != "" && owner != f.Owner.Value {
			return "", false
		}
		owner = f.Owner.Value
	}
	return owner, owner != ""
}

// denied is the error of a role that may not read the relation; nil when it
// may, or when that is not known.
func (a *asker) denied(n catalog.Name, q *expr.Query) *Raise {
	c := a.judge.cat
	no := &Raise{SQLState: "42501", Message: "permission denied for table " + n.Name + " (role " + a.role + " may not select from it)"}
	if t, ok := c.Tables.Get(n); ok {
		whole := c.MayTable(a.role, t, catalog.Select)
		if !whole.Known || whole.Value {
			return nil
		}
		if c.MayAnyColumn(a.role, t, catalog.Select).IsNot(true) {
			no.Origin = whole.Origin
			return no
		}
		for _, col := range columnsOf(q, n) {
			if f := c.MayColumn(a.role, t, col, catalog.Select); f.IsNot(true) {
				return no
			}
		}
		return nil
	}
	if v, ok := c.Views.Get(n); ok && !v.Unsure.Any(catalog.Grants) {
		if c.Allows(&v.Grants, a.role, catalog.Select).IsNot(true) {
			no.Message = "permission denied for view " + n.Name
			return no
		}
	}
	return nil
}

// columnsOf are the columns that the query reads of one of its sources.
func columnsOf(q *expr.Query, n catalog.Name) []string {
	var out []string
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || catalog.ParseSource(s.Name) != n {
			continue
		}
		for _, c := range expr.Columns(q) {
			if c.Table == s.Alias && c.Name != "*" {
				out = append(out, c.Name)
			}
		}
	}
	return out
}
