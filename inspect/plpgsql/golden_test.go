package plpgsql_test

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/plpgsql"
)

var update = flag.Bool("update", false, "rewrite the golden files in the archives")

// TestParse compares each body's statements with the golden file behind it.
func TestParse(t *testing.T) {
	for _, name := range []string{"do.txtar", "trigger.txtar", "function.txtar", "refused.txtar"} {
		t.Run(strings.TrimSuffix(name, ".txtar"), func(t *testing.T) { golden(t, filepath.Join("testdata", name)) })
	}
}

func golden(t *testing.T, path string) {
	ar := readArchive(t, path)
	want := make(map[string]string)
	var files []file
	for _, f := range ar.files {
		name, ok := strings.CutSuffix(f.name, ".sql")
		if !ok {
			want[f.name] = f.data
			continue
		}
		got := outcome(t, f.data, strings.Contains(path, "refused"))
		files = append(files, f, file{name + ".golden", got})
	}
	if *update {
		ar.files = files
		if err := ar.write(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, f := range files {
		if g, ok := strings.CutSuffix(f.name, ".golden"); ok {
			t.Run(g, func(t *testing.T) {
				if diff := cmp.Diff(want[f.name], f.data); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			})
		}
	}
}

func outcome(t *testing.T, sql string, refused bool) string {
	f, err := plpgsql.Parse(source(t, sql))
	if refused != (err != nil) {
		t.Errorf("error is %v for\n%s", err, sql)
	}
	if err != nil {
		var e *plpgsql.Error
		if !errors.As(err, &e) {
			t.Fatalf("%T is no *plpgsql.Error", err)
		}
		return fmt.Sprintf("%d:%d: %s\n", e.Line, e.Column, e.Message)
	}
	d := dumper{text: f.Text}
	for _, decl := range f.Decls {
		if !decl.Implicit {
			d.printf(0, "%s", d.decl(decl))
		}
	}
	d.stmt(0, f.Body)
	return d.String()
}

// A dumper prints statements as an indented tree, every field that is set.
type dumper struct {
	strings.Builder
	text string
}

func (d *dumper) printf(depth int, format string, args ...any) {
	fmt.Fprintf(d, strings.Repeat("  ", depth)+format+"\n", args...)
}

func (d *dumper) stmt(depth int, s plpgsql.Stmt) {
	v := reflect.ValueOf(s).Elem()
	d.printf(depth, "%s line %d%s", v.Type().Name(), s.At().Line, d.scalars(v))
	d.nested(depth+1, v)
}

// scalars prints the fields that fit into the line of the statement.
func (d *dumper) scalars(v reflect.Value) string {
	var b strings.Builder
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		if f.IsZero() || name == "Pos" || name == "Line" {
			continue
		}
		switch x := f.Interface().(type) {
		case plpgsql.Fragment:
			fmt.Fprintf(&b, " %s=%s", name, d.fragment(x))
		case *plpgsql.Fragment:
			fmt.Fprintf(&b, " %s=%s", name, d.fragment(*x))
		case []plpgsql.Fragment:
			for _, f := range x {
				fmt.Fprintf(&b, " %s+=%s", name, d.fragment(f))
			}
		case plpgsql.Target:
			fmt.Fprintf(&b, " %s=%s", name, d.target(x))
		case []plpgsql.Target:
			for _, t := range x {
				fmt.Fprintf(&b, " %s+=%s", name, d.target(t))
			}
		case *plpgsql.Decl:
			fmt.Fprintf(&b, " %s={%s}", name, d.decl(x))
		case []plpgsql.CursorArg, []plpgsql.RaiseOption, []plpgsql.Diagnostic:
			for i := range f.Len() {
				fmt.Fprintf(&b, " %s+={%s }", name, d.scalars(f.Index(i)))
			}
		case string, bool, int, []string:
			fmt.Fprintf(&b, " %s=%v", name, x)
		}
	}
	return b.String()
}

// nested prints declarations and the statements inside, in order.
func (d *dumper) nested(depth int, v reflect.Value) {
	for i := range v.NumField() {
		switch x := v.Field(i).Interface().(type) {
		case []*plpgsql.Decl:
			for _, decl := range x {
				if !decl.Implicit {
					d.printf(depth, "%s", d.decl(decl))
				}
			}
		case []plpgsql.Stmt:
			if name := v.Type().Field(i).Name; name == "Else" && len(x) > 0 {
				d.printf(depth-1, "Else")
			}
			for _, s := range x {
				d.stmt(depth, s)
			}
		case []*plpgsql.Elsif, []*plpgsql.When, []*plpgsql.Handler:
			for j := range v.Field(i).Len() {
				e := v.Field(i).Index(j).Elem()
				d.printf(depth-1, "%s line %d%s", e.Type().Name(), e.FieldByName("Line").Int(), d.scalars(e))
				d.nested(depth, e)
			}
		}
	}
}

func (d *dumper) fragment(f plpgsql.Fragment) string {
	line, column := plpgsql.Position(d.text, f.Offset)
	return fmt.Sprintf("%q@%d:%d", f.Text, line, column)
}

func (d *dumper) target(t plpgsql.Target) string {
	s := t.Name
	for _, p := range t.Path {
		switch {
		case p.Field != "":
			s += "." + p.Field
		case p.Slice:
			s += "[slice]"
		default:
			s += "[" + p.Index.Text + "]"
		}
	}
	return s
}

func (d *dumper) decl(v *plpgsql.Decl) string {
	kind := [...]string{"var", "row", "record", "cursor", "alias"}[v.Kind]
	s := fmt.Sprintf("%s %s", kind, v.Name)
	if v.Type != "" {
		s += fmt.Sprintf(" %q", v.Type)
	}
	if v.Line > 0 {
		s += fmt.Sprintf(" line %d", v.Line)
	}
	if v.Constant {
		s += " constant"
	}
	if v.NotNull {
		s += " not null"
	}
	if v.Alias != nil {
		s += " for " + v.Alias.Name
	}
	for _, p := range v.Params {
		s += " (" + d.decl(p) + ")"
	}
	if v.Default != nil {
		s += " := " + d.fragment(*v.Default)
	}
	if v.Query != nil {
		s += " for " + d.fragment(*v.Query)
	}
	return s
}
