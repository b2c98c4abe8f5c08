package rules

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

// config reads the whole file.
func (r *reader) config(root *yaml.Node, c *Config) {
	version := false
	// Custom rules come first: their names are used everywhere else.
	if root.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(root.Content); i += 2 {
			if root.Content[i].Value == "custom" {
				r.custom(root.Content[i+1], c)
				break
			}
		}
	}
	r.mapping(root, "the configuration", keys{
		"version": func(n *yaml.Node) {
			version = true
			if n.Kind != yaml.ScalarNode || n.Value != "1" {
				r.fault(n, "version is not 1, the only one there is")
			}
		},
		"migrations": func(n *yaml.Node) { c.Migrations, _ = r.text(n, "migrations") },
		"platform":   func(n *yaml.Node) { c.Platform, _ = r.word(n, "platform", "supabase", "postgres") },
		"auto_expose_new_tables": func(n *yaml.Node) {
			v, ok := r.word(n, "auto_expose_new_tables", "true", "false")
			c.ClosedByDefault, c.AutoExposeGiven = ok && v == "false", ok
		},
		"preset": func(n *yaml.Node) {
			name, _ := r.word(n, "preset", PresetNames()...)
			c.Preset, _ = ParsePreset(name)
		},
		"config_toml": func(n *yaml.Node) { c.ConfigTOML, _ = r.text(n, "config_toml") },
		"exposed_schemas": func(n *yaml.Node) {
			c.ExposedSchemas = []string{}
			r.list(n, "exposed_schemas", func(n *yaml.Node) {
				if s, ok := r.text(n, "schema"); ok {
					c.ExposedSchemas = append(c.ExposedSchemas, s)
				}
			})
		},
		"realtime": func(n *yaml.Node) { r.realtime(n, &c.Realtime) },
		"claims":   func(n *yaml.Node) { r.claims(n, c) },
		"hook":     func(n *yaml.Node) { r.hook(n, &c.Hook) },
		"subjects": func(n *yaml.Node) { r.subjects(n, c) },
		"expect":   func(n *yaml.Node) { r.expect(n, c) },
		"baseline": func(n *yaml.Node) { c.Baseline, _ = r.text(n, "baseline") },
		"origins":  func(n *yaml.Node) { r.origins(n, c) },
		"fail_on":  func(n *yaml.Node) { c.FailOn, _ = r.severity(n, "severity for fail_on", Info, Warning, Error, Never) },
		"rules":    func(n *yaml.Node) { r.rules(n, c) },
		"ignore":   func(n *yaml.Node) { r.ignore(n, c) },
		"custom":   func(*yaml.Node) {}, // read above
	})
	if root.Kind == yaml.MappingNode && !version {
		r.fault(root, "no version: add `version: 1`")
	}
	r.checkSubjects(c)
}

func (r *reader) realtime(n *yaml.Node, t *Realtime) {
	r.mapping(n, "realtime", keys{
		"publication": func(n *yaml.Node) {
			t.Publication, _ = r.text(n, "publication")
			t.PublicationAt = r.origin(n)
		},
		"tables": func(n *yaml.Node) {
			t.Listed = true
			seen := map[catalog.Name]bool{}
			r.list(n, "realtime.tables", func(n *yaml.Node) {
				e, ok := r.expected(n)
				if ok && seen[e.Table] {
					r.fault(n, "table %s is listed twice", e.Table)
				} else if ok {
					seen[e.Table] = true
					t.Tables = append(t.Tables, e)
				}
			})
		},
	})
}

func (r *reader) expected(n *yaml.Node) (Expected, bool) {
	e := Expected{Identity: catalog.Identity{Kind: catalog.IdentityFull}, Configured: true, Origin: r.origin(n)}
	var ok bool
	if n.Kind != yaml.MappingNode {
		e.Table, ok = r.name(n, "table")
		return e, ok
	}
	named := false
	r.mapping(n, "the table", keys{
		"name": func(n *yaml.Node) {
			named = true
			e.Table, ok = r.name(n, "table")
			e.Origin = r.origin(n)
		},
		"replica_identity": func(n *yaml.Node) {
			s, given := r.text(n, "replica_identity")
			if index, isIndex := strings.CutPrefix(s, "index "); isIndex && strings.TrimSpace(index) != "" {
				e.Identity = catalog.Identity{Kind: catalog.IdentityIndex, Index: strings.TrimSpace(index)}
			} else if given {
				if _, known := r.word(n, "replica_identity", "full", "default", "nothing", "index NAME"); known && !strings.HasPrefix(s, "index") {
					e.Identity = catalog.Identity{Kind: catalog.IdentityKind(s)}
				}
			}
		},
	})
	if !named {
		r.fault(n, "table without a name: add `name: public.…`")
	}
	return e, ok
}

func (r *reader) claims(n *yaml.Node, c *Config) {
	r.entries(n, "claims", func(key, value *yaml.Node) {
		claim := Claim{Name: key.Value, Configured: true, Origin: r.origin(key)}
		r.mapping(value, "claim "+printable(key.Value), keys{
			"paths": func(n *yaml.Node) {
				if n.Kind == yaml.ScalarNode {
					n = &yaml.Node{Kind: yaml.SequenceNode, Line: n.Line, Column: n.Column, Content: []*yaml.Node{n}}
				}
				r.list(n, "paths", func(n *yaml.Node) {
					if path, ok := r.path(n); ok {
						claim.Paths = append(claim.Paths, path)
					}
				})
			},
			"values": func(n *yaml.Node) { r.values(n, &claim) },
		})
		if claim.Paths == nil {
			claim.Paths = []ClaimPath{{claim.Name}}
		}
		c.Claims = append(c.Claims, claim)
	})
	slices.SortFunc(c.Claims, func(a, b Claim) int { return cmp.Compare(a.Name, b.Name) })
}

func (r *reader) path(n *yaml.Node) (ClaimPath, bool) {
	s, ok := r.text(n, "path")
	if !ok {
		return nil, false
	}
	path := splitPath(s)
	if slices.Contains(path, "") {
		r.fault(n, `path "%s" has an empty part: write claim names with dots between, such as app_metadata.user_role`, printable(s))
		return nil, false
	}
	return path, true
}

func (r *reader) values(n *yaml.Node, claim *Claim) {
	switch n.Kind {
	case yaml.SequenceNode:
		claim.Values = []string{}
		r.list(n, "values", func(n *yaml.Node) {
			if s, ok := r.text(n, "value"); ok {
				claim.Values = append(claim.Values, s)
			}
		})
	case yaml.MappingNode:
		r.mapping(n, "values", keys{"enum": func(n *yaml.Node) { claim.Enum, _ = r.name(n, "enum") }})
	default:
		r.fault(n, "values is %s: write a list, or `{enum: public.…}`", kindOf(n))
	}
}

func (r *reader) hook(n *yaml.Node, h *HookConfig) {
	h.Origin = r.origin(n)
	r.mapping(n, "hook", keys{
		"function": func(n *yaml.Node) {
			h.Origin = r.origin(n)
			if s, ok := r.text(n, "function"); ok && strings.Contains(s, "(") {
				r.fault(n, `function "%s" has arguments: write only schema.name`, printable(s))
			} else if ok {
				h.Function, _ = r.name(n, "function")
			}
		},
		"role": func(n *yaml.Node) { h.Role, _ = r.text(n, "role") },
	})
}
