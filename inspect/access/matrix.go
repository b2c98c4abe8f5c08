package access

import (
	"strings"

	"policylint/inspect/catalog"
)

var privilegeOf = map[catalog.Command]catalog.Privilege{
	catalog.ForSelect: catalog.Select, catalog.ForInsert: catalog.Insert, catalog.ForUpdate: catalog.Update, catalog.ForDelete: catalog.Delete,
}

// Cell is what the subject may do to the table. An UPDATE or DELETE is taken to
// have a WHERE, as those of the API have: the rows must be visible as well.
func (j *Judge) Cell(s Subject, t *catalog.Table, command catalog.Command) Cell {
	c := Cell{Subject: s, Table: t.Name, Command: command}
	a := j.asks(s)
	if a.barred(&c, t) {
		return c
	}
	switch command {
	case catalog.ForInsert:
		a.decide(&c, t, []step{{command, check}})
	case catalog.ForUpdate:
		a.decide(&c, t, []step{{command, using}, {catalog.ForSelect, using}, {command, check}})
	case catalog.ForDelete:
		a.decide(&c, t, []step{{command, using}, {catalog.ForSelect, using}})
	default:
		a.decide(&c, t, []step{{command, using}})
	}
	return c
}

// Readable is what row level security alone lets the subject select, whatever
// its privileges.
func (j *Judge) Readable(s Subject, t *catalog.Table) Cell {
	c := Cell{Subject: s, Table: t.Name, Command: catalog.ForSelect}
	j.asks(s).decide(&c, t, []step{{catalog.ForSelect, using}})
	return c
}

// barred fills the cell where privileges decide before any policy does.
func (a *asker) barred(c *Cell, t *catalog.Table) bool {
	refuse := func(state, because string, at catalog.Origin) bool {
		c.Verdict, c.Because, c.Origin = Never, because, at
		c.Raise = &Raise{SQLState: state, Message: because, Origin: at, Always: true}
		return true
	}
	if state, why := a.noRole(); why != "" {
		return refuse(state, why, a.subject.Origin)
	}
	switch p := a.privileges(t, c.Command); {
	case p.refused != "":
		return refuse("42501", p.refused, p.at)
	case p.unsure:
		c.Verdict, c.Because = Uncertain, "the privileges of "+a.role+" on "+t.Name.String()+" are not known"
		return true
	}
	return false
}

// privileges are what a role may do, before any policy.
type privileges struct {
	refused string // why it may not
	at      catalog.Origin
	unsure  bool
}

func (a *asker) privileges(t *catalog.Table, command catalog.Command) *privileges {
	key := passKey{table: t.Name, role: a.role, command: command}
	if p, ok := a.judge.privileges[key]; ok {
		return p
	}
	p := &privileges{}
	a.judge.privileges[key] = p
	cat, priv := a.judge.cat, privilegeOf[command]
	usage := cat.MayUseSchema(a.role, t.Name.Schema)
	may := cat.MayAnyColumn(a.role, t, priv)
	if priv == catalog.Delete {
		may = cat.MayTable(a.role, t, priv)
	}
	where := command == catalog.ForUpdate || command == catalog.ForDelete
	switch {
	case usage.IsNot(true):
		p.refused, p.at = a.role+" has no USAGE on schema "+t.Name.Schema, usage.Origin
	case may.IsNot(true):
		p.refused, p.at = a.role+" has no "+strings.ToUpper(string(priv))+" privilege on "+t.Name.String(), t.Origin
	case where && cat.MayAnyColumn(a.role, t, catalog.Select).IsNot(true):
		p.refused, p.at = a.role+" has no SELECT privilege on "+t.Name.String()+", which a WHERE needs", t.Origin
	}
	p.unsure = !may.Known || !usage.Known
	return p
}

// noRole says why the subject cannot take its role, with the SQLSTATE; "" when
// it can.
func (a *asker) noRole() (state, why string) {
	switch {
	case a.role == "":
		return "23502", "the token has no claim role"
	case !a.judge.cat.Roles.Has(a.role):
		return "42704", "role " + quoted(a.role) + " does not exist"
	case a.judge.cat.Roles.Has(catalog.Authenticator) && !a.judge.cat.CanSetRole(catalog.Authenticator, a.role):
		return "42501", "permission denied to set role " + quoted(a.role) + ": it is not granted to authenticator"
	}
	return "", ""
}

// A step is one test that a command's rows must pass.
type step struct {
	command catalog.Command
	side    side
}

