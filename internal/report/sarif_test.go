package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// schema compiles a JSON schema.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, text []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%#v", err)
	}
}

func TestSARIF(t *testing.T) {
	// The official schema: OASIS, sarif-schema-2.1.0.json, errata 01.
	s := schema(t, filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	for _, test := range []struct {
		name string
		res  *rules.Result
	}{
		{"report.sarif", sample()},
		{"hostile.sarif", hostile()},
		{"empty.sarif", &rules.Result{Source: catalog.Source{Kind: catalog.Migrations}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := golden(t, test.name, func(w io.Writer) error { return report.SARIF(w, test.res, "v1.2.3") })
			validate(t, s, out)
			var log struct {
				Runs []struct {
					Results []struct {
						RuleID    string
						RuleIndex int
						Locations []struct {
							PhysicalLocation struct{ ArtifactLocation struct{ URI string } }
						}
					}
					Tool struct {
						Driver struct{ Rules []struct{ ID string } }
					}
				}
			}
			if err := json.Unmarshal(out, &log); err != nil {
				t.Fatal(err)
			}
			for _, r := range log.Runs[0].Results {
				if got := log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
					t.Errorf("ruleIndex points to %s, not %s", got, r.RuleID)
				}
				u, err := url.Parse(r.Locations[0].PhysicalLocation.ArtifactLocation.URI)
				if err != nil || u.IsAbs() || u.RawQuery != "" || u.Fragment != "" {
					t.Errorf("not a relative URI of a path: %v (%v)", u, err)
				}
			}
		})
	}
}
