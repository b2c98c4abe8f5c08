package static

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"policylint/inspect/catalog"
)

// maxName is the longest name of an object, in bytes; longer ones are cut
// (PostgreSQL docs 4.1.1). The parser has done so for names that are written.
const maxName = 63

// objectName joins parts with underscores as the server does for names it
// makes up: the longer of the first two is cut until the whole fits
// (makeObjectName in PostgreSQL's indexcmds.c).
func objectName(name1, name2, label string) string {
	n1, n2, overhead := len(name1), len(name2), 0
	if name2 != "" {
		overhead++
	}
	if label != "" {
		overhead += len(label) + 1
	}
	for n1+n2 > maxName-overhead {
		if n1 > n2 {
			n1--
		} else {
			n2--
		}
	}
	out := clip(name1, n1)
	if name2 != "" {
		out += "_" + clip(name2, n2)
	}
	if label != "" {
		out += "_" + label
	}
	return out
}

// clip cuts a text to at most n bytes without splitting a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// relationName makes up a name for an index or sequence that no relation of
// the schema has, nor any constraint if it is to be one.
func (r *replay) relationName(schema, name1, name2, label string, constraint bool) string {
	for pass, l := 0, label; ; {
		name := objectName(name1, name2, l)
		_, taken := r.cat.Relation(catalog.Name{Schema: schema, Name: name})
		if !taken && !(constraint && r.constraintExists(schema, name)) {
			return name
		}
		pass++
		l = fmt.Sprintf("%s%d", label, pass)
	}
}

// constraintName makes up a name for a check or foreign key that no constraint
// of the schema has, nor any in others.
func (r *replay) constraintName(schema, name1, name2, label string, others []string) string {
	for pass, l := 0, label; ; {
		name := objectName(name1, name2, l)
		if !slices.Contains(others, name) && !r.constraintExists(schema, name) {
			return name
		}
		pass++
		l = fmt.Sprintf("%s%d", label, pass)
	}
}

// columnsLabel is the middle of an index's or foreign key's name.
func columnsLabel(columns []string) string {
	out := ""
	for _, c := range columns {
		if out != "" {
			out += "_"
		}
		out += c
		if len(out) > maxName {
			break
		}
	}
	return clip(out, maxName)
}

// indexColumnNames is what the columns of an index are called: expressions
// after what they compute, and each differently from those before it.
func indexColumnNames(list []string) []string {
	var out []string
	for _, name := range list {
		if name == "" {
			name = "expr"
		}
		unique := name
		for i := 1; slices.Contains(out, unique); i++ {
			suffix := itoa(i)
			unique = clip(name, maxName-len(suffix)) + suffix
		}
		out = append(out, unique)
	}
	return out
}
