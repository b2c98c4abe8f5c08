package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

var strategies = map[pg.PartitionStrategy]string{
	pg.PartitionStrategy_PARTITION_STRATEGY_LIST: "LIST", pg.PartitionStrategy_PARTITION_STRATEGY_RANGE: "RANGE",
	pg.PartitionStrategy_PARTITION_STRATEGY_HASH: "HASH",
}

// A partitionKey is what PARTITION BY says, read part by part.
type partitionKey struct {
	texts, types []string
	refs         []object
}

// partitioning reads PARTITION BY, once the table is in the catalog.
func (d *draft) partitioning(n *pg.CreateStmt) *sqlError {
	if n.Partspec == nil {
		return nil
	}
	r, name, spec := d.r, d.t.Name, n.Partspec
	if len(spec.PartParams) > maxKeys {
		return errf("54011", "cannot partition using more than %d columns", maxKeys)
	}
	if spec.Strategy == pg.PartitionStrategy_PARTITION_STRATEGY_LIST && len(spec.PartParams) > 1 {
		return errf("42P17", `cannot use "list" partition strategy with more than one column`)
	}
	method := "btree"
	if spec.Strategy == pg.PartitionStrategy_PARTITION_STRATEGY_HASH {
		method = "hash"
	}
	w := r.rowOf(name)
	var k partitionKey
	for _, p := range spec.PartParams {
		e := p.GetPartitionElem()
		read := k.column
		if e.Expr != nil {
			read = k.expression
		}
		if err := read(r, w, e); err != nil {
			return err
		}
		if err := r.partitionElem(method, e, k.types[len(k.types)-1]); err != nil {
			return err
		}
	}
	t, _ := r.cat.Tables.Edit(name)
	t.Partitioned = strategies[spec.Strategy] + " (" + strings.Join(k.texts, ", ") + ")"
	t.KeyTypes = k.types
	r.depend(object{aConstraint, name, ""}, union(k.refs))
	return nil
}

// maxKeys is how many columns and expressions a partition key has at most.
const maxKeys = 32

// column reads a part that is the name of a column.
func (k *partitionKey) column(r *replay, w *row, e *pg.PartitionElem) *sqlError {
	c, ok := w.column(e.Name)
	if !ok {
		if _, system := systemColumns[e.Name]; system {
			return errf("42P17", "cannot use system column %q in partition key", e.Name)
		}
		return errf("42703", "column %q named in partition key does not exist", e.Name)
	}
	if r.generatedColumn(w.relation, e.Name) {
		return errf("42P17", "cannot use generated column in partition key")
	}
	k.texts, k.types = append(k.texts, catalog.Quote(e.Name)), append(k.types, c.fullType())
	k.refs = append(k.refs, object{aRelation, w.relation, e.Name})
	return nil
}

// expression reads a part that is an expression.
func (k *partitionKey) expression(r *replay, w *row, e *pg.PartitionElem) *sqlError {
	typ, used, err := r.check(e.Expr, inPartition, "", "", w)
	if err != nil {
		return err
	}
	if typ == "record" || typ == literal {
		return errf("42P16", "partition key column %d has pseudo-type %s", len(k.types)+1, typ)
	}
	constant := true
	visitNodes(e.Expr, func(n *pg.Node) bool {
		if c := n.GetColumnRef(); c != nil {
			constant = false
			parts := names(c.Fields)
			if _, system := systemColumns[parts[len(parts)-1]]; system {
				err = errf("42P17", "partition key expressions cannot contain system column references")
			}
		}
		return true
	})
	if err == nil && constant {
		err = errf("42P17", "cannot use constant expression as partition key")
	}
	for _, o := range used {
		if err == nil && o.class == aRelation && o.name == w.relation && r.generatedColumn(o.name, o.sub) {
			err = errf("42P17", "cannot use generated column in partition key")
		}
	}
	text := expr.String(r.normal(e.Expr, w.relation))
	if e.Expr.GetFuncCall() == nil {
		text = "(" + text + ")"
	}
	k.texts, k.types, k.refs = append(k.texts, text), append(k.types, typ), append(k.refs, used...)
	return err
}

// partitionElem refuses a collation or operator class that the type cannot
// have.
func (r *replay) partitionElem(method string, e *pg.PartitionElem, typ string) *sqlError {
	if e.Collation != nil {
		if err := r.collatable(&pg.CollateClause{Collname: e.Collation}, typ); err != nil {
			return err
		}
	}
	if len(e.Opclass) > 0 {
		return r.opclass(method, names(e.Opclass), typ)
	}
	return r.defaultOpclass(method, typ)
}

// generatedColumn reports whether a column is a generated one.
func (r *replay) generatedColumn(table catalog.Name, column string) bool {
	t, ok := r.cat.Tables.Get(table)
	if !ok {
		return false
	}
	c, ok := t.Column(column)
	return ok && c.Generated
}
