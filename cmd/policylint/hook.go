package main

import (
	"context"
	"encoding/json"
	"io"
	"maps"

	"github.com/spf13/cobra"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/inspect/live"
	"policylint/rules"
)

// hookFlags are what the command is asked for.
type hookFlags struct {
	database               databaseFlags
	config, db, format, to string
	call                   bool
}

func hookCommand(s streams) *cobra.Command {
	var f hookFlags
	c := &cobra.Command{
		Use:   "hook [PATH…]",
		Short: "Say what the custom access token hook does",
		Long: `Says which claims the custom access token hook writes, when, and with which
values; whether the claim role and the claims that every token must have
survive; and every way to an error or to no token at all. Nothing is run.

With --db and --call the hook is called as well, as Auth calls it, with an
event for each subject of rules.yaml, in a transaction that is rolled back;
what comes back is shown beside what was said. It exits with 1 where the two
disagree.`,
		Example: `  policylint hook supabase/migrations
  policylint hook --db "$DATABASE_URL" --call`,
		RunE: func(_ *cobra.Command, paths []string) error { return f.run(s, paths) },
	}
	c.Flags().StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringVar(&f.db, "db", "", "`URL` or keyword=value string of a database to read instead of migrations")
	f.database.add(c.Flags())
	c.Flags().BoolVar(&f.call, "call", false, "call the hook too; needs --db")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	c.Flags().StringVarP(&f.to, "output", "o", "", "write to this `file`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (f *hookFlags) run(s streams, paths []string) error {
	if err := oneOf("format", f.format, "text", "json"); err != nil {
		return err
	}
	if f.db != "" && len(paths) > 0 {
		return usage("PATH and --db are two sources: name one")
	}
	if f.call && f.db == "" {
		return usage("--call needs a database: name it with --db")
	}
	config, err := readSettings(f.config, paths)
	if err != nil {
		return err
	}
	var v *hookView
	if f.call {
		v, err = f.called(s, config)
	} else {
		var cat *catalog.Catalog
		if cat, err = readCatalog(s, config, f.database, f.db, paths); err == nil {
			v = viewHook(cat, config)
		}
	}
	if err != nil {
		return err
	}
	err = deliver(s, f.to, func(w io.Writer) error {
		if f.format == "json" {
			return v.json(w)
		}
		return v.text(w)
	})
	if err == nil && v.disagrees() {
		return &exit{code: exitFindings}
	}
	return err
}

// A hookView is what is shown of a hook.
type hookView struct {
	name     catalog.Name
	function *catalog.Function // nil when there is none
	asIs     *hook.Result      // as Auth calls it
	claims   *hook.Result      // the same, or what it is meant to do where it cannot even begin
	calls    []hookCall
}

// A hookCall is one call on a server, beside what was said.
type hookCall struct {
	subject string
	answer  live.Called
	claims  map[string]any // what came back; nil when no claims did
	wrong   []string
}

// viewHook interprets the hook of a catalog.
func viewHook(cat *catalog.Catalog, config *rules.Config) *hookView {
	h, _ := (&rules.Pass{Catalog: cat, Config: config}).Hook()
	v := &hookView{name: h.Name, function: h.Function()}
	if v.name == (catalog.Name{}) {
		v.name = rules.DefaultHook
	}
	if v.function == nil {
		return v
	}
	v.asIs = hook.Interpret(cat, v.function, hook.Options{Role: config.HookRole()})
	v.claims = v.asIs
	if barred(v.asIs) {
		meant := hook.Meant
		meant.Role = config.HookRole()
		v.claims = hook.Interpret(cat, v.function, meant)
	}
	return v
}

// barred reports whether the hook ends before it does anything, for want of a
// privilege or by a name that is not found.
func barred(r *hook.Result) bool {
	for _, e := range r.Raises {
		if e.When == hook.Always && (e.SQLState == "42501" || e.Name != "" && e.SQLState != "42702") {
			return true
		}
	}
	return false
}

func (v *hookView) disagrees() bool {
	for _, c := range v.calls {
		if len(c.wrong) > 0 {
			return true
		}
	}
	return false
}

// called reads the database and calls the hook for each subject.
func (f *hookFlags) called(s streams, config *rules.Config) (*hookView, error) {
	ctx, cancel := f.database.context()
	defer cancel()
	session, cat, err := f.database.open(ctx, f.db, "--db", config, progress(s.err))
	if err != nil {
		return nil, err
	}
	defer session.Close()
	v := viewHook(cat, config)
	if v.function == nil {
		return v, nil
	}
	path := "auth"
	if p, ok := cat.Settings.Get(catalog.SettingKey{Role: catalog.AuthAdmin, Name: "search_path"}); ok && p.Value.Known {
		path = p.Value.Value
	}
	subjects := config.Subjects
	if len(subjects) == 0 {
		subjects = []rules.Subject{{Name: "a user that no table knows"}}
	}
	for _, subject := range subjects {
		c, err := v.call(ctx, session, subject, path)
		if err != nil {
			return nil, failure("%w", err)
		}
		v.calls = append(v.calls, c)
	}
	return v, nil
}

// call calls the hook with a subject's event: with the claims that Auth itself
// puts into a token, since the others are the hook's to write.
func (v *hookView) call(ctx context.Context, session *live.Session, subject rules.Subject, path string) (hookCall, error) {
	given := maps.Clone(subject.Claims)
	maps.DeleteFunc(given, func(name string, _ any) bool {
		return !rules.IsRegisteredClaim([]string{name}) || name == "app_metadata" || name == "user_metadata"
	})
	event, sent, err := hook.SampleEvent(given)
	if err != nil {
		return hookCall{}, err
	}
	out := hookCall{subject: subject.Name}
	if out.answer, err = session.CallHook(ctx, v.function.Name, string(event), path, len(v.asIs.Writes) > 0); err != nil {
		return hookCall{}, err
	}
	a := hook.Answer{SQLState: out.answer.SQLState, Message: out.answer.Message, Null: out.answer.Null}
	if out.answer.Text != "" {
		if err := json.Unmarshal([]byte(out.answer.Text), &a.Body); err != nil {
			return hookCall{}, err
		}
		body, _ := a.Body.(map[string]any)
		claims, _ := body["claims"].(map[string]any)
		out.claims = maps.Clone(claims)
		// What it left alone says nothing.
		maps.DeleteFunc(out.claims, func(name string, now any) bool { return same(sent[name], now) })
	}
	out.wrong = v.asIs.Disagreements(sent, a)
	return out, nil
}

func same(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}
