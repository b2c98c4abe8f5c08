package expr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

var uuidForm = lazy(`^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$`)

func boolean(v bool) *Const { return &Const{Type: "boolean", Text: strconv.FormatBool(v)} }

func literal(c *pg.A_Const) *Const {
	switch v := c.GetVal().(type) {
	case *pg.A_Const_Boolval:
		return boolean(v.Boolval.GetBoolval())
	case *pg.A_Const_Ival:
		return &Const{Type: "integer", Text: strconv.Itoa(int(v.Ival.GetIval()))}
	case *pg.A_Const_Fval:
		return &Const{Type: "numeric", Text: number(v.Fval.GetFval())}
	case *pg.A_Const_Bsval:
		return &Const{Type: "bit", Text: bits(v.Bsval.GetBsval())}
	case *pg.A_Const_Sval:
		return &Const{Text: canonical("", v.Sval.GetSval())}
	}
	return &Const{Null: true}
}

// bits reads the parser's b101 and x1f as binary digits.
func bits(s string) string {
	digits, hex := strings.CutPrefix(s, "x")
	if !hex {
		return strings.TrimPrefix(s, "b")
	}
	var out strings.Builder
	for _, d := range digits {
		v, err := strconv.ParseUint(string(d), 16, 4)
		if err != nil {
			return s
		}
		fmt.Fprintf(&out, "%04b", v)
	}
	return out.String()
}

// number spells a number as the server does: 5e2 is 500, .5 is 0.5.
func number(s string) string {
	t := strings.ReplaceAll(strings.TrimSpace(s), "_", "")
	if t == "" || len(t) > 60 {
		return s
	}
	if strings.ContainsAny(t, "eE") && !strings.HasPrefix(strings.ToLower(t), "0x") {
		mantissa, exp, _ := strings.Cut(strings.ToLower(t), "e")
		e, err := strconv.Atoi(exp)
		r, ok := new(big.Rat).SetString(mantissa)
		if err != nil || !ok || e > 40 || e < -40 {
			return s
		}
		scale := new(big.Rat).SetFrac(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil), big.NewInt(1))
		if e < 0 {
			scale.Inv(scale)
		}
		r.Mul(r, scale)
		_, frac, _ := strings.Cut(mantissa, ".")
		return r.FloatString(max(len(frac)-e, 0))
	}
	t = strings.TrimPrefix(t, "+")
	sign := ""
	if strings.HasPrefix(t, "-") {
		sign, t = "-", t[1:]
	}
	if i, ok := new(big.Int).SetString(t, 0); ok && (len(t) > 1 && t[0] == '0' && !isDigits(t)) {
		return sign + i.String()
	}
	t = strings.TrimSuffix(t, ".")
	if strings.HasPrefix(t, ".") {
		t = "0" + t
	}
	return sign + t
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func isNumber(s string) bool {
	t := strings.TrimSpace(s)
	t = strings.TrimLeft(t, "+-")
	_, err := strconv.ParseFloat(t, 64)
	return err == nil && t != "" && (t[0] == '.' || t[0] >= '0' && t[0] <= '9')
}

// canonical gives values with several spellings one; typ is "" when unknown.
func canonical(typ, s string) string {
	if textual[typ] || len(s) < 2 {
		return s
	}
	switch c := s[0]; {
	case c == '$' && (typ == "" || typ == "jsonpath"):
		return pathText(s)
	case typ == "regconfig" || c == 'p' && typ == "":
		return configText(s, typ)
	case typ == "interval":
		return intervalText(s)
	case stamps[typ]:
		return stampText(s)
	case typ != "" && typ != "json" && typ != "jsonb" && typ != "uuid":
		return s
	case c == '{' || c == '[' || typ == "json" || typ == "jsonb":
		return jsonText(s)
	case len(s) == 36 && uuidForm().MatchString(s):
		return strings.ToLower(s)
	case typ != "":
		return s
	case c >= '0' && c <= '9' || c == '-':
		if t := stampText(s); t != s {
			return t
		}
		return intervalText(s)
	}
	return s
}

