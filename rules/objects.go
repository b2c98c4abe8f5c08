package rules

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// ProjectTables yields the tables that the project itself answers for, in
// order of name: not the platform's or an extension's, not temporary, and
// certain to exist.
func (p *Pass) ProjectTables() iter.Seq[*catalog.Table] {
	return func(yield func(*catalog.Table) bool) {
		for t := range p.Tables.All() {
			if p.IsProjectTable(t) && !yield(t) {
				return
			}
		}
	}
}

// IsProjectTable reports whether ProjectTables yields the table.
func (p *Pass) IsProjectTable(t *catalog.Table) bool {
	return !t.Platform && t.Extension == "" && !t.Assumed && !t.Unsure.Any(catalog.Existence) &&
		!t.Persistence.Is(catalog.Temporary) && !catalog.PlatformSchema(t.Name.Schema)
}

// ProjectViews yields the views and materialized views that the project itself
// answers for, in order of name.
func (p *Pass) ProjectViews() iter.Seq[*catalog.View] {
	return func(yield func(*catalog.View) bool) {
		for v := range p.Views.All() {
			if v.Platform || v.Extension != "" || v.Unsure.Any(catalog.Existence) || catalog.PlatformSchema(v.Name.Schema) {
				continue
			}
			if !yield(v) {
				return
			}
		}
	}
}

// Policies yields the project's policies with their tables, in order of table
// and name, those on the platform's tables too; only policies certain to be
// there.
func (p *Pass) Policies() iter.Seq2[*catalog.Table, *catalog.Policy] {
	return p.PoliciesWith(expr.Anything)
}

// PoliciesWith yields those of Policies that have one of these kinds of node in
// their expressions, be it in a helper's.
func (p *Pass) PoliciesWith(kinds expr.Kinds) iter.Seq2[*catalog.Table, *catalog.Policy] {
	return func(yield func(*catalog.Table, *catalog.Policy) bool) {
		all := p.indexed().policies
		for i := range all {
			if x := &all[i]; x.has.Any(kinds) && !yield(x.table, x.policy) {
				return
			}
		}
	}
}

// ProjectFunctions yields the functions that the project itself answers for,
// in order of name and signature.
func (p *Pass) ProjectFunctions() iter.Seq[*catalog.Function] {
	return func(yield func(*catalog.Function) bool) {
		for o := range p.Functions.All() {
			for _, f := range o.Functions {
				if p.isProjectFunction(f) && !yield(f) {
					return
				}
			}
		}
	}
}

func (p *Pass) isProjectFunction(f *catalog.Function) bool {
	return !f.Platform && f.Extension == "" && !f.Unsure.Any(catalog.Existence) && !catalog.PlatformSchema(f.Name.Schema)
}

// Exposed reports whether the API serves the schema.
func (p *Pass) Exposed(schema string) bool { return p.Config.Exposed(schema) }
