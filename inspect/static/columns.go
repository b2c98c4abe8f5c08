package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// serialTypes are the notational conveniences of PostgreSQL docs 8.1.4.
var serialTypes = map[string]string{
	"smallserial": "smallint", "serial2": "smallint", "serial": "integer", "serial4": "integer",
	"bigserial": "bigint", "serial8": "bigint",
}

// serialType is the integer type behind a serial one, "" if it is none.
func serialType(t *pg.TypeName) (string, *sqlError) {
	if len(t.GetNames()) != 1 || t.GetPctType() {
		return "", nil
	}
	typ := serialTypes[t.Names[0].GetString_().GetSval()]
	if typ != "" && len(t.ArrayBounds) > 0 {
		return "", errf("0A000", "array of serial is not implemented")
	}
	return typ, nil
}

// serial gives a column the sequence and the default of a serial one.
func (d *draft) serial(c *catalog.Column) *sqlError {
	seq := d.sequence(c)
	c.HasDefault = true
	c.Default = nextval(seq.Name)
	d.r.depend(object{aDefault, d.t.Name, c.Name}, []object{{aRelation, seq.Name, ""}})
	return nil
}

// nextval is the default of a serial column.
func nextval(seq catalog.Name) expr.Expr {
	e, err := expr.Parse("nextval(" + catalog.Literal(seq.SQL()) + "::regclass)")
	if err != nil {
		return nil
	}
	return e
}

// sequence drafts the sequence of a serial or identity column.
func (d *draft) sequence(c *catalog.Column) *catalog.Sequence {
	schema := d.t.Name.Schema
	name := d.r.relationName(schema, d.t.Name.Name, c.Name, "seq", false)
	seq := d.r.blankSequence(catalog.Name{Schema: schema, Name: name}, d.t.Owner.Value)
	seq.OwnedBy, seq.OwnedColumn = d.t.Name, c.Name
	d.seqs = append(d.seqs, seq)
	return seq
}

// sequences creates the sequences that the draft has collected.
func (d *draft) sequences() {
	for _, s := range d.seqs {
		d.r.cat.PutSequence(s)
	}
}

// columnConstraints reads the constraints written at a column.
func (d *draft) columnConstraints(c *catalog.Column, def *pg.ColumnDef) *sqlError {
	var sawNull, sawNotNull, sawDefault, sawIdentity, sawGenerated bool
	sawDefault = c.HasDefault && !d.partial
	sawNotNull = c.NotNull && !d.partial
	table := d.t.Name.Name
	var last *pg.Constraint
	for _, n := range def.Constraints {
		con := n.GetConstraint()
		switch con.GetContype() {
		case pg.ConstrType_CONSTR_NULL:
			if sawNotNull {
				return errf("42601", "conflicting NULL/NOT NULL declarations for column %q of table %q", c.Name, table)
			}
			sawNull = true
		case pg.ConstrType_CONSTR_NOTNULL:
			if sawNull {
				return errf("42601", "conflicting NULL/NOT NULL declarations for column %q of table %q", c.Name, table)
			}
			sawNotNull, c.NotNull = true, true
		case pg.ConstrType_CONSTR_DEFAULT:
			if sawDefault {
				return errf("42601", "multiple default values specified for column %q of table %q", c.Name, table)
			}
			sawDefault = true
			d.values = append(d.values, value{c.Name, con.RawExpr, false})
		case pg.ConstrType_CONSTR_IDENTITY:
			if sawIdentity {
				return errf("42601", "multiple identity specifications for column %q of table %q", c.Name, table)
			}
			if d.partial {
				return errf("0A000", "identity columns are not supported on partitions")
			}
			if err := d.identity(c, con); err != nil {
				return err
			}
			if sawNull {
				return errf("42601", "conflicting NULL/NOT NULL declarations for column %q of table %q", c.Name, table)
			}
			sawIdentity, sawNotNull = true, true
		case pg.ConstrType_CONSTR_GENERATED:
			if sawGenerated {
				return errf("42601", "multiple generation clauses specified for column %q of table %q", c.Name, table)
			}
			if d.partial {
				return errf("0A000", "generated columns are not supported on partitions")
			}
			sawGenerated = true
			d.values = append(d.values, value{c.Name, con.RawExpr, true})
		case pg.ConstrType_CONSTR_CHECK:
			d.checks, d.checkOf = append(d.checks, con), append(d.checkOf, c.Name)
		case pg.ConstrType_CONSTR_PRIMARY:
			if d.t.Kind == catalog.Foreign {
				return errf("0A000", "primary key constraints are not supported on foreign tables")
			}
			d.keys = append(d.keys, key{c: con, columns: []string{c.Name}, name: con.Conname})
		case pg.ConstrType_CONSTR_UNIQUE:
			if d.t.Kind == catalog.Foreign {
				return errf("0A000", "unique constraints are not supported on foreign tables")
			}
			d.keys = append(d.keys, key{c: con, columns: []string{c.Name}, name: con.Conname})
		case pg.ConstrType_CONSTR_FOREIGN:
			if d.t.Kind == catalog.Foreign {
				return errf("0A000", "foreign key constraints are not supported on foreign tables")
			}
			d.foreign = append(d.foreign, foreign{con, []string{c.Name}})
		case pg.ConstrType_CONSTR_ATTR_DEFERRABLE, pg.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE,
			pg.ConstrType_CONSTR_ATTR_DEFERRED, pg.ConstrType_CONSTR_ATTR_IMMEDIATE:
			if err := deferral(last, con.Contype); err != nil {
				return err
			}
			continue
		}
		last = con
		if sawDefault && sawIdentity {
			return errf("42601", "both default and identity specified for column %q of table %q", c.Name, table)
		}
		if sawDefault && sawGenerated {
			return errf("42601", "both default and generation expression specified for column %q of table %q", c.Name, table)
		}
		if sawIdentity && sawGenerated {
			return errf("42601", "both identity and generation expression specified for column %q of table %q", c.Name, table)
		}
	}
	return nil
}

