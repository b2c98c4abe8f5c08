package rules_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	inspected "policylint/inspect/project"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	fixtures "policylint/migrations-fixtures"
	"policylint/rules"
	_ "policylint/rules/all"
)

// ownTests are the rules about what cannot be changed in a transaction: a
// server's settings, and what it counts. They are tested by themselves.
var ownTests = map[string]bool{"logical-decoding-unavailable": true, "unused-index": true, "unused-replication-slot": true}

// maxExceptions is how many findings of all fixtures may be expected of one
// source only.
const maxExceptions = 10

// A want is a finding that a fixture announces: a comment
//
//	-- want KIND NAME
//	-- want(static) KIND NAME: reason why the other source differs
//
// on the line where the statement begins, or the like with the marks that
// comments have in other files. On a line of its own it stands for a
// finding that no statement causes; in other files than migrations for one in
// the next line.
type want struct {
	file   string
	line   int    // 0 when no statement causes the finding
	source string // "static" or "live"; "" for both
	object string
	reason string
}

var (
	wantStart = regexp.MustCompile(`(?:--|#|//) want[ (]`)
	wantRE    = regexp.MustCompile(`^(?:\((static|live)\))? (.+?)(?:: (.+))?$`)
)

// wants reads the announcements of a case.
func wants(t *testing.T, c fixtures.Case) []want {
	t.Helper()
	var out []want
	for _, file := range append(slices.Clone(c.Files), c.Beside...) {
		for i, line := range strings.Split(text(t, file), "\n") {
			line = strings.TrimSuffix(strings.TrimRight(line, "\r"), " -->")
			parts := wantStart.Split(line, -1)
			for n, start := range wantStart.FindAllString(line, -1) {
				m := wantRE.FindStringSubmatch(strings.TrimRight(start[strings.Index(start, "want")+len("want"):]+parts[n+1], " "))
				if m == nil {
					t.Fatalf("%s:%d: not understood: %s%s", file, i+1, start, parts[n+1])
				}
				w := want{file, i + 1, m[1], m[2], m[3]}
				switch alone := strings.Trim(parts[0], " \t<!") == ""; {
				case alone && path.Ext(file) == ".sql":
					w.line = 0
				case alone:
					w.line = i + 2
				}
				if (w.source != "") != (w.reason != "") {
					t.Errorf("%s:%d: a want of one source gives a reason behind a colon, and only such a one", file, i+1)
				}
				out = append(out, w)
			}
		}
	}
	return out
}

