package rules

import (
	"iter"
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A Side is one expression of a policy, with the application's helper
// functions written out.
type Side struct {
	Table  *catalog.Table
	Policy *catalog.Policy
	Expr   expr.Expr
	Has    expr.Kinds    // what kinds of node are in Expr
	Claims []*expr.Claim // those in Expr, in order of appearance
	Check  bool          // it is WITH CHECK, not USING
}

// At is the statement that gave the expression.
func (s *Side) At() catalog.Origin {
	if s.Check {
		return s.Policy.CheckAt
	}
	return s.Policy.UsingAt
}

// Reads reports whether one of the claims is such.
func (s *Side) Reads(such func(*expr.Claim) bool) bool { return slices.ContainsFunc(s.Claims, such) }

// PolicySides yields the expressions of the project's policies that have one of
// these kinds in them, USING before WITH CHECK, in order of table and name.
func (p *Pass) PolicySides(kinds expr.Kinds) iter.Seq[*Side] {
	return func(yield func(*Side) bool) {
		sides := p.indexed().sides
		for i := range sides {
			if s := &sides[i]; s.Has.Any(kinds) && !yield(s) {
				return
			}
		}
	}
}

// OncePerPolicy reports one finding for each policy: the first of its
// expressions with one of these kinds about which say has something to say, in
// words that go on after the policy's name.
func (p *Pass) OncePerPolicy(kinds expr.Kinds, say func(*Side) string) {
	var last *catalog.Policy
	for s := range p.PolicySides(kinds) {
		if s.Policy == last {
			continue
		}
		if words := say(s); words != "" {
			last = s.Policy
			p.Report(s.Policy, s.At(), s.Policy.Ref().String()+" "+words)
		}
	}
}

// PolicyRoles lists the API roles that a policy applies to.
func (p *Pass) PolicyRoles(pol *catalog.Policy) []string {
	var out []string
	for _, role := range catalog.APIRoles() {
		if p.Roles.Has(role) && pol.AppliesTo(p.Groups(role, true)...) {
			out = append(out, role)
		}
	}
	return out
}

// NotNull reports whether a column of the row has a value in each row.
func (s *Side) NotNull(c *expr.Column) bool { return notNull(s.Table, c) }

func notNull(t *catalog.Table, c *expr.Column) bool {
	col, ok := t.Column(c.Name)
	return c.Table == "" && ok && col.NotNull
}

// Always reports whether an expression on a row of the table is true whatever
// the row and the session are.
func (s *Side) Always() bool { return AlwaysOn(s.Table, s.Expr) }

// AlwaysOn is Side.Always of any expression, false for none.
func AlwaysOn(t *catalog.Table, e expr.Expr) bool {
	return e != nil && expr.AlwaysTrue(e, func(c *expr.Column) bool { return notNull(t, c) })
}

// Holder is what is known of any token of an API role: a signed-in user has
// an id, a request without a session has none, nor an e-mail address.
func Holder(role string) access.Env {
	return access.Env{Claim: func(c *expr.Claim) access.Value {
		if len(c.Path) != 1 {
			return access.Value{}
		}
		switch name := c.Path[0]; {
		case name == "role":
			return access.Text(role)
		case (name == "sub" || name == "email") && role == catalog.Anon:
			return access.Absent()
		case name == "sub" && role == catalog.Authenticated:
			return access.Text("00000000-0000-0000-0000-000000000000")
		}
		return access.Value{}
	}}
}

// SamePolicy reports whether two policies say the same, their names and tables
// aside.
func SamePolicy(a, b *catalog.Policy) bool {
	return a.Command == b.Command && a.Permissive == b.Permissive && slices.Equal(a.Roles, b.Roles) &&
		(a.Using == nil) == (b.Using == nil) && (a.Using == nil || expr.Equal(a.Using, b.Using)) &&
		(a.CheckOrUsing() == nil) == (b.CheckOrUsing() == nil) && (a.CheckOrUsing() == nil || expr.Equal(a.CheckOrUsing(), b.CheckOrUsing()))
}

// DropPolicy is SQL that takes a policy away.
func DropPolicy(pol *catalog.Policy) string {
	return "drop policy if exists " + catalog.Quote(pol.Name) + " on " + pol.Table.SQL() + ";"
}
