package catalog

import (
	"cmp"
	"iter"
	"maps"
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

// Covers reports whether a policy for c applies to the command.
func (c Command) Covers(command Command) bool { return c == ForAll || c == command }

// A Policy is a row level security policy.
type Policy struct {
	Name       string
	Table      Name
	Command    Command
	Permissive bool
	Roles      []string  // sorted; Public for everyone
	Using      expr.Expr // nil when absent
	Check      expr.Expr // nil when absent
	Origin     Origin    // the CREATE POLICY
	UsingAt    Origin    // the statement that gave the present USING
	CheckAt    Origin    // the statement that gave the present WITH CHECK
	RolesAt    Origin    // the statement that gave the present roles
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
func (t *Table) Policy(name string) (*Policy, bool) { p, ok := t.policies[name]; return p, ok }

// PutPolicy adds a policy to the table, or replaces the one of its name.
func (t *Table) PutPolicy(p *Policy) {
	if t.policies == nil {
		t.policies = map[string]*Policy{}
	}
	t.policies[p.Name] = p
}

// DeletePolicy removes a policy by name.
func (t *Table) DeletePolicy(name string) { delete(t.policies, name) }

// HasPolicies reports whether there is any policy.
func (t *Table) HasPolicies() bool { return len(t.policies) > 0 }

// Policies yields the policies in order of name.
func (t *Table) Policies() iter.Seq[*Policy] {
	if len(t.policies) == 0 {
		return func(func(*Policy) bool) {}
	}
	return slices.Values(slices.SortedFunc(maps.Values(t.policies), func(a, b *Policy) int { return cmp.Compare(a.Name, b.Name) }))
}