// deferral applies DEFERRABLE and its like to the constraint before it.
func deferral(c *pg.Constraint, t pg.ConstrType) *sqlError {
	word := map[pg.ConstrType]string{
		pg.ConstrType_CONSTR_ATTR_DEFERRABLE: "DEFERRABLE", pg.ConstrType_CONSTR_ATTR_NOT_DEFERRABLE: "NOT DEFERRABLE",
		pg.ConstrType_CONSTR_ATTR_DEFERRED: "INITIALLY DEFERRED", pg.ConstrType_CONSTR_ATTR_IMMEDIATE: "INITIALLY IMMEDIATE",
	}[t]
	switch c.GetContype() {
	case pg.ConstrType_CONSTR_PRIMARY, pg.ConstrType_CONSTR_UNIQUE, pg.ConstrType_CONSTR_EXCLUSION, pg.ConstrType_CONSTR_FOREIGN:
	default:
		return errf("42601", "misplaced %s clause", word)
	}
	switch t {
	case pg.ConstrType_CONSTR_ATTR_DEFERRABLE, pg.ConstrType_CONSTR_ATTR_DEFERRED:
		c.Deferrable = true
	}
	return nil
}

// nullConst reports whether a default is NULL, which the server does not keep.
func nullConst(n *pg.Node) bool {
	if t := n.GetTypeCast(); t != nil {
		return nullConst(t.Arg)
	}
	return n.GetAConst().GetIsnull()
}

// identity makes a column an identity column.
func (d *draft) identity(c *catalog.Column, con *pg.Constraint) *sqlError {
	switch c.Type {
	case "smallint", "integer", "bigint":
	default:
		return errf("22023", "identity column type must be smallint, integer, or bigint")
	}
	seq := d.sequence(c)
	seq.Identity = true
	for _, o := range con.Options {
		if def := o.GetDefElem(); def.GetDefname() == "sequence_name" {
			parts := names(def.GetArg().GetList().GetItems())
			seq.Name = catalog.Name{Schema: d.t.Name.Schema, Name: parts[len(parts)-1]}
			if len(parts) > 1 {
				seq.Name.Schema = parts[0]
			}
		}
	}
	c.IdentityColumn, c.NotNull = true, true
	return nil
}

// pseudoType reports whether a type is none that a column can have.
func pseudoType(typ string) bool {
	for {
		elem, ok := elementType(typ)
		if !ok {
			break
		}
		typ = elem
	}
	t, ok := builtin.TypePrinted(typ)
	return ok && t.Kind == 'p'
}

// collatable refuses COLLATE on a type without collations.
func (r *replay) collatable(c *pg.CollateClause, typ string) *sqlError {
	base := r.baseType(bareType(typ))
	if elem, ok := elementType(base); ok {
		base = elem
	}
	t, ok := builtin.TypePrinted(base)
	if ok && t.Category != 'S' {
		return errf("42804", "collations are not supported by type %s", bareType(typ))
	}
	_ = strings.Join(names(c.Collname), ".")
	return nil
}

// mayUseType is the refusal to use a type without the right to.
func (r *replay) mayUseType(typ string) *sqlError {
	o, ok := r.typeObject(typ)
	if !ok || o.class != aType {
		return nil
	}
	t, ok := r.cat.Types.Get(o.name)
	if !ok || t.Extension != "" || t.Unsure != 0 || r.allowed(&t.Grants, catalog.Usage) {
		return nil
	}
	return errf("42501", "permission denied for type %s", t.Name.Name).about(t.Ref())
}

// normal is an expression over a relation as the catalog keeps it.
func (r *replay) normal(n *pg.Node, table catalog.Name) expr.Expr {
	if n == nil {
		return nil
	}
	return expr.NewIn(n, r.exprScope(table))
}
