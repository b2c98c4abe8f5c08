package static

import (
	"maps"
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// functionOptions are those that the catalog does not keep.
type functionOptions struct {
	as         *pg.DefElem
	cost, rows *float64
}

// functionOptions reads the options of CREATE and ALTER FUNCTION into f.
func (r *replay) functionOptions(f *catalog.Function, options []*pg.Node) (functionOptions, *sqlError) {
	var o functionOptions
	seen := map[string]bool{}
	for _, n := range options {
		d := n.GetDefElem()
		if d.Defname != "set" && seen[d.Defname] {
			return o, errf("42601", "conflicting or redundant options")
		}
		seen[d.Defname] = true
		if f.Kind == catalog.Procedure {
			switch d.Defname {
			case "volatility", "strict", "leakproof", "cost", "rows", "support", "parallel", "window":
				return o, errf("42P13", "invalid attribute in procedure definition")
			}
		}
		on := catalog.Of(d.GetArg().GetBoolean().GetBoolval(), r.at)
		word := strings.ToLower(d.GetArg().GetString_().GetSval())
		switch d.Defname {
		case "as":
			o.as = d
		case "language":
			f.Language = d.GetArg().GetString_().GetSval()
		case "volatility":
			f.Volatility = catalog.Of(catalog.Volatility(word), r.at)
		case "strict":
			f.Strict = on
		case "security":
			f.SecurityDefiner = on
		case "leakproof":
			f.Leakproof = on
		case "window":
			if on.Value {
				f.Kind = catalog.Window
			}
		case "parallel":
			if word != "safe" && word != "unsafe" && word != "restricted" {
				return o, errf("42601", "parameter %q must be SAFE, RESTRICTED, or UNSAFE", "parallel")
			}
		case "cost":
			o.cost = optionNumber(d.GetArg())
		case "rows":
			o.rows = optionNumber(d.GetArg())
		}
	}
	for _, n := range options {
		if d := n.GetDefElem(); d.Defname == "set" {
			if err := r.functionSetting(f, d.GetArg().GetVariableSetStmt()); err != nil {
				return o, err
			}
		}
	}
	return o, nil
}

func optionNumber(n *pg.Node) *float64 {
	switch v := n.GetNode().(type) {
	case *pg.Node_Integer:
		f := float64(v.Integer.GetIval())
		return &f
	case *pg.Node_Float:
		f, err := strconv.ParseFloat(v.Float.GetFval(), 64)
		if err != nil {
			return nil
		}
		return &f
	}
	return nil
}

// functionSetting reads one SET or RESET clause of a function.
func (r *replay) functionSetting(f *catalog.Function, n *pg.VariableSetStmt) *sqlError {
	name := strings.ToLower(n.GetName())
	f.Config = maps.Clone(f.Config)
	switch n.GetKind() {
	case pg.VariableSetKind_VAR_RESET_ALL:
		f.Config = nil
		return nil
	case pg.VariableSetKind_VAR_RESET, pg.VariableSetKind_VAR_SET_DEFAULT:
		delete(f.Config, name)
		return nil
	}
	value := settingValue(name, n.GetArgs())
	if n.GetKind() == pg.VariableSetKind_VAR_SET_CURRENT {
		value = r.currentSetting(name)
	}
	if name == "role" {
		if value != "none" && !r.hasRole(value) {
			return errf("22023", "role %q does not exist", value)
		}
	} else if err := r.checkSetting(name, value, true); err != nil {
		return err
	}
	if f.Config == nil {
		f.Config = map[string]catalog.Fact[string]{}
	}
	f.Config[name] = catalog.Of(value, r.at)
	return nil
}
