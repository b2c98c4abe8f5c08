package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/guard"
)

// doubtGrant is doubt for GRANT and REVOKE.
func (r *replay) doubtGrant(n *pg.GrantStmt) {
	switch n.Objtype {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_SEQUENCE:
		for _, o := range n.Objects {
			p := pattern{o.GetString_().GetSval(), guard.Hole} // ALL TABLES IN SCHEMA
			if v := o.GetRangeVar(); v != nil {
				p = patternOf(v, r)
			}
			r.aspects(p, catalog.Grants)
			for v := range r.cat.Views.All() {
				if fits(p.schema, v.Name.Schema) && fits(p.name, v.Name.Name) && !v.Platform {
					v, _ = r.cat.Views.Edit(v.Name)
					v.Grants.Unsure = true
				}
			}
		}
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE:
		for o := range r.cat.Functions.All() {
			if o.Functions[0].Platform {
				continue
			}
			o, _ = r.cat.Functions.Edit(o.Name)
			for _, f := range o.Functions {
				f.Grants.Unsure = true
			}
		}
	case pg.ObjectType_OBJECT_SCHEMA:
		for _, o := range n.Objects {
			for s := range r.cat.Schemas.All() {
				if fits(o.GetString_().GetSval(), s.Name) && !s.Platform {
					s, _ = r.cat.Schemas.Edit(s.Name)
					s.Grants.Unsure = true
				}
			}
		}
	}
}

func (r *replay) doubtAllGrants() {
	r.aspects(everyTable, catalog.Grants)
	r.doubtGrant(&pg.GrantStmt{Objtype: pg.ObjectType_OBJECT_FUNCTION})
}
