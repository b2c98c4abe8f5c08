package parse

import (
	"reflect"
	"strings"
	"sync"
	"sync/atomic"

	pg "github.com/pganalyze/pg_query_go/v5"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// A plan says where the values of a message's JSON keys go.
type plan struct {
	fields   map[string]*field
	repaired bool // see repair
}

// A field is one field of a message.
type field struct {
	index int
	kind  reflect.Kind
	// enum has the numbers of an enum's names.
	enum map[string]int64
	// message is the type that a pointer, or an element of a slice, points to.
	message reflect.Type
	plan    atomic.Pointer[plan]
	// wrapper is the type that stands for a choice in a oneof.
	wrapper reflect.Type
}

var (
	plans   = map[reflect.Type]*plan{}
	plansMu sync.RWMutex
)

// planOf is the plan for a message type, made at first use.
func planOf(t reflect.Type) *plan {
	plansMu.RLock()
	p := plans[t]
	plansMu.RUnlock()
	if p != nil {
		return p
	}
	plansMu.Lock()
	defer plansMu.Unlock()
	return makePlan(t)
}

// makePlan is planOf under the lock. Types refer to one another, so those of
// fields are left for later.
func makePlan(t reflect.Type) *plan {
	if p := plans[t]; p != nil {
		return p
	}
	p := &plan{fields: map[string]*field{}}
	switch t {
	case reflect.TypeFor[pg.Integer](), reflect.TypeFor[pg.A_Const](), reflect.TypeFor[pg.TypeName]():
		p.repaired = true
	}
	m := reflect.New(t).Interface().(protoreflect.ProtoMessage).ProtoReflect()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("protobuf_oneof") != "" {
			p.choices(i, m)
			continue
		}
		if tag := f.Tag.Get("protobuf"); tag != "" {
			p.fields[jsonName(tag)] = fieldOf(i, f.Type)
		}
	}
	plans[t] = p
	return p
}

// choices adds the keys of a oneof: each has a wrapper type with one field.
func (p *plan) choices(index int, m protoreflect.Message) {
	oneofs := m.Descriptor().Oneofs()
	for i := range oneofs.Len() {
		fields := oneofs.Get(i).Fields()
		for j := range fields.Len() {
			d := fields.Get(j)
			fresh := m.New()
			if d.Message() != nil {
				fresh.Set(d, fresh.NewField(d))
			} else {
				fresh.Set(d, d.Default())
			}
			v := reflect.ValueOf(fresh.Interface()).Elem().Field(index)
			if v.IsNil() {
				continue
			}
			wrapper := v.Elem().Elem().Type()
			f := fieldOf(index, wrapper.Field(0).Type)
			f.wrapper = wrapper
			p.fields[d.JSONName()] = f
		}
	}
}

func fieldOf(index int, t reflect.Type) *field {
	f := &field{index: index, kind: t.Kind()}
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer:
		if t.Elem().Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Elem().Kind() == reflect.Struct {
			f.message = t.Elem()
		}
	case reflect.Int32:
		if e, ok := reflect.Zero(t).Interface().(protoreflect.Enum); ok {
			f.enum = map[string]int64{}
			values := e.Descriptor().Values()
			for i := range values.Len() {
				f.enum[string(values.Get(i).Name())] = int64(values.Get(i).Number())
			}
		}
	}
	return f
}

// jsonName is the key of a field by its protobuf tag.
func jsonName(tag string) string {
	name := ""
	for part := range strings.SplitSeq(tag, ",") {
		if n, ok := strings.CutPrefix(part, "json="); ok {
			return n
		}
		if n, ok := strings.CutPrefix(part, "name="); ok {
			name = n
		}
	}
	return name
}

var nodeType = reflect.TypeFor[pg.Node]()
