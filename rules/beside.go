package rules

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
)

// Beside is the configuration with what rules.yaml leaves open taken from
// config.toml, and notes that say so: whether new tables are granted to the
// API roles, which schemas the API serves, and which function is the hook. Of
// which version the server is, only config.toml says.
func (c *Config) Beside(p *project.Project) (*Config, []string) {
	if p == nil || p.Config == nil {
		return c, nil
	}
	out, notes := *c, []string(nil)
	note := func(key, format string, args ...any) {
		notes = append(notes, fmt.Sprintf("%s is not configured: taken from %s: %s", key, p.File, fmt.Sprintf(format, args...)))
	}
	if expose := p.Config.Local.Setting("api.auto_expose_new_tables").Bool(); expose.Known && !c.AutoExposeGiven {
		out.ClosedByDefault, out.AutoExposeGiven = !expose.Value, true
		note("auto_expose_new_tables", "%t", expose.Value)
	}
	out.PostgresVersion = postgresVersion(p.Config)
	if served, ok := servedSchemas(p.Config); ok && c.ExposedSchemas == nil {
		out.ExposedSchemas = served
		if own := slices.DeleteFunc(slices.Clone(served), catalog.PlatformSchema); !slices.Equal(own, []string{"public"}) {
			note("exposed_schemas", "%s", strings.Join(served, ", "))
		}
	}
	if c.Hook.Function == (catalog.Name{}) {
		for _, t := range p.Config.Targets() {
			h := t.Hook(project.AccessToken)
			if name, ok := h.Function(); ok && h.On().Is(true) {
				out.Hook.Function, out.Hook.Origin = name, h.URI.Origin()
				if name != DefaultHook {
					note("hook.function", "%s", name)
				}
				break
			}
		}
	}
	return &out, notes
}

// servedSchemas are those that the API serves in any of the stacks, sorted. It
// reports false when config.toml does not say, or not for certain.
func servedSchemas(c *project.Config) ([]string, bool) {
	var out []string
	for _, t := range c.Targets() {
		list, ok := t.Setting("api.schemas").List()
		if !ok || !t.Setting("api.enabled").Or(true).Is(true) {
			return nil, false
		}
		for _, s := range list {
			name := s.Text()
			if !name.Known {
				return nil, false
			}
			out = append(out, strings.TrimSpace(name.Value))
		}
	}
	slices.Sort(out)
	return slices.Compact(out), len(out) > 0
}

// postgresVersion is the major version of the server, 0 when config.toml does
// not say, or not the same for all stacks.
func postgresVersion(c *project.Config) int {
	version := c.Local.Setting("db.major_version").Int()
	for _, t := range c.Remotes {
		if v := t.Setting("db.major_version").Int(); !v.Is(version.Value) {
			return 0
		}
	}
	if !version.Known || version.Value < 0 {
		return 0
	}
	return int(version.Value)
}
