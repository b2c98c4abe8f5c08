package static

import (
	"fmt"
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// withModifier puts a type's modifiers where format_type prints them.
func withModifier(base string, parts []string, mods []*pg.Node) (string, *sqlError) {
	if len(mods) == 0 {
		if base == "character" { // bpchar without a length is not char(1)
			return "bpchar", nil
		}
		if base == "character[]" {
			return "bpchar[]", nil
		}
		return base, nil
	}
	var args []string
	for _, m := range mods {
		args = append(args, modifier(m))
	}
	array := ""
	if elem, ok := elementType(base); ok {
		base, array = elem, "[]"
	}
	list := "(" + strings.Join(args, ",") + ")"
	switch base {
	case "character", "character varying", "bit", "bit varying":
		if n, err := strconv.Atoi(args[0]); err == nil && n < 1 {
			return "", errf("22023", "length for type %s must be at least 1", parts[len(parts)-1])
		}
		return base + list + array, nil
	case "numeric":
		p, err := strconv.Atoi(args[0])
		if err == nil && (p < 1 || p > 1000) {
			return "", errf("22023", "NUMERIC precision %d must be between 1 and 1000", p)
		}
		if len(args) == 1 {
			list = "(" + args[0] + ",0)"
		}
		return base + list + array, nil
	case "timestamp without time zone", "timestamp with time zone", "time without time zone", "time with time zone":
		word, rest, _ := strings.Cut(base, " ")
		return word + list + " " + rest + array, nil
	case "interval":
		return "interval" + intervalModifier(args) + array, nil
	}
	if !strings.Contains(base, ".") {
		return "", errf("42601", "type modifier is not allowed for type %q", base)
	}
	if strings.HasSuffix(base, ".geometry") || strings.HasSuffix(base, ".geography") {
		list = spatialModifier(args, strings.HasSuffix(base, ".geography"))
	}
	return base + list + array, nil
}

// modifier is one argument of a type, a constant or a bare word.
func modifier(n *pg.Node) string {
	switch n := n.GetNode().(type) {
	case *pg.Node_AConst:
		switch v := n.AConst.GetVal().(type) {
		case *pg.A_Const_Ival:
			return strconv.Itoa(int(v.Ival.GetIval()))
		case *pg.A_Const_Fval:
			return v.Fval.GetFval()
		case *pg.A_Const_Sval:
			return v.Sval.GetSval()
		}
		return "0"
	case *pg.Node_ColumnRef:
		return written(names(n.ColumnRef.GetFields()))
	case *pg.Node_AExpr: // a negative scale
		if n.AExpr.GetLexpr() == nil {
			return "-" + modifier(n.AExpr.GetRexpr())
		}
	}
	return ""
}

// intervalFields are the bits of an interval's modifier (PostgreSQL's
// utils/timestamp.h), as format_type prints them.
var intervalFields = map[int]string{
	1 << 2: " year", 1 << 1: " month", 1 << 3: " day", 1 << 10: " hour", 1 << 11: " minute", 1 << 12: " second",
	1<<2 | 1<<1: " year to month", 1<<3 | 1<<10: " day to hour", 1<<3 | 1<<10 | 1<<11: " day to minute",
	1<<3 | 1<<10 | 1<<11 | 1<<12: " day to second", 1<<10 | 1<<11: " hour to minute",
	1<<10 | 1<<11 | 1<<12: " hour to second", 1<<11 | 1<<12: " minute to second",
}

func intervalModifier(args []string) string {
	bits, err := strconv.Atoi(args[0])
	if err != nil {
		return ""
	}
	out := intervalFields[bits]
	if len(args) > 1 {
		out += "(" + args[1] + ")"
	}
	return out
}

// spatialModifier prints the modifier of PostGIS's types: the kind of shape in
// its own capitals, and the reference system, which geography defaults.
func spatialModifier(args []string, geography bool) string {
	shape := strings.ToLower(args[0])
	suffix := ""
	for _, s := range []string{"zm", "z", "m"} {
		if rest, ok := strings.CutSuffix(shape, s); ok {
			shape, suffix = rest, strings.ToUpper(s)
			break
		}
	}
	for _, known := range []string{
		"Geometry", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon",
		"GeometryCollection", "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface",
		"PolyhedralSurface", "Triangle", "Tin",
	} {
		if strings.ToLower(known) == shape {
			shape = known
		}
	}
	switch {
	case len(args) > 1 && args[1] != "0":
		return fmt.Sprintf("(%s%s,%s)", shape, suffix, args[1])
	case geography:
		return fmt.Sprintf("(%s%s,4326)", shape, suffix)
	}
	return fmt.Sprintf("(%s%s)", shape, suffix)
}
