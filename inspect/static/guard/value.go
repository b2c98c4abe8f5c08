// Package guard evaluates the SQL with which migrations ask whether to do
// something: expressions and queries over the system catalogs, answered from
// the modelled catalog. What it cannot know is a value of its own, Unknown,
// and everything that depends on it is unknown too.
package guard

import (
	"strconv"
	"strings"

	"policylint/inspect/catalog"
)

// A Kind says what a Value holds.
type Kind uint8

// The kinds of value. Names, enum labels and everything else that is compared
// as text is Text.
const (
	Unknown Kind = iota
	Null
	Bool
	Int
	Float
	Text
	Oid // an object, known by its class and name instead of a number
	Interval
	Array
	Row
)

// Hole stands in the Text of an Unknown for the parts that are not known.
const Hole = "policylint_unknown"

// A Value is the value of an expression. The zero Value is unknown.
type Value struct {
	Kind Kind
	// Text is the text, or of an Oid of a reg type what it prints as. Of an
	// Unknown it is what is known of a text, with Hole for the rest; "" when
	// nothing is.
	Text  string
	Bool  bool
	Int   int64
	Float float64
	Class string       // of an Oid: "class", "namespace", "type", "proc", "role", …; of a Text: "date" or "timestamp" when it is one
	Name  catalog.Name // of an Oid: the object
	Part  string       // of an Oid: what else it takes to name the object
	Items []Value      // of an Array or Row; of an Interval its months, days and seconds
	Names []string     // of a Row: its fields
}

// IsNull reports whether the value is known to be null.
func (v Value) IsNull() bool { return v.Kind == Null }

// Known reports whether the value, and all of its parts, are known.
func (v Value) Known() bool {
	for _, i := range v.Items {
		if !i.Known() {
			return false
		}
	}
	return v.Kind != Unknown
}

// True reports whether the value is known to be true.
func (v Value) True() bool { return v.Kind == Bool && v.Bool }

// False reports whether the value is known to be false or null, which a
// condition takes alike.
func (v Value) False() bool { return v.Kind == Null || v.Kind == Bool && !v.Bool }

// Field is a field of a row; ok is false when there is none of that name.
func (v Value) Field(name string) (Value, bool) {
	if v.Kind == Row {
		for i, n := range v.Names {
			if n == name {
				return v.Items[i], true
			}
		}
	}
	return Value{}, false
}

// String is the value as text, as a cast to text gives it; ok is false when
// that is not known.
func (v Value) String() (text string, ok bool) {
	switch v.Kind {
	case Text:
		return v.Text, true
	case Int:
		return strconv.FormatInt(v.Int, 10), true
	case Bool:
		return strconv.FormatBool(v.Bool), true
	case Oid:
		return v.Text, v.Text != ""
	case Array:
		return v.arrayText()
	}
	return "", false
}

// pattern is the value's text with holes for what is not known.
func (v Value) pattern() string {
	if s, ok := v.String(); ok {
		return s
	}
	if v.Kind == Unknown && v.Text != "" {
		return v.Text
	}
	return Hole
}

func (v Value) arrayText() (string, bool) {
	parts := make([]string, len(v.Items))
	for i, item := range v.Items {
		if item.IsNull() {
			parts[i] = "NULL"
			continue
		}
		s, ok := item.String()
		if !ok {
			return "", false
		}
		if item.Kind == Bool {
			s = s[:1]
		}
		if s == "" || strings.EqualFold(s, "null") || strings.ContainsAny(s, "{}\", \\\t\n") {
			s = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
		}
		parts[i] = s
	}
	return "{" + strings.Join(parts, ",") + "}", true
}

// Of makes a Value of a string, bool, int or list of strings.
func Of(x any) Value {
	switch x := x.(type) {
	case string:
		return Value{Kind: Text, Text: x}
	case bool:
		return Value{Kind: Bool, Bool: x}
	case int:
		return Value{Kind: Int, Int: int64(x)}
	case int64:
		return Value{Kind: Int, Int: x}
	case []string:
		v := Value{Kind: Array, Items: make([]Value, len(x))}
		for i, s := range x {
			v.Items[i] = Of(s)
		}
		return v
	case Value:
		return x
	}
	return Value{}
}

// null is the null value.
var null = Value{Kind: Null}

// object is the Oid of an object; part is what its name does not say.
func object(class string, n catalog.Name, part string) Value {
	return Value{Kind: Oid, Class: class, Name: n, Part: part}
}

// in names an object that is in no schema.
func in(name string) catalog.Name { return catalog.Name{Name: name} }

// partly is a text of which only a part is known.
func partly(pattern string) Value { return Value{Text: pattern} }
