package hook

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "hook-security-definer",
	Title:    "The access token hook runs with its owner's privileges",
	Category: rules.CategorySecurity,
	Severity: rules.Error,
	Why: `
As SECURITY DEFINER the hook may do all that its owner may, and row level security
does not apply to it. Supabase advises to run it as ` + "`supabase_auth_admin`" + ` and to grant
that role what the hook reads.

With a search_path of its own it is a warning; without, an error: names in it
resolve by the caller's path.`,
	Fix: `
` + "```sql" + `
alter function public.custom_access_token_hook(jsonb) security invoker;
grant select on public.profiles to supabase_auth_admin;
create policy "profiles are read by the hook" on public.profiles
  for select to supabase_auth_admin using (true);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		f, ok := function(p)
		if !ok || !f.SecurityDefiner.Is(true) {
			return
		}
		if _, set := f.SearchPath(); !set {
			p.Report(f, f.SecurityDefiner.Origin, f.Ref().Name+" is the access token hook and SECURITY DEFINER without a search_path of its own")
			return
		}
		p.Soften(p.Report(f, f.SecurityDefiner.Origin, f.Ref().Name+" is the access token hook and SECURITY DEFINER"), rules.Warning)
	},
})