var (
	plainPath  = lazy(`^\$(?:\.[A-Za-z_][A-Za-z0-9_]*|\."[^"\\]*"|\.\*|\[(?:\*|[0-9]+)\])+$`)
	quotedStep = lazy(`\."([A-Za-z_][A-Za-z0-9_]*)"`)
	configName = lazy(`^(?:(?:"pg_catalog"|pg_catalog)\.)?"?([a-z_][a-z0-9_]*)"?$`)
	// configs are the text search configurations of PostgreSQL.
	configs = set("simple", "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french",
		"german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali", "norwegian",
		"portuguese", "romanian", "russian", "serbian", "spanish", "swedish", "tamil", "turkish", "yiddish")
)

// pathText takes the quotes off that the server gives the steps of a jsonpath.
func pathText(s string) string {
	if !plainPath().MatchString(s) {
		return s
	}
	return quotedStep().ReplaceAllString(s, ".$1")
}

// configText is the name of a text search configuration as the server prints
// it: a built-in one without its schema, and without quotes.
func configText(s, typ string) string {
	m := configName().FindStringSubmatch(s)
	if m == nil || !configs[m[1]] && (typ == "" || strings.Contains(s, ".")) {
		return s
	}
	return m[1]
}

func jsonText(s string) string {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil || d.More() {
		return s
	}
	if _, err := d.Token(); err == nil {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return s
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// convert is a literal cast to a type; nil when the cast has to stay.
func convert(c *Const, typ string) Expr {
	t := base(typ)
	switch {
	case c.Null:
		return &Const{Type: typ, Null: true}
	case c.IsBool():
		if t == "boolean" {
			return c
		}
		return nil
	case c.IsNumber():
		if !numeric[t] || t != typ || strings.ContainsAny(c.Text, ".") && t != "numeric" && t != "real" && t != "double precision" {
			return nil
		}
		return &Const{Type: t, Text: c.Text}
	case strings.HasSuffix(typ, "[]"):
		return arrayLiteral(c, typ)
	case numeric[t] && t == typ && isNumber(c.Text):
		return &Const{Type: t, Text: number(c.Text)}
	case t == "boolean":
		if v, ok := truth(c.Text); ok {
			return boolean(v)
		}
		return nil
	case t == "oid" && strings.HasPrefix(c.Type, "reg"):
		return c
	case numeric[t]:
		return nil
	}
	return &Const{Type: typ, Text: canonical(t, c.Text)}
}

// truth reads the spellings of PostgreSQL docs 8.6.
func truth(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1":
		return true, true
	case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0":
		return false, true
	}
	return false, false
}

// arrayLiteral takes '{a,b}' apart; anything that is no flat array stays.
func arrayLiteral(c *Const, typ string) Expr {
	elem := strings.TrimSuffix(typ, "[]")
	items, nulls, ok := splitArray(c.Text)
	if !ok {
		return &Const{Type: typ, Text: c.Text}
	}
	a := &Array{}
	for i, s := range items {
		item := Expr(&Const{Type: elem, Null: true})
		if !nulls[i] {
			item = &Const{Text: s}
			if elem != "" {
				if v := convert(item.(*Const), elem); v != nil {
					item = v
				}
			}
		}
		a.Elems = append(a.Elems, item)
	}
	return array(a)
}

// array is an array in normal form.
func array(a *Array) Expr {
	if len(a.Elems) == 0 {
		return &Const{Text: "{}"}
	}
	return a
}

func splitArray(s string) (items []string, nulls []bool, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] != '{' || s[len(s)-1] != '}' {
		return nil, nil, false
	}
	s = s[1 : len(s)-1]
	if strings.TrimSpace(s) == "" {
		return nil, nil, true
	}
	var b strings.Builder
	quoted, inside := false, false
	flush := func() {
		t := b.String()
		if !quoted {
			t = strings.TrimSpace(t)
		}
		items = append(items, t)
		nulls = append(nulls, !quoted && strings.EqualFold(t, "null"))
		b.Reset()
		quoted = false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case c == '"':
			if !inside && !quoted {
				b.Reset()
			}
			inside, quoted = !inside, true
		case inside:
			b.WriteByte(c)
		case c == ',':
			flush()
		case c == '{' || c == '}':
			return nil, nil, false
		case quoted && (c == ' ' || c == '\t'):
		default:
			b.WriteByte(c)
		}
	}
	flush()
	return items, nulls, !inside
}
