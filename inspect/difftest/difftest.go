// Package difftest makes random but plausible migrations, to hold the static
// reader against a server: each statement must be accepted by both, or refused
// by both with the same SQLSTATE, and the two catalogs must be equal.
package difftest

import (
	"math/rand/v2"
	"strings"
)

// A Generator makes statements that refer to what the statements before them
// made. Whoever runs them says with Undo which were refused.
type Generator struct {
	r *rand.Rand
	world
	before world // the last statement
	// missing is set when a statement would refer to something of which there
	// is none; most such statements are not worth running.
	missing bool
	// transactions allows BEGIN, COMMIT and ROLLBACK.
	transactions bool
}

// New returns a generator for a seed. The same seed gives the same statements.
func New(seed uint64, transactions bool) *Generator {
	g := &Generator{r: rand.New(rand.NewPCG(seed, 2026)), transactions: transactions}
	g.schemas = []string{"public"}
	g.roles = []string{"anon", "authenticated", "service_role", "postgres"}
	g.publications = []string{"supabase_realtime"}
	return g
}

// Next returns a statement, without semicolon.
func (g *Generator) Next() string {
	for {
		g.before = g.world.clone()
		make := g.kind()
		if len(g.tables) < 2 && g.chance(70) {
			make = (*Generator).createTable
		}
		g.missing = false
		if s := make(g); s != "" && (!g.missing || g.chance(10)) {
			return s
		}
		g.Undo()
	}
}

// Undo forgets what the last statement was thought to do: the server refused
// it.
func (g *Generator) Undo() { g.world = g.before }

// Join makes a file of statements, each on lines of its own.
func Join(statements []string) string {
	var b strings.Builder
	for _, s := range statements {
		b.WriteString(s)
		b.WriteString(";\n")
	}
	return b.String()
}

// weighted is a kind of statement and how often it comes, relative to others.
type weighted struct {
	weight int
	make   func(*Generator) string
}

var all = []weighted{
	{8, (*Generator).createTable}, {2, (*Generator).createPartition}, {2, (*Generator).createTableLike},
	{14, (*Generator).alterTable}, {8, (*Generator).alterColumn}, {6, (*Generator).alterConstraint},
	{3, (*Generator).dropTable}, {5, (*Generator).createIndex}, {2, (*Generator).dropIndex},
	{5, (*Generator).createView}, {3, (*Generator).alterView}, {2, (*Generator).dropView},
	{3, (*Generator).sequence}, {5, (*Generator).createType}, {4, (*Generator).alterType}, {2, (*Generator).dropType},
	{7, (*Generator).createFunction}, {4, (*Generator).alterFunction}, {3, (*Generator).dropFunction},
	{5, (*Generator).createTrigger}, {3, (*Generator).alterTrigger},
	{12, (*Generator).createPolicy}, {6, (*Generator).alterPolicy}, {3, (*Generator).dropPolicy},
	{12, (*Generator).publication}, {4, (*Generator).createPublication},
	{3, (*Generator).createRole}, {5, (*Generator).alterRole}, {3, (*Generator).membership},
	{14, (*Generator).grant}, {8, (*Generator).revoke}, {6, (*Generator).defaultPrivileges},
	{4, (*Generator).schema}, {3, (*Generator).session}, {4, (*Generator).comment}, {8, (*Generator).do},
	{3, (*Generator).rename}, {3, (*Generator).owner}, {3, (*Generator).move},
	{2, (*Generator).transaction},
}

func (g *Generator) kind() func(*Generator) string {
	total := 0
	for _, w := range all {
		total += w.weight
	}
	n := g.r.IntN(total)
	for _, w := range all {
		if n -= w.weight; n < 0 {
			return w.make
		}
	}
	return (*Generator).createTable
}

// transaction is one statement of transaction control.
func (g *Generator) transaction() string {
	if !g.transactions {
		return ""
	}
	return one(g, "begin", "commit", "rollback", "savepoint s", "rollback to s", "release s", "commit", "start transaction")
}
