package static

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/guard"
)

// boundValue is the value of an expression in a bound as far as it is known
// for certain: about what is unknown nothing is ever refused.
func (r *replay) boundValue(n *pg.Node, typ string) catalog.BoundValue {
	v, err := r.guardEnv().Eval(n)
	if err != nil {
		return catalog.BoundValue{}
	}
	if v.IsNull() {
		return catalog.BoundValue{Kind: catalog.NullBound}
	}
	base := r.baseType(bareType(typ))
	rounded := typ != base // a modifier, which may round it
	switch base {
	case "smallint", "integer", "bigint":
		return numberBound(wholeNumber(v))
	case "numeric":
		if x := wholeNumber(v); x != nil || rounded {
			return numberBound(x)
		}
		text := v.Text
		if f := n.GetAConst().GetFval(); f != nil {
			text = f.Fval
		}
		if decimalInput().MatchString(text) {
			x, _ := new(big.Rat).SetString(strings.TrimSpace(text))
			return numberBound(x)
		}
	case "boolean":
		if b, err := r.guardEnv().Cast(v, "boolean"); err == nil && b.Kind == guard.Bool {
			return numberBound(big.NewRat(int64(boolInt(b.Bool)), 1))
		}
	case "date", "timestamp without time zone", "timestamp with time zone":
		if v.Kind == guard.Text {
			return r.momentBound(v.Text, base, rounded)
		}
	case "uuid":
		text := strings.ToLower(strings.ReplaceAll(v.Text, "-", ""))
		if i, ok := new(big.Int).SetString(text, 16); ok && len(text) == 32 && v.Kind == guard.Text {
			return numberBound(new(big.Rat).SetInt(i))
		}
	case "text", "character varying", "name":
		if text, ok := v.String(); ok {
			return catalog.BoundValue{Kind: catalog.TextBound, Text: text}
		}
	}
	if r.typeKind(base) == catalog.Enum && !r.deps.relabelled && v.Kind == guard.Text {
		return catalog.BoundValue{Kind: catalog.TextBound, Text: v.Text}
	}
	return catalog.BoundValue{}
}

var decimalInput = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$`) })

func numberBound(x *big.Rat) catalog.BoundValue {
	if x == nil {
		return catalog.BoundValue{}
	}
	return catalog.BoundValue{Kind: catalog.NumberBound, Number: x}
}

// wholeNumber is a value as an integer, nil when it is none.
func wholeNumber(v guard.Value) *big.Rat {
	switch v.Kind {
	case guard.Int:
		return big.NewRat(v.Int, 1)
	case guard.Text:
		if i, err := strconv.ParseInt(strings.TrimSpace(v.Text), 10, 64); err == nil {
			return big.NewRat(i, 1)
		}
	}
	return nil
}

// momentForms are the ways in which dates and times are written that do not
// depend on a setting, those with an offset last.
var momentForms = []string{
	"2006-1-2", "2006-1-2 15:04", "2006-1-2 15:04:05", "2006-1-2T15:04:05",
	"2006-1-2 15:04:05Z07", "2006-1-2 15:04:05Z07:00", "2006-1-2T15:04:05Z07:00", "2006-1-2 15:04Z07", "2006-1-2 15:04Z07:00",
}

// momentBound reads a date or timestamp, counted in microseconds.
func (r *replay) momentBound(text, typ string, rounded bool) catalog.BoundValue {
	for i, form := range momentForms {
		t, err := time.Parse(form, strings.TrimSpace(text))
		if err != nil || t.Year() < 1 {
			continue
		}
		offset := i >= 4
		switch {
		case typ == "date" && i > 0, rounded && t.Nanosecond() > 0, typ == "timestamp without time zone" && offset:
			return catalog.BoundValue{}
		}
		v := numberBound(big.NewRat(t.UnixMicro(), 1))
		if typ == "timestamp with time zone" && !offset {
			v.Text = "local " + r.vars["timezone"]
		}
		return v
	}
	return catalog.BoundValue{}
}
