package main

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"policylint/internal/report"
	"policylint/rules"
)

// rounds is how often a migration is tried out and changed at most. Each round
// takes something in or leaves something out; few have ever been needed.
const rounds = 50

// A fixer works out the migration that mends what the rules find.
type fixer struct {
	in        *input
	config    *rules.Config
	selection rules.Selection
	file      string // what the migration will be called: it comes after the others
}

// plan suggests a migration and tries it out on the model: what the server
// would refuse, and what does not help, is left out and said; what only shows
// once something else is mended is taken in.
func (x *fixer) plan() (*report.Migration, error) {
	cat, err := x.in.load(x.config)
	if err != nil {
		return nil, err
	}
	first := rules.Run(cat, x.config, x.selection)
	found := slices.Clone(first.Findings)
	refused := map[string]string{} // SQL to why it is left out
	m := &report.Migration{Source: cat.Source}
	for range rounds {
		m.Fixes = slices.DeleteFunc(rules.Fixes(found), func(f *rules.Fix) bool { return refused[f.SQL] != "" })
		text, starts := m.SQL()
		cat, err := x.in.loadWith(&withFile{x.in, x.file, []byte(text)}, append(slices.Clone(x.in.files), x.file), x.config)
		if err != nil {
			return nil, err
		}
		after := rules.Run(cat, x.config, x.selection)
		changed, remain, known := false, identities(after.Findings), identities(found)
		for _, f := range cat.Failures {
			if i := at(starts, f.Origin.Line); f.Origin.File == x.file && i >= 0 && refused[m.Fixes[i].SQL] == "" {
				refused[m.Fixes[i].SQL] = "the suggested fix would be refused here: " + f.Message
				changed = true
			}
		}
		for _, f := range m.Fixes {
			if refused[f.SQL] == "" && !slices.ContainsFunc(f.Findings, func(y *rules.Finding) bool { return !remain[identity(y)] }) {
				refused[f.SQL] = "the suggested fix does not help, or contradicts another"
				changed = true
			}
		}
		for _, y := range after.Findings {
			if y.Fix != "" && !known[identity(y)] {
				found = append(found, y)
				changed = true
			}
		}
		if !changed {
			m.Left = left(first, after, refused)
			return m, nil
		}
	}
	return nil, failure("the suggested fixes keep undoing each other: choose rules with --rule")
}

// left is what is found after the migration, and why it is.
func left(before, after *rules.Result, refused map[string]string) []report.Left {
	var out []report.Left
	known := identities(before.Findings)
	for _, f := range after.Findings {
		reason := "no fix can be suggested"
		if why := refused[strings.TrimSpace(f.Fix)]; why != "" {
			reason = why
		} else if !known[identity(f)] {
			reason = "it shows once the rest is mended, and no fix can be suggested"
		}
		out = append(out, report.Left{Finding: f, Reason: reason})
	}
	return out
}

// at is the last of the starts that is not behind a line, -1 for none.
func at(starts []int, line int) int {
	i := len(starts) - 1
	for i >= 0 && starts[i] > line {
		i--
	}
	return i
}

// identity is the same for a finding and the same one after a replay.
func identity(f *rules.Finding) string { return f.Fingerprint() + "\n" + f.Message }

func identities(findings []*rules.Finding) map[string]bool {
	out := map[string]bool{}
	for _, f := range findings {
		out[identity(f)] = true
	}
	return out
}

// withFile is the files of a run and one more, which is not written yet.
type withFile struct {
	*input
	name string
	text []byte
}

// Open opens a file of the run, or the one more.
func (w *withFile) Open(name string) (fs.File, error) {
	if name == w.name {
		return &memoryFile{Reader: bytes.NewReader(w.text), size: int64(len(w.text))}, nil
	}
	return w.input.Open(name)
}
