package custom

import (
	"reflect"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/ext"
)

// kinds are what a rule can be about, each with its type.
var kinds = map[string]reflect.Type{
	"table":       reflect.TypeFor[Table](),
	"policy":      reflect.TypeFor[Policy](),
	"function":    reflect.TypeFor[Function](),
	"publication": reflect.TypeFor[Publication](),
	"view":        reflect.TypeFor[View](),
	"grant":       reflect.TypeFor[Grant](),
}

// Kinds are the kinds of object that a rule can be for, in the order of the
// reference.
func Kinds() []string {
	return []string{"table", "policy", "function", "publication", "view", "grant"}
}

// A Field is something that an expression can read of an object.
type Field struct {
	Name string
	Type string // as CEL names it
	Doc  string // what it holds; "" where the name says it
}

// Fields lists what an expression can read of an object of the kind, or of
// what its lists hold, by the name of the type: "table", "Column".
func Fields(kind string) []Field {
	t, ok := kinds[kind]
	if !ok {
		for _, k := range []reflect.Type{
			reflect.TypeFor[Column](), reflect.TypeFor[Index](), reflect.TypeFor[ForeignKey](), reflect.TypeFor[Trigger](),
		} {
			if k.Name() == kind {
				t = k
			}
		}
	}
	if t == nil {
		return nil
	}
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		out = append(out, Field{f.Tag.Get("cel"), typeName(f.Type), f.Tag.Get("doc")})
	}
	return out
}

func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "list(" + typeName(t.Elem()) + ")"
	case reflect.Struct:
		return t.Name()
	}
	return t.String()
}

// environment is what an expression about the kind may use: the object by the
// name of its kind, CEL's standard library, and its string, list and set
// extensions.
func environment(kind string) (*cel.Env, error) {
	t := kinds[kind]
	return cel.NewEnv(
		ext.NativeTypes(ext.ParseStructTags(true), t),
		cel.Variable(variable(kind), cel.ObjectType("custom."+t.Name())),
		ext.Strings(ext.StringsVersion(4)), ext.Lists(ext.ListsVersion(3)), ext.Sets(),
	)
}

// variable is the name of the object in expressions: its kind, but for the
// word that CEL reserves.
func variable(kind string) string {
	if kind == "function" {
		return "fn"
	}
	return kind
}

// printable reports whether a value of the type can stand in a message.
func printable(t *cel.Type) bool {
	ok := func(t *cel.Type) bool {
		return slices.ContainsFunc([]*cel.Type{cel.StringType, cel.BoolType, cel.IntType, cel.UintType, cel.DoubleType}, t.IsExactType)
	}
	return ok(t) || t.Kind() == cel.ListKind && len(t.Parameters()) == 1 && ok(t.Parameters()[0])
}
