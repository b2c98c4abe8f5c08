package token

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"
)

// times are the claims about time, as far as they are there and readable.
type times struct {
	exp, iat, nbf *time.Time
	words         string // about exp
	expired       bool   // beyond the skew
	late          bool   // within it
	early, future bool   // nbf, iat: beyond the skew
	malformed     bool   // some are no numbers
	fraction      bool   // exp is no whole number
}

// lastSecond is the end of the year 9999.
const lastSecond = 253402300799

// readTimes checks exp, nbf and iat.
func (c *checker) readTimes() {
	t := &c.times
	t.exp, t.iat, t.nbf = c.time("exp"), c.time("iat"), c.time("nbf")
	now := c.options.Now
	if _, there := c.Claims["exp"]; !there {
		c.add(Fault, "exp", "exp is missing: Realtime requires it, PostgREST takes the token for ever", "write exp into the token")
	}
	if t.exp != nil {
		age := now.Sub(*t.exp)
		t.expired, t.late = age > Skew, age >= 0 && age <= Skew
		switch {
		case t.expired:
			t.words = "expired " + span(age) + " ago"
			c.add(Fault, "exp", "it expired "+span(age)+" ago, at "+stamp(*t.exp), "take a fresh one: the client renews it while it runs; a tab that slept, or a token that was copied, does not")
			if c.Kind.IsKey() {
				c.out[len(c.out)-1].Fix = "take today's key from the project's settings"
			}
		case t.late:
			t.words = "expired " + span(age) + " ago"
			c.add(Warning, "exp", "it expired "+span(age)+" ago, within the 30 s by which clocks may differ: PostgREST still takes it, Realtime does not", "")
		default:
			t.words = "in " + span(-age)
		}
		t.words += ", " + stamp(*t.exp)
		if t.iat != nil && t.exp.Before(*t.iat) {
			c.add(Warning, "exp", "exp is before iat: it never was in force", "")
		}
	}
	if t.nbf != nil {
		t.early = c.ahead("nbf", *t.nbf, "it is in force only in ", "JWT not yet valid")
	}
	if t.iat != nil {
		t.future = c.ahead("iat", *t.iat, "it was issued in the future, in ", "JWT issued at future")
	}
}

// ahead checks a time that should have passed.
func (c *checker) ahead(claim string, at time.Time, what, answer string) bool {
	d := at.Sub(c.options.Now)
	switch {
	case d > Skew:
		c.add(Fault, claim, what+span(d)+" by the clock of this machine: PostgREST refuses it, "+answer+"; Realtime does not look",
			"set the clock of the machine that wrote it, or of this one")
		return true
	case d > 0:
		c.add(Note, claim, what+span(d)+" by the clock of this machine, within the 30 s by which clocks may differ", "")
	}
	return false
}

// time reads a claim as a NumericDate.
func (c *checker) time(name string) *time.Time {
	v, there := c.Claims[name]
	if !there {
		return nil
	}
	number, ok := v.(json.Number)
	if !ok {
		c.times.malformed = true
		c.add(Fault, name, name+" is "+kindOf(v)+", a number of seconds is expected: PostgREST refuses the token", "write the seconds since 1970 as a number")
		return nil
	}
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil || math.Abs(f) > lastSecond {
		message := name + " is beyond the year 9999"
		if f > 1e11 && f < 1e14 {
			message = name + " is in milliseconds, which makes it a time in the far future"
		}
		c.add(Fault, name, message, "write seconds since 1970")
		return nil
	}
	if f != math.Trunc(f) && name == "exp" {
		c.times.fraction = true
		c.add(Fault, name, name+" has a fraction of a second: newer versions of PostgREST read it as 0 and say JWT expired", "write whole seconds")
	}
	at := time.Unix(int64(f), 0).UTC()
	return &at
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

// span is a duration in the unit that suits it.
func span(d time.Duration) string {
	days := int(d.Hours() / 24)
	switch {
	case d < 0:
		return "0 s"
	case days >= 730:
		return fmt.Sprintf("%d years", days/365)
	case days >= 2:
		return fmt.Sprintf("%d days", days)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	}
	return fmt.Sprintf("%d s", int(d.Seconds()))
}

// kindOf names the JSON type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "a text"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	}
	return "an object"
}
