package rules

import (
	"cmp"
	"net/url"
	"slices"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

func (r *reader) subjects(n *yaml.Node, c *Config) {
	r.entries(n, "subjects", func(key, value *yaml.Node) {
		s := Subject{Name: key.Value, Claims: map[string]any{}, Origin: r.origin(key)}
		r.entries(value, "subject "+printable(key.Value), func(key, value *yaml.Node) {
			var v any
			r.plain(value)
			if err := value.Decode(&v); err != nil {
				r.fault(value, "claim %s cannot be read: %v", printable(key.Value), err)
			}
			s.Claims[key.Value] = v
		})
		c.Subjects = append(c.Subjects, s)
	})
	slices.SortFunc(c.Subjects, func(a, b Subject) int { return cmp.Compare(a.Name, b.Name) })
}

// plain reports what in a claim's value JSON has no word for.
func (r *reader) plain(n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		r.entries(n, "the claim", func(_, value *yaml.Node) { r.plain(value) })
	case yaml.SequenceNode:
		for _, c := range n.Content {
			r.plain(c)
		}
	case yaml.ScalarNode:
		switch n.Tag {
		case "!!str", "!!int", "!!float", "!!bool", "!!null":
		case "!!timestamp": // an unquoted date: a token has it as text
			n.Tag = "!!str"
		default:
			r.fault(n, "value of type %s: a token has texts, numbers, truth values, lists and mappings", printable(n.Tag))
		}
	}
}

func (r *reader) expect(n *yaml.Node, c *Config) {
	r.list(n, "expect", func(n *yaml.Node) {
		e := Expectation{Verdicts: map[catalog.Command]string{}, Origin: r.origin(n)}
		known := keys{
			"subject": func(n *yaml.Node) {
				e.Subject, _ = r.text(n, "subject")
				e.Origin = r.origin(n)
			},
			"table": func(n *yaml.Node) { e.Table, _ = r.name(n, "table") },
		}
		for _, command := range []catalog.Command{catalog.ForSelect, catalog.ForInsert, catalog.ForUpdate, catalog.ForDelete} {
			known[string(command)] = func(n *yaml.Node) {
				if v, ok := r.word(n, "verdict", "always", "never", "rows"); ok {
					e.Verdicts[command] = v
				}
			}
		}
		before := len(r.faults)
		r.mapping(n, "the expectation", known)
		switch {
		case len(r.faults) > before:
		case e.Subject == "":
			r.fault(n, "expectation without a subject: add `subject: …`, one of subjects")
		case e.Table == (catalog.Name{}):
			r.fault(n, "expectation without a table: add `table: public.…`")
		case len(e.Verdicts) == 0:
			r.fault(n, "expectation without a verdict: add `select: always`, `never` or `rows`, or the same for insert, update or delete")
		default:
			c.Expect = append(c.Expect, e)
		}
	})
}

// checkSubjects holds the expectations against the subjects, whichever stands
// first in the file.
func (r *reader) checkSubjects(c *Config) {
	var names []string
	for _, s := range c.Subjects {
		names = append(names, s.Name)
	}
	for _, e := range c.Expect {
		if slices.Contains(names, e.Subject) {
			continue
		}
		hint := "add it to subjects"
		if s := Suggest(e.Subject, names); s != "" {
			hint = `did you mean "` + s + `"?`
		}
		r.at(e.Origin.Line, e.Origin.Column, `unknown subject "%s": %s`, printable(e.Subject), hint)
	}
}

func (r *reader) origins(n *yaml.Node, c *Config) {
	r.list(n, "origins", func(n *yaml.Node) {
		s, ok := r.text(n, "origin")
		if !ok {
			return
		}
		u, err := url.Parse(s)
		switch {
		case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
			r.fault(n, `origin "%s" is none: write scheme and host, such as https://help.example.com`, printable(s))
		case u.User != nil:
			r.fault(n, "origin has a user name: leave it out")
		case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
			r.fault(n, `origin "%s" has something after the host: write %s://%s`, printable(s), u.Scheme, u.Host)
		default:
			c.Origins = append(c.Origins, SiteOrigin{s, r.origin(n)})
		}
	})
}

func (r *reader) ignore(n *yaml.Node, c *Config) {
	r.list(n, "ignore", func(n *yaml.Node) {
		i := Ignore{Origin: r.origin(n)}
		before := len(r.faults)
		r.mapping(n, "the ignore", keys{
			"rule": func(n *yaml.Node) {
				i.Rule, _ = r.text(n, "rule")
				i.Origin = r.origin(n)
				if _, known := c.Rule(i.Rule); i.Rule != "" && !known {
					r.fault(n, "%s", c.UnknownRule(i.Rule))
				}
			},
			"object": func(n *yaml.Node) { i.Object, _ = r.text(n, "object") },
			"file":   func(n *yaml.Node) { i.File, _ = r.text(n, "file") },
			"reason": func(n *yaml.Node) { i.Reason, _ = r.text(n, "reason") },
		})
		switch {
		case len(r.faults) > before:
		case i.Rule == "":
			r.fault(n, "ignore without a rule: add `rule: …`")
		case i.Object == "" && i.File == "":
			r.fault(n, "ignore without an object or file: add `object: table public.…`; to turn the rule off everywhere, write `%s: off` under rules", i.Rule)
		case i.Reason == "":
			r.fault(n, "ignore without a reason: add `reason: …`, for whoever reads this next")
		default:
			c.Ignores = append(c.Ignores, i)
		}
	})
}
