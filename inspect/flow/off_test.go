package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/flow"
	"policylint/inspect/static"
)

const switchedOff = "[auth.hook.custom_access_token]\nenabled = false\n"

// TestHookSwitch holds that a hook which Auth is not told to run writes
// nothing, and that nobody is said to miss what does not hang on it.
func TestHookSwitch(t *testing.T) {
	const agents = `auth.jwt() ->> 'user_role' = 'agent'`
	const inMetadata = `auth.jwt() -> 'app_metadata' ->> 'user_role' = 'agent'`
	metadata := strings.Replace(hook, "{claims,user_role}", "{claims,app_metadata,user_role}", 1)
	for _, test := range []struct {
		name, sql, using, toml  string
		hook, link, agent, anon flow.State
	}{
		{"on", hook, agents, "[auth.hook.custom_access_token]\nenabled = true\n", flow.Whole, flow.Whole, flow.Whole, flow.Nothing},
		{"off", hook, agents, switchedOff, flow.Broken, flow.Broken, flow.Broken, flow.Nothing},
		{"without enabled", hook, agents, "[auth.hook.custom_access_token]\nuri = 'x'\n", flow.Broken, flow.Broken, flow.Broken, flow.Nothing},
		{"off, and the claim is compared with no constant", hook, `body = auth.jwt() ->> 'user_role'`, switchedOff, flow.Broken, flow.Broken, flow.Broken, flow.Nothing},
		{"off, and the policy needs it not", hook, `owner = auth.uid() or auth.jwt() ->> 'user_role' is null`, switchedOff, flow.Broken, flow.Broken, flow.Broken, flow.Nothing},
		{"off, and no policy reads it", hook, `owner = auth.uid()`, switchedOff, flow.Broken, "", flow.Whole, flow.Nothing},
		{"off, and metadata may come from elsewhere", metadata, inMetadata, switchedOff, flow.Broken, flow.Unsure, flow.Unsure, flow.Nothing},
		{"off here, on in a hosted project", hook, agents, switchedOff + "[remotes.production.auth.hook.custom_access_token]\nenabled = true\n", flow.Partial, flow.Whole, flow.Whole, flow.Nothing},
		{"not spoken of", hook, agents, "[auth]\nsite_url = 'http://127.0.0.1:3000'\n", flow.Partial, flow.Whole, flow.Whole, flow.Nothing},
		{"by the environment", hook, agents, "[auth.hook.custom_access_token]\nenabled = 'env(HOOK)'\n", flow.Unsure, flow.Whole, flow.Whole, flow.Nothing},
		{"Auth is set up elsewhere", hook, agents, "project_id = 'x'\n", flow.Whole, flow.Whole, flow.Whole, flow.Nothing},
		{"no TOML", hook, agents, "[auth", flow.Whole, flow.Whole, flow.Whole, flow.Nothing},
	} {
		t.Run(test.name, func(t *testing.T) {
			config := "version: 1\nsubjects:\n  agent: {user_role: agent, app_metadata: {user_role: agent}}\n"
			fsys := fstest.MapFS{"1.sql": {Data: []byte(test.sql + fmt.Sprintf(notes, test.using))}}
			g := build(t, static.Options{Files: []string{"1.sql"}}, fsys, config, test.toml)
			claim := "claim user_role -> policy"
			if test.sql == metadata {
				claim = "claim app_metadata.user_role -> policy"
			}
			for link, want := range map[string]flow.State{"hook": test.hook, claim: test.link} {
				if state, _, _ := find(g, link); state != want {
					t.Errorf("%s is %s, want %s in\n%s", link, state, want, dump(g))
				}
			}
			for _, r := range g.Tables[0].Receipts {
				if want := map[string]flow.State{"agent": test.agent, "anon": test.anon}[r.Subject.Name]; want != "" && r.State != want {
					t.Errorf("%s is %s, want %s in\n%s", r.Subject.Name, r.State, want, dump(g))
				}
			}
			said := strings.Contains(strings.Join(g.Breaks(), "\n"), "is not enabled in config.toml")
			if said != (test.hook == flow.Broken) {
				t.Errorf("the breaks are %q", g.Breaks())
			}
		})
	}
}
