package access

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// standing are the claims of every token that Auth writes, with what is known
// of one that a subject does not name (Supabase docs: JWT Claims Reference).
var standing = map[string]func() Value{
	"sub":          func() Value { return Value{present: true, row: true} },
	"session_id":   func() Value { return Value{present: true, row: true} },
	"email":        func() Value { return Value{present: true, row: true} },
	"phone":        func() Value { return Value{present: true, row: true} },
	"iat":          func() Value { return Value{present: true, row: true} },
	"exp":          func() Value { return Value{present: true, row: true} },
	"iss":          func() Value { return Value{present: true, unknown: "claim iss"} },
	"aal":          func() Value { return Value{present: true, unknown: "claim aal"} },
	"amr":          func() Value { return Value{present: true, unknown: "claim amr"} },
	"aud":          func() Value { return Text("authenticated") },
	"is_anonymous": func() Value { return Text("false") },
}

// claim is what a claim of the subject's token comes to.
func (a *asker) claim(c *expr.Claim) Value {
	switch c.Via {
	case expr.ViaLegacy:
		// Neither PostgREST nor Realtime sets these any more.
		if c.MissingOK {
			return Absent()
		}
		return raising(&Raise{SQLState: "42704", Message: "unrecognized configuration parameter " + quoted(strings.TrimSuffix("request.jwt.claim."+strings.Join(c.Path, "."), ".")), Expr: c})
	case expr.ViaSetting:
		if a.subject.token == nil {
			switch {
			case !c.MissingOK:
				return raising(&Raise{SQLState: "42704", Message: `unrecognized configuration parameter "request.jwt.claims"`, Expr: c})
			default:
				return Absent()
			}
		}
	}
	if a.subject.token == nil {
		return Absent()
	}
	v := a.read(c.Path, c.Text)
	if text, is := v.json.(string); is && c.Parsed {
		return (&machine{}).cast(Text(text), "jsonb")
	}
	if c.Via == expr.ViaUID {
		v = (&machine{}).cast(v, "uuid")
		if v.raise != nil {
			v.raise.Expr = c
		}
	}
	return v
}

// read follows a path into the token.
func (a *asker) read(path []string, text bool) Value {
	token := a.subject.token
	if len(path) == 0 {
		if text {
			return Value{present: true, unknown: "the whole token as text"}
		}
		return Value{Known: true, json: token, isJSON: true, Text: encode(token)}
	}
	if f, ok := standing[path[0]]; ok && a.isUser() {
		if _, given := token[path[0]]; !given {
			v := f()
			switch {
			case len(path) > 1 && path[0] != "amr":
				return Absent() // a text has no keys
			case !text && v.Known && path[0] == "is_anonymous":
				return jsonValue(false)
			case !text && v.Known:
				return jsonValue(v.Text)
			}
			return v
		}
	}
	var at any = token
	for i, key := range path {
		switch doc := at.(type) {
		case map[string]any:
			v, ok := doc[key]
			if !ok {
				return a.missing(path[:i+1])
			}
			at = v
		case []any:
			v, ok := element(doc, key)
			if !ok {
				return Absent()
			}
			at = v
		default:
			return Absent()
		}
	}
	if text {
		return scalarText(at)
	}
	return jsonValue(at)
}

// missing is a claim that the subject does not name.
func (a *asker) missing(path []string) Value {
	if len(path) == 2 && path[0] == "app_metadata" && (path[1] == "provider" || path[1] == "providers") && a.isUser() {
		return Value{present: true, unknown: "claim " + strings.Join(path, ".")}
	}
	if slices.Contains(a.subject.Open, path[0]) || slices.Contains(a.subject.Open, "*") {
		return unknownValue("claim " + strings.Join(path, "."))
	}
	return Absent()
}

// isUser reports whether the token is one of a signed-in user, not an API key:
// those have a role and little else.
func (a *asker) isUser() bool {
	return a.role != "anon" && a.role != "service_role"
}
