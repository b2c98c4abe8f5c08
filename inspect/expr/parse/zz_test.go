package parse
import ("testing";"fmt";"policylint/inspect/static/platform";"policylint/internal/benchproject";"github.com/pganalyze/pg_query_go/v5/parser"; pg "github.com/pganalyze/pg_query_go/v5")
func TestZ(t *testing.T){ for _,s:=range []string{platform.SQL(0),benchproject.Text(benchproject.New(1,32))} { j,_:=parser.ParseToJSON(s); d:=&decoder{text:j,sql:s}; ok:=readParseResult(d,&pg.ParseResult{}); fmt.Println(ok,d.zeros,d.minus(),len(s),len(j)); if !ok { fmt.Println(j[max(0,d.pos-300):d.pos+100]) } } }
func BenchmarkZ(b *testing.B){ s:=benchproject.Text(benchproject.New(1,32)); j,_:=parser.ParseToJSON(s); b.SetBytes(int64(len(s))); b.ReportAllocs(); for b.Loop() { d:=&decoder{text:j,sql:s}; readParseResult(d,&pg.ParseResult{}) } }
