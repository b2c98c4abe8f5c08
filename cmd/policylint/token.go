package main

import (
	"io"
	"path"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/inspect/token"
	"policylint/internal/report"
	"policylint/rules"
)

// tokenFlags are what the command is asked for.
type tokenFlags struct {
	accessFlags
	migrations, secretFile, secretEnv, jwks string
}

// secretVariable is where the secret is looked for when nothing else is said.
const secretVariable = "POLICYLINT_JWT_SECRET"

func tokenCommand(s streams) *cobra.Command {
	var f tokenFlags
	c := &cobra.Command{
		Use:   "token {FILE|-|JWT} [FILE|-|JWT]",
		Short: "Say what an access token or API key is, and what becomes of it",
		Long: `Decodes an access token or an API key and says what is wrong with it: its time,
its signature, the claim role, what Auth demands of tokens, and the claims that
rules.yaml or the hook say it should carry. It says what PostgREST and Realtime
do with it, and who may do what with its claims. Two are compared.

It is read from a file, from standard input (-), or given itself; quotes,
Bearer, a session as JSON, a line of an .env file or the URL of a WebSocket may
be around it. What is secret is never shown. What stands on a command line is
kept by the shell.

The signature is verified with the project's secret or its public keys, a JWKS;
the secret is also taken from ` + secretVariable + `. Times may be off by
30 seconds, which PostgREST tolerates as well.

Exit codes: 0 no faults, 1 faults, 2 usage or configuration, 3 no token could
be read, or no migrations.`,
		Example: `  policylint token session.json --jwks jwks.json
  pbpaste | policylint token -
  policylint token local.jwt production.jwt --table public.tickets --why`,
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args) },
	}
	flags := c.Flags()
	flags.StringVar(&f.secretFile, "secret-file", "", "verify with the secret in this `file`")
	flags.StringVar(&f.secretEnv, "secret-env", secretVariable, "verify with the secret in this environment `variable`")
	flags.StringVar(&f.jwks, "jwks", "", "verify with the public keys in this `file`: …/auth/v1/.well-known/jwks.json")
	flags.StringVar(&f.migrations, "migrations", "", "read these migrations: a `path`, as lint takes it")
	flags.StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	flags.StringVar(&f.db, "db", "", "`URL` or keyword=value string of a database to read instead of migrations")
	f.database.add(flags)
	flags.StringSliceVar(&f.tables, "table", nil, "only these `tables`, as schema.name; * and ? stand for anything")
	flags.BoolVar(&f.why, "why", false, "say of each field what decides it")
	flags.StringVar(&f.format, "format", "text", "text or json")
	flags.StringVarP(&f.to, "output", "o", "", "write to this `file`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (f *tokenFlags) run(s streams, args []string) error {
	if err := oneOf("format", f.format, "text", "json"); err != nil {
		return err
	}
	for _, pattern := range f.tables {
		if _, err := path.Match(pattern, ""); err != nil {
			return usage("pattern %q is not understood: %w", pattern, err)
		}
	}
	switch {
	case len(args) == 0:
		return usage("token needs a file with a token, or - for standard input")
	case len(args) > 2:
		return usage("token takes one token, or two to compare: %d were given", len(args))
	case len(args) == 2 && args[0] == "-" && args[1] == "-":
		return usage("standard input has one token: name a file for the other")
	case f.db != "" && f.migrations != "":
		return usage("--migrations and --db are two sources: name one")
	}
	keys, err := f.keys()
	if err != nil {
		return err
	}
	out := &report.Tokens{Now: time.Now()}
	for i, arg := range args {
		t, name, err := readToken(s.in, arg, i, len(args))
		if err != nil {
			return err
		}
		if i > 0 && name == out.List[0].Name {
			name = arg // two files of the same name, in two folders
		}
		signature := keys.Verify(t)
		out.List = append(out.List, report.Token{Name: name, Token: t, Signature: signature, Hint: verifyHint(t, signature)})
	}
	p, err := f.project(s, out)
	if err != nil {
		return err
	}
	options := token.Options{Now: out.Now, Claims: tokenClaims(p)}
	if p.Catalog != nil {
		options.Role = roleStates(p.Catalog)
	}
	for i := range out.List {
		x := &out.List[i]
		x.Result = token.Check(x.Token, x.Signature, options)
	}
	if len(out.List) == 2 {
		out.Differences = token.Compare(out.List[0].Token, out.List[1].Token)
	}
	if p.Catalog != nil {
		if out.Access, err = f.subjectsOf(p, out.List); err != nil {
			return err
		}
	}
	if err := f.write(s, out); err != nil {
		return err
	}
	if out.Faulty() {
		return &exit{code: exitFindings}
	}
	return nil
}

