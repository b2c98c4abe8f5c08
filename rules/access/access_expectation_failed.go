package access

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "access-expectation-failed",
	Title:    "Somebody may do more, or less, than rules.yaml expects",
	Severity: rules.Error,
	Why: `
The ` + "`expect`" + ` entries of rules.yaml are a test suite of the application's access:
who may select, insert, update and delete what. They are checked on the policies
and grants that the migrations leave, for the claims of the subjects, without a
database. One that no longer holds is a change that somebody should have meant.`,
	Fix: `
Change the policy that the finding points to, or, where the new behaviour is
right, the expectation. ` + "`policylint access --why`" + ` shows what decides.`,
	Refs:   []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Access: true,
	Check: func(p *rules.Pass) {
		if p.Config == nil {
			return
		}
		subjects := map[string]access.Subject{}
		for _, s := range p.Subjects() {
			subjects[s.Name] = s
		}
		for _, e := range p.Config.Expect {
			for _, command := range access.Commands {
				if want, asked := e.Verdicts[command]; asked {
					judge(p, e, subjects[e.Subject], command, access.Verdict(want))
				}
			}
		}
	},
})

func judge(p *rules.Pass, e rules.Expectation, s access.Subject, command catalog.Command, want access.Verdict) {
	ref := catalog.Ref{Kind: "expectation", Name: e.Subject + " " + string(command) + " " + e.Table.String()}
	t, ok := p.Tables.Get(e.Table)
	if !ok || t.Assumed {
		if v, isView := p.Views.Get(e.Table); isView && command == catalog.ForSelect {
			compare(p, e, ref, p.Access().View(s, v), want)
			return
		}
		if ok || t != nil {
			p.Doubt(ref, e.Origin, e.Table.String()+" is not made by the migrations: nothing is known of it")
			return
		}
		p.ReportRef(ref, e.Origin, e.Table.String()+" does not exist, but rules.yaml expects "+e.Subject+" to "+string(command)+" "+string(want))
		return
	}
	compare(p, e, ref, p.Access().Cell(s, t, command), want)
}

// compare reports a verdict that is not the expected one.
func compare(p *rules.Pass, e rules.Expectation, ref catalog.Ref, c access.Cell, want access.Verdict) {
	if c.Verdict == access.Uncertain {
		p.Doubt(ref, e.Origin, "expected "+string(want)+", not known: "+c.Because)
		return
	}
	if c.Verdict == want {
		return
	}
	f := p.ReportRef(ref, e.Origin, e.Subject+" may "+string(c.Command)+" "+amount(c.Verdict)+" of "+e.Table.String()+", expected "+amount(want)+": "+c.Because)
	if !c.Origin.IsZero() {
		f.Related = []rules.Related{{Origin: c.Origin, Message: "this decides"}}
	}
}

// amount is a verdict in words.
func amount(v access.Verdict) string {
	switch v {
	case access.Always:
		return "every row"
	case access.Never:
		return "no row"
	}
	return "some rows"
}
