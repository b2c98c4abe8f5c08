package doctor

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/hook"
	"policylint/inspect/project"
	"policylint/rules"
)

// noHook is why the links of the hook are not checked without one.
const noHook = "there is no hook whose function could be looked at"

// firstHook is what these need.
const firstHook = "the first link"

// needHook is what helps.
const needHook = "the hook's function in the migrations, or its name under hook.function in rules.yaml"

// needless reports that there is no hook, and that no policy of the tables
// asks for what only a hook writes.
func (e *examiner) needless(l *Link) bool {
	if _, ok := e.Pass.Hook(); ok || len(e.Tables) == 0 || len(e.Pass.Claims()) > 0 {
		return false
	}
	for _, t := range e.tables() {
		for p := range t.Policies() {
			using := e.Pass.Expanded(p).Using
			if using == nil || !p.Command.Covers(catalog.ForSelect) {
				continue
			}
			for _, c := range expr.Claims(using) {
				if len(c.Path) != 1 || !rules.IsRegisteredClaim(c.Path) {
					return false
				}
			}
		}
	}
	if l.ID == "hook" {
		l.holds("none is needed: no policy of these tables reads a claim of the application's own")
	}
	l.holds("not needed")
	return true
}

func (e *examiner) function() *catalog.Function {
	h, ok := e.Pass.Hook()
	if !ok {
		return nil
	}
	return h.Function()
}

// exists is the link of the function itself.
func (e *examiner) exists() *Link {
	l := &Link{ID: "hook", Title: "The access token hook exists"}
	if e.needless(l) {
		return l
	}
	f := e.function()
	if f == nil {
		return l.unchecked("no function is known to be the access token hook", needHook)
	}
	return l.holds(f.Ref().Name + place(f.Origin))
}

// place is where something stands, to follow its name.
func place(at catalog.Origin) string {
	if at.IsZero() {
		return ""
	}
	return fmt.Sprintf(", %s:%d", at.File, at.Line)
}

// here is whether config.toml enables the hook on a developer's machine.
func (e *examiner) here() *Link {
	l := &Link{ID: "here", Title: "It is enabled here"}
	if e.needless(l) {
		return l
	}
	p := e.Pass.Project
	if p == nil || p.Config == nil {
		return l.unchecked("there is no config.toml beside the migrations", "supabase/config.toml, or its place under config_toml in rules.yaml")
	}
	local := p.Config.Local
	h := local.Hook(project.AccessToken)
	on := h.On()
	_, described := local.Has("auth")
	switch {
	case !on.Known:
		return l.unchecked("whether "+h.Enabled.Path+" is true comes from the environment", "the value itself in config.toml, or a token: --token FILE")
	case local.Setting("auth.enabled").Bool().Is(false):
		return l.unchecked(p.File+" switches Auth off: tokens come from elsewhere", "a token: --token FILE")
	case !on.Value && !described:
		return l.unchecked(p.File+" has no [auth]", "what the dashboard says, or a token: --token FILE")
	case !on.Value && e.function() == nil:
		return l.unchecked(noHook, firstHook)
	}
	return l.holds(h.Section.Path + place(h.Enabled.Origin()))
}

// there is whether hosted projects run it, of which files say only what they
// override.
func (e *examiner) there() *Link {
	l := &Link{ID: "there", Title: "It is enabled there"}
	if e.needless(l) {
		return l
	}
	if p := e.Pass.Project; p != nil && p.Config != nil {
		for _, r := range p.Config.Remotes {
			// What it takes from the local stack is mended with that.
			if own := r.Own("auth.hook." + project.AccessToken + ".enabled"); own.Bool().Is(false) {
				l.Faults = append(l.Faults, Fault{
					Message: "remotes." + r.Name + " switches " + own.Path + " off", Origin: own.Origin(), Object: own.Ref(), Effect: e.effect(l.ID, own.Ref()),
					Advice: override,
				})
			}
		}
	}
	if n, of := e.carrying(); n > 0 {
		return l.holds(fmt.Sprintf("%d of %d subscriptions of signed-in users carry what it writes", n, of))
	}
	if e.Token != nil && e.Database() && len(e.lacking(e.Token.Claims)) == 0 && len(e.Pass.Claims()) > 0 {
		return l.holds("the token carries what it writes")
	}
	if iss, hosted := e.hosted(); hosted && len(e.lacking(e.Token.Claims)) == 0 && len(e.Pass.Claims()) > 0 {
		return l.holds("the token, from " + iss + ", carries what it writes")
	}
	says := "files do not tell what a hosted project runs"
	if p := e.Pass.Project; p != nil && p.Config != nil {
		var on []string
		for _, r := range p.Config.Remotes {
			if r.Hook(project.AccessToken).On().Is(true) {
				on = append(on, r.Name)
			}
		}
		if len(on) > 0 {
			says = "config.toml enables it for " + strings.Join(on, ", ") + "; whether that was pushed, files do not tell"
		}
	}
	return l.unchecked(says, "the token of a user from there (--token FILE), or --db while users are connected")
}

