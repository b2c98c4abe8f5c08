package rules

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// registered has the claims that Auth itself puts into a token (Supabase docs:
// JWT Claims Reference). A hook may change them, but they do not tell the
// application's own kinds of users apart.
var registered = map[string]bool{
	"iss": true, "aud": true, "exp": true, "iat": true, "sub": true, "role": true, "aal": true, "session_id": true,
	"email": true, "phone": true, "is_anonymous": true, "jti": true, "nbf": true, "app_metadata": true,
	"user_metadata": true, "amr": true, "ref": true,
}

// derivedClaims is a plain reading of the hook's body: the claim paths that
// stand in it as constants, {user_role} or {claims,user_role}, and the one
// enum that it names or that a column of a table it names has.
func (p *Pass) derivedClaims() []Claim {
	if p.derived != nil {
		return *p.derived
	}
	p.derived = new([]Claim)
	h, ok := p.Hook()
	if !ok || h.Function() == nil || !h.Function().Body.Known {
		return nil
	}
	words, constants := scanBody(h.Function().Body.Value)
	enum, labels := p.enumOf(words)
	byName := map[string]*Claim{}
	for _, s := range constants {
		path, ok := pathConstant(s)
		if !ok {
			continue
		}
		name := path[len(path)-1]
		c := byName[name]
		if c == nil {
			c = &Claim{Name: name, Values: labels, Enum: enum}
			byName[name] = c
		}
		if !slices.ContainsFunc(c.Paths, func(q ClaimPath) bool { return slices.Equal(q, path) }) {
			c.Paths = append(c.Paths, path)
		}
	}
	for _, c := range byName {
		*p.derived = append(*p.derived, *c)
	}
	slices.SortFunc(*p.derived, func(a, b Claim) int { return strings.Compare(a.Name, b.Name) })
	if len(byName) > 0 {
		p.Note(fmt.Sprintf("claims is not configured: taken from %s: %s", h.Name, describeClaims(*p.derived)))
	}
	return *p.derived
}

func describeClaims(claims []Claim) string {
	var parts []string
	for _, c := range claims {
		for _, path := range c.Paths {
			parts = append(parts, path.String())
		}
	}
	if v := claims[0].Values; v != nil {
		return strings.Join(parts, ", ") + " (" + strings.Join(v, ", ") + ")"
	}
	return strings.Join(parts, ", ")
}

// pathConstant reads a constant such as {claims,app_metadata,user_role} as the
// path that jsonb_set is given.
func pathConstant(s string) (ClaimPath, bool) {
	if len(s) < 3 || s[0] != '{' || s[len(s)-1] != '}' || strings.ContainsAny(s, `"\: `) {
		return nil, false
	}
	path := strings.Split(s[1:len(s)-1], ",")
	if path[0] == "claims" {
		path = path[1:]
	}
	if len(path) == 0 || slices.Contains(path, "") || registered[path[len(path)-1]] {
		return nil, false
	}
	return path, true
}

// enumOf is the enum that a body with these words works with, if it is one
// only.
func (p *Pass) enumOf(words map[string]bool) (catalog.Name, []string) {
	found := map[catalog.Name]bool{}
	for e := range p.Types.All() {
		if e.Kind == catalog.Enum && !e.Platform && e.Extension == "" && words[e.Name.Name] {
			found[e.Name] = true
		}
	}
	for t := range p.ProjectTables() {
		if !words[t.Name.Name] {
			continue
		}
		for _, col := range t.Columns {
			n := catalog.ParseName(col.Type)
			if e, ok := p.Types.Get(n); ok && e.Kind == catalog.Enum && !e.Platform && words[col.Name] {
				found[n] = true
			}
		}
	}
	if len(found) != 1 {
		return catalog.Name{}, nil
	}
	for n := range found {
		e, _ := p.Types.Get(n)
		if !e.Unsure.Any(catalog.Everything) {
			return n, e.Labels
		}
	}
	return catalog.Name{}, nil
}

// scanBody splits the text of a function into its words, lower case, and its
// string constants, without its comments.
func scanBody(body string) (words map[string]bool, constants []string) {
	words = map[string]bool{}
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case strings.HasPrefix(body[i:], "--"):
			i = after(body, i, "\n")
		case strings.HasPrefix(body[i:], "/*"):
			i = after(body, i+2, "*/")
		case c == '\'' || c == '"':
			end := after(body, i+1, string(c))
			s := strings.TrimSuffix(body[i+1:end], string(c))
			if c == '"' {
				words[s] = true
			} else {
				constants = append(constants, s)
			}
			i = end
		case isWord(c):
			start := i
			for i < len(body) && isWord(body[i]) {
				i++
			}
			words[strings.ToLower(body[start:i])] = true
		default:
			i++
		}
	}
	return words, constants
}

func after(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
