package tenancy

import (
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "self-granted-access",
	Title:    "Policy decides by what users write about themselves",
	Severity: rules.Error,
	Why: `
Another policy lets in whoever has the right row here: a role, a membership, a
paid plan. This policy lets users add or change a row of their own and asks
nothing else of it, so each of them can write the role that makes them an
administrator, or the membership of any team.

The finding is a warning where the row says to what a user belongs or sets a flag,
and info where everyone may see what is joined, for then joining may be meant to be
free.`,
	Fix: `
Let the server write the column, and leave users those that are theirs to say:

` + "```sql" + `
revoke update on public.profiles from authenticated;
grant update (name, avatar_url) on public.profiles to authenticated;
` + "```" + `

For a membership, look for what entitles to it, such as an invitation, in the
policy's WITH CHECK, or add it in a function that does.`,
	Refs: []string{docs, "https://www.postgresql.org/docs/current/sql-grant.html"},
	Check: func(p *rules.Pass) {
		type grant struct {
			columns  []string
			by       []*catalog.Policy
			claim    string
			severity rules.Severity
		}
		grants := map[*catalog.Policy]*grant{}
		for _, l := range append(lookups(p), hookLookups(p)...) {
			for pol := range l.table.Policies() {
				columns := l.writes(p, pol)
				if len(columns) == 0 || pol == l.by {
					continue
				}
				g := grants[pol]
				if g == nil {
					g = &grant{claim: l.claim}
					grants[pol] = g
				}
				for _, c := range columns {
					if !slices.Contains(g.columns, c) {
						g.columns = append(g.columns, c)
					}
				}
				switch {
				case slices.Contains(g.by, l.by):
				case len(g.by) > 0 && g.by[0].Table == pol.Table && l.by.Table != pol.Table:
					g.by = slices.Insert(g.by, 0, l.by) // what others lose says more
				default:
					g.by = append(g.by, l.by)
				}
				g.severity = max(g.severity, l.severity(p, columns))
			}
		}
		for _, pol := range p.Policies() {
			g := grants[pol]
			if g == nil {
				continue
			}
			verb := " decides"
			if n := len(g.by) - 1; n > 0 {
				verb = " and " + strconv.Itoa(n) + " more decide"
			}
			if g.claim != "" {
				verb += " through the hook's claim " + g.claim
			}
			at := pol.CheckAt
			if pol.Check == nil {
				at = pol.UsingAt
			}
			f := p.Report(pol, at, pol.Ref().String()+" lets authenticated write "+strings.Join(g.columns, ", ")+" in a row of their own, by which "+g.by[0].Ref().String()+verb)
			p.Soften(f, g.severity)
		}
	},
})

// severity is how bad it is that users write these columns themselves.
func (l *lookup) severity(p *rules.Pass, columns []string) rules.Severity {
	most := rules.Info
	for _, c := range columns {
		switch {
		case slices.Contains(l.values, c) && !l.flag(c):
			return rules.Error
		case !l.open(p, c):
			most = rules.Warning
		}
	}
	return most
}

// flag reports whether a column is true or false, as what users say of
// themselves often is.
func (l *lookup) flag(column string) bool {
	c, ok := l.table.Column(column)
	return ok && c.Type == "boolean"
}

// open reports whether a column refers to something that everyone may see.
func (l *lookup) open(p *rules.Pass, column string) bool {
	to := l.parent(p, column)
	return to != nil && !slices.Contains(l.values, column) && seesAll(p, to, catalog.Authenticated)
}
