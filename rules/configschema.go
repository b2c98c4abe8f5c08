package rules

import (
	"reflect"
	"slices"

	"policylint/internal/custom"
)

// ConfigSchema is the JSON Schema (draft 2020-12) of rules.yaml, for editors. It
// knows the names of the rules and of their options. The reader is stricter: it
// also checks what one part of the file says of another.
func ConfigSchema() map[string]any {
	text := schemaType("string", "")
	texts := map[string]any{"type": "array", "items": text}
	table := schemaType("string", "A table as schema.name; without a schema, of public.")
	s := schemaObject("Configuration of policylint. Its own rules.yaml explains every key.", map[string]any{
		"version":                map[string]any{"const": 1, "description": "The version of this format."},
		"migrations":             schemaType("string", "The folder of migrations, relative to this file."),
		"config_toml":            schemaType("string", "The project's supabase/config.toml, relative to this file."),
		"platform":               schemaWords("What the database holds before the first migration.", "supabase", "postgres"),
		"auto_expose_new_tables": schemaType("boolean", "Whether the platform grants new objects of schema public to the API's roles by itself."),
		"exposed_schemas":        map[string]any{"type": "array", "items": text, "description": "The schemas that the API serves."},
		"preset":                 schemaWords("Which rules run.", PresetNames()...),
		"baseline":               schemaType("string", "A file of known findings, relative to this one."),
		"realtime": schemaObject("What Realtime is expected to deliver.", map[string]any{
			"publication": schemaType("string", "The publication that Realtime reads."),
			"tables": map[string]any{"type": "array", "description": "The tables whose changes the application subscribes to.", "items": map[string]any{"anyOf": []any{
				table,
				schemaObject("", map[string]any{
					"name":             table,
					"replica_identity": map[string]any{"type": "string", "pattern": "^(full|default|nothing|index .+)$"},
				}, "name"),
			}}},
		}),
		"claims": schemaEntries("The claims that tell the application's users apart.", schemaObject("", map[string]any{
			"paths": map[string]any{"type": "array", "items": text, "description": "Where the claim stands in the token; several places are equivalent."},
			"values": map[string]any{"description": "What it can be.", "anyOf": []any{
				texts, schemaObject("", map[string]any{"enum": schemaType("string", "The enum that has the values, as schema.name.")}, "enum"),
			}},
		})),
		"hook": schemaObject("The custom access token hook.", map[string]any{
			"function": schemaType("string", "The function, as schema.name."),
			"role":     schemaType("string", "The value that the claim role must keep."),
		}),
		"subjects": schemaEntries("Users of the application, by the claims of their tokens.", map[string]any{"type": "object"}),
		"expect":   map[string]any{"type": "array", "description": "Who may do what.", "items": expectSchema(table)},
		"origins":  map[string]any{"type": "array", "items": map[string]any{"type": "string", "pattern": "^https?://[^/?#@]+$"}, "description": "The origins that the application is served from."},
		"fail_on":  schemaWords("The mildest severity that makes the command exit with 1.", "info", "warning", "error", "never"),
		"rules":    rulesSchema(),
		"ignore": map[string]any{"type": "array", "description": "Findings that are meant to be.", "items": schemaObject("", map[string]any{
			"rule":   map[string]any{"type": "string", "description": "The rule."},
			"object": schemaType("string", "Kind and name as reports show them; * stands for anything."),
			"file":   schemaType("string", "A path; * and ** as in .gitignore."),
			"reason": schemaType("string", "Why, for whoever reads this next."),
		}, "rule", "reason")},
		"custom": map[string]any{"type": "array", "description": "Rules of the project's own, as CEL expressions.", "items": schemaObject("", map[string]any{
			"id":       map[string]any{"type": "string", "pattern": customID().String()},
			"severity": schemaWords("", severityNames()...),
			"for":      schemaWords("The kind of object that the rule is about.", custom.Kinds()...),
			"when":     schemaType("string", "A CEL expression: true where the rule finds something."),
			"message":  schemaType("string", "What is said, with {expressions}."),
			"why":      text,
			"fix":      text,
		}, "id", "for", "when", "message")},
	}, "version")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "policylint configuration"
	return s
}

func expectSchema(table map[string]any) map[string]any {
	verdict := schemaWords("", "always", "never", "rows")
	return schemaObject("", map[string]any{
		"subject": schemaType("string", "One of subjects."), "table": table,
		"select": verdict, "insert": verdict, "update": verdict, "delete": verdict,
	}, "subject", "table")
}

// rulesSchema has a property for each rule, so that editors complete and
// explain them; rules of the project's own may stand beside them.
func rulesSchema() map[string]any {
	severity := schemaWords("", severityNames()...)
	properties := map[string]any{}
	for _, r := range All() {
		options := map[string]any{"severity": severity}
		if r.Options != nil {
			t := reflect.TypeOf(r.Options()).Elem()
			for i := range t.NumField() {
				options[fieldName(t.Field(i))] = optionSchema(t.Field(i).Type)
			}
		}
		properties[r.ID] = map[string]any{"description": r.Title, "anyOf": []any{severity, schemaObject("", options)}}
	}
	return map[string]any{
		"type": "object", "description": "Severities and options, by rule.", "properties": properties,
		"additionalProperties": map[string]any{"anyOf": []any{severity, schemaObject("", map[string]any{"severity": severity})}},
	}
}

func optionSchema(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Bool:
		return schemaType("boolean", "")
	case reflect.Slice:
		return map[string]any{"type": "array", "items": optionSchema(t.Elem())}
	case reflect.String:
		return schemaType("string", "")
	case reflect.Int, reflect.Int64, reflect.Uint:
		return schemaType("integer", "")
	}
	return schemaType("number", "")
}

func severityNames() []string { return []string{"off", "info", "warning", "error"} }

func schemaType(name, description string) map[string]any {
	s := map[string]any{"type": name}
	if description != "" {
		s["description"] = description
	}
	return s
}

// schemaWords also takes YAML's false where off is a word: an unquoted off is
// text to this reader and false to older ones, such as some editors have.
func schemaWords(description string, words ...string) map[string]any {
	values := []any{}
	for _, w := range words {
		values = append(values, w)
	}
	if slices.Contains(words, "off") {
		values = append(values, false)
	}
	s := map[string]any{"enum": values}
	if description != "" {
		s["description"] = description
	}
	return s
}

func schemaEntries(description string, each map[string]any) map[string]any {
	return map[string]any{"type": "object", "description": description, "additionalProperties": each}
}

func schemaObject(description string, properties map[string]any, required ...string) map[string]any {
	s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if description != "" {
		s["description"] = description
	}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}
