package plpgsql_test

import (
	"fmt"

	"policylint/inspect/plpgsql"
)

// A reader of DO blocks looks for SQL, static and computed, and at what can
// keep it from running.
func ExampleParse() {
	f, err := plpgsql.Parse(plpgsql.Source{Kind: plpgsql.Do, Body: `
declare t text;
begin
  foreach t in array array['tickets', 'messages'] loop
    execute format('alter publication supabase_realtime add table public.%I', t);
  end loop;
exception when duplicate_object then null;
end`})
	if err != nil {
		fmt.Println(err)
		return
	}
	f.Walk(func(s plpgsql.Stmt, in *plpgsql.Scope) bool {
		switch s := s.(type) {
		case *plpgsql.Block:
			fmt.Println("survives 42710:", len(s.Handlers) > 0 && s.Handlers[0].Catches("42710"))
		case *plpgsql.ForEach:
			fmt.Println(s.Vars[0].Name, "in", s.Array.Text)
		case *plpgsql.Execute:
			line, column := plpgsql.Position(f.Text, s.Query.Offset)
			d, _ := in.Lookup("t")
			fmt.Printf("%d:%d: %s, t is %s\n", line, column, s.Query.Text, d.Type)
		}
		return true
	})
	// Output:
	// survives 42710: true
	// t in array['tickets', 'messages']
	// 5:13: format('alter publication supabase_realtime add table public.%I', t), t is text
}
