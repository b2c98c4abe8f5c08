package guard

import (
	"strconv"
	"strings"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// Dates and timestamps without time zone are Texts in ISO form, as the server
// prints them by default. Those with a time zone are not modelled.
const (
	dateForm  = "2006-01-02"
	stampForm = "2006-01-02 15:04:05.999999"
)

func isMoment(v Value) bool { return v.Kind == Text && (v.Class == "date" || v.Class == "timestamp") }

// moment reads a date or timestamp.
func moment(text string) (time.Time, bool) {
	for _, form := range [...]string{"2006-1-2", "2006-1-2 15:04:05.999999", "2006-1-2 15:04", "20060102"} {
		if t, err := time.Parse(form, strings.TrimSpace(text)); err == nil {
			return t, t.Year() > 0
		}
	}
	return time.Time{}, false
}

func dateOf(t time.Time) Value {
	if t.Year() < 1 || t.Year() > 9999 {
		return Value{}
	}
	return Value{Kind: Text, Text: t.Format(dateForm), Class: "date"}
}

func stampOf(t time.Time) Value {
	if t.Year() < 1 || t.Year() > 9999 {
		return Value{}
	}
	return Value{Kind: Text, Text: t.Format(stampForm), Class: "timestamp"}
}

func toDate(v Value) Value {
	if t, ok := moment(v.Text); ok && v.Kind == Text {
		return dateOf(t)
	}
	return Value{}
}

func toTimestamp(v Value) Value {
	if t, ok := moment(v.Text); ok && v.Kind == Text {
		return stampOf(t)
	}
	return Value{}
}

// momentsOf gives a date or timestamp and a text beside it one type.
func momentsOf(m, text Value) (Value, Value, error) {
	switch {
	case text.Class == "" && m.Class == "date":
		return m, toDate(text), nil
	default: // an untyped constant, or a date beside a timestamp
		return toTimestamp(m), toTimestamp(text), nil
	}
}

// spans are the months, days and seconds of the units of an interval.
var spans = map[string][3]int64{
	"year": {12}, "month": {1}, "mon": {1}, "week": {0, 7}, "day": {0, 1}, "hour": {0, 0, 3600},
	"minute": {0, 0, 60}, "min": {0, 0, 60}, "second": {0, 0, 1}, "sec": {0, 0, 1},
}

func interval(parts [3]int64) Value {
	return Value{Kind: Interval, Items: []Value{Of(parts[0]), Of(parts[1]), Of(parts[2])}}
}

// toInterval reads whole numbers and units: "1 month 2 days".
func toInterval(v Value) Value {
	if v.Kind == Interval {
		return v
	}
	words := strings.Fields(strings.ToLower(v.Text))
	if v.Kind != Text || len(words) == 0 || len(words)%2 != 0 {
		return Value{}
	}
	var sum [3]int64
	for i := 0; i < len(words); i += 2 {
		n, err := strconv.ParseInt(words[i], 10, 32)
		unit, ok := spans[strings.TrimSuffix(words[i+1], "s")]
		if err != nil || !ok {
			return Value{}
		}
		for k := range sum {
			sum[k] += n * unit[k]
		}
	}
	return interval(sum)
}

// add moves a time by an interval. A day that the month does not have becomes
// its last (PostgreSQL docs 9.9).
func add(t time.Time, span Value, sign int64) time.Time {
	y, m, d := t.Date()
	first := time.Date(y, m+time.Month(sign*span.Items[0].Int), 1, 0, 0, 0, 0, time.UTC)
	d = min(d, first.AddDate(0, 1, -1).Day())
	clock := t.Sub(t.Truncate(24 * time.Hour))
	return first.AddDate(0, 0, d-1+int(sign*span.Items[1].Int)).Add(clock + time.Duration(sign*span.Items[2].Int)*time.Second)
}

// calendar is arithmetic of dates, timestamps and intervals.
func calendar(op string, l, r Value) Value {
	if op == "+" && !isMoment(l) && isMoment(r) || op == "*" && r.Kind == Interval {
		l, r = r, l
	}
	t, ok := moment(l.Text)
	ok = ok && isMoment(l)
	sign := int64(1)
	if op == "-" {
		sign = -1
	}
	switch {
	case l.Kind == Interval && op == "*" && r.Kind == Int:
		return interval([3]int64{l.Items[0].Int * r.Int, l.Items[1].Int * r.Int, l.Items[2].Int * r.Int})
	case op != "+" && op != "-":
		return Value{}
	case l.Kind == Interval && r.Kind == Interval:
		var sum [3]int64
		for k := range sum {
			sum[k] = l.Items[k].Int + sign*r.Items[k].Int
		}
		return interval(sum)
	case ok && r.Kind == Interval:
		return stampOf(add(t, r, sign))
	case ok && l.Class == "date" && r.Kind == Int && r.Int == int64(int32(r.Int)):
		return dateOf(t.AddDate(0, 0, int(sign*r.Int)))
	case ok && op == "-" && l.Class == "date" && r.Class == "date":
		if u, ok := moment(r.Text); ok {
			return Of(int(t.Sub(u) / (24 * time.Hour)))
		}
	}
	return Value{}
}

// calendarFunction are the functions on dates. ok is false for a function that
// is none of them.
func calendarFunction(name string, f *pg.FuncCall, args []Value) (v Value, ok bool) {
	switch name {
	case "to_char":
		if len(args) == 2 && isMoment(args[0]) && args[1].Kind == Text {
			return toChar(args[0], args[1].Text), true
		}
	case "extract", "date_part":
		if len(args) == 2 && args[0].Kind == Text && isMoment(args[1]) {
			return extract(args[0].Text, args[1]), true
		}
	case "date_trunc":
		if len(args) == 2 && args[0].Kind == Text && isMoment(args[1]) && args[1].Class == "timestamp" {
			return truncated(args[0].Text, args[1]), true
		}
	case "make_date":
		if len(args) == 3 && args[0].Kind == Int && args[1].Kind == Int && args[2].Kind == Int {
			return toDate(Of(strconv.FormatInt(args[0].Int, 10) + "-" + strconv.FormatInt(args[1].Int, 10) + "-" + strconv.FormatInt(args[2].Int, 10))), true
		}
	case "make_interval":
		return makeInterval(f, args), true
	}
	return Value{}, false
}

// makeInterval is make_interval with named arguments.
func makeInterval(f *pg.FuncCall, args []Value) Value {
	var sum [3]int64
	for i, a := range args {
		if i >= len(f.Args) || a.Kind != Int {
			return Value{}
		}
		unit, ok := spans[strings.TrimSuffix(f.Args[i].GetNamedArgExpr().GetName(), "s")]
		if !ok {
			return Value{}
		}
		for k := range sum {
			sum[k] += a.Int * unit[k]
		}
	}
	return interval(sum)
}

func extract(field string, v Value) Value {
	t, _ := moment(v.Text)
	switch strings.ToLower(field) {
	case "year":
		return Of(t.Year())
	case "month":
		return Of(int(t.Month()))
	case "day":
		return Of(t.Day())
	case "quarter":
		return Of((int(t.Month()) + 2) / 3)
	}
	return Value{}
}

func truncated(field string, v Value) Value {
	t, _ := moment(v.Text)
	y, m, d := t.Date()
	switch strings.ToLower(field) {
	case "year":
		m, d = 1, 1
	case "quarter":
		m, d = m-(m-1)%3, 1
	case "month":
		d = 1
	case "day":
	default:
		return Value{}
	}
	return stampOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}
