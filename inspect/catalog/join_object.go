package catalog

import (
	"maps"
	"reflect"
	"slices"
)

func (f *Function) join(o *Function, at Origin) bool {
	differ := meet(&f.Volatility, o.Volatility, at)
	for _, d := range []bool{
		meet(&f.SecurityDefiner, o.SecurityDefiner, at), meet(&f.Strict, o.Strict, at), meet(&f.Leakproof, o.Leakproof, at),
		meet(&f.Owner, o.Owner, at), f.Grants.join(o.Grants),
	} {
		differ = differ || d
	}
	if f.Body.Known != o.Body.Known || f.Body.Value != o.Body.Value || f.Language != o.Language || !reflect.DeepEqual(f.Config, o.Config) {
		f.Body, f.Unsure = Unknown[string](at), f.Unsure|Body
		f.Config = maps.Clone(f.Config)
		for name, v := range o.Config {
			mine, both := f.Config[name]
			if !both || mine.Value != v.Value {
				if f.Config == nil {
					f.Config = map[string]Fact[string]{}
				}
				f.Config[name] = Unknown[string](at)
			}
		}
		for name := range f.Config {
			if _, both := o.Config[name]; !both {
				f.Config[name] = Unknown[string](at)
			}
		}
		differ = true
	}
	differ = differ || f.Unsure != o.Unsure
	f.Unsure |= o.Unsure
	return differ
}

// Ref names the functions of one name.
func (o *Overloads) Ref() Ref { return Ref{"function", o.Name.String()} }

func (o *Overloads) doubt() {
	for _, f := range o.Functions {
		f.Unsure |= Existence
	}
}

func (o *Overloads) join(other *Overloads, at Origin) bool {
	differ := false
	for _, f := range o.Functions {
		x, both := other.Find(f.Signature())
		if !both {
			f.Unsure |= Existence
			differ = true
			continue
		}
		differ = f.join(x, at) || differ
	}
	for _, f := range other.Functions {
		if _, both := o.Find(f.Signature()); !both {
			c := *f
			c.Unsure |= Existence
			o.Put(&c)
			differ = true
		}
	}
	return differ
}

func (s *Schema) doubt() { s.Unsure |= Existence }

func (s *Schema) join(o *Schema, at Origin) bool {
	differ := meet(&s.Owner, o.Owner, at)
	differ = s.Grants.join(o.Grants) || differ || s.Unsure != o.Unsure
	s.Unsure |= o.Unsure
	return differ
}

func (e *Extension) doubt() { e.Unsure |= Existence }

func (e *Extension) join(o *Extension, _ Origin) bool {
	differ := e.Schema != o.Schema || e.Unsure != o.Unsure
	e.Unsure |= o.Unsure
	if e.Schema != o.Schema {
		e.Unsure = Everything
	}
	return differ
}

func (r *Role) doubt() { r.Unsure |= Existence }

func (r *Role) join(o *Role, at Origin) bool {
	differ := false
	for _, d := range []bool{
		meet(&r.Superuser, o.Superuser, at), meet(&r.BypassRLS, o.BypassRLS, at), meet(&r.Inherit, o.Inherit, at),
		meet(&r.Login, o.Login, at), meet(&r.CreateRole, o.CreateRole, at), meet(&r.CreateDB, o.CreateDB, at),
		meet(&r.Replication, o.Replication, at),
	} {
		differ = differ || d
	}
	if !reflect.DeepEqual(r.MemberOf, o.MemberOf) {
		for g, m := range o.MemberOf {
			if _, both := r.MemberOf[g]; !both {
				if r.MemberOf == nil {
					r.MemberOf = map[string]Membership{}
				}
				r.MemberOf[g] = m
			}
		}
		r.Unsure |= Members
		differ = true
	}
	differ = differ || r.Unsure != o.Unsure
	r.Unsure |= o.Unsure
	return differ
}

func (s *Setting) doubt() { s.Value = Unknown[string](s.Origin) }

func (s *Setting) join(o *Setting, at Origin) bool { return meet(&s.Value, o.Value, at) }

func (s *Sequence) doubt() { s.Unsure |= Existence }

func (s *Sequence) join(o *Sequence, at Origin) bool {
	differ := meet(&s.Owner, o.Owner, at)
	differ = s.Grants.join(o.Grants) || differ || s.Unsure != o.Unsure
	s.Unsure |= o.Unsure
	return differ
}

func (t *Type) doubt() { t.Unsure |= Existence }

func (t *Type) join(o *Type, at Origin) bool {
	differ := meet(&t.Owner, o.Owner, at)
	differ = t.Grants.join(o.Grants) || differ
	if t.Kind != o.Kind || t.Base != o.Base || !reflect.DeepEqual(t.Labels, o.Labels) || !reflect.DeepEqual(t.Fields, o.Fields) {
		for _, l := range o.Labels {
			if !slices.Contains(t.Labels, l) {
				t.Labels = append(t.Labels, l)
			}
		}
		t.Unsure |= Body | Columns
		differ = true
	}
	differ = differ || t.Unsure != o.Unsure
	t.Unsure |= o.Unsure
	return differ
}

func (d *DefaultPrivileges) doubt() { d.Grants.Unsure = true }

func (d *DefaultPrivileges) join(o *DefaultPrivileges, _ Origin) bool {
	differ := d.Grants.join(o.Grants) || d.Unsure != o.Unsure
	d.Unsure |= o.Unsure
	return differ
}

// Ref names the relation.
func (r *Relation) Ref() Ref { return Ref{string(r.Kind), r.Name.String()} }

func (r *Relation) doubt() {}

// join keeps the name taken: whether by one kind of thing or another is in
// doubt with the things themselves.
func (r *Relation) join(*Relation, Origin) bool { return false }
