package static

import (
	"slices"
	"strconv"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// blankSequence is a new sequence.
func (r *replay) blankSequence(name catalog.Name, owner string) *catalog.Sequence {
	return &catalog.Sequence{
		Name: name, Owner: catalog.Of(owner, r.at), Grants: r.newACL(catalog.OnSequences, name.Schema, owner),
		Origin: r.at, Platform: r.platform,
	}
}

// createSequence replays CREATE SEQUENCE.
func (r *replay) createSequence(n *pg.CreateSeqStmt) *sqlError {
	name, err := r.newRelation(n.Sequence)
	if err != nil {
		return err
	}
	if n.IfNotExists && r.alreadyThere(name) {
		return notice()
	}
	if err := r.sequenceOptions(n.Options, true); err != nil {
		return err
	}
	if err := r.taken(name); err != nil {
		return err
	}
	s := r.blankSequence(name, r.user)
	r.cat.PutSequence(s)
	r.change(s.Ref(), catalog.WhatCreated, "", "")
	return r.ownedBy(name, n.Options)
}

// alterSequence replays ALTER SEQUENCE.
func (r *replay) alterSequence(n *pg.AlterSeqStmt) *sqlError {
	rel, name, ok := r.relation(n.Sequence)
	if !ok {
		if err := r.mayLook(n.Sequence); err != nil {
			return err
		}
		if n.MissingOk {
			return notice()
		}
		if s := n.Sequence.Schemaname; s != "" && !r.hasSchema(s) {
			return errf("3F000", "schema %q does not exist", s)
		}
		if r.unlisted() {
			return nil
		}
		return missingRelation(n.Sequence).about(catalog.Ref{Kind: "sequence", Name: name.String()})
	}
	s, ok := r.cat.Sequences.Get(rel.Name)
	if !ok {
		return errf("42809", "%q is not a sequence", n.Sequence.Relname)
	}
	if err := r.mustOwn(s.Owner, "sequence", rel.Name.Name); err != nil {
		return err
	}
	if err := r.sequenceOptions(n.Options, false); err != nil {
		return err
	}
	return r.ownedBy(rel.Name, n.Options)
}

// sequenceOptions refuses options that contradict themselves.
func (r *replay) sequenceOptions(list []*pg.Node, creating bool) *sqlError {
	seen := map[string]bool{}
	values := map[string]int64{}
	for _, n := range list {
		d := n.GetDefElem()
		if seen[d.Defname] {
			return errf("42601", "conflicting or redundant options")
		}
		seen[d.Defname] = true
		if v, ok := integerArg(d.GetArg()); ok {
			values[d.Defname] = v
		}
		if d.Defname == "as" {
			typ, err := r.typeName(d.GetArg().GetTypeName())
			if err != nil {
				return err
			}
			if typ != "smallint" && typ != "integer" && typ != "bigint" {
				return errf("22023", "sequence type must be smallint, integer, or bigint")
			}
		}
	}
	lo, haveLo := values["minvalue"]
	hi, haveHi := values["maxvalue"]
	start, haveStart := values["start"]
	inc, haveInc := values["increment"]
	if creating && !haveLo && inc >= 0 {
		lo, haveLo = 1, true
	}
	if creating && !haveHi && inc < 0 {
		hi, haveHi = -1, true
	}
	switch {
	case haveInc && inc == 0:
		return errf("22023", "INCREMENT must not be zero")
	case haveLo && haveHi && lo >= hi:
		return errf("22023", "MINVALUE (%d) must be less than MAXVALUE (%d)", lo, hi)
	case haveStart && haveLo && start < lo:
		return errf("22023", "START value (%d) cannot be less than MINVALUE (%d)", start, lo)
	case haveStart && haveHi && start > hi:
		return errf("22023", "START value (%d) cannot be greater than MAXVALUE (%d)", start, hi)
	}
	if cache, ok := values["cache"]; ok && cache <= 0 {
		return errf("22023", "CACHE (%d) must be greater than zero", cache)
	}
	return nil
}

// integerArg is the value of a numeric option.
func integerArg(n *pg.Node) (int64, bool) {
	switch n := n.GetNode().(type) {
	case *pg.Node_Integer:
		return int64(n.Integer.Ival), true
	case *pg.Node_Float:
		v, err := strconv.ParseInt(n.Float.Fval, 10, 64)
		return v, err == nil
	}
	return 0, false
}

// ownedBy applies the option OWNED BY.
func (r *replay) ownedBy(name catalog.Name, options []*pg.Node) *sqlError {
	for _, n := range options {
		d := n.GetDefElem()
		if d.Defname != "owned_by" {
			continue
		}
		parts := names(d.GetArg().GetList().GetItems())
		s, _ := r.cat.Sequences.Edit(name)
		if len(parts) == 1 && parts[0] == "none" {
			if s.Identity {
				return errf("0A000", "cannot change ownership of identity sequence")
			}
			s.OwnedBy, s.OwnedColumn = catalog.Name{}, ""
			continue
		}
		if len(parts) < 2 {
			return errf("42601", "invalid OWNED BY option")
		}
		if s.Identity {
			return errf("0A000", "cannot change ownership of identity sequence")
		}
		v := &pg.RangeVar{Relname: parts[len(parts)-2]}
		if len(parts) > 2 {
			v.Schemaname = parts[len(parts)-3]
		}
		rel, err := r.open(v)
		if err != nil {
			return err
		}
		t, isTable := r.cat.Tables.Get(rel.Name)
		view, isView := r.cat.Views.Get(rel.Name)
		if !isTable && (!isView || view.Materialized) {
			return errf("42809", "sequence cannot be owned by relation %q", v.Relname)
		}
		owner, column := r.relationOwner(rel), parts[len(parts)-1]
		known, has := isTable && !t.Assumed && !t.Unsure.Any(catalog.Columns), false
		if isTable {
			_, has = t.Column(column)
		} else {
			known = view.Columns != nil
			has = slices.ContainsFunc(view.Columns, func(c catalog.ViewColumn) bool { return c.Name == column })
		}
		switch {
		case owner.Known && s.Owner.Known && owner.Value != s.Owner.Value:
			return errf("55000", "sequence must have same owner as table it is linked to")
		case rel.Name.Schema != name.Schema:
			return errf("55000", "sequence must be in same schema as table it is linked to")
		case !has && known:
			return errf("42703", "column %q of relation %q does not exist", column, v.Relname)
		}
		s.OwnedBy, s.OwnedColumn = rel.Name, column
	}
	return nil
}
