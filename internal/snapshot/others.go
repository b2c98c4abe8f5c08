package snapshot

import (
	"maps"
	"slices"

	"policylint/inspect/catalog"
)

type schema struct {
	Name      string   `json:"name"`
	Owner     *string  `json:"owner"`
	Grants    grants   `json:"grants"`
	Extension string   `json:"extension,omitempty"`
	Platform  bool     `json:"platform,omitempty"`
	Unsure    []string `json:"unsure,omitempty"`
	origin
}

type role struct {
	Name        string       `json:"name"`
	Superuser   *bool        `json:"superuser"`
	BypassRLS   *bool        `json:"bypass_rls"`
	Inherit     *bool        `json:"inherit"`
	Login       *bool        `json:"login"`
	CreateRole  *bool        `json:"create_role"`
	CreateDB    *bool        `json:"create_db"`
	Replication *bool        `json:"replication"`
	MemberOf    []membership `json:"member_of"`
	Platform    bool         `json:"platform,omitempty"`
	Unsure      []string     `json:"unsure,omitempty"`
	origin
}

type membership struct {
	Role    string `json:"role"`
	Admin   bool   `json:"admin"`
	Inherit bool   `json:"inherit"`
	Set     bool   `json:"set"`
	Grantor string `json:"grantor"`
}

type extension struct {
	Name     string   `json:"name"`
	Schema   string   `json:"schema"`
	Version  string   `json:"version,omitempty"`
	Default  string   `json:"default_version,omitempty"`
	Platform bool     `json:"platform,omitempty"`
	Unsure   []string `json:"unsure,omitempty"`
	origin
}

type bucket struct {
	ID     string   `json:"id"`
	Public *bool    `json:"public"`
	Unsure []string `json:"unsure,omitempty"`
	origin
}

type setting struct {
	Role     string  `json:"role,omitempty"`
	Database string  `json:"database,omitempty"`
	Name     string  `json:"name"`
	Value    *string `json:"value"`
	origin
}

type defaultACL struct {
	Role     string             `json:"role"`
	Schema   string             `json:"schema,omitempty"`
	Kind     catalog.ObjectKind `json:"kind"`
	Grants   grants             `json:"grants"`
	Platform bool               `json:"platform,omitempty"`
	Unsure   []string           `json:"unsure,omitempty"`
	origin
}

// writeOthers writes what stands around the relations.
func (d *document) writeOthers(c *catalog.Catalog, o Options) {
	d.Schemas, d.Roles, d.Extensions, d.Buckets, d.Settings, d.Defaults = []schema{}, []role{}, []extension{}, []bucket{}, []setting{}, []defaultACL{}
	for s := range c.Schemas.All() {
		if o.All || !s.Platform && s.Extension == "" {
			d.Schemas = append(d.Schemas, schema{s.Name, factOf(s.Owner), grantsOf(&s.Grants), s.Extension, s.Platform, unsureOf(s.Unsure), originOf(s.Origin)})
		}
	}
	var requests []string
	for _, r := range catalog.RequestRoles() {
		requests = append(requests, c.Groups(r, false)...)
	}
	for r := range c.Roles.All() {
		if !o.All && r.Platform && !slices.Contains(requests, r.Name) {
			continue
		}
		x := role{
			r.Name, factOf(r.Superuser), factOf(r.BypassRLS), factOf(r.Inherit), factOf(r.Login), factOf(r.CreateRole),
			factOf(r.CreateDB), factOf(r.Replication), []membership{}, r.Platform, unsureOf(r.Unsure), originOf(r.Origin),
		}
		for _, group := range slices.Sorted(maps.Keys(r.MemberOf)) {
			m := r.MemberOf[group]
			x.MemberOf = append(x.MemberOf, membership{group, m.Admin, m.Inherit, m.Set, m.Grantor})
		}
		d.Roles = append(d.Roles, x)
	}
	for e := range c.Extensions.All() {
		if o.All || !e.Platform {
			d.Extensions = append(d.Extensions, extension{e.Name, e.Schema, e.Version, e.Default, e.Platform, unsureOf(e.Unsure), originOf(e.Origin)})
		}
	}
	for b := range c.Buckets.All() {
		d.Buckets = append(d.Buckets, bucket{b.ID, factOf(b.Public), unsureOf(b.Unsure), originOf(b.Origin)})
	}
	for s := range c.Settings.All() {
		// What the platform set has no place of its own; a file's has.
		if o.All || s.Origin.File != "" {
			d.Settings = append(d.Settings, setting{s.Key.Role, s.Key.Database, s.Key.Name, settingOf(s.Key.Name, s.Value), originOf(s.Origin)})
		}
	}
	for p := range c.Defaults.All() {
		if o.All || !p.Platform {
			d.Defaults = append(d.Defaults, defaultACL{p.Key.Role, p.Key.Schema, p.Key.Kind, grantsOf(&p.Grants), p.Platform, unsureOf(p.Unsure), originOf(p.Origin)})
		}
	}
}

func (d *document) readOthers(c *catalog.Catalog) {
	for _, s := range d.Schemas {
		at := s.at()
		c.Schemas.Put(&catalog.Schema{Name: s.Name, Owner: fact(s.Owner, at), Grants: s.Grants.acl(at), Origin: at, Extension: s.Extension, Platform: s.Platform, Unsure: unsure(s.Unsure)})
	}
	for _, r := range d.Roles {
		at := r.at()
		x := &catalog.Role{
			Name: r.Name, Superuser: fact(r.Superuser, at), BypassRLS: fact(r.BypassRLS, at), Inherit: fact(r.Inherit, at),
			Login: fact(r.Login, at), CreateRole: fact(r.CreateRole, at), CreateDB: fact(r.CreateDB, at), Replication: fact(r.Replication, at),
			MemberOf: map[string]catalog.Membership{}, Origin: at, Platform: r.Platform, Unsure: unsure(r.Unsure),
		}
		for _, m := range r.MemberOf {
			x.MemberOf[m.Role] = catalog.Membership{Admin: m.Admin, Inherit: m.Inherit, Set: m.Set, Grantor: m.Grantor, Origin: at}
		}
		c.Roles.Put(x)
	}
	for _, e := range d.Extensions {
		c.Extensions.Put(&catalog.Extension{Name: e.Name, Schema: e.Schema, Version: e.Version, Default: e.Default, Origin: e.at(), Platform: e.Platform, Unsure: unsure(e.Unsure)})
	}
	for _, b := range d.Buckets {
		c.Buckets.Put(&catalog.Bucket{ID: b.ID, Public: fact(b.Public, b.at()), Origin: b.at(), Unsure: unsure(b.Unsure)})
	}
	for _, s := range d.Settings {
		c.Settings.Put(&catalog.Setting{Key: catalog.SettingKey{Role: s.Role, Database: s.Database, Name: s.Name}, Value: fact(s.Value, s.at()), Origin: s.at()})
	}
	for _, p := range d.Defaults {
		at := p.at()
		c.Defaults.Put(&catalog.DefaultPrivileges{Key: catalog.DefaultKey{Role: p.Role, Schema: p.Schema, Kind: p.Kind}, Grants: p.Grants.acl(at), Origin: at, Platform: p.Platform, Unsure: unsure(p.Unsure)})
	}
}
