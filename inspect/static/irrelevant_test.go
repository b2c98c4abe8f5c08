package static_test

import (
	"os"
	"strings"
	"testing"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// Every kind of statement that the parser knows has a case of its own: handled,
// irrelevant or a gap.
func TestEveryStatementKindHasACase(t *testing.T) {
	var source strings.Builder
	for _, name := range []string{"dispatch.go", "irrelevant.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(text)
	}
	cases := strings.ToLower(source.String())
	fields := (&pg.Node{}).ProtoReflect().Descriptor().Oneofs().ByName("node").Fields()
	kinds := 0
	for i := range fields.Len() {
		name := string(fields.Get(i).Message().Name())
		if !strings.HasSuffix(name, "Stmt") {
			continue
		}
		kinds++
		// Go's names of the cases differ from the messages' in case only.
		kind := "*pg.node_" + strings.ToLower(name)
		if c := strings.Count(cases, kind+":") + strings.Count(cases, kind+","); c != 1 {
			t.Errorf("%s has %d cases in dispatch.go and irrelevant.go", name, c)
		}
	}
	if kinds < 100 {
		t.Errorf("only %d kinds of statement were found", kinds)
	}
}
