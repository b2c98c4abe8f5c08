package catalog

import (
	"cmp"
	"iter"
	"slices"

	"policylint/inspect/expr"
)

// A Command is what a policy is for.
type Command string

// The commands of policies.
const (
	ForAll    Command = "all"
	ForSelect Command = "select"
	ForInsert Command = "insert"
	ForUpdate Command = "update"
	ForDelete Command = "delete"
)

// Commands are the commands that a policy can be for, one by one.
func Commands() []Command { return []Command{ForSelect, ForInsert, ForUpdate, ForDelete} }

// Privilege is what a role needs on a table for the command, "" for all of them
// at once.
func (c Command) Privilege() Privilege {
	if c == ForAll {
		return ""
	}
	return Privilege(c)
}

// Covers reports whether a policy for c applies to the command.
func (c Command) Covers(command Command) bool { return c == ForAll || c == command }

// A Policy is a row level security policy.
type Policy struct {
	Name       string
	Table      Name
	Command    Command
	Roles      []string  // sorted; Public for everyone
	Using      expr.Expr // nil when absent
	Check      expr.Expr // nil when absent
	Origin     Origin    // the CREATE POLICY
	UsingAt    Origin    // the statement that gave the present USING
	CheckAt    Origin    // the statement that gave the present WITH CHECK
	RolesAt    Origin    // the statement that gave the present roles
	Permissive bool
	Platform   bool
	Unsure     Aspect
}

// Ref names the policy.
func (p *Policy) Ref() Ref { return Ref{"policy", p.Table.String() + "/" + p.Name} }

// AppliesTo reports whether the policy is for one of the roles or for PUBLIC.
func (p *Policy) AppliesTo(roles ...string) bool {
	return slices.ContainsFunc(p.Roles, func(r string) bool { return r == Public || slices.Contains(roles, r) })
}

// CheckOrUsing is the expression that new rows must pass: WITH CHECK, or USING
// where there is none (PostgreSQL docs: CREATE POLICY).
func (p *Policy) CheckOrUsing() expr.Expr {
	if p.Check != nil {
		return p.Check
	}
	return p.Using
}

// Policy finds a policy of the table by name.
func (t *Table) Policy(name string) (*Policy, bool) {
	if i, ok := t.findPolicy(name); ok {
		return t.policies[i], true
	}
	return nil, false
}

func (t *Table) findPolicy(name string) (int, bool) {
	return slices.BinarySearchFunc(t.policies, name, func(p *Policy, name string) int { return cmp.Compare(p.Name, name) })
}

// PutPolicy adds a policy to the table, or replaces the one of its name. Like
// DeletePolicy, it leaves a list alone that somebody may be going through.
func (t *Table) PutPolicy(p *Policy) {
	t.policies = inOrder(t.policies, p, func(x *Policy) string { return x.Name })
}

// DeletePolicy removes a policy by name.
func (t *Table) DeletePolicy(name string) {
	if i, found := t.findPolicy(name); found {
		t.policies = slices.Concat(t.policies[:i], t.policies[i+1:])
	}
}

// HasPolicies reports whether there is any policy.
func (t *Table) HasPolicies() bool { return len(t.policies) > 0 }

// Policies yields the policies in order of name.
func (t *Table) Policies() iter.Seq[*Policy] { return slices.Values(t.policies) }
