package plpgsql_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/plpgsql"
)

// TestFragmentsStandWhereTheySay holds for every body of the corpus: text and
// offset agree, and statements lie inside those around them.
func TestFragmentsStandWhereTheySay(t *testing.T) {
	for _, e := range corpus(t, "do.txtar", "trigger.txtar", "function.txtar") {
		src := source(t, e.sql)
		f, err := plpgsql.Parse(src)
		if err != nil {
			t.Errorf("%s: %v", e, err)
			continue
		}
		checkPlaces(t, e.String(), f)
	}
}

func checkPlaces(t *testing.T, name string, f *plpgsql.Function) {
	t.Helper()
	list := f.Fragments()
	for i, fr := range list {
		if i > 0 && fr.Offset < list[i-1].Offset {
			t.Errorf("%s: fragments are not in order at %q", name, fr.Text)
		}
		if fr.Offset < 0 || fr.End() > len(f.Text) {
			t.Errorf("%s: %q is out of the body: %d", name, fr.Text, fr.Offset)
			continue
		}
		got := f.Text[fr.Offset:fr.End()]
		for j := range fr.Text {
			if fr.Text[j] != got[j] && fr.Text[j] != ' ' {
				t.Errorf("%s: the body has %q where the fragment is %q", name, got, fr.Text)
				break
			}
		}
	}
	var check func(s plpgsql.Stmt)
	check = func(s plpgsql.Stmt) {
		at := s.At()
		if line, _ := plpgsql.Position(f.Text, at.Offset); at.End < at.Offset || at.Line < line || at.End > len(f.Text) {
			t.Errorf("%s: %T at %+v", name, s, at)
		}
		for _, b := range plpgsql.Bodies(s) {
			for _, in := range b.Stmts {
				if p := in.At(); p.Offset < at.Offset || p.End > at.End {
					t.Errorf("%s: %T %+v is not inside %T %+v", name, in, p, s, at)
				}
				check(in)
			}
		}
	}
	check(f.Body)
}

const scopes = `<<b>>
declare r record; n int; t public.tickets;
begin
  perform 'outer';
  <<l>> for i in 1..3 loop
    declare n text;
    begin
      perform 'inner';
    end;
  end loop;
exception when others then
  perform 'handler';
end b`

// TestScope looks names up at the three PERFORMs above.
func TestScope(t *testing.T) {
	f, err := plpgsql.Parse(plpgsql.Source{Name: "f", Body: scopes, Returns: "void",
		Args: []plpgsql.Arg{{Name: "n", Type: "uuid"}, {Type: "jsonb"}}})
	if err != nil {
		t.Fatal(err)
	}
	at := make(map[string]*plpgsql.Scope)
	f.Walk(func(s plpgsql.Stmt, in *plpgsql.Scope) bool {
		if p, ok := s.(*plpgsql.Perform); ok {
			at[strings.Trim(p.Query.Text, "'")] = in
		}
		return true
	})
	for _, c := range []struct{ place, name, want string }{
		{"outer", "n", "int"},
		{"outer", "b.n", "int"},
		{"outer", "f.n", "uuid"},
		{"outer", "$1", "uuid"},
		{"outer", "$2", "jsonb"},
		{"outer", "i", "-"},
		{"outer", "sqlerrm", "-"},
		{"outer", "found", "boolean"},
		{"outer", "r.anything", "record .anything"},
		{"outer", "b.t.title", "public.tickets .title"},
		{"outer", "n.field", "-"},
		{"inner", "n", "text"},
		{"inner", "b.n", "int"},
		{"inner", "i", "integer"},
		{"inner", "l.i", "integer"},
		{"handler", "n", "int"},
		{"handler", "sqlstate", "text"},
		{"handler", "b.sqlerrm", "text"},
		{"handler", "i", "-"},
	} {
		d, rest := at[c.place].Lookup(strings.Split(c.name, ".")...)
		got := "-"
		if d != nil {
			got = strings.TrimSpace(d.Resolve().Type + " " + strings.Join(append([]string{""}, rest...), "."))
			got = strings.TrimSuffix(got, " .")
		}
		if got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.name, c.place, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"$1", "$2", "found", "n", "r", "t"}, at["outer"].Names()); diff != "" {
		t.Errorf("names (-want +got)\n%s", diff)
	}
}

// TestWalkStops leaves out what is inside a statement that visit declines.
func TestWalkStops(t *testing.T) {
	f, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: "begin if true then perform 1; end if; null; end"})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	f.Walk(func(s plpgsql.Stmt, _ *plpgsql.Scope) bool {
		_, branch := s.(*plpgsql.If)
		kinds = append(kinds, strings.TrimPrefix(strings.TrimPrefix(typeName(s), "*"), "plpgsql."))
		return !branch
	})
	if want := []string{"Block", "If", "Null"}; !slices.Equal(kinds, want) {
		t.Errorf("visited %v, want %v", kinds, want)
	}
}

// TestTargets looks at what is written, as names and paths.
func TestTargets(t *testing.T) {
	const body = `declare r record; a int[]; "A b" text; al alias for r;
begin
  r.x := 1; a[1+1][2:] := 2; "A b" := 'x'; al.y.z[0].w := 3;
end`
	f, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range f.Body.Body {
		target := s.(*plpgsql.Assign).Target
		if body[target.Offset:target.Offset+len(target.Text)] != target.Text {
			t.Errorf("%q is not at %d", target.Text, target.Offset)
		}
		line := target.Name + " of " + target.Decl.Resolve().Name
		for _, p := range target.Path {
			switch {
			case p.Slice && p.Upper == nil:
				line += " [" + p.Index.Text + ":]"
			case p.Field != "":
				line += " ." + p.Field
			default:
				line += " [" + p.Index.Text + "]"
			}
		}
		got = append(got, line)
	}
	want := []string{"r of r .x", "a of a [1+1] [2:]", "A b of A b", "al of r .y .z [0] .w"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPlaces wants exact lines and columns after CRLF, tabs and characters of
// more than one byte.
func TestPlaces(t *testing.T) {
	body := "\r\nbegin\r\n\traise notice 'größe'; alter publication p add table t;\r\n  perform\r\n    f('é'), x;\r\nend"
	f, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		Text         string
		Line, Column int
	}
	var got []place
	for _, fr := range f.Fragments() {
		line, column := plpgsql.Position(body, fr.Offset)
		got = append(got, place{fr.Text, line, column})
	}
	want := []place{{"alter publication p add table t", 3, 24}, {"f('é'), x", 5, 5}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
