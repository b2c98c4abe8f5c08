package rules_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
)

// TestConfigSchemaInSync holds docs/rules.schema.json against the rules.
func TestConfigSchemaInSync(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(rules.ConfigSchema()); err != nil {
		t.Fatal(err)
	}
	sync(t, filepath.Join("..", "docs", "rules.schema.json"), b.Bytes())
}

func configSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(rules.ConfigSchema())
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// against validates the text as an editor does.
func against(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	j, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(j))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// TestConfigSchemaTakesWhatIsRead holds every configuration of this repository
// against both the reader and the schema.
func TestConfigSchemaTakesWhatIsRead(t *testing.T) {
	s := configSchema(t)
	reference, err := os.ReadFile("../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"rules.yaml": reference}
	err = fs.WalkDir(fixtures.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".yaml") {
			texts[name], err = fs.ReadFile(fixtures.FS, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		if _, err := rules.ReadConfig(name, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := against(t, s, text); err != nil {
			t.Errorf("%s is read, and the schema refuses it: %v", name, err)
		}
	}
}

func TestConfigSchemaRefuses(t *testing.T) {
	s := configSchema(t)
	for _, text := range []string{
		"{}",
		"version: 2",
		"version: 1\nplatfrom: supabase",
		"version: 1\nplatform: mysql",
		"version: 1\nrealtime: {table: [public.a]}",
		"version: 1\nrealtime: {tables: [{name: public.a, replica_identity: some}]}",
		"version: 1\nexpect: [{subject: a, table: t, select: maybe}]",
		"version: 1\nignore: [{rule: rls-disabled, object: table public.a}]",
		"version: 1\nrules: {rls-disabled: loud}",
		"version: 1\nrules: {rls-disabled: {severty: error}}",
		"version: 1\norigins: [help.example.com]",
		"version: 1\ncustom: [{id: x, for: table, when: 'true'}]",
	} {
		if _, err := rules.ReadConfig("rules.yaml", []byte(text)); err == nil {
			t.Errorf("the reader takes\n%s", text)
		}
		if against(t, s, []byte(text)) == nil {
			t.Errorf("the schema takes\n%s", text)
		}
	}
}

// TestConfigSchemaHasEveryKey asks the reader which keys it knows, by a wrong
// one, and looks them up in the schema.
func TestConfigSchemaHasEveryKey(t *testing.T) {
	top := rules.ConfigSchema()["properties"].(map[string]any)
	item := func(key string) map[string]any { return top[key].(map[string]any)["items"].(map[string]any) }
	entry := func(key string) map[string]any {
		return top[key].(map[string]any)["additionalProperties"].(map[string]any)
	}
	table := top["realtime"].(map[string]any)["properties"].(map[string]any)["tables"].(map[string]any)["items"].(map[string]any)["anyOf"].([]any)[1]
	for text, object := range map[string]map[string]any{
		"version: 1\nzz: 1":                         rules.ConfigSchema(),
		"version: 1\nrealtime: {zz: 1}":             top["realtime"].(map[string]any),
		"version: 1\nrealtime: {tables: [{zz: 1}]}": table.(map[string]any),
		"version: 1\nhook: {zz: 1}":                 top["hook"].(map[string]any),
		"version: 1\nclaims: {a: {zz: 1}}":          entry("claims"),
		"version: 1\nexpect: [{zz: 1}]":             item("expect"),
		"version: 1\nignore: [{zz: 1}]":             item("ignore"),
		"version: 1\ncustom: [{zz: 1}]":             item("custom"),
	} {
		_, err := rules.ReadConfig("rules.yaml", []byte(text))
		if err == nil {
			t.Errorf("the reader takes %q", text)
			continue
		}
		_, list, _ := strings.Cut(err.Error(), "the keys are ")
		list, _, _ = strings.Cut(list, "\n")
		properties := object["properties"].(map[string]any)
		known := strings.Split(list, ", ")
		for _, key := range known {
			if _, ok := properties[key]; !ok {
				t.Errorf("%q: the schema has no key %q", text, key)
			}
		}
		if len(known) != len(properties) {
			t.Errorf("%q: the reader knows %d keys, the schema %d", text, len(known), len(properties))
		}
	}
}
