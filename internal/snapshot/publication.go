package snapshot

import (
	"slices"

	"policylint/inspect/catalog"
)

type publication struct {
	Name      string   `json:"name"`
	AllTables *bool    `json:"all_tables"`
	Schemas   []string `json:"schemas"`
	Publish   []string `json:"publish"`
	ViaRoot   *bool    `json:"via_root"`
	Tables    []member `json:"tables"`
	Owner     *string  `json:"owner"`
	Platform  bool     `json:"platform,omitempty"`
	Unsure    []string `json:"unsure,omitempty"`
	origin
}

type member struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Where   *string  `json:"where"`
}

func publicationOf(p *catalog.Publication) publication {
	out := publication{
		Name: p.Name, AllTables: factOf(p.AllTables), Schemas: []string{}, ViaRoot: factOf(p.ViaRoot), Tables: []member{},
		Owner: factOf(p.Owner), Platform: p.Platform, Unsure: unsureOf(p.Unsure), origin: originOf(p.Origin),
	}
	if p.Publish.Known {
		out.Publish = p.Publish.Value.List()
	}
	for _, s := range p.Schemas {
		out.Schemas = append(out.Schemas, s.Schema)
	}
	for _, m := range p.Members {
		out.Tables = append(out.Tables, member{nameOf(m.Table), m.Columns, exprOf(m.Where)})
	}
	return out
}

func (p publication) publication() (*catalog.Publication, error) {
	at := p.at()
	out := &catalog.Publication{
		Name: p.Name, Owner: fact(p.Owner, at), AllTables: fact(p.AllTables, at), ViaRoot: fact(p.ViaRoot, at),
		Publish: catalog.Unknown[catalog.Actions](at), Origin: at, Platform: p.Platform, Unsure: unsure(p.Unsure),
	}
	if p.Publish != nil {
		has := func(s string) bool { return slices.Contains(p.Publish, s) }
		out.Publish = catalog.Of(catalog.Actions{Insert: has("insert"), Update: has("update"), Delete: has("delete"), Truncate: has("truncate")}, at)
	}
	for _, s := range p.Schemas {
		out.Schemas = append(out.Schemas, catalog.Published{Schema: s, Origin: at})
	}
	for _, m := range p.Tables {
		where, err := expression(m.Where)
		if err != nil {
			return nil, err
		}
		out.PutMember(&catalog.Member{Table: name(m.Name), Columns: m.Columns, Where: where, Origin: at})
	}
	return out, nil
}
