package catalog

import (
	"maps"
	"slices"
	"strings"
)

// A FunctionKind tells functions apart.
type FunctionKind string

// The kinds of function.
const (
	PlainFunction FunctionKind = "function"
	Procedure     FunctionKind = "procedure"
	Aggregate     FunctionKind = "aggregate"
	Window        FunctionKind = "window"
)

// A Volatility is what a function promises about its result.
type Volatility string

// The volatilities.
const (
	Immutable Volatility = "immutable"
	Stable    Volatility = "stable"
	Volatile  Volatility = "volatile"
)

// An ArgMode is the mode of an argument.
type ArgMode string

// The argument modes.
const (
	ArgIn       ArgMode = "in"
	ArgOut      ArgMode = "out"
	ArgInOut    ArgMode = "inout"
	ArgVariadic ArgMode = "variadic"
	ArgTable    ArgMode = "table"
)

// An Arg is an argument of a function.
type Arg struct {
	Name    string // "" when it has none
	Type    string // as format_type prints it, schema-qualified unless built in
	Mode    ArgMode
	Default bool // has a default value
}

// Input reports whether the caller passes the argument.
func (a Arg) Input() bool { return a.Mode == ArgIn || a.Mode == ArgInOut || a.Mode == ArgVariadic }

// A Function is a function, procedure, aggregate or window function.
type Function struct {
	Name            Name
	Kind            FunctionKind
	Args            []Arg
	Returns         string // type; "" for a procedure without output, "record" for several OUT arguments
	ReturnsSet      bool
	Language        string
	Volatility      Fact[Volatility]
	SecurityDefiner Fact[bool]
	Strict          Fact[bool]
	Leakproof       Fact[bool]
	Config          map[string]Fact[string] // SET clauses by name of the setting, lower case
	Body            Fact[string]            // source text: between the quotes, or of the SQL-standard body
	BodyAt          Origin                  // where the body's first character stands
	StandardBody    bool                    // BEGIN ATOMIC or RETURN: parsed and bound when created
	Owner           Fact[string]
	Grants          ACL
	Origin          Origin
	Extension       string
	Platform        bool
	Unsure          Aspect
}

// Ref names the function with its input types, as regprocedure does.
func (f *Function) Ref() Ref { return Ref{"function", f.Name.String() + "(" + f.Signature() + ")"} }

// Signature is the input types, comma-separated without blanks: with the name
// it is the function's identity.
func (f *Function) Signature() string {
	var in []string
	for _, a := range f.Args {
		if a.Input() {
			in = append(in, a.Type)
		}
	}
	return strings.Join(in, ",")
}

// Routine is the function as GRANT, REVOKE and ALTER name it, with its kind.
func (f *Function) Routine() string {
	kind := "function "
	if f.Kind == Procedure {
		kind = "procedure "
	}
	return kind + f.Typed()
}

// Typed is the name with the types of the arguments, which SQL tells overloads
// apart by.
func (f *Function) Typed() string {
	return f.Name.SQL() + "(" + strings.ReplaceAll(f.Signature(), ",", ", ") + ")"
}

// SearchPath is the search_path that the function sets for itself. The fact is
// known and "" both for SET search_path = ” and for none; the bool tells
// whether there is such a clause.
func (f *Function) SearchPath() (Fact[string], bool) { v, ok := f.Config["search_path"]; return v, ok }

// Overloads is the functions that share one name, in order of signature.
type Overloads struct {
	stamped
	Name      Name
	Functions []*Function
}

// Find returns the function of that signature.
func (o *Overloads) Find(signature string) (*Function, bool) {
	for _, f := range o.Functions {
		if f.Signature() == signature {
			return f, true
		}
	}
	return nil, false
}

// Put adds a function, or replaces the one of its signature.
func (o *Overloads) Put(f *Function) {
	o.Delete(f.Signature())
	o.Functions = append(o.Functions, f)
	slices.SortFunc(o.Functions, func(a, b *Function) int { return strings.Compare(a.Signature(), b.Signature()) })
}

// Delete removes the function of that signature.
func (o *Overloads) Delete(signature string) {
	o.Functions = slices.DeleteFunc(o.Functions, func(f *Function) bool { return f.Signature() == signature })
}

func (o *Overloads) key() Name { return o.Name }

func (o *Overloads) clone() *Overloads {
	c := *o
	c.Functions = cloneAll(o.Functions, func(f *Function) {
		f.Args, f.Config, f.Grants = slices.Clone(f.Args), maps.Clone(f.Config), f.Grants.Clone()
	})
	return &c
}
