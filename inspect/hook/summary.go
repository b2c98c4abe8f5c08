package hook

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// A summary gathers the runs.
type summary struct {
	cat    *catalog.Catalog
	res    *Result
	opts   Options
	total  int // runs that count
	tokens int // with a claims object
	good   int // with a token that Auth accepts
	lost   int // that could not be followed to the end

	claims  map[string]*tally
	missing map[Missing]int
	nulls   map[Null]int
	shapes  map[Shape]int
	raises  map[Raise]int
	kept    int
	// unforeseen are the nulls that only an error nobody sees coming leads to
	unforeseen []Null
	roles      *tally
	ways       ways
}

// A tally is what the runs say of one claim.
type tally struct {
	path   []string
	n      int
	values []string
	open   bool // some value is not known
	null   bool
	kinds  kind
	from   []string
	vague  int
	at     catalog.Origin
}

func newSummary(c *catalog.Catalog, f *catalog.Function, o Options) *summary {
	return &summary{
		cat: c, res: &Result{Function: f}, opts: o, claims: map[string]*tally{}, missing: map[Missing]int{}, nulls: map[Null]int{},
		shapes: map[Shape]int{}, raises: map[Raise]int{}, roles: &tally{}, ways: ways{said: map[factKey]fact{}},
	}
}

// add takes one run in.
func (s *summary) add(o *outcome) {
	r := s.res
	for _, a := range o.reads {
		r.Reads = addAccess(r.Reads, a)
	}
	for _, a := range o.writes {
		r.Writes = addAccess(r.Writes, a)
	}
	for _, c := range o.calls {
		r.Calls = keep(r.Calls, c)
	}
	for _, x := range o.rows {
		r.Rows = keep(r.Rows, x)
	}
	for _, x := range o.oddities {
		r.Oddities = keep(r.Oddities, x)
	}
	if o.infeasible { // what it touched on its way is touched all the same
		return
	}
	if o.unforeseen { // counts for nothing but a null
		if o.raised == nil && o.digest != nil && o.digest.ending == nulled {
			n := nullOf(o.value.why, o.digest.at)
			n.Caught = true
			s.unforeseen = append(s.unforeseen, n)
		}
		return
	}
	s.total++
	for _, u := range o.unknown {
		s.unknown(u)
	}
	for _, x := range o.noEffects {
		s.noEffect(x)
	}
	switch {
	case o.raised != nil:
		e := o.raised
		s.raises[Raise{SQLState: e.state, Message: e.message, Name: e.name, Deliberate: e.deliberate, At: e.at}]++
	case o.digest == nil:
		s.lost++
	default:
		s.digest(o, o.digest)
	}
}

func addAccess(list []Access, a Access) []Access {
	for i, b := range list {
		if a.same(b) {
			list[i].Looped = b.Looped || a.Looped
			return list
		}
	}
	return append(list, a)
}

func (s *summary) unknown(u Unknown) { s.res.Unknown = keep(s.res.Unknown, u) }

func (s *summary) noEffect(x NoEffect) {
	if len(x.Path) > 0 && x.Path[0] == "claims" {
		x.Path, x.Cause = x.Path[1:], strings.TrimPrefix(x.Cause, "claims.")
	}
	if !slices.ContainsFunc(s.res.NoEffects, func(y NoEffect) bool { return y.At == x.At && slices.Equal(x.Path, y.Path) }) {
		s.res.NoEffects = append(s.res.NoEffects, x)
	}
	s.tally(x.Path, x.At)
}

func (s *summary) digest(o *outcome, d *digest) {
	switch d.ending {
	case unclear:
		s.lost++
	case refused:
		s.res.Refusals = keep(s.res.Refusals, Place{d.at})
	case nulled:
		s.nulls[nullOf(o.value.why, d.at)]++
	case shapeless:
		s.shapes[Shape{What: d.shape, At: d.at}]++
	case issued:
		s.token(o, d)
	}
}

func (s *summary) token(o *outcome, d *digest) {
	s.tokens++
	if d.vague {
		s.lost++
	}
	if len(d.missing) == 0 {
		s.good++
	}
	for _, x := range d.missing {
		s.missing[x]++
	}
	for _, x := range d.replaced {
		if !slices.ContainsFunc(s.res.Replaced, func(y Replaced) bool { return y.At == x.At && slices.Equal(x.Path, y.Path) }) {
			s.res.Replaced = append(s.res.Replaced, x)
		}
	}
	paths := map[string]bool{}
	for _, l := range d.written {
		paths[strings.Join(l.path, "\x00")] = true
	}
	s.ways.add(o.facts, paths)
	for _, l := range d.written {
		if len(l.path) == 1 && l.path[0] == "role" && d.roleKept {
			continue
		}
		s.tally(l.path, l.at).add(l)
	}
	if d.roleKept {
		s.kept++
	} else if d.role.path != nil {
		s.roles.add(d.role)
	}
}

func (s *summary) tally(path []string, at catalog.Origin) *tally {
	key := strings.Join(path, "\x00")
	t := s.claims[key]
	if t == nil {
		t = &tally{path: path, at: at}
		s.claims[key] = t
	}
	if compareAt(at, t.at) > 0 {
		t.at = at
	}
	return t
}

func (t *tally) add(l leaf) {
	t.n++
	if compareAt(l.at, t.at) > 0 {
		t.at = l.at
	}
	if l.vague {
		t.vague++
	}
	if l.kind&jnull != 0 {
		t.null = true
	}
	if l.kind == jnull {
		return
	}
	t.kinds |= l.kind &^ jnull
	switch {
	case l.s == nil || l.s.values == nil || l.kind&^(str|number|truth) != 0:
		t.open = true
	default:
		for _, v := range l.s.values {
			t.values = keep(t.values, v)
		}
	}
	if l.s != nil && l.s.from != "" {
		t.from = keep(t.from, l.s.from)
	}
}

// nullOf says how a null came about: the strict call that gave it, or what it
// was that was not there.
func nullOf(why *reason, at catalog.Origin) Null {
	n := Null{Cause: FromOther, Return: at}
	caught := false
	for why != nil && why.cause == FromStrict && why.origin != nil && reads[why.call] {
		caught = caught || why.caught
		why = why.origin
	}
	for why != nil && why.origin != nil && why.origin.cause == FromStrict && writers[why.origin.call] {
		why = why.origin // the first write that was given a null spoils those after it
	}
	if why == nil {
		return n
	}
	n.Cause, n.Call, n.At, n.Caught = why.cause, why.call, why.at, caught || why.caught
	path := why.path
	if len(path) > 0 && path[0] == "claims" {
		path = path[1:]
	}
	n.What = strings.Join(path, ".")
	return n
}

var (
	reads   = set("->", "->>", "#>", "#>>")
	writers = set("jsonb_set", "jsonb_set_lax", "jsonb_insert", "||", "-", "#-")
)

// when is how often something happens among so many runs.
func (s *summary) when(n, of int) When {
	switch {
	case n == 0 && s.lost > 0:
		return Unclear
	case n == 0:
		return Never
	case n >= of && s.lost == 0:
		return Always
	}
	return Sometimes
}

func comparePaths(a, b []string) int { return slices.Compare(a, b) }

func compareRaises(a, b Raise) int {
	return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.SQLState, b.SQLState), cmp.Compare(a.Message, b.Message))
}
