package report_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"policylint/docs"
	"policylint/internal/report"
)

type node = map[string]any

// TestSchemaHasTheTypes holds the schema of the report against the types that
// are encoded: the same keys, required where they are always there, and of the
// same kind.
func TestSchemaHasTheTypes(t *testing.T) {
	var root node
	if err := json.Unmarshal(docs.ReportSchema, &root); err != nil {
		t.Fatal(err)
	}
	compare(t, root, root, report.JSONType, "report")
}

func compare(t *testing.T, root, s node, typ reflect.Type, at string) {
	t.Helper()
	if ref, ok := s["$ref"].(string); ok {
		def, ok := root["$defs"].(node)[strings.TrimPrefix(ref, "#/$defs/")].(node)
		if !ok {
			t.Errorf("%s: no %s", at, ref)
			return
		}
		s = def
	}
	for _, either := range []string{"oneOf", "anyOf"} {
		list, _ := s[either].([]any)
		for _, x := range list {
			if x := x.(node); x["type"] != "null" {
				compare(t, root, x, typ, at)
				return
			}
		}
	}
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch typ.Kind() {
	case reflect.Slice:
		items, ok := s["items"].(node)
		if !ok {
			t.Errorf("%s: the schema has no items", at)
			return
		}
		compare(t, root, items, typ.Elem(), at+"[]")
	case reflect.Struct:
		object(t, root, s, typ, at)
	default:
		want := map[reflect.Kind]string{reflect.String: "string", reflect.Int: "integer", reflect.Bool: "boolean"}[typ.Kind()]
		if _, fixed := s["const"]; !fixed && s["enum"] == nil && s["type"] != want {
			t.Errorf("%s is a %s, and %v in the schema", at, want, s["type"])
		}
	}
}

func object(t *testing.T, root, s node, typ reflect.Type, at string) {
	t.Helper()
	properties, _ := s["properties"].(node)
	required, _ := s["required"].([]any)
	seen := map[string]bool{}
	var fields func(reflect.Type)
	fields = func(typ reflect.Type) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag := f.Tag.Get("json")
			if f.Anonymous && tag == "" {
				fields(f.Type)
				continue
			}
			name, options, _ := strings.Cut(tag, ",")
			seen[name] = true
			p, ok := properties[name].(node)
			if !ok {
				t.Errorf("%s: the schema has no %s", at, name)
				continue
			}
			if always := !strings.Contains(options, "omitempty"); always != slices.Contains(required, any(name)) {
				t.Errorf("%s.%s is always there: %v; the schema says otherwise", at, name, always)
			}
			compare(t, root, p, f.Type, at+"."+name)
		}
	}
	fields(typ)
	for name := range properties {
		if !seen[name] {
			t.Errorf("%s: the schema has %s, which is never written", at, name)
		}
	}
}