func text(t testing.TB, file string) string {
	t.Helper()
	b, err := fs.ReadFile(fixtures.FS, file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// announced is what a source must find, one line a finding.
func announced(in []want, source string) []string {
	var out []string
	for _, w := range in {
		switch {
		case w.source != "" && w.source != source:
		case source == "live":
			out = append(out, w.object)
		case w.line == 0:
			out = append(out, w.object)
		default:
			out = append(out, fmt.Sprintf("%s:%d %s", w.file, w.line, w.object))
		}
	}
	slices.Sort(out)
	return out
}

// found is what a run found, in the form of announced.
func found(res *rules.Result, c fixtures.Case) []string {
	var out []string
	for _, f := range res.Findings {
		s := f.Object.String()
		if slices.Contains(c.Files, f.Origin.File) || slices.Contains(c.Beside, f.Origin.File) {
			s = fmt.Sprintf("%s:%d %s", f.Origin.File, f.Origin.Line, s)
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// configure reads the configuration of a case.
func configure(t testing.TB, c fixtures.Case) *rules.Config {
	t.Helper()
	config := &rules.Config{}
	if c.Config != "" {
		var err error
		if config, err = rules.ReadConfig(c.Config, []byte(text(t, c.Config))); err != nil {
			t.Fatal(err)
		}
	}
	config, _ = config.Beside(beside(t, c))
	return config
}

// beside reads the project that a case is, nil when it is none.
func beside(t testing.TB, c fixtures.Case) *inspected.Project {
	t.Helper()
	if c.Project == "" {
		return nil
	}
	fsys, err := fs.Sub(fixtures.FS, c.Project)
	if err != nil {
		t.Fatal(err)
	}
	p, err := inspected.Load(fsys, inspected.Options{Name: func(f string) string { return c.Project + "/" + f }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// variant is the start state of a case.
func variant(config *rules.Config) platform.Variant {
	switch {
	case config.PlatformName() == "postgres":
		return platform.Postgres
	case config.ClosedByDefault:
		return platform.NewDefaults
	}
	return platform.OldDefaults
}

// judge runs what a case is for: its own rule for a bad one; for a good one
// every rule that is on by default, and its own in any case.
func judge(t testing.TB, r *rules.Rule, c fixtures.Case, cat *catalog.Catalog, config *rules.Config) *rules.Result {
	t.Helper()
	beside := beside(t, c)
	own := rules.Run(cat, config, rules.Selection{Only: []string{r.ID}, Project: beside})
	if c.Bad() && !r.Last {
		return own
	}
	res := rules.Run(cat, config, rules.Selection{Project: beside})
	if c.Bad() { // a rule that judges what the others left needs them
		res.Findings = slices.DeleteFunc(res.Findings, func(f *rules.Finding) bool { return f.Rule != r })
	}
	if r.Severity == rules.Info {
		res.Findings = append(res.Findings, own.Findings...)
	}
	return res
}

func TestFixturesStatic(t *testing.T) {
	eachCase(t, func(t *testing.T, r *rules.Rule, c fixtures.Case) {
		cat, err := static.Load(fixtures.FS, static.Options{Files: c.Files, Platform: variant(configure(t, c))})
		if err != nil {
			t.Fatal(err)
		}
		in := wants(t, c)
		if c.Bad() && len(in) == 0 {
			t.Error("a bad case announces what it is bad for: -- want KIND NAME")
		}
		if !c.Bad() && len(in) > 0 {
			t.Error("a good case announces nothing")
		}
		res := judge(t, r, c, cat, configure(t, c))
		if d := cmp.Diff(announced(in, "static"), found(res, c)); d != "" {
			t.Errorf("announced (-), found (+):\n%s\n%s", d, messages(res))
		}
		if len(res.Crashed) > 0 {
			t.Error(res.Gaps)
		}
		for _, f := range cat.Failures {
			// What fails must be what the case is about.
			if !slices.ContainsFunc(in, func(w want) bool { return w.file == f.Origin.File && w.line == f.Origin.Line }) {
				t.Errorf("%s:%d: %s (%s)", f.Origin.File, f.Origin.Line, f.Message, f.SQLState)
			}
		}
	})
}

// eachCase runs f for every case of every rule.
func eachCase(t *testing.T, f func(*testing.T, *rules.Rule, fixtures.Case)) {
	t.Helper()
	for _, r := range rules.All() {
		for _, c := range fixtures.Cases(r.ID) {
			t.Run(r.ID+"/"+c.Name, func(t *testing.T) { f(t, r, c) })
		}
	}
}

// messages lists the findings for people.
func messages(res *rules.Result) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s:%d: %s: %s [%s]\n", f.Origin.File, f.Origin.Line, f.Severity, f.Message, f.Rule.ID)
	}
	return b.String()
}

// TestFixtures holds that every rule has its cases and every case a rule.
func TestFixtures(t *testing.T) {
	exceptions := 0
	for _, r := range rules.All() {
		bad, good := 0, 0
		for _, c := range fixtures.Cases(r.ID) {
			if c.Bad() {
				bad++
			} else {
				good++
			}
			for _, w := range wants(t, c) {
				// That a database has no history, and migrations no clients, is no
				// difference in judgement.
				if w.source != "" && r.Needs&(rules.NeedsHistory|rules.NeedsDatabase) == 0 {
					exceptions++
				}
			}
		}
		// What compares two catalogs, or reads a baseline, cannot be shown by one history.
		if r.Needs&(rules.NeedsComparison|rules.NeedsBaseline) == 0 && !ownTests[r.ID] && (bad == 0 || good == 0) {
			t.Errorf("rule %s has %d bad and %d good fixtures", r.ID, bad, good)
		}
	}
	entries, err := fs.ReadDir(fixtures.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if _, ok := rules.ByID(e.Name()); !ok && e.Name() != "helpdesk" {
			t.Errorf("migrations-fixtures/%s is no rule: %s", e.Name(), (*rules.Config)(nil).UnknownRule(e.Name()))
		}
	}
	if exceptions > maxExceptions {
		t.Errorf("%d findings are expected of one source only, at most %d may be", exceptions, maxExceptions)
	}
}
