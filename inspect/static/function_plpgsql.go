package static

import (
	"errors"
	"regexp"
	"strings"
	"sync"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
)

// checkPLpgSQL parses a body in PL/pgSQL and looks its declared types up.
func (r *replay) checkPLpgSQL(f *catalog.Function) *sqlError {
	body, err := r.parsedBody(plpgsqlSource(f))
	var bad *plpgsql.Error
	if errors.As(err, &bad) {
		return errf(plpgsqlState(bad.Message), "%s", bad.Message).about(f.Ref())
	}
	if err != nil || body == nil || body.Body == nil {
		return nil
	}
	return r.checkDeclared(body.Body)
}

// plpgsqlSource is a function as the parser of PL/pgSQL takes it.
func plpgsqlSource(f *catalog.Function) plpgsql.Source {
	src := plpgsql.Source{Body: f.Body.Value, Name: f.Name.Name, Returns: f.Returns, SetOf: f.ReturnsSet}
	if f.Kind == catalog.Procedure {
		src.Kind = plpgsql.Procedure
	}
	modes := map[catalog.ArgMode]plpgsql.Mode{
		catalog.ArgIn: plpgsql.In, catalog.ArgOut: plpgsql.Out, catalog.ArgInOut: plpgsql.InOut,
		catalog.ArgVariadic: plpgsql.Variadic, catalog.ArgTable: plpgsql.Table,
	}
	for _, a := range f.Args {
		src.Args = append(src.Args, plpgsql.Arg{Name: a.Name, Type: a.Type, Mode: modes[a.Mode]})
	}
	return src
}

// plpgsqlState is the SQLSTATE of what the parser of PL/pgSQL refuses, by the
// server's words for it (PostgreSQL: src/pl/plpgsql/src/pl_gram.y).
func plpgsqlState(message string) string {
	for _, s := range []struct{ state, words string }{
		{"42704", "unrecognized exception condition"},
		{"22005", "is declared CONSTANT"},
		{"22004", "must have a default value, since it's declared NOT NULL"},
		{"42804", "in a non-SETOF function"},
		{"42601", "RETURN cannot have a parameter in a procedure"},
		{"42804", "RETURN cannot have a parameter"},
		{"42804", "RETURN NEXT cannot have a parameter"},
		{"42804", "must be of type cursor or refcursor"},
		{"42804", "cursor variable must be a simple variable"},
		{"0A000", "FETCH statement cannot return multiple rows"},
	} {
		if strings.Contains(message, s.words) {
			return s.state
		}
	}
	if strings.HasPrefix(message, `variable "`) && strings.HasSuffix(message, "does not exist") {
		return "42704"
	}
	return "42601"
}

// declaredType is a type that can be looked up by its name alone.
var declaredType = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^("?[\pL_][\pL\d_$]*"?)(?:\s*\.\s*("?[\pL_][\pL\d_$]*"?))?\s*(%(?i:rowtype))?$`)
})

// checkDeclared looks the types of declared variables up.
func (r *replay) checkDeclared(b *plpgsql.Block) *sqlError {
	for _, d := range b.Decls {
		if d.Implicit || d.Kind == plpgsql.Cursor || d.Kind == plpgsql.Alias {
			continue
		}
		m := declaredType().FindStringSubmatch(d.Type)
		if m == nil {
			continue
		}
		list, ok := identifiers(strings.Trim(m[1]+","+m[2], ","))
		if !ok || len(list) == 0 {
			continue
		}
		if m[3] != "" {
			v := &pg.RangeVar{Relname: list[len(list)-1]}
			if len(list) > 1 {
				v.Schemaname = list[0]
			}
			if _, _, ok := r.relation(v); !ok && !r.isSystemRelation(v) && !r.unlisted() && r.pathKnown {
				return missingRelation(v)
			}
			continue
		}
		if keyWordTypes[list[0]] || !r.pathKnown {
			continue
		}
		if _, err := r.namedType(list); err != nil {
			return err
		}
	}
	return nil
}

// keyWordTypes are types that have another name in the catalogs, or take more
// than one word.
var keyWordTypes = map[string]bool{
	"int": true, "integer": true, "bigint": true, "smallint": true, "boolean": true, "real": true, "float": true,
	"decimal": true, "dec": true, "numeric": true, "char": true, "character": true, "varchar": true, "nchar": true,
	"national": true, "time": true, "timestamp": true, "interval": true, "bit": true, "double": true, "record": true,
	"refcursor": true, "json": true, "setof": true,
}
