package claims

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "mixed-claim-paths",
	Title:    "Policies read one claim in different places of the token",
	Severity: rules.Warning,
	Why: `
Some policies read ` + "`user_role`" + ` at the root of the token and others in ` + "`app_metadata`" + `.
They agree only as long as the hook writes both; a token that has one of them
lets its user into half of the application.`,
	Fix: `
Read the claim in one place, by a helper that all policies call:

` + "```sql" + `
create function private.user_role() returns text
language sql stable set search_path = ''
as $$ select auth.jwt() ->> 'user_role' $$;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		names := map[string]bool{}
		for _, c := range p.Claims() {
			names[c.Name] = true
			for _, path := range c.Paths {
				names[path[len(path)-1]] = true
			}
		}
		if len(names) == 0 {
			names["user_role"] = true
		}
		for name := range names {
			mixed(p, name)
		}
	},
})

// reading is a policy and the places where it reads the claim, all together.
type reading struct {
	side  *rules.Side
	paths string
}

// mixed reports the policies that read a claim elsewhere than most do.
func mixed(p *rules.Pass, name string) {
	var all []reading
	byPolicy := map[*catalog.Policy]int{}
	for s := range p.PolicySides(expr.HasClaim) {
		paths := placesOf(s, name)
		if paths == "" {
			continue
		}
		if i, ok := byPolicy[s.Policy]; ok {
			if all[i].paths != paths && !strings.Contains(all[i].paths, paths) {
				all[i].paths += " and " + paths
			}
			continue
		}
		byPolicy[s.Policy] = len(all)
		all = append(all, reading{s, paths})
	}
	count := map[string]int{}
	for _, r := range all {
		count[r.paths]++
	}
	if len(count) < 2 {
		return
	}
	// The usual place is the one most policies read; among equals, the first.
	usual := slices.MaxFunc(all, func(a, b reading) int { return cmp.Compare(count[a.paths], count[b.paths]) }).paths
	for _, r := range all {
		if r.paths != usual {
			p.Report(r.side.Policy, r.side.At(), r.side.Policy.Ref().String()+" reads claim "+name+" at "+r.paths+", others at "+usual)
		}
	}
}

// placesOf lists the paths at which an expression reads claims of that name.
func placesOf(s *rules.Side, name string) string {
	var paths []string
	for _, c := range s.Claims {
		if len(c.Path) > 0 && c.Path[len(c.Path)-1] == name && c.Path[0] != "user_metadata" {
			paths = append(paths, strings.Join(c.Path, "."))
		}
	}
	slices.Sort(paths)
	return strings.Join(slices.Compact(paths), " and ")
}
