package doctor

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/inspect/project"
	"policylint/rules"
)

// chain has the rules that judge each link. Of a rule with a +, warnings count
// too: what is only untidy elsewhere is the cause where updates are missed.
var chain = map[string]string{
	"hook":   "hook-function-missing hook-bad-signature hook-overloaded",
	"here":   "hook-not-configured+ hook-uri-invalid config-malformed",
	"there":  "remote-override-conflict hook-uri-invalid",
	"grants": "hook-execute-not-granted hook-schema-usage-missing hook-table-not-readable hook-rls-blocks-auth-admin",
	"writes": "hook-missing-expected-claim hook-overwrites-role hook-drops-required-claims hook-null-wipes-claims" +
		" hook-bad-return-shape hook-ambiguous-column hook-control-flow hook-nested-path-not-created hook-unqualified-name hook-volatility",
	"token": "live-claims-missing-user-role live-subscribers-anon+",
	"policy": "root-role-claim-as-app-role auth-role-as-app-role claim-never-written legacy-claim-setting json-compared-with-text" +
		" unknown-role-value+ unsafe-claims-setting raising-policy-on-published-table policy-recursion policy-subquery-always-empty" +
		" published-no-select-policy policy-helper-broken policy-calls-ungranted-function policy-reads-ungranted-table" +
		" only-restrictive-policies policy-for-unusable-role",
	"select": "schema-usage-missing published-table-not-selectable custom-role-not-usable",
	"published": "realtime-disabled+ publication-missing table-not-published publication-membership-lost publish-actions-incomplete" +
		" wrong-publication+ relation-not-publishable partitioned-table-published+ publish-via-partition-root logical-decoding-unavailable",
	"identity":  "published-without-primary-key replica-identity-not-full replica-identity-broken replica-identity-nothing",
	"delivered": "",
}

// raising is the rule about policies that end the delivery of all tables.
const raising = "raising-policy-on-published-table"

// Rules lists the rules that the links need, for a run that has their
// findings.
func Rules() []string {
	var out []string
	for _, r := range rules.All() {
		for _, list := range chain {
			if _, ok := counts(list, r.ID); ok {
				out = append(out, r.ID)
				break
			}
		}
	}
	return out
}

// Lost lists the tables that were published once and are no more.
func Lost(r *rules.Result) []catalog.Ref {
	var out []catalog.Ref
	for _, f := range r.Findings {
		if f.Rule.ID == "publication-membership-lost" {
			out = append(out, f.Object)
		}
	}
	return out
}

// counts reports whether a link's list has the rule, and from which severity.
func counts(list, id string) (rules.Severity, bool) {
	for word := range strings.FieldsSeq(list) {
		if name, milder := strings.CutSuffix(word, "+"); name == id {
			if milder {
				return rules.Warning, true
			}
			return rules.Error, true
		}
	}
	return 0, false
}

// concerns reports whether a finding breaks the link for whom and what is
// asked about.
func (e *examiner) concerns(link string, f *rules.Finding) bool {
	least, ok := counts(chain[link], f.Rule.ID)
	if !ok || f.Severity < least {
		return false
	}
	remote := f.Object.Kind == "setting" && strings.HasPrefix(f.Object.Name, "remotes.")
	switch f.Rule.ID {
	case "hook-uri-invalid":
		return remote == (link == "there") && strings.Contains(f.Object.Name, project.AccessToken)
	case raising:
		return true // it ends the delivery of every table
	case "live-subscribers-anon":
		return e.onlyAnon(f.Object)
	}
	if f.Object.Kind == "policy" && !e.selecting(f.Object) {
		return false
	}
	t, ok := e.tableOf(f.Object)
	return !ok || link == "grants" || e.asked(t)
}

// tableOf is the table that a finding's object is, or belongs to.
func (e *examiner) tableOf(o catalog.Ref) (catalog.Name, bool) {
	switch o.Kind {
	case "table":
		return catalog.ParseName(o.Name), true
	case "policy":
		if p := e.policy(o); p != nil {
			return p.Table, true
		}
	}
	return catalog.Name{}, false
}

func (e *examiner) policy(o catalog.Ref) *catalog.Policy {
	for _, p := range e.Pass.Policies() {
		if p.Ref() == o {
			return p
		}
	}
	return nil
}

// selecting reports whether a policy has a say in who reads.
func (e *examiner) selecting(o catalog.Ref) bool {
	p := e.policy(o)
	return p == nil || p.Command.Covers(catalog.ForSelect)
}

func (e *examiner) asked(t catalog.Name) bool {
	for _, n := range e.Tables {
		if n == t {
			return true
		}
	}
	return false
}

// onlyAnon reports whether nobody is subscribed to a table as a user.
func (e *examiner) onlyAnon(table catalog.Ref) bool {
	for _, s := range e.subscriptions() {
		if s.Table.String() == table.Name && s.Role != catalog.Anon {
			return false
		}
	}
	t, ok := e.tableOf(table)
	return ok && e.asked(t)
}

// advice is what a rule says to do, without its example.
func advice(r *rules.Rule) string {
	text, _, _ := strings.Cut(r.Fix, "```")
	text = strings.Join(strings.Fields(strings.ReplaceAll(text, "`", "")), " ")
	text = strings.TrimRight(text, ":.")
	if text != "" {
		text += "; "
	}
	return text + "policylint explain " + r.ID + " has an example"
}

// override is what to do about a setting of a remote.
const override = "take the override out of config.toml, or make both sides the same, and run supabase config push"

// setting makes the fix of what is a setting of config.toml.
func (e *examiner) setting(f *Fault) {
	switch f.Rule {
	case "hook-not-configured":
		h, _ := e.Pass.Hook()
		f.Fix = "[auth.hook." + project.AccessToken + "]\nenabled = true\nuri = \"pg-functions://postgres/" + h.Name.Schema + "/" + h.Name.Name + "\""
	case "realtime-disabled":
		f.Fix = "[realtime]\nenabled = true"
	case "remote-override-conflict":
		f.Advice = override
		return
	default:
		return
	}
	f.Advice = ""
}

// claim makes the advice of what reads the wrong claim, where there is one
// that it can mean.
func (e *examiner) claim(f *Fault) {
	switch f.Rule {
	case "root-role-claim-as-app-role", "auth-role-as-app-role", "claim-never-written", "legacy-claim-setting":
	default:
		return
	}
	if text := e.rightClaim(); text != "" {
		f.Advice = "read " + text + " in its place, which the hook writes; policylint explain " + f.Rule + " has an example"
	}
}

// rightClaim is SQL that reads the application's claim where the hook writes
// it; "" when there is more than one, or none.
func (e *examiner) rightClaim() string {
	claims := e.Pass.Claims()
	r, ok := e.Pass.HookEffect()
	if !ok || len(claims) != 1 {
		return ""
	}
	var best []string
	for _, path := range claims[0].Paths {
		if w, ok := r.Claim(path...); ok && w.When != hook.Never && (best == nil || len(path) < len(best)) {
			best = path
		}
	}
	switch {
	case best == nil:
		return ""
	case len(best) == 1:
		return "(select auth.jwt() ->> " + catalog.Literal(best[0]) + ")"
	}
	return "(select auth.jwt() #>> " + catalog.Literal("{"+strings.Join(best, ",")+"}") + ")"
}
