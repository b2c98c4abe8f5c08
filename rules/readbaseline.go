package rules

import (
	"bytes"
	"errors"
	"strconv"

	"gopkg.in/yaml.v3"
)

// maxBaseline is the size above which a file is taken for no baseline.
const maxBaseline = 16 << 20

// ReadBaseline reads the text of a baseline; file is its name in messages and
// origins. The error joins every fault found, each a ConfigError.
func ReadBaseline(file string, text []byte) (*Baseline, error) {
	r := &reader{file: file, lines: bytes.Split(text, []byte("\n")), max: maxBaseline}
	b := &Baseline{File: file}
	if root := r.parse(text); root != nil {
		r.baseline(root, b)
	}
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return b, nil
}

func (r *reader) baseline(root *yaml.Node, b *Baseline) {
	version := false
	seen := map[string]bool{}
	r.mapping(root, "the baseline", keys{
		"version": func(n *yaml.Node) {
			version = true
			if n.Kind != yaml.ScalarNode || n.Value != "1" {
				r.fault(n, "version is not 1: write the baseline anew with `policylint lint --update-baseline`")
			}
		},
		"findings": func(n *yaml.Node) {
			r.entries(n, "findings", func(key, value *yaml.Node) {
				r.list(value, "findings of "+printable(key.Value), func(n *yaml.Node) {
					e := BaselineEntry{Rule: key.Value, Count: 1, Origin: r.origin(n)}
					if !r.baselineEntry(n, &e) {
						return
					}
					if seen[e.fingerprint()] {
						r.fault(n, "%s is there twice: write it once, with `count: 2` if it is found twice", printable(e.Object))
						return
					}
					seen[e.fingerprint()] = true
					b.Entries = append(b.Entries, e)
				})
			})
		},
	})
	if root.Kind == yaml.MappingNode && !version {
		r.fault(root, "no version: add `version: 1`")
	}
}

// baselineEntry reads an object, or `{object: …, count: …, source: …}`.
func (r *reader) baselineEntry(n *yaml.Node, e *BaselineEntry) (ok bool) {
	if n.Kind != yaml.MappingNode {
		e.Object, ok = r.text(n, "object")
		return ok
	}
	before := len(r.faults)
	r.mapping(n, "the entry", keys{
		"object": func(n *yaml.Node) {
			e.Object, ok = r.text(n, "object")
			e.Origin = r.origin(n)
		},
		"count": func(n *yaml.Node) {
			var err error
			if e.Count, err = strconv.Atoi(n.Value); n.Kind != yaml.ScalarNode || err != nil || e.Count < 1 {
				r.fault(n, "count is not a number from 1 on")
			}
		},
		"source": func(n *yaml.Node) {
			word, _ := r.word(n, "source", "database")
			e.Database = word != ""
		},
	})
	if !ok && len(r.faults) == before {
		r.fault(n, "entry without an object: add `object: table public.…`")
	}
	return ok && len(r.faults) == before
}
