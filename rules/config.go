package rules

import (
	"slices"

	"policylint/inspect/catalog"
)

// A Config is what rules.yaml says. The zero Config is a project without one:
// the methods fill in the defaults.
type Config struct {
	File           string // rules.yaml as it was named; "" when there is none
	Migrations     string // folder, relative to File's; "" for the usual places
	Platform       string // "supabase", "postgres" or "" for the default
	ExposedSchemas []string
	// ClosedByDefault: new tables, sequences and functions are not granted to
	// the API roles by themselves, as on Supabase projects made since 2026
	// (github.com/orgs/supabase/discussions/45329).
	ClosedByDefault bool
	PostgresVersion int    // major version of the server, 0 when config.toml does not say
	Preset          Preset // zero for the default, Recommended
	AutoExposeGiven bool   // whether rules.yaml says so, or the opposite
	ConfigTOML      string // supabase/config.toml, relative to File's folder; "" for the usual place
	Realtime        Realtime
	Claims          []Claim // in order of name
	Hook            HookConfig
	Subjects        []Subject     // in order of name
	Expect          []Expectation // as written
	Origins         []SiteOrigin  // as written
	Baseline        string        // file of known findings, relative to File's folder; "" for none
	FailOn          Severity      // Off stands for the default, Error
	Rules           map[string]Setting
	Ignores         []Ignore     // as written
	Custom          []CustomRule // as written
}

// Realtime is what Realtime is expected to deliver.
type Realtime struct {
	Publication   string // "" for the default
	PublicationAt catalog.Origin
	// Tables are the expected members. Listed tells an empty list, which
	// expects none, from no list.
	Tables []Expected
	Listed bool
}

// An Expected is a table that the publication should have, and with which
// replica identity.
type Expected struct {
	Table    catalog.Name
	Identity catalog.Identity
	// Configured is false for a table that is expected only because it is
	// published: its identity is then not judged as an expectation.
	Configured bool
	Origin     catalog.Origin // the entry in rules.yaml; zero when not configured
}

// A Claim is a claim of the access token that tells the application's users
// apart, and where in the token it stands.
type Claim struct {
	Name   string
	Paths  []ClaimPath // equivalent places, in order of preference
	Values []string    // what it can be; nil when not known
	Enum   catalog.Name
	// Configured is false for a claim that was worked out from the hook.
	Configured bool
	Origin     catalog.Origin
}

// A ClaimPath is a place in the token, such as app_metadata, user_role.
type ClaimPath []string

// String is the path as rules.yaml writes it: "app_metadata.user_role".
func (c ClaimPath) String() string { return joinPath(c) }

// A HookConfig is what rules.yaml says of the custom access token hook.
type HookConfig struct {
	Function catalog.Name // zero for the default
	Role     string       // value that the claim role must keep; "" for the default, authenticated
	Origin   catalog.Origin
}

// A Subject is a user of the application, as the claims of its token.
type Subject struct {
	Name   string
	Claims map[string]any // as decoded from YAML; role is authenticated unless given
	Origin catalog.Origin
}

// An Expectation is one line of the access test suite.
type Expectation struct {
	Subject  string
	Table    catalog.Name
	Verdicts map[catalog.Command]string // always, never or rows, by select, insert, update, delete
	Origin   catalog.Origin
}

// A SiteOrigin is an origin that the application is served from.
type SiteOrigin struct {
	URL    string
	Origin catalog.Origin
}

// A Setting is what rules.yaml says of one rule.
type Setting struct {
	Severity Severity
	Given    bool // Severity was written; otherwise the rule keeps its own
	Options  any  // what Rule.Options returned, decoded into; nil when none were written
	Origin   catalog.Origin
}

// An Ignore is an entry that keeps findings out of the report, for a reason.
type Ignore struct {
	Rule   string
	Object string // kind and name, * and ? as wildcards
	File   string // "" for any file; otherwise a path, * and ** as wildcards
	Reason string
	Origin catalog.Origin
}

// PlatformName is the configured platform, or "supabase".
func (c *Config) PlatformName() string {
	if c == nil || c.Platform == "" {
		return "supabase"
	}
	return c.Platform
}

// PublicationName is the publication that Realtime reads.
func (c *Config) PublicationName() string {
	if c == nil || c.Realtime.Publication == "" {
		return catalog.DefaultPublication
	}
	return c.Realtime.Publication
}

// Exposed reports whether the API serves the schema: those configured, or
// public.
func (c *Config) Exposed(schema string) bool {
	if c == nil || c.ExposedSchemas == nil {
		return schema == "public"
	}
	return slices.Contains(c.ExposedSchemas, schema)
}

// ExposureGiven reports whether rules.yaml says which schemas the API serves.
func (c *Config) ExposureGiven() bool { return c != nil && c.ExposedSchemas != nil }

// HookRole is the value that the hook must leave in the claim role.
func (c *Config) HookRole() string {
	if c == nil || c.Hook.Role == "" {
		return catalog.Authenticated
	}
	return c.Hook.Role
}

// FailSeverity is the mildest severity that makes a run fail.
func (c *Config) FailSeverity() Severity {
	if c == nil || c.FailOn == Off {
		return Error
	}
	return c.FailOn
}

// Setting is what the configuration says of a rule; the zero Setting when it
// says nothing.
func (c *Config) Setting(id string) Setting {
	if c == nil {
		return Setting{}
	}
	return c.Rules[id]
}
