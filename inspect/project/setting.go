package project

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/project/toml"
)

// A Setting is one key of config.toml with its value, or the lack of one.
type Setting struct {
	Path   string  // without the remotes.NAME in front
	Target *Target // whose part of the file it stands in, or would
	Key    catalog.Origin
	value  *toml.Value
}

// Given reports whether the file has the key.
func (s Setting) Given() bool { return s.value != nil && s.value.Kind != toml.Absent }

// Ref names the setting where it is written: "setting auth.site_url", or
// "setting remotes.production.auth.site_url".
func (s Setting) Ref() catalog.Ref {
	name := s.Path
	if s.Target != nil && s.Target.IsRemote() {
		name = "remotes." + s.Target.Name + "." + name
	}
	return catalog.Ref{Kind: "setting", Name: name}
}

// Origin is where it stands, from its key to its value; the header of a table.
func (s Setting) Origin() catalog.Origin {
	switch {
	case !s.Given():
		return catalog.Origin{}
	case s.value.Kind == toml.Table:
		return s.value.Origin
	case s.Key.Line == s.value.Origin.Line:
		o := s.Key
		o.EndLine, o.EndColumn = s.value.Origin.EndLine, s.value.Origin.EndColumn
		return o
	case s.Key.IsZero():
		return s.value.Origin
	}
	return s.Key
}

var envReference = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^env\((.*)\)$`) })

// Env is the variable that the value is taken from, "" when it is none. The
// value is then not known.
func (s Setting) Env() string {
	if s.Given() && s.value.Kind == toml.Text {
		if m := envReference().FindStringSubmatch(s.value.Text); m != nil {
			return m[1]
		}
	}
	return ""
}

// Text is the value of a text. It is unknown when there is none.
func (s Setting) Text() catalog.Fact[string] {
	if !s.Given() || s.value.Kind != toml.Text || s.Env() != "" {
		return catalog.Unknown[string](s.Origin())
	}
	return catalog.Of(s.value.Text, s.Origin())
}

// Bool is the value of a truth value, which the CLI also takes as a text. It
// is unknown when there is none.
func (s Setting) Bool() catalog.Fact[bool] {
	if s.Given() && s.value.Kind == toml.Bool {
		return catalog.Of(s.value.Bool, s.Origin())
	}
	if v, err := strconv.ParseBool(s.Text().Value); err == nil {
		return catalog.Of(v, s.Origin())
	}
	return catalog.Unknown[bool](s.Origin())
}

// Or is the value of a truth value, or what holds where the file has none. A
// value that is not known stays so.
func (s Setting) Or(otherwise bool) catalog.Fact[bool] {
	if !s.Given() {
		return catalog.Of(otherwise, catalog.Origin{})
	}
	return s.Bool()
}

// Int is the value of a number, which the CLI also takes as a text. It is
// unknown when there is none.
func (s Setting) Int() catalog.Fact[int64] {
	if s.Given() && s.value.Kind == toml.Integer {
		return catalog.Of(s.value.Int, s.Origin())
	}
	if v, err := strconv.ParseInt(s.Text().Value, 10, 64); err == nil {
		return catalog.Of(v, s.Origin())
	}
	return catalog.Unknown[int64](s.Origin())
}

// List is the entries of a list, which the CLI also takes as a text with
// commas. It reports false when there is no list, or not one that is known.
func (s Setting) List() ([]Setting, bool) {
	switch {
	case !s.Given():
	case s.value.Kind == toml.List:
		var out []Setting
		for _, v := range s.value.Items {
			out = append(out, Setting{Path: s.Path, Target: s.Target, value: v})
		}
		return out, true
	case s.Text().Known:
		var out []Setting
		for part := range strings.SplitSeq(s.value.Text, ",") {
			v := *s.value
			v.Text = part
			out = append(out, Setting{Path: s.Path, Target: s.Target, Key: s.Key, value: &v})
		}
		return out, true
	}
	return nil, false
}

// IsTable reports whether the setting is a section.
func (s Setting) IsTable() bool { return s.Given() && s.value.Kind == toml.Table }

// Keys lists the keys of a table, as written.
func (s Setting) Keys() []string {
	var out []string
	if s.Given() {
		for _, k := range s.value.Keys {
			out = append(out, k.Name)
		}
	}
	return out
}