// hosted is who issued the token, and whether that is no developer's machine.
func (e *examiner) hosted() (string, bool) {
	if e.Token == nil {
		return "", false
	}
	iss, _ := e.Token.Claims["iss"].(string)
	host, ok := strings.CutPrefix(iss, "https://")
	host, _, _ = strings.Cut(host, "/")
	return printable(host), ok && host != ""
}

// Database reports whether a running database is judged.
func (e *examiner) Database() bool { return e.Pass.Source.Kind == catalog.Database }

// granted is whether Auth may call the hook, and read what it reads.
func (e *examiner) granted() *Link {
	l := &Link{ID: "grants", Title: "Auth may run it, and read what it reads"}
	if e.needless(l) {
		return l
	}
	f := e.function()
	switch {
	case f == nil:
		return l.unchecked(noHook, firstHook)
	case !e.Pass.Roles.Has(catalog.AuthAdmin):
		return l.unchecked("there is no role "+catalog.AuthAdmin, "platform: supabase in rules.yaml")
	case !e.Pass.MayExecute(catalog.AuthAdmin, f).Known || !e.Pass.MayUseSchema(catalog.AuthAdmin, f.Name.Schema).Known:
		return l.unchecked("the privileges on "+f.Ref().Name+" are not known", "the database: --db URL")
	}
	r, ok := e.Pass.HookEffect()
	if !ok {
		return l.unchecked("the body of "+f.Ref().Name+" is not known", "the database: --db URL")
	}
	var tables []string
	for _, a := range r.Reads {
		if t, ok := e.table(a.Relation); ok && !t.Platform && !slices.Contains(tables, a.Relation.String()) {
			tables = append(tables, a.Relation.String())
		}
	}
	says := "execute, and usage of schema " + f.Name.Schema
	if len(tables) > 0 {
		says += ", and select on " + strings.Join(tables, ", ") + " with row level security passed"
	}
	return l.holds(says)
}

// writes is whether the hook writes what the policies are to read.
func (e *examiner) writes() *Link {
	l := &Link{ID: "writes", Title: "It writes the claim, and keeps role"}
	if e.needless(l) {
		return l
	}
	f := e.function()
	if f == nil {
		return l.unchecked(noHook, firstHook)
	}
	r, ok := e.Pass.HookEffect()
	if !ok {
		return l.unchecked("the body of "+f.Ref().Name+" is not known", "the database: --db URL")
	}
	for _, c := range e.Pass.Claims() {
		e.values(l, r, c)
	}
	if r.Issued == hook.Never && len(r.Raises) > 0 {
		x := r.Raises[0]
		l.Faults = append(l.Faults, Fault{
			Message: f.Ref().Name + " always ends with " + x.SQLState + ": " + x.Message, Origin: x.At, Object: f.Ref(),
			Advice: "mend the function; policylint hook shows every way through it", Effect: e.effect(l.ID, f.Ref()),
		})
	}
	if !r.Complete() {
		why := "parts of the hook could not be followed"
		if len(r.Unknown) > 0 {
			why += ": " + r.Unknown[0].Reason + place(r.Unknown[0].At)
		}
		return l.unchecked(why, "a token: --token FILE, or policylint hook --db URL --call")
	}
	var wrote []string
	for _, c := range r.Claims {
		if c.When != hook.Never {
			text := strings.Join(c.Path, ".")
			if len(c.Values) > 0 {
				text += " (" + strings.Join(c.Values, ", ") + ")"
			}
			wrote = append(wrote, text)
		}
	}
	if len(wrote) == 0 {
		return l.holds("it leaves the claims as they are")
	}
	return l.holds(strings.Join(wrote, "; "))
}

// values holds that the hook can write what the subjects are said to carry.
func (e *examiner) values(l *Link, r *hook.Result, c rules.Claim) {
	for _, s := range e.Subjects {
		want, missing := "", true
		for _, path := range c.Paths {
			v, ok := at(s.Claims, path)
			text, isText := v.(string)
			w, writes := r.Claim(path...)
			if !ok || !isText {
				continue
			}
			want = text
			// What is not written at all is for a rule to say.
			missing = missing && writes && w.When != hook.Unclear && w.Values != nil && !slices.Contains(w.Values, text)
		}
		if want == "" || !missing {
			continue
		}
		object := catalog.Ref{Kind: "function", Name: r.Function.Ref().Name}
		l.Faults = append(l.Faults, Fault{
			Message: fmt.Sprintf("%s never writes %s = '%s', which %s is to carry", r.Function.Ref().Name, c.Name, printable(want), s.Name),
			Origin:  r.Function.Origin, Object: object,
			Advice: "have the hook write it, or correct the subject in rules.yaml",
			Effect: s.Name + " never gets a token with " + c.Name,
		})
	}
}

// at is the value at a path of the token.
func at(claims map[string]any, path []string) (any, bool) {
	var v any = claims
	for _, key := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = m[key]; !ok {
			return nil, false
		}
	}
	return v, v != nil
}
