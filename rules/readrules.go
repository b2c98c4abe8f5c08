package rules

import (
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// rules reads severities and options, by rule.
func (r *reader) rules(n *yaml.Node, c *Config) {
	r.entries(n, "rules", func(key, value *yaml.Node) {
		rule, ok := c.Rule(key.Value)
		if !ok {
			r.fault(key, "%s", c.UnknownRule(key.Value))
			return
		}
		s := Setting{Origin: r.origin(key)}
		if value.Kind == yaml.MappingNode {
			r.setting(value, rule, &s)
		} else {
			s.Severity, s.Given = r.severity(value, "severity for "+rule.ID, Off, Info, Warning, Error)
		}
		c.Rules[rule.ID] = s
	})
}

// setting reads `{severity: …, option: …}`.
func (r *reader) setting(n *yaml.Node, rule *Rule, s *Setting) {
	known := keys{"severity": func(n *yaml.Node) {
		s.Severity, s.Given = r.severity(n, "severity for "+rule.ID, Off, Info, Warning, Error)
	}}
	if rule.Options != nil {
		s.Options = rule.Options()
		for _, name := range optionNames(s.Options) {
			known[name] = func(n *yaml.Node) { r.option(n, name, s.Options) }
		}
	}
	r.mapping(n, "rule "+rule.ID, known)
}

// option decodes one value into the field of that name, strictly.
func (r *reader) option(n *yaml.Node, name string, options any) {
	key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name, Line: n.Line, Column: n.Column}
	pair := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, n}, Line: n.Line, Column: n.Column}
	if err := pair.Decode(options); err != nil {
		r.fault(n, "%s is %s, not %s", name, kindOf(n), fieldKind(options, name))
	}
}

// optionNames lists the keys of an options struct as yaml.v3 names them.
func optionNames(options any) []string {
	t := reflect.TypeOf(options).Elem()
	var out []string
	for i := range t.NumField() {
		out = append(out, fieldName(t.Field(i)))
	}
	slices.Sort(out)
	return out
}

func fieldName(f reflect.StructField) string {
	if tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); tag != "" {
		return tag
	}
	return strings.ToLower(f.Name)
}

// fieldKind says what an option must be, for messages.
func fieldKind(options any, name string) string {
	t := reflect.TypeOf(options).Elem()
	for i := range t.NumField() {
		if f := t.Field(i); fieldName(f) == name {
			switch f.Type.Kind() {
			case reflect.Int, reflect.Uint, reflect.Int64, reflect.Float64:
				return "a number"
			case reflect.Bool:
				return "true or false"
			case reflect.Slice:
				return "a list of such values"
			}
			return "a " + f.Type.Kind().String()
		}
	}
	return "such a value"
}
