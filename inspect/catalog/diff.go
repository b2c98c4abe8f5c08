package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// Diff lists where two catalogs differ, as sorted lines such as
//
//	table public.tickets: replica identity: full / default
//
// a first. What either does not know is no difference: unknown facts, aspects
// in doubt, and expressions that were not understood. Nor is what only one
// kind of source can know; see describe. Two sources read the same database
// when Diff is empty.
func Diff(a, b *Catalog) []string {
	var out []string
	left, right := index(a), index(b)
	for ref, x := range left {
		y, ok := right[ref]
		switch {
		case x.skipped || ok && y.skipped:
		case ok:
			out = append(out, diffTraits(x, y)...)
		case !x.unsure && x.judged(right):
			out = append(out, ref+": present / absent")
		}
	}
	for ref, y := range right {
		if _, ok := left[ref]; !ok && !y.skipped && !y.unsure && y.judged(left) {
			out = append(out, ref+": absent / present")
		}
	}
	for i, l := range out {
		out[i] = escape(l)
	}
	slices.Sort(out)
	return out
}

// Describe lists what a catalog holds, as sorted lines in the manner of Diff.
func Describe(c *Catalog) []string {
	var out []string
	for _, d := range describe(c) {
		if d.skipped {
			continue
		}
		out = append(out, d.ref)
		for _, t := range d.traits {
			v := t.String()
			if t.unknown {
				v = "unknown"
			}
			out = append(out, d.ref+": "+t.name+": "+v)
		}
	}
	for i, l := range out {
		out[i] = escape(l)
	}
	slices.Sort(out)
	return out
}

func index(c *Catalog) map[string]description {
	all := describe(c)
	out := make(map[string]description, len(all))
	for _, d := range all {
		out[d.ref] = d
	}
	return out
}

// judged reports whether the other side knows what the object belongs to.
func (d description) judged(other map[string]description) bool {
	if d.of == "" {
		return true
	}
	o, ok := other[d.of]
	return ok && !o.skipped
}

func diffTraits(x, y description) []string {
	var out []string
	other := make(map[string]trait, len(y.traits))
	for _, t := range y.traits {
		other[t.name] = t
	}
	line := func(name, a, b string) {
		out = append(out, fmt.Sprintf("%s: %s: %s / %s", x.ref, name, a, b))
	}
	for _, t := range x.traits {
		o, ok := other[t.name]
		delete(other, t.name)
		switch {
		case !ok && !t.unknown && !y.doubts[t.group]:
			line(t.name, t.String(), "none")
		case ok && !t.equal(o):
			line(t.name, t.String(), o.String())
		}
	}
	for _, t := range y.traits {
		if _, only := other[t.name]; only && !t.unknown && !x.doubts[t.group] {
			line(t.name, "none", t.String())
		}
	}
	return out
}

// escape keeps a line one line.
func escape(line string) string {
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(line)
}