// project reads what the tokens are judged against. Where nothing is named and
// nothing is in the usual places, the tokens alone are judged.
func (f *tokenFlags) project(s streams, out *report.Tokens) (*rules.Pass, error) {
	var paths []string
	if f.migrations != "" {
		paths = []string{f.migrations}
	}
	if f.migrations == "-" {
		return nil, usage("--migrations - : standard input is for tokens, name a file or a folder")
	}
	config, err := readSettings(f.config, paths)
	if err != nil {
		return nil, err
	}
	p := &rules.Pass{Config: config}
	if f.db == "" && f.migrations == "" && config.Migrations == "" {
		if _, err := usualFolder(config); err != nil {
			out.NoAccess = "there are no migrations here: name them with --migrations, or a database with --db"
			return p, nil
		}
	}
	cat, err := readCatalog(s, config, f.database, f.db, paths)
	if err != nil {
		return nil, err
	}
	p.Catalog = cat
	return p, nil
}

// subjectsOf is what the subjects of the tokens may do.
func (f *tokenFlags) subjectsOf(p *rules.Pass, list []report.Token) (*report.Access, error) {
	var subjects []access.Subject
	for _, t := range list {
		claims := token.Masked(t.Claims, false)
		if claims == nil {
			claims = map[string]any{"role": t.Role()} // what the gateway puts in its place
		}
		subjects = append(subjects, access.Subject{Name: t.Name, Role: t.Role(), Claims: claims})
	}
	m, err := f.matrix(p, subjects)
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		switch {
		case !t.PostgREST.Accepts && !t.Realtime.Accepts:
			m.Notes = append(m.Notes, t.Name+" is refused: this is what its claims would come to")
		case t.Role() == "":
			m.Notes = append(m.Notes, t.Name+" has no role: PostgREST takes anon for it, `policylint access` shows what that may do")
		}
	}
	m.Differences = p.Access().Differences(m.Subjects, m.Rows)
	return m, nil
}

func (f *tokenFlags) write(s streams, t *report.Tokens) error {
	return deliver(s, f.to, func(w io.Writer) error {
		if f.format == "json" {
			return report.TokensJSON(w, t)
		}
		colour, width := terminal(w)
		return report.TokensText(w, t, colour, width, f.why)
	})
}

// tokenClaims are the claims of the application that tokens should carry.
func tokenClaims(p *rules.Pass) (out []token.Claim) {
	var list []rules.Claim
	effect, written := (*hook.Result)(nil), false
	switch {
	case p.Catalog != nil:
		list = p.Claims()
		effect, written = p.HookEffect()
	default:
		list = p.Config.Claims
	}
	for _, c := range list {
		x := token.Claim{Name: c.Name, Values: c.Values}
		for _, path := range c.Paths {
			x.Paths = append(x.Paths, token.Path(path))
			if !written {
				continue
			}
			for _, w := range effect.Claims {
				if rules.ClaimPath(w.Path).String() == path.String() {
					x.Hook = effect.Function.Name.String()
					x.Optional = x.Optional || !c.Configured && (w.Null || w.When != hook.Always)
				}
			}
		}
		out = append(out, x)
	}
	return out
}

// roleStates asks the catalog about roles.
func roleStates(c *catalog.Catalog) func(string) token.RoleState {
	return func(name string) token.RoleState {
		switch {
		case !c.Roles.Has(name):
			return token.Missing
		case c.Roles.Has(catalog.Authenticator) && !c.CanSetRole(catalog.Authenticator, name):
			return token.NotGranted
		}
		return token.Usable
	}
}

// hosted is an issuer whose address can be told without danger.
var hosted = regexp.MustCompile(`^https?://[a-zA-Z0-9.-]+(:[0-9]+)?/auth/v1$`)

// verifyHint says what would verify a signature.
func verifyHint(t *token.Token, s token.Signature) string {
	switch {
	case s.State != token.NotVerified || s.Needs == "":
		return ""
	case s.Needs == "oct":
		return "give the project's JWT secret with --secret-file FILE, or in " + secretVariable
	case hosted.MatchString(t.Issuer()):
		return "give --jwks FILE with what is at " + t.Issuer() + "/.well-known/jwks.json"
	}
	return "give --jwks FILE with what is at …/auth/v1/.well-known/jwks.json of the project"
}
