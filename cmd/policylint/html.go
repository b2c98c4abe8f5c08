package main

import (
	"io"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// page writes the report as a page of HTML.
func (j *job) page(s streams, parts ...report.Part) error {
	return deliver(s, j.flags.output, func(w io.Writer) error {
		return report.HTML(w, report.Page{Version: version(), Parts: parts})
	})
}

// part is a run for a page, with who receives what and who may do what. Of two
// sides that are compared there is no one answer to that.
func (j *job) part(cat *catalog.Catalog, res *rules.Result, sources report.Sources) report.Part {
	out := report.Part{Result: res, Sources: sources}
	if j.selection.Against != nil {
		return out
	}
	p := &rules.Pass{Catalog: cat, Config: j.config, Project: j.selection.Project}
	out.Flow = report.Flow(p)
	if m, err := (&accessFlags{}).matrix(p, nil); err == nil {
		out.Access = m
	}
	return out
}

// fleetPage writes a page with a part for each database.
func (j *job) fleetPage(s streams, cats []*catalog.Catalog, members []report.Member) error {
	parts := make([]report.Part, len(members))
	for i, m := range members {
		if m.Result != nil {
			parts[i] = j.part(cats[i], m.Result, j.sources)
		}
		parts[i].Name, parts[i].Err = m.Name, m.Err
	}
	return j.page(s, parts...)
}
