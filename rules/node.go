package rules

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

// keys says how each key of a mapping is read.
type keys map[string]func(value *yaml.Node)

// mapping reads a mapping whose keys are known.
func (r *reader) mapping(n *yaml.Node, what string, known keys) {
	var names []string
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	r.entries(n, what, func(key, value *yaml.Node) {
		read, ok := known[key.Value]
		if !ok {
			message := `unknown key "` + printable(key.Value) + `" in ` + what
			if s := Suggest(key.Value, names); s != "" {
				r.fault(key, `%s: did you mean "%s"?`, message, s)
			} else {
				r.fault(key, "%s: the keys are %s", message, strings.Join(names, ", "))
			}
			return
		}
		read(value)
	})
}

// entries reads a mapping whose keys are free.
func (r *reader) entries(n *yaml.Node, what string, each func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "%s is %s, not a mapping of keys to values", what, kindOf(n))
		return
	}
	first := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.fault(key, "key in %s is %s, not a word", what, kindOf(key))
			continue
		}
		if before := first[key.Value]; before != nil {
			r.fault(key, "key %q is already in line %d", key.Value, before.Line)
			continue
		}
		first[key.Value] = key
		each(key, value)
	}
}

// list reads a list.
func (r *reader) list(n *yaml.Node, what string, each func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		r.fault(n, "%s is %s, not a list", what, kindOf(n))
		return
	}
	for _, item := range n.Content {
		each(item)
	}
}

// text reads a value that is not empty; it reports false after a fault.
func (r *reader) text(n *yaml.Node, what string) (string, bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		r.fault(n, "%s is %s, not a text", what, kindOf(n))
	case isNull(n) || strings.TrimSpace(n.Value) == "":
		r.fault(n, "%s is empty", what)
	case strings.ContainsRune(n.Value, 0):
		r.fault(n, "%s has a zero byte", what)
	default:
		return n.Value, true
	}
	return "", false
}

// word reads one of a few words.
func (r *reader) word(n *yaml.Node, what string, known ...string) (string, bool) {
	s, ok := r.text(n, what)
	if !ok {
		return "", false
	}
	if !slices.Contains(known, s) {
		hint := "use " + strings.Join(known, ", ")
		if near := Suggest(s, known); near != "" {
			hint = `did you mean "` + near + `"?`
		}
		r.fault(n, `unknown %s "%s": %s`, what, printable(s), hint)
		return "", false
	}
	return s, true
}

// severity reads the name of a severity.
func (r *reader) severity(n *yaml.Node, what string, known ...Severity) (Severity, bool) {
	var words []string
	for _, s := range known {
		words = append(words, s.String())
	}
	w, ok := r.word(n, what, words...)
	if !ok {
		return Off, false
	}
	return ParseSeverity(w, known...)
}

// name reads a schema-qualified name; without a schema, it is in public.
func (r *reader) name(n *yaml.Node, what string) (catalog.Name, bool) {
	s, ok := r.text(n, what)
	if !ok {
		return catalog.Name{}, false
	}
	name := catalog.ParseName(strings.TrimSpace(s))
	if name.Schema == "" || name.Name == "" || strings.Count(s, `"`)%2 != 0 {
		r.fault(n, `%s "%s" is no name: write schema.name`, what, printable(s))
		return catalog.Name{}, false
	}
	return name, true
}

// kindOf says what a node is, for messages.
func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case isNull(n):
		return "empty"
	case n.Tag == "!!int", n.Tag == "!!float":
		return "a number"
	case n.Tag == "!!bool":
		return "a truth value"
	}
	return "a text"
}
