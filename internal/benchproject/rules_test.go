package benchproject_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/benchproject"
	"policylint/internal/pgtest"
	"policylint/rules"
	_ "policylint/rules/all"
)

// BenchmarkRules runs all rules over projects of two sizes, one ten times the
// other, and prints what processor time that takes as a part of what reading
// the migrations took, and which rules took most of it. A rule that takes much more than ten
// times as long for the larger project is quadratic.
func BenchmarkRules(b *testing.B) {
	for _, statements := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(statements), func(b *testing.B) {
			project := benchproject.New(statements/20, statements)
			var cat *catalog.Catalog
			var read, judged time.Duration
			for b.Loop() {
				start := spent()
				var err error
				if cat, err = static.Load(project, static.Options{Platform: platform.OldDefaults}); err != nil {
					b.Fatal(err)
				}
				read += spent() - start
				start = spent()
				rules.Run(cat, nil, rules.Selection{Preset: rules.Audit})
				judged += spent() - start
			}
			b.ReportMetric(float64(judged)/float64(read), "×read")
			worst(b, cat)
		})
	}
}

// BenchmarkRulesOnDatabase runs all rules on what was read of a database of
// 1,000 tables and 4,000 policies, and prints the same.
func BenchmarkRulesOnDatabase(b *testing.B) {
	ctx := context.Background()
	conn := pgtest.Platform(b, platform.OldDefaults)
	project := benchproject.Text(benchproject.New(1, 16_000))
	if _, err := conn.PgConn().Exec(ctx, project+fourthPolicies).ReadAll(); err != nil {
		b.Fatal(err)
	}
	var cat *catalog.Catalog
	var read, judged time.Duration
	for b.Loop() {
		tx, err := conn.Begin(ctx)
		if err != nil {
			b.Fatal(err)
		}
		start := spent()
		begun := time.Now()
		if cat, err = live.Load(ctx, tx, live.Options{}); err != nil {
			b.Fatal(err)
		}
		read += max(spent()-start, time.Since(begun)) // the server's work is part of reading
		_ = tx.Rollback(ctx)
		start = spent()
		rules.Run(cat, nil, rules.Selection{Preset: rules.Audit})
		judged += spent() - start
	}
	policies := 0
	for t := range cat.Tables.All() {
		policies += len(slices.Collect(t.Policies()))
	}
	b.ReportMetric(float64(policies), "policies")
	b.ReportMetric(float64(judged)/float64(read), "×read")
	worst(b, cat)
}

const fourthPolicies = `
do $$ declare t regclass; begin
  for t in select oid from pg_catalog.pg_class where relname like 'item\_%' and relkind = 'r' loop
    execute format('create policy "owners remove" on %s for delete to authenticated using (owner_id = (select auth.uid()))', t);
  end loop;
end $$;`

// worst prints the rules that take longest on a catalog whose shared questions
// were asked before.
func worst(b *testing.B, cat *catalog.Catalog) {
	type took struct {
		id string
		d  time.Duration
	}
	var list []took
	for _, r := range rules.All() {
		start := spent()
		rules.Run(cat, nil, rules.Selection{Only: []string{r.ID}})
		list = append(list, took{r.ID, spent() - start})
	}
	slices.SortFunc(list, func(x, y took) int { return cmp.Compare(y.d, x.d) })
	for _, t := range list[:5] {
		b.Logf("%-34s %s", t.id, t.d.Round(10*time.Microsecond))
	}
}
