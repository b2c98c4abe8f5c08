package static

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// dump is what is known of a file that pg_dump wrote.
type dump struct {
	is     bool
	owners bool // it says who owns what, so a superuser is meant to restore it
	grants bool // it says who was granted what
}

var dumpHeader = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)\A(?:\s*(?:--[^\n]*|\\restrict[^\n]*)?\n)*?-- PostgreSQL database (?:cluster )?dump$`)
})

var granting = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) `)
})

// numbered reports whether a name begins with a number and an underscore.
func numbered(name string) bool {
	rest := strings.TrimLeft(name, "0123456789")
	return rest != name && strings.HasPrefix(rest, "_")
}

// dumped looks for the header of pg_dump in a file that is read alone. A
// migration that was made from a dump is a migration: it has to run.
func dumped(fsys fs.FS, files []string) dump {
	if len(files) != 1 || numbered(path.Base(files[0])) {
		return dump{}
	}
	f, err := fsys.Open(files[0])
	if err != nil {
		return dump{}
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 1<<10))
	if err != nil || !dumpHeader().Match(head) {
		return dump{}
	}
	rest, err := io.ReadAll(io.LimitReader(f, 64<<20))
	text := slices.Concat(head, rest)
	return dump{is: true, owners: err == nil && bytes.Contains(text, []byte(" OWNER TO ")), grants: err == nil && granting().Match(text)}
}

// restoring makes the session the one that a dump is restored in.
func (r *replay) restoring(d dump) {
	r.dump, r.noDefaults = d.is, d.grants
	if d.is && d.owners && r.variant != platform.Postgres {
		r.user, r.login = platform.Admin, platform.Admin
	}
	if !d.grants {
		return
	}
	for _, k := range keysOf(r.cat.Defaults.All(), func(p *catalog.DefaultPrivileges) catalog.DefaultKey { return p.Key }) {
		if k.Schema == "public" && k.Role == platform.Migrator {
			r.cat.Defaults.Delete(k) // the dump says which there are
		}
	}
}

// alreadyThere are the refusals that a dump of a whole database must meet on a
// new project: schemas, roles and functions of the platform are there already.
var alreadyThere = []string{"42P06", "42P07", "42710", "42723", "42P16", "0LP01"}

// tolerate takes in that a statement of a dump was refused. The server that
// the dump was taken from had it, so the fault is not the author's: what the
// platform has already is passed over, and anything else is a gap.
func (r *replay) tolerate(err *sqlError) {
	if !slices.Contains(alreadyThere, err.state) {
		r.gap(err.object, "the statement does not fit a new project: %s (%s)", err.message, err.state)
	}
}
