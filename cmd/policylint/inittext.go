package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

// text is the rules.yaml of a project. It is built as a document and not as
// text, so that a name with a colon or a line break in it stays a name.
func (p *discovery) text() ([]byte, error) {
	root := &yaml.Node{Kind: yaml.MappingNode}
	put := func(comment, key string, value *yaml.Node) {
		k := word(key)
		k.HeadComment = comment
		root.Content = append(root.Content, k, value)
	}
	head := "What policylint takes for granted about this project. Everything has a\ndefault; `policylint explain RULE` tells what a rule is about."
	if p.settings != "" {
		head += "\n\nThe schemas of the API, whether new tables are granted to it and the site's\nURLs are read from " + printable(p.settings) + " each time."
	}
	put(head+"\n\nThe version of this format.", "version", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: "1"})
	if p.migrations != "" {
		put("The folder of migrations, relative to this file.", "migrations", word(p.migrations))
	}
	if len(p.tables) > 0 {
		tables := &yaml.Node{Kind: yaml.SequenceNode}
		for _, t := range p.tables {
			n := word(t.Name.SQL())
			if t.Identity.Known && t.Identity.Value.Kind != catalog.IdentityFull {
				n.LineComment = "has " + t.Identity.Value.String() + " now"
			}
			tables.Content = append(tables.Content, n)
		}
		put("The tables whose changes clients subscribe to: those that are published now.\nTake out what nobody listens to, add what somebody should receive. Each is\nexpected with replica identity full; {name: …, replica_identity: default}\nexpects less.", "realtime", pairs("tables", tables))
	}
	if p.hook != (catalog.Name{}) {
		put("The custom access token hook.", "hook", pairs("function", word(p.hook.SQL())))
	}
	if len(p.claims) > 0 {
		claims := &yaml.Node{Kind: yaml.MappingNode}
		for _, c := range p.claims {
			var paths []string
			for _, path := range c.Paths {
				paths = append(paths, path.String())
			}
			one := pairs("paths", words(paths))
			switch {
			case c.Enum != (catalog.Name{}):
				one.Content = append(one.Content, word("values"), flow(pairs("enum", word(c.Enum.SQL()))))
			case len(c.Values) > 0:
				one.Content = append(one.Content, word("values"), words(c.Values))
			}
			claims.Content = append(claims.Content, word(c.Name), one)
		}
		put("The claims that tell users apart, where the hook writes them, and what it\ncan write.", "claims", claims)
	}
	if len(p.subjects) > 0 {
		subjects := &yaml.Node{Kind: yaml.MappingNode}
		for _, s := range p.subjects {
			claims := maps.Clone(s.Claims)
			if claims["role"] == catalog.Authenticated {
				delete(claims, "role")
			}
			n := &yaml.Node{}
			if err := n.Encode(claims); err != nil {
				return nil, err
			}
			subjects.Content = append(subjects.Content, word(s.Name), flow(n))
		}
		put("Users by the claims of their tokens, for `policylint access` and for `expect`:\n\nexpect:\n  - {subject: "+p.subjects[0].Name+", table: public.…, select: rows}", "subjects", subjects)
	}
	if p.baseline {
		put("What was wrong when policylint was switched on: it is not reported again.", "baseline", word(baselineName))
	}
	put("The mildest severity that makes `policylint lint` fail.", "fail_on", word("error"))
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return nil, err
	}
	return spaced(b.Bytes()), nil
}

// spaced puts an empty line before each key of the top but the first.
func spaced(text []byte) []byte {
	var b strings.Builder
	comment := false
	for i, line := range strings.SplitAfter(string(text), "\n") {
		top := line != "" && !strings.HasPrefix(line, " ") && line != "\n"
		if top && !comment && i > 0 {
			b.WriteString("\n")
		}
		if top {
			comment = strings.HasPrefix(line, "#")
		}
		b.WriteString(line)
	}
	return []byte(b.String())
}

// summary lists what was found, a line each.
func (p *discovery) summary() string {
	var b strings.Builder
	line := func(n int, what, found string) {
		if n == 0 {
			found = "none found"
		}
		fmt.Fprintf(&b, "  %-17s %s\n", what, found)
	}
	var tables, claims, subjects []string
	for _, t := range p.tables {
		tables = append(tables, t.Name.String())
	}
	for _, c := range p.claims {
		s := c.Name
		if len(c.Values) > 0 {
			s += " (" + list(c.Values) + ")"
		}
		claims = append(claims, s)
	}
	for _, s := range p.subjects {
		subjects = append(subjects, s.Name)
	}
	line(len(tables), "published tables", few(tables))
	line(len(p.hook.Name), "hook", p.hook.String())
	line(len(claims), "claims", few(claims))
	line(len(subjects), "subjects", few(subjects))
	return strings.ToValidUTF8(printable(b.String()), "?")
}

// few is the first of many.
func few(names []string) string {
	const most = 6
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", list(names[:most]), len(names)-most)
	}
	return list(names)
}

// printable takes what would draw on a terminal out of names.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return '?'
		}
		return r
	}, s)
}

func word(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func words(list []string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, s := range slices.Clone(list) {
		n.Content = append(n.Content, word(s))
	}
	return n
}

func pairs(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{word(key), value}}
}

func flow(n *yaml.Node) *yaml.Node {
	n.Style = yaml.FlowStyle
	return n
}
