package expr

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

func (b *builder) call(n *pg.Node, f *pg.FuncCall) Expr {
	args := b.nodes(f.Args)
	name := b.functionName(stringsOf(f.Funcname), len(args))
	if f.Over != nil {
		o := &Opaque{Text: deparse(n), Parts: args}
		o.Parts = append(o.Parts, b.nodes(f.Over.PartitionClause)...)
		for _, s := range b.sortBy(f.Over.OrderClause) {
			o.Parts = append(o.Parts, s.X)
		}
		return o
	}
	variadic := f.FuncVariadic
	if a, ok := last(args).(*Array); ok && variadic { // f(variadic array['a']) is f('a')
		args, variadic = slices.Concat(args[:len(args)-1], a.Elems), false
	}
	if f.AggFilter == nil && !f.AggDistinct && !f.AggStar && !variadic && len(f.AggOrder) == 0 {
		if e := door(name, args); e != nil {
			return e
		}
	}
	return &Call{
		Name: name, Args: args, Star: f.AggStar, Distinct: f.AggDistinct, Variadic: variadic,
		Order: b.sortBy(f.AggOrder), Filter: b.opt(f.AggFilter),
	}
}

func last(list []Expr) Expr {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// functionName is the name as the server prints it with an empty search_path:
// without schema for pg_catalog, else with it.
func (b *builder) functionName(names []string, nargs int) string {
	switch len(names) {
	case 0:
		return "?"
	case 1:
		return b.qualify(Function, names[0], nargs)
	}
	schema, name := names[len(names)-2], names[len(names)-1]
	if schema == "pg_catalog" {
		return quoteFunction(name)
	}
	return quoteIdent(schema) + "." + quoteIdent(name)
}

var valueFunctions = map[pg.SQLValueFunctionOp]string{
	pg.SQLValueFunctionOp_SVFOP_CURRENT_DATE:        "current_date",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_TIME:        "current_time",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N:      "current_time",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP:   "now",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N: "current_timestamp",
	pg.SQLValueFunctionOp_SVFOP_LOCALTIME:           "localtime",
	pg.SQLValueFunctionOp_SVFOP_LOCALTIME_N:         "localtime",
	pg.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP:      "localtimestamp",
	pg.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:    "localtimestamp",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_ROLE:        "current_user",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_USER:        "current_user",
	pg.SQLValueFunctionOp_SVFOP_USER:                "current_user",
	pg.SQLValueFunctionOp_SVFOP_SESSION_USER:        "session_user",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_CATALOG:     "current_database",
	pg.SQLValueFunctionOp_SVFOP_CURRENT_SCHEMA:      "current_schema",
}

func (b *builder) valueFunction(f *pg.SQLValueFunction) Expr {
	name := valueFunctions[f.Op]
	if name == "" {
		return &Opaque{Text: f.Op.String()}
	}
	c := &Call{Name: name}
	switch f.Op {
	case pg.SQLValueFunctionOp_SVFOP_CURRENT_TIME_N, pg.SQLValueFunctionOp_SVFOP_CURRENT_TIMESTAMP_N,
		pg.SQLValueFunctionOp_SVFOP_LOCALTIME_N, pg.SQLValueFunctionOp_SVFOP_LOCALTIMESTAMP_N:
		c.Args = []Expr{literal(pg.MakeAConstIntNode(int64(f.Typmod), -1).GetAConst())}
	}
	return c
}
