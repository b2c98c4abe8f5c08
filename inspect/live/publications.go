package live

import (
	"policylint/inspect/catalog"
)

// publications reads the publications with their tables and schemas.
func (l *loader) publications() error {
	found := map[uint32]*catalog.Publication{}
	var id, relation uint32
	var n catalog.Name
	var name, owner string
	var all, viaRoot bool
	var a catalog.Actions
	err := l.each("publications", []any{&id, &name, &owner, &all, &a.Insert, &a.Update, &a.Delete, &a.Truncate, &viaRoot}, func() error {
		p := &catalog.Publication{
			Name: name, Owner: known(owner), AllTables: known(all), Publish: known(a), ViaRoot: known(viaRoot),
			Platform: l.cat.Source.Platform == "supabase" && platformPublications[name],
		}
		found[id] = p
		l.cat.Publications.Put(p)
		return nil
	})
	if err != nil {
		return err
	}
	var columns []string
	var filter *string
	err = l.each("published_tables", []any{&id, &relation, &n.Schema, &n.Name, &columns, &filter}, func() error {
		p, ok := found[id]
		if !ok {
			return nil
		}
		m := &catalog.Member{Table: n, Columns: columns}
		if filter != nil {
			l.parser.add(parse{text: *filter, table: l.tablesByID[relation], to: &m.Where, judged: p, what: "row filter of " + n.String()})
		}
		p.Members = append(p.Members, m) // the query orders them
		return nil
	})
	if err != nil || l.version < 150000 {
		return err
	}
	var schema string
	return l.each("published_schemas", []any{&id, &schema}, func() error {
		if p, ok := found[id]; ok {
			p.Schemas = append(p.Schemas, catalog.Published{Schema: schema})
		}
		return nil
	})
}

// platformPublications are those of a new Supabase project. The second feeds
// Broadcast from the database.
var platformPublications = map[string]bool{
	catalog.DefaultPublication: true, "supabase_realtime_messages_publication": true,
}
