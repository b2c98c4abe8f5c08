// Package custom compiles the rules that a team writes itself: CEL expressions
// (cel.dev) over the objects of the catalog.
package custom

import (
	"fmt"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
)

// A Rule is a compiled rule: what it looks for in one kind of object, and what
// it says of it.
type Rule struct {
	kind    string
	when    cel.Program
	message []part
}

// A Fault is a mistake in an expression. Line and Column are 1-based and count
// from its beginning, columns in characters.
type Fault struct {
	Line, Column int
	Message      string
}

// A Subject is an object to be judged.
type Subject struct {
	Object  any      // a *Table, *Policy, …
	Unknown []string // fields of it that are not known, sorted
}

// costLimit bounds what one expression may do to one object, in CEL's own
// units: far more than a rule over the largest table needs.
const costLimit = 10_000_000

// Compile checks an expression that must come to true or false for an object
// of the kind, which it names by that kind.
func Compile(kind, when string) (*Rule, []Fault) {
	env, err := environment(kind)
	if err != nil {
		return nil, []Fault{{1, 1, err.Error()}}
	}
	p, faults := program(env, when, cel.BoolType)
	if faults != nil {
		return nil, faults
	}
	return &Rule{kind: kind, when: p}, nil
}

// program compiles an expression of the type; a nil type is any that can be
// written into a message.
func program(env *cel.Env, source string, want *cel.Type) (cel.Program, []Fault) {
	if strings.TrimSpace(source) == "" {
		return nil, []Fault{{1, 1, "empty expression"}}
	}
	ast, issues := env.Compile(source)
	if issues.Err() != nil {
		var out []Fault
		for _, e := range issues.Errors() {
			out = append(out, Fault{max(e.Location.Line(), 1), e.Location.Column() + 1, e.Message})
		}
		return nil, out
	}
	got := ast.OutputType()
	if want != nil && !got.IsExactType(want) {
		return nil, []Fault{{1, 1, fmt.Sprintf("comes to %s, not to %s", got, want)}}
	}
	if want == nil && !printable(got) {
		return nil, []Fault{{1, 1, fmt.Sprintf("comes to %s, which has no text: name one of its fields", got)}}
	}
	p, err := env.Program(ast, cel.EvalOptions(cel.OptPartialEval, cel.OptOptimize), cel.CostLimit(costLimit))
	if err != nil {
		return nil, []Fault{{1, 1, err.Error()}}
	}
	return p, nil
}

// Holds reports whether the rule's expression is true for the object. known is
// false where what decides is not known of it. The error is one of evaluation,
// such as an index beyond a list's end.
func (r *Rule) Holds(s Subject) (holds, known bool, err error) {
	v, _, err := r.when.Eval(r.activation(s))
	if err != nil {
		return false, true, err
	}
	if types.IsUnknown(v) {
		return false, false, nil
	}
	return v == types.True, true, nil
}

// activation binds the object, with what is not known of it marked as such.
func (r *Rule) activation(s Subject) cel.PartialActivation {
	patterns := make([]*cel.AttributePatternType, len(s.Unknown))
	for i, field := range s.Unknown {
		patterns[i] = cel.AttributePattern(variable(r.kind)).QualString(field)
	}
	a, err := cel.PartialVars(map[string]any{variable(r.kind): s.Object}, patterns...)
	if err != nil { // only for bindings that are no map
		panic(err)
	}
	return a
}
