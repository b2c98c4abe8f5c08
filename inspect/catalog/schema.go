package catalog

// A stamped object knows in which unit of work it was last copied.
type stamped struct{ serial int }

func (s *stamped) stamp() *int { return &s.serial }

// A Schema is a namespace.
type Schema struct {
	stamped
	Name      string
	Owner     Fact[string]
	Grants    ACL
	Origin    Origin
	Extension string // the extension that owns it, "" if none
	Platform  bool   // part of the platform, not of the project
	Unsure    Aspect
}

// Ref names the schema.
func (s *Schema) Ref() Ref { return Ref{"schema", s.Name} }

func (s *Schema) key() string { return s.Name }

func (s *Schema) clone() *Schema { c := *s; c.Grants = s.Grants.Clone(); return &c }

// An Extension is an installed extension.
type Extension struct {
	stamped
	Name     string
	Schema   string
	Version  string // "" when not known
	Default  string // database only: the version the server would install now
	Origin   Origin
	Platform bool
	Unsure   Aspect
}

// Ref names the extension.
func (e *Extension) Ref() Ref { return Ref{"extension", e.Name} }

func (e *Extension) key() string { return e.Name }

func (e *Extension) clone() *Extension { c := *e; return &c }

// A SettingKey says for whom a configuration parameter is set: a role, a
// database, both, or, when both are empty, the server.
type SettingKey struct{ Role, Database, Name string }

// A Setting is a configuration parameter set by ALTER ROLE … SET, by ALTER
// DATABASE … SET, or, in a running database, its present value.
type Setting struct {
	stamped
	Key    SettingKey
	Value  Fact[string]
	Origin Origin
}

// Ref names the setting.
func (s *Setting) Ref() Ref { return Ref{"setting", s.Key.Name} }

func (s *Setting) key() SettingKey { return s.Key }

func (s *Setting) clone() *Setting { c := *s; return &c }

// A Sequence is a sequence generator.
type Sequence struct {
	stamped
	Name        Name
	Owner       Fact[string]
	OwnedBy     Name   // the table of the column it belongs to; zero if none
	OwnedColumn string // that column
	Identity    bool   // made by GENERATED … AS IDENTITY
	Grants      ACL
	Origin      Origin
	Extension   string
	Platform    bool
	Unsure      Aspect
}

// Ref names the sequence.
func (s *Sequence) Ref() Ref { return Ref{"sequence", s.Name.String()} }

func (s *Sequence) key() Name { return s.Name }

func (s *Sequence) clone() *Sequence { c := *s; c.Grants = s.Grants.Clone(); return &c }
