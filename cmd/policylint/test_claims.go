package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/spf13/cobra"

	"policylint/inspect/access"
	"policylint/rules"
)

// maxClaims is the size above which a file is no token.
const maxClaims = 1 << 20

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

// readClaims reads the claims of a JSON object or of a JWT. Its errors never
// show the text.
func readClaims(stdin io.Reader, file string) (map[string]any, error) {
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(io.LimitReader(stdin, maxClaims+1))
	} else {
		if info, statErr := os.Stat(file); statErr == nil && info.Size() > maxClaims {
			return nil, usage("read %s: too large for a token", file)
		}
		text, err = os.ReadFile(file)
	}
	switch {
	case err != nil:
		return nil, usage("%w", cause("read", file, err))
	case len(text) > maxClaims:
		return nil, usage("read %s: too large for a token", file)
	}
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	if bytes.HasPrefix(text, []byte("{")) {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		var claims map[string]any
		if err := d.Decode(&claims); err != nil || d.More() {
			return nil, usage("read %s: it is no JSON object of claims", file)
		}
		return claims, nil
	}
	word := strings.TrimSpace(strings.TrimPrefix(string(text), "Bearer "))
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser(jwt.WithJSONNumber()).ParseUnverified(word, claims); err != nil {
		return nil, usage("read %s: it is neither a JSON object of claims nor a JWT (%s)", file, shape(word))
	}
	return claims, nil
}

// shape says what is wrong with a token without showing any of it.
func shape(word string) string {
	switch n := strings.Count(word, ".") + 1; {
	case word == "":
		return "it is empty"
	case strings.HasPrefix(word, "sb_"):
		return "an API key of the newer kind has no claims"
	case n != 3:
		return fmt.Sprintf("a JWT has three parts, this has %d", n)
	}
	return "its parts are not JSON in base64url"
}
