package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"policylint/inspect/token"
)

// readToken reads the n-th of so many arguments: standard input, a file, or
// the token itself. Its errors never show what may be a token.
func readToken(stdin io.Reader, arg string, n, of int) (t *token.Token, name string, err error) {
	name = "token"
	if of > 1 {
		name = []string{"first", "second"}[n]
	}
	var text []byte
	file := false
	switch info, statErr := os.Stat(arg); {
	case arg == "-":
		name = "standard input"
		text, err = io.ReadAll(io.LimitReader(stdin, token.MaxSize+1))
	case statErr == nil && info.IsDir():
		return nil, "", usage("%s is a folder: name the file of a token", arg)
	case statErr == nil:
		name, file = strings.TrimSuffix(filepath.Base(arg), filepath.Ext(arg)), true
		text, err = readSmall(arg)
	case token.Looks(arg):
		text = []byte(arg)
	case isFileName(arg):
		return nil, "", failure("read %s: there is no such file", arg)
	default:
		return nil, "", failure("%s argument is neither a file nor a token (%d characters, not shown here): a token has three parts with dots between", ordinal(n), len([]rune(arg)))
	}
	shown := name
	if file {
		shown = arg
	}
	if err != nil {
		return nil, "", failure("read %s: %w", shown, plain(err))
	}
	t, err = token.Read(string(text))
	if err != nil {
		return nil, "", failure("%s is no token that can be read: %w", shown, err)
	}
	t.Exposed = !file && arg != "-"
	return t, name, nil
}

func ordinal(n int) string { return []string{"the first", "the second"}[n] }

// isFileName reports whether an argument is meant as a file, so that it can be
// shown. A token never ends so.
func isFileName(arg string) bool {
	return len(arg) < 200 && slices.Contains([]string{".jwt", ".json", ".txt", ".token", ".env"}, strings.ToLower(filepath.Ext(arg)))
}

// readSmall reads a file that a token or a key may be in.
func readSmall(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, token.MaxSize+1))
}

// plain takes the path out of an error: it may be a secret in the wrong place.
func plain(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no such file")
	}
	return err
}

// keys reads what signatures are verified with. Its errors show no secret, not
// even one that was given where a file is meant.
func (f *tokenFlags) keys() (token.Keys, error) {
	var k token.Keys
	if f.jwks != "" {
		text, err := readSmall(f.jwks)
		if err == nil {
			_, err = k.UseSet(text)
		}
		if err != nil {
			return k, usage("read the file of --jwks: %w", plain(err))
		}
	}
	secret, from := []byte(os.Getenv(f.secretEnv)), "the environment variable of --secret-env"
	if f.secretFile != "" {
		var err error
		from = "the file of --secret-file"
		if secret, err = readSmall(f.secretFile); err != nil {
			return k, usage("read %s: %w", from, plain(err))
		}
	} else if len(secret) == 0 && f.secretEnv != secretVariable {
		return k, usage("%s is not set, or empty", from)
	}
	if len(secret) > 0 || f.secretFile != "" {
		if err := k.UseSecret(secret); err != nil {
			return k, usage("%w", fmt.Errorf("read %s: %w", from, err))
		}
	}
	return k, nil
}
