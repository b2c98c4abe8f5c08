package expr

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var stampForms = []string{
	"2006-1-2 15:04:05.999999999Z07:00", "2006-1-2 15:04:05.999999999Z0700", "2006-1-2 15:04:05.999999999Z07",
	"2006-1-2 15:04:05.999999999", "2006-1-2 15:04Z07:00", "2006-1-2 15:04", "2006-1-2",
}

// stampText spells a date or timestamp in UTC, a midnight as a date.
func stampText(s string) string {
	if len(s) < 8 || len(s) > 40 || s[4] != '-' {
		return s
	}
	t := strings.TrimSuffix(strings.Replace(s, "T", " ", 1), " UTC")
	for _, form := range stampForms {
		v, err := time.Parse(form, t)
		if err != nil {
			continue
		}
		v = v.UTC()
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format("2006-01-02")
		}
		return v.Format("2006-01-02 15:04:05.999999")
	}
	return s
}

// units gives the months, days and microseconds of the units of PostgreSQL
// docs 8.5.4.
var units = map[string][3]float64{
	"year": {12}, "yr": {12}, "y": {12}, "month": {1}, "mon": {1}, "decade": {120}, "century": {1200},
	"week": {0, 7}, "w": {0, 7}, "day": {0, 1}, "d": {0, 1},
	"hour": {0, 0, 3600e6}, "hr": {0, 0, 3600e6}, "h": {0, 0, 3600e6},
	"minute": {0, 0, 60e6}, "min": {0, 0, 60e6}, "m": {0, 0, 60e6},
	"second": {0, 0, 1e6}, "sec": {0, 0, 1e6}, "s": {0, 0, 1e6},
	"millisecond": {0, 0, 1e3}, "ms": {0, 0, 1e3},
}

// intervalText spells an interval as the server does by default.
func intervalText(s string) string {
	words := strings.Fields(strings.ToLower(s))
	if len(words) == 0 || len(words) > 16 {
		return s
	}
	var months, days, micros float64
	for i := 0; i < len(words); i++ {
		w := words[i]
		if strings.Contains(w, ":") {
			v, ok := clock(w)
			if !ok || i != len(words)-1 {
				return s
			}
			micros += v
			continue
		}
		cut := strings.LastIndexAny(w, "0123456789.") + 1
		n, err := strconv.ParseFloat(w[:cut], 64)
		unit := w[cut:]
		if unit == "" && i+1 < len(words) {
			i++
			unit = words[i]
		}
		u, ok := units[unit]
		if !ok {
			u, ok = units[strings.TrimSuffix(unit, "s")]
		}
		if err != nil || !ok || n != math.Trunc(n) && u[2] == 0 || math.Abs(n) > 1e9 {
			return s
		}
		months, days, micros = months+n*u[0], days+n*u[1], micros+n*u[2]
	}
	return spellInterval(int64(months), int64(days), int64(math.Round(micros)))
}

func clock(w string) (float64, bool) {
	sign := 1.0
	if strings.HasPrefix(w, "-") {
		sign, w = -1, w[1:]
	}
	parts := strings.Split(strings.TrimPrefix(w, "+"), ":")
	if len(parts) > 3 {
		return 0, false
	}
	v, scale := 0.0, 3600e6
	for _, p := range parts {
		n, err := strconv.ParseFloat(p, 64)
		if err != nil || n < 0 || n > 1e9 {
			return 0, false
		}
		v, scale = v+n*scale, scale/60
	}
	return sign * v, true
}

func spellInterval(months, days, micros int64) string {
	var out []string
	add := func(n int64, unit string) {
		if n == 0 {
			return
		}
		if n != 1 {
			unit += "s"
		}
		out = append(out, fmt.Sprintf("%d %s", n, unit))
	}
	add(months/12, "year")
	add(months%12, "mon")
	add(days, "day")
	if micros != 0 || len(out) == 0 {
		sign := ""
		if micros < 0 {
			sign, micros = "-", -micros
		}
		t := fmt.Sprintf("%s%02d:%02d:%02d", sign, micros/3600e6, micros/60e6%60, micros/1e6%60)
		if f := micros % 1e6; f != 0 {
			t += strings.TrimRight(fmt.Sprintf(".%06d", f), "0")
		}
		out = append(out, t)
	}
	return strings.Join(out, " ")
}
