package static

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// literalAs takes an untyped constant as of a type. The server converts it
// when it parses the statement, and so refuses what does not fit.
func (a *analysis) literalAs(n *pg.Node, want string) *sqlError {
	a.referType(bareType(want))
	if n == nil || want == anyKnown {
		return nil
	}
	if x := n.GetCollateClause(); x != nil {
		return a.literalAs(x.Arg, want)
	}
	c := n.GetAConst()
	if c == nil || c.GetSval() == nil {
		return nil
	}
	return a.input(c.GetSval().GetSval(), a.r.baseType(bareType(want)))
}

var (
	integerInput = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*[+-]?[0-9]+\s*$`) })
	numberInput  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$|(?i)^\s*[+-]?(nan|inf|infinity)\s*$`)
	})
	uuidInput = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\{[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}\}|[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7})$`)
	})
	booleanInput = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^\s*(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)\s*$`)
	})
)

// input is what the input function of a type says to a text.
func (a *analysis) input(text, typ string) *sqlError {
	bad := func() *sqlError { return errf("22P02", "invalid input syntax for type %s: %q", typ, text) }
	switch typ {
	case "boolean":
		if !booleanInput().MatchString(text) {
			return bad()
		}
	case "smallint", "integer", "bigint":
		if !integerInput().MatchString(text) {
			return bad()
		}
		bits := map[string]int{"smallint": 16, "integer": 32, "bigint": 64}[typ]
		if _, err := strconv.ParseInt(strings.TrimSpace(text), 10, bits); err != nil {
			return errf("22003", "value %q is out of range for type %s", text, typ)
		}
	case "numeric", "real", "double precision":
		if !numberInput().MatchString(text) {
			return bad()
		}
	case "uuid":
		if !uuidInput().MatchString(text) {
			return bad()
		}
	case "json", "jsonb":
		if !json.Valid([]byte(text)) {
			return errf("22P02", "invalid input syntax for type json")
		}
	case "regclass":
		return a.regclass(text)
	case "regrole":
		if name := catalog.ParseName(text).Name; !numeral(text) && !a.r.hasRole(name) {
			return missingRole(name)
		}
	case "regnamespace":
		if name := catalog.ParseName(text).Name; !numeral(text) && !a.r.hasSchema(name) {
			return errf("3F000", "schema %q does not exist", name)
		}
	}
	if elem, ok := elementType(typ); ok {
		return a.arrayInput(text, elem)
	}
	n, ok := unprinted(typ)
	if !ok {
		return nil
	}
	t, ok := a.r.cat.Types.Get(n)
	if ok && t.Kind == catalog.Enum && t.Unsure == 0 {
		if !slices.Contains(t.Labels, text) {
			return errf("22P02", "invalid input value for enum %s: %q", t.Name.Name, text).about(t.Ref())
		}
		if a.r.uncommitted(t.Name, text) {
			return errf("55P04", "unsafe use of new value %q of enum type %s", text, t.Name.Name).about(t.Ref())
		}
	}
	return nil
}

func numeral(text string) bool { return integerInput().MatchString(text) || text == "-" }

// arrayInput checks an array literal as far as it is simple.
func (a *analysis) arrayInput(text, elem string) *sqlError {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "[") {
		return nil
	}
	if !strings.HasPrefix(text, "{") || !strings.HasSuffix(text, "}") {
		return errf("22P02", "malformed array literal: %q", text)
	}
	inside := strings.TrimSpace(text[1 : len(text)-1])
	if inside == "" || strings.ContainsAny(inside, `{}"\`) {
		return nil
	}
	for item := range strings.SplitSeq(inside, ",") {
		if item = strings.TrimSpace(item); !strings.EqualFold(item, "null") {
			if err := a.input(item, a.r.baseType(elem)); err != nil {
				return err
			}
		}
	}
	return nil
}

// regclass resolves the name of a relation in a constant.
func (a *analysis) regclass(text string) *sqlError {
	if numeral(text) {
		return nil
	}
	parts := dottedName(text)
	v := &pg.RangeVar{Relname: parts[len(parts)-1]}
	if len(parts) > 1 {
		v.Schemaname = parts[len(parts)-2]
	}
	rel, _, ok := a.r.relation(v)
	if ok {
		a.refer(object{aRelation, rel.Name, ""})
		return nil
	}
	if a.r.isSystemRelation(v) || a.r.unlisted() || systemSchema(v.Schemaname) {
		return nil
	}
	return missingRelation(v)
}

// dottedName splits a dotted name in a constant the way the server does:
// folded to lower case outside quotes.
func dottedName(text string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"' && quoted && i+1 < len(text) && text[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
			b.WriteByte(c)
		case c == '.':
			out = append(out, b.String())
			b.Reset()
		case c == ' ' || c == '\n' || c == '\t':
		case c >= 'A' && c <= 'Z':
			b.WriteByte(c + 'a' - 'A')
		default:
			b.WriteByte(c)
		}
	}
	return append(out, b.String())
}
