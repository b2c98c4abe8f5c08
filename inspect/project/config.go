package project

import (
	"regexp"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/project/toml"
)

// A Config is what config.toml says of the local stack and of the hosted
// projects it has a [remotes] section for.
type Config struct {
	Local   *Target
	Remotes []*Target // in order of appearance
}

// A Target is one stack that config.toml describes. A hosted one has the
// settings of the local one but for those that its own section overrides
// (supabase/cli, pkg/config: mergeRemoteConfig).
type Target struct {
	Name   string // of the section: "production" for [remotes.production]; "" for the local stack
	Origin catalog.Origin
	table  *toml.Value
	base   *Target // nil for the local stack
}

func newConfig(doc *toml.Document) *Config {
	c := &Config{Local: &Target{table: doc.Root, Origin: doc.Root.Origin}}
	for _, k := range doc.Root.Get("remotes").Keys {
		if k.Value.Kind != toml.Table {
			continue
		}
		at := k.Value.Origin
		if at.IsZero() {
			at = k.Origin
		}
		c.Remotes = append(c.Remotes, &Target{Name: k.Name, Origin: at, table: k.Value, base: c.Local})
	}
	return c
}

// Targets lists the local stack and the remotes.
func (c *Config) Targets() []*Target { return append([]*Target{c.Local}, c.Remotes...) }

// IsRemote reports whether the target is a hosted project.
func (t *Target) IsRemote() bool { return t.base != nil }

// Ref names the target's section.
func (t *Target) Ref() catalog.Ref {
	if t.IsRemote() {
		return catalog.Ref{Kind: "setting", Name: "remotes." + t.Name}
	}
	return catalog.Ref{Kind: "file", Name: ConfigFile}
}

// Setting is a setting by its dotted path, such as "auth.site_url": the
// target's own, or the one that it takes from the local stack.
func (t *Target) Setting(path string) Setting {
	if s := t.Own(path); s.Given() || t.base == nil {
		return s
	}
	return t.base.Setting(path)
}

// Own is a setting that the target's section itself has; for the local stack
// it is the same as Setting.
func (t *Target) Own(path string) Setting {
	s := Setting{Path: path, Target: t}
	if k := t.table.Entry(strings.Split(path, ".")...); k != nil {
		s.value, s.Key = k.Value, k.Origin
	}
	return s
}

// Has reports whether a section, such as "auth", is there at all, and where:
// in the target's own part or in what it takes from the local stack.
func (t *Target) Has(section string) (catalog.Origin, bool) {
	s := t.Setting(section)
	return s.Origin(), s.Given()
}

// projectRef is how the platform names a hosted project.
var projectRef = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z]{20}$`) })

// Project is the reference of the hosted project, "" when it is not known.
// Every remote must have one; in the local stack's place it is often only a
// name for containers.
func (t *Target) Project() string {
	if s := t.Own("project_id").Text(); s.Known && projectRef().MatchString(s.Value) {
		return s.Value
	}
	return ""
}
