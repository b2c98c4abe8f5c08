package expr

import "slices"

// door recognises the functions and settings that hand out the token.
func door(name string, args []Expr) Expr {
	switch {
	case len(args) == 0:
		c := &Claim{MissingOK: true, NullGuard: true}
		switch name {
		case "auth.jwt":
			c.Via = ViaJWT
		case "auth.uid":
			c.Via, c.Path, c.Text = ViaUID, []string{"sub"}, true
		case "auth.role":
			c.Via, c.Path, c.Text = ViaRole, []string{"role"}, true
		case "auth.email":
			c.Via, c.Path, c.Text = ViaEmail, []string{"email"}, true
		default:
			return nil
		}
		return c
	case name == "current_setting" && len(args) <= 2:
		return setting(args)
	case len(args) > 1 && (name == "jsonb_extract_path_text" || name == "json_extract_path_text"):
		return deeper(args[0], args[1:], true)
	case len(args) > 1 && (name == "jsonb_extract_path" || name == "json_extract_path"):
		return deeper(args[0], args[1:], false)
	}
	return nil
}

func setting(args []Expr) Expr {
	name, ok := args[0].(*Const)
	if !ok || name.Null {
		return nil
	}
	missing := false
	if len(args) == 2 {
		c, ok := args[1].(*Const)
		if !ok || c.Null {
			return nil
		}
		missing, _ = truth(c.Text)
	}
	const whole, legacy = "request.jwt.claims", "request.jwt.claim"
	switch {
	case name.Text == whole:
		return &Claim{Via: ViaSetting, Text: true, MissingOK: missing}
	case name.Text == legacy:
		return &Claim{Via: ViaLegacy, Text: true, MissingOK: missing}
	case len(name.Text) > len(legacy)+1 && name.Text[:len(legacy)+1] == legacy+".":
		return &Claim{Via: ViaLegacy, Path: []string{name.Text[len(legacy)+1:]}, Text: true, MissingOK: missing}
	}
	return &Setting{Name: name.Text, MissingOK: missing}
}

// deeper follows constant keys into a claim; nil when x is no jsonb claim or a
// key is computed or an array position.
func deeper(x Expr, keys []Expr, text bool) Expr {
	c, ok := x.(*Claim)
	if !ok || c.Text {
		return nil
	}
	d := *c
	d.Path, d.Text, d.Parsed = slices.Clone(c.Path), text, false
	for _, k := range keys {
		s, ok := k.(*Const)
		if !ok || s.Null || s.IsNumber() || s.IsBool() {
			return nil
		}
		d.Path = append(d.Path, s.Text)
	}
	return &d
}

// path reads the right side of #> and #>>.
func path(e Expr) ([]Expr, bool) {
	switch v := e.(type) {
	case *Array:
		keys := make([]Expr, len(v.Elems))
		for i, x := range v.Elems {
			c, ok := x.(*Const)
			if !ok || c.Null {
				return nil, false
			}
			keys[i] = &Const{Text: c.Text}
		}
		return keys, true
	case *Const:
		return nil, v.Text == "{}"
	}
	return nil, false
}

// claimOp is L op R where L is a claim; nil when that is no claim again.
func claimOp(op string, l, r Expr) Expr {
	switch op {
	case "->", "->>":
		return deeper(l, []Expr{r}, op == "->>")
	case "#>", "#>>":
		if keys, ok := path(r); ok {
			return deeper(l, keys, op == "#>>")
		}
	}
	return nil
}

// guarded is nullif(setting, ”): the claim that survives an empty setting.
func guarded(x, y Expr) Expr {
	c, ok := x.(*Claim)
	k, empty := y.(*Const)
	if !ok || !empty || k.Null || k.Text != "" || !c.Text || c.Via != ViaSetting && c.Via != ViaLegacy || c.NullGuard {
		return nil
	}
	if c.Via == ViaSetting && len(c.Path) > 0 || len(c.Path) > 1 {
		return nil // the guard stands around a key, not around the setting
	}
	d := *c
	d.NullGuard = true
	return &d
}

// castClaim is a claim cast to a type; nil when the cast has to stay.
func castClaim(c *Claim, typ string) Expr {
	switch t := base(typ); {
	case t == "json" || t == "jsonb":
		if c.Via == ViaUID || c.Via == ViaRole || c.Via == ViaEmail {
			return nil
		}
		d := *c
		d.Parsed = c.Text && len(c.Path) > 0
		d.Text = false
		return &d
	case t == "uuid" && c.Via == ViaUID:
		return c
	case textCasts[t] && t == typ && c.Text && c.Via != ViaUID:
		return c
	}
	return nil
}

// Pairs reads a containment in the token, claim @> '{"user_role":"agent"}', as
// comparisons: a claim as text and the string, number or boolean it has to
// hold. It is false for anything else, arrays and null included.
func (c *Compare) Pairs() (claims []*Claim, values []*Const, ok bool) {
	l, r := c.L, c.R
	switch c.Op {
	case "@>":
	case "<@":
		l, r = r, l
	default:
		return nil, nil, false
	}
	k, isClaim := l.(*Claim)
	v, isConst := r.(*Const)
	if !isClaim || !isConst || k.Text || v.Null {
		return nil, nil, false
	}
	leaves, ok := flatten(v.Text)
	if !ok {
		return nil, nil, false
	}
	for _, leaf := range leaves {
		d := *k
		d.Path = slices.Concat(k.Path, leaf.path)
		d.Text = true
		claims = append(claims, &d)
		values = append(values, leaf.value)
	}
	return claims, values, true
}
