package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// mayReplace is what CREATE refuses when there is a function of the same name
// and input types (PostgreSQL docs: CREATE FUNCTION, Notes).
func (r *replay) mayReplace(old, f *catalog.Function, n *pg.CreateFunctionStmt) *sqlError {
	if !n.Replace {
		return errf("42723", "function %q already exists with same argument types", f.Name.Name).about(f.Ref())
	}
	word := "function"
	if old.Kind == catalog.Procedure {
		word = "procedure"
	}
	if err := r.mustOwn(old.Owner, word, f.Name.Name); err != nil {
		return err
	}
	if old.Kind != f.Kind {
		return errf("42809", "cannot change routine kind")
	}
	if old.Unsure.Any(catalog.Body) || old.Extension != "" {
		return nil
	}
	if old.Returns != f.Returns || old.ReturnsSet != f.ReturnsSet || f.Returns == "record" && !slices.Equal(outputs(old), outputs(f)) {
		return errf("42P13", "cannot change return type of existing function").about(f.Ref())
	}
	before, after := inputs(old), inputs(f)
	for i, a := range before {
		if a.Name != "" && i < len(after) && after[i].Name != a.Name {
			return errf("42P13", "cannot change name of input parameter %q", a.Name).about(f.Ref())
		}
	}
	if countDefaults(after) < countDefaults(before) {
		return errf("42P13", "cannot remove parameter defaults from existing function").about(f.Ref())
	}
	return nil
}

func inputs(f *catalog.Function) []catalog.Arg {
	return slices.DeleteFunc(slices.Clone(f.Args), func(a catalog.Arg) bool { return !a.Input() })
}

// outputs is the row that a function returns through its parameters.
func outputs(f *catalog.Function) []catalog.Arg {
	var out []catalog.Arg
	for _, a := range f.Args {
		if a.Mode != catalog.ArgIn && a.Mode != catalog.ArgVariadic {
			out = append(out, catalog.Arg{Name: a.Name, Type: a.Type})
		}
	}
	return out
}

func countDefaults(args []catalog.Arg) int {
	n := 0
	for _, a := range args {
		if a.Default {
			n++
		}
	}
	return n
}
