package main

import (
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"policylint/inspect/access"
	"policylint/inspect/token"
	"policylint/rules"
)

func testClaimsCommand(s streams) *cobra.Command {
	var f accessFlags
	var migrations string
	c := &cobra.Command{
		Use:   "test-claims FILE…",
		Short: "Show who may do what with the claims of given tokens",
		Long: `Shows what policylint access shows, for the claims in the files instead of the
subjects: each a JSON object, or a JWT, whose signature is not verified; - is
standard input. With several, it says which fields differ from the first one's,
and by which claims, so that a local and a production token can be compared.

Tokens are secrets: they are read from files, never shown, and only the claims
that policies read are named.`,
		Example: `  policylint test-claims local.jwt production.jwt
  policylint test-claims claims.json --table public.tickets --why`,
		RunE: func(_ *cobra.Command, files []string) error { return f.testClaims(s, files, migrations) },
	}
	f.add(c)
	c.Flags().StringVar(&migrations, "migrations", "", "read these migrations: a `path`, as lint takes it")
	return c
}

func (f *accessFlags) testClaims(s streams, files []string, migrations string) error {
	var paths []string
	if migrations != "" {
		paths = []string{migrations}
	}
	if err := f.check(paths); err != nil {
		return err
	}
	if len(files) == 0 {
		return usage("test-claims needs the file of a token, or - for standard input")
	}
	var subjects []access.Subject
	for _, file := range files {
		claims, err := readClaims(s.in, file)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		if file == "-" {
			name = "standard input"
		}
		for _, other := range subjects {
			if other.Name == name {
				name = file
			}
		}
		subject := access.NewSubject(name, claims)
		if _, given := claims["role"]; !given {
			subject.Role = "" // a token without it is one, unlike a subject of rules.yaml
		}
		subjects = append(subjects, subject)
	}
	config, err := readSettings(f.config, paths)
	if err != nil {
		return err
	}
	cat, err := readCatalog(s, config, f.database, f.db, paths)
	if err != nil {
		return err
	}
	p := &rules.Pass{Catalog: cat, Config: config}
	m, err := f.matrix(p, subjects)
	if err != nil {
		return err
	}
	m.Differences = p.Access().Differences(m.Subjects, m.Rows)
	return f.write(s, m)
}

// readClaims reads the claims of a JSON object or of a token. Its errors never
// show the text.
func readClaims(stdin io.Reader, file string) (map[string]any, error) {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(io.LimitReader(stdin, token.MaxSize+1))
	} else {
		text, err = readSmall(file)
	}
	switch {
	case err != nil && token.Looks(file):
		return nil, usage("a token was given where its file is meant: it stays in the shell's history; write it into a file, or give - for standard input")
	case err != nil:
		return nil, usage("%w", cause("read", file, err))
	}
	claims, err := token.ReadClaims(string(text))
	if err != nil {
		return nil, usage("read %s: neither claims nor a token: %w", file, err)
	}
	return claims, nil
}
