package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A draft is a table or column in the making: what a statement declares about
// it, to be carried out in the order of the server, which is not that of the
// text.
type draft struct {
	r        *replay
	t        *catalog.Table
	creating bool // CREATE TABLE, not ALTER TABLE … ADD COLUMN
	partial  bool // columns come from a type or a partitioned table: the statement only adds to them
	seqs     []*catalog.Sequence
	values   []value
	checks   []*pg.Constraint
	checkOf  []string // the column each check is written at, "" for the table's
	keys     []key
	foreign  []foreign
	likes    []likeClause

	inherited []inheritedCheck
	// conflicting has the columns to which parents give different defaults.
	conflicting map[string]bool
	added       []string // columns that it says more about, where partial
}

// A value is the DEFAULT or the generation expression of a column.
type value struct {
	column    string
	node      *pg.Node
	generated bool
}

// A key is a primary key, unique or exclusion constraint.
type key struct {
	c       *pg.Constraint
	columns []string
	name    string // "" when it is to be made up
	only    bool   // not on the partitions: they get their own, to be attached
}

// A foreign is a foreign key.
type foreign struct {
	c       *pg.Constraint
	columns []string
}

// column reads the definition of a column.
func (d *draft) column(def *pg.ColumnDef) *sqlError {
	c := &catalog.Column{Name: def.Colname, Origin: d.r.at, Local: true, NotNull: def.IsNotNull}
	if d.partial {
		at := slices.IndexFunc(d.t.Columns, func(x *catalog.Column) bool { return x.Name == def.Colname })
		if at < 0 {
			return errf("42703", "column %q does not exist", def.Colname)
		}
		if slices.Contains(d.added, def.Colname) {
			return errf("42701", "column %q specified more than once", def.Colname)
		}
		d.added = append(d.added, def.Colname)
		return d.columnConstraints(d.t.Columns[at], def)
	}
	serial, err := serialType(def.TypeName)
	if err != nil {
		return err
	}
	if serial != "" {
		c.Type, c.NotNull = serial, true
		if err := d.serial(c); err != nil {
			return err
		}
	} else if c.Type, err = d.r.columnTypeName(def); err != nil {
		return err
	}
	d.t.Columns = append(d.t.Columns, c)
	return d.columnConstraints(c, def)
}

// columnTypeName resolves a column's type and refuses what no column can have.
func (r *replay) columnTypeName(def *pg.ColumnDef) (string, *sqlError) {
	typ, err := r.typeName(def.TypeName)
	if err != nil {
		return "", err
	}
	if def.TypeName.Setof {
		return "", errf("42P16", "column %q cannot be declared SETOF", def.Colname)
	}
	if pseudoType(typ) {
		return "", errf("42P16", "column %q has pseudo-type %s", def.Colname, typ)
	}
	if def.CollClause != nil {
		if err := r.collatable(def.CollClause, typ); err != nil {
			return "", err
		}
	}
	if n, ok := r.composite(typ); ok {
		r.holdsRows(n)
	}
	return typ, r.mayUseType(typ)
}

// setValues carries out the defaults of a draft, once the table is there.
func (d *draft) setValues() *sqlError {
	if len(d.values) == 0 {
		return nil
	}
	t, _ := d.r.cat.Tables.Edit(d.t.Name)
	for _, v := range d.values { // none may refer to another, or itself
		if c, ok := t.Column(v.column); ok && v.generated {
			c.Generated = true
		}
	}
	for _, v := range d.values {
		if err := d.r.setValue(d.t.Name, v); err != nil {
			return err
		}
	}
	d.values = nil
	return nil
}

// finish carries out what needs the table to be there: defaults, checks, keys,
// foreign keys, in the order of the server.
func (d *draft) finish() *sqlError {
	r, name := d.r, d.t.Name
	if err := d.setValues(); err != nil {
		return err
	}
	d.addInherited()
	if err := d.addChecks(); err != nil {
		return err
	}
	if err := d.addKeys(); err != nil {
		return err
	}
	for _, l := range d.likes {
		if err := d.likeIndexes(l); err != nil {
			return err
		}
	}
	for _, f := range d.foreign {
		if err := r.addForeignKey(name, f.c, f.columns); err != nil {
			return err
		}
	}
	return nil
}

