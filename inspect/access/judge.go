package access

import (
	"reflect"

	"policylint/inspect/catalog"
)

// Commands are the commands of the matrix, in its order.
var Commands = []catalog.Command{catalog.ForSelect, catalog.ForInsert, catalog.ForUpdate, catalog.ForDelete}

// A Judge answers who may see and do what in one catalog. It remembers what it
// worked out, so one is made for a catalog and kept; it is not safe for
// concurrent use.
type Judge struct {
	cat         *catalog.Catalog
	publication string
	people      map[personKey]*person
	applied     map[passKey]*applied
	privileges  map[passKey]*privileges
}

// New is a judge of the catalog, in which Realtime reads the publication.
func New(c *catalog.Catalog, publication string) *Judge {
	return &Judge{cat: c, publication: publication, people: map[personKey]*person{}, applied: map[passKey]*applied{}, privileges: map[passKey]*privileges{}}
}

// personKey tells subjects apart: a map of claims is not changed while a judge
// knows it.
type personKey struct {
	name, role string
	claims     uintptr
}

// A person is a subject that the judge knows.
type person struct {
	Subject
	token  map[string]any // decoded; nil for who has none
	groups map[string][]string
	passed map[passKey]*passage
}

func (j *Judge) person(s Subject) *person {
	key := personKey{s.Name, s.Role, reflect.ValueOf(s.Claims).Pointer()}
	if p, ok := j.people[key]; ok {
		return p
	}
	p := &person{Subject: s, groups: map[string][]string{}, passed: map[passKey]*passage{}}
	if s.Claims != nil {
		p.token, _ = plainJSON(s.Claims).(map[string]any)
		if p.token == nil {
			p.token = map[string]any{}
		}
		if _, given := p.token["role"]; !given && s.Role != "" {
			p.token["role"] = s.Role
		}
	}
	j.people[key] = p
	return p
}

// remembered is how much a judge keeps of what it worked out: questions come
// table by table, hardly any comes again after a few hundred others, and all
// answers about ten thousand tables would take more memory than the tables.
const remembered = 1 << 11

// asks is the subject about to ask.
func (j *Judge) asks(s Subject) *asker {
	p := j.person(s)
	forget(p.passed)
	forget(j.applied)
	forget(j.privileges)
	return &asker{judge: j, role: s.Role, subject: p}
}

func forget[T any](m map[passKey]T) {
	if len(m) > remembered {
		clear(m)
	}
}

// groups lists the roles whose privileges the asker's role has, itself first.
func (a *asker) groups() []string {
	g, ok := a.subject.groups[a.role]
	if !ok {
		g = a.judge.cat.Groups(a.role, true)
		a.subject.groups[a.role] = g
	}
	return g
}