// decide fills the cell from the policies of all steps, in the order in which
// PostgreSQL asks them (src/backend/rewrite/rowsecurity.c).
func (a *asker) decide(c *Cell, t *catalog.Table, steps []step) {
	var passages []*passage
	for _, s := range steps {
		passages = append(passages, a.pass(t, s.command, s.side))
	}
	total := together(steps, passages)
	deciding, at := passages[0], steps[0]
	if i := a.shut(steps, passages); i >= 0 {
		total = a.spared(t, steps, passages)
		deciding, at = passages[i], steps[i]
	}
	worst := func(p *passage) bool {
		if total.raise != nil && p.raise != nil && total.sure() {
			return p.raise.Policy == total.raise.Policy
		}
		return rank(p.outcome) > rank(deciding.outcome)
	}
	for i, p := range passages {
		if worst(p) {
			if deciding, at = p, steps[i]; total.sure() {
				break
			}
		}
	}
	c.Verdict, c.Raise = verdictOf(total), total.raise
	if total.sure() {
		r := *total.raise
		r.Always, c.Raise = true, &r
	}
	a.explain(c, t, deciding, at)
}

// together is what a command's steps come to. What is about rows that are there
// goes into one filter; what is about new rows is asked of those it leaves.
func together(steps []step, passages []*passage) outcome {
	// Recursion is met while the query is rewritten, other errors before any row
	// is looked at while it is planned.
	for _, p := range passages {
		if p.early && p.raise.SQLState == "42P17" {
			return p.outcome
		}
	}
	var items []item
	level := 1
	for i, p := range passages {
		if p.early {
			return p.outcome // before any of the others is asked
		}
		if steps[i].side != using {
			continue
		}
		for _, x := range p.items {
			x.level += level
			items = append(items, x)
		}
		if p.items == nil {
			items = append(items, item{outcome: p.outcome, level: level})
		}
		level += len(p.restrictive) + 1
	}
	out := inOrder(items)
	for i, p := range passages {
		if steps[i].side == check {
			out = both(out, p.outcome, true)
		}
	}
	for _, p := range passages {
		if p.possible != nil && !out.sure() {
			out.raise = p.possible // it would come before the others
		}
	}
	return out
}

func verdictOf(o outcome) Verdict {
	switch {
	case !o.t.Can(True):
		return Never
	case o.t == True && o.raise == nil:
		return Always
	case o.unknown != "":
		return Uncertain
	}
	return Rows
}

// rank orders outcomes by how much they take away.
func rank(o outcome) int {
	switch verdictOf(o) {
	case Always:
		return 0
	case Rows:
		return 1
	case Uncertain:
		return 2
	}
	return 3
}

// View is which rows of a view or materialized view the subject can read.
func (j *Judge) View(s Subject, v *catalog.View) Cell {
	c := Cell{Subject: s, Table: v.Name, Command: catalog.ForSelect}
	a := j.asks(s)
	refuse := func(state, because string) Cell {
		c.Verdict, c.Because, c.Origin = Never, because, v.Origin
		c.Raise = &Raise{SQLState: state, Message: because, Origin: v.Origin, Always: true}
		return c
	}
	if state, why := a.noRole(); why != "" {
		return refuse(state, why)
	}
	if a.judge.cat.MayUseSchema(a.role, v.Name.Schema).IsNot(true) {
		return refuse("42501", a.role+" has no USAGE on schema "+v.Name.Schema)
	}
	may := a.judge.cat.Allows(&v.Grants, a.role, catalog.Select)
	if may.IsNot(true) {
		return refuse("42501", a.role+" has no SELECT privilege on "+v.Name.String())
	}
	o := a.viewRows(v)
	c.Raise, c.Origin = o.raise, v.Origin
	switch {
	case !may.Known || v.Unsure.Any(catalog.Everything):
		c.Verdict, c.Because = Uncertain, "the privileges on "+v.Name.String()+" are not known"
	case v.Materialized:
		c.Verdict, c.Because = Always, "a materialized view is a copy that no policy guards"
	case !o.t.Can(True):
		c.Verdict, c.Because = Never, "what "+v.Name.String()+" reads has no row for "+s.Name
		if o.raise != nil {
			c.Because = o.raise.Message
		}
	case o.unknown != "":
		c.Verdict, c.Because = Uncertain, o.unknown+" is not known"
	case v.SecurityInvoker.Is(false):
		c.Verdict, c.Because = Rows, "it reads with the rights of its owner "+v.Owner.Value
	default:
		c.Verdict, c.Because = Rows, "the policies of what it reads decide"
	}
	return c
}