// setValue gives a column its default or generation expression, after checking
// it.
func (r *replay) setValue(table catalog.Name, v value) *sqlError {
	t, _ := r.cat.Tables.Edit(table)
	c, ok := t.Column(v.column)
	if !ok {
		return nil
	}
	refs, err := r.checkValue(r.rowOf(table), c.Type, v)
	if err != nil {
		return err
	}
	if v.generated {
		for _, o := range refs {
			if o.class == aRelation && o.name == table {
				if used, ok := t.Column(o.sub); ok && used.Generated {
					return errf("42P17", "cannot use generated column %q in column generation expression", o.sub)
				}
			}
		}
	}
	if nullConst(v.node) && !r.keepsNull(v.node, c.Type) {
		c.HasDefault, c.Default = false, nil
		r.forget(object{aDefault, table, c.Name})
		return nil
	}
	c.HasDefault, c.Generated, c.Default = true, v.generated, r.stored(v.node, table, c.Type)
	r.depend(object{aDefault, table, c.Name}, refs)
	return nil
}

// checkValue refuses a value that a column of the type cannot have, and returns
// what it refers to.
func (r *replay) checkValue(w *row, want string, v value) ([]object, *sqlError) {
	p, word := inDefault, "default"
	if v.generated {
		p, word = inGenerated, "generation"
	}
	typ, refs, err := r.check(v.node, p, "", "", w)
	if err != nil {
		if err.state == "42P17" {
			err.message = "generation expression is not immutable"
		}
		return nil, err
	}
	a := r.analysis(p)
	if err := a.assign(v.node, typ, want); err != nil {
		if err.state == "42804" {
			return nil, errf("42804", "column %q is of type %s but %s expression is of type %s", v.column, want, word, typ)
		}
		return nil, err
	}
	return union(refs, a.found()), nil
}

// keepsNull reports whether DEFAULT NULL is kept as a default: only when the
// column's type makes an expression of it, by its modifier or as a domain.
func (r *replay) keepsNull(n *pg.Node, typ string) bool {
	bare := bareType(typ)
	if bare != typ && !strings.HasPrefix(typ, "interval") || r.baseType(bare) != bare {
		return true
	}
	cast := n.GetTypeCast()
	if cast == nil {
		return false
	}
	from, err := r.typeName(cast.TypeName)
	return err == nil && bareType(from) != bare && !(r.category(bareType(from)) == 'S' && r.category(bare) == 'S')
}

// literal is a constant with its type, nil for none. Few are written many
// times: each is read once, and shared.
func (r *replay) literal(text string) expr.Expr {
	if e, ok := r.literals[text]; ok {
		return e
	}
	e, err := expr.Parse(text)
	if err != nil {
		return nil
	}
	if r.literals == nil {
		r.literals = map[string]expr.Expr{}
	}
	r.literals[text] = e
	return e
}

// stored is a default as the server keeps it: a plain literal has the type of
// the column by then, and a sequence is known by its full name.
func (r *replay) stored(n *pg.Node, table catalog.Name, typ string) expr.Expr {
	if s := n.GetAConst().GetSval(); s != nil {
		if e := r.literal(catalog.Literal(s.Sval) + "::" + typ); e != nil {
			return e
		}
	}
	e := r.normal(n, table)
	call, ok := e.(*expr.Call)
	if !ok || call.Name != "nextval" || len(call.Args) != 1 {
		return e
	}
	if c, ok := call.Args[0].(*expr.Const); ok {
		parts := dottedName(c.Text)
		if rel, _, found := r.relation(rangeVar(parts)); found {
			return nextval(rel.Name)
		}
	}
	return e
}
