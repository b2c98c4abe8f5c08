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
	// transactions allows BEGIN, COMMIT and ROLLBACK, and nothing about roles,
	// which all databases of a server share.
	transactions bool
	marks        []mark
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
	mode   mode
}

// mode says when a kind of statement is used.
type mode int

const (
	always mode = iota
	inside      // a transaction that takes everything back
	own         // transactions of the migration's own
)

var all = []weighted{
	{8, (*Generator).createTable, always}, {2, (*Generator).createPartition, always}, {2, (*Generator).createTableLike, always},
	{14, (*Generator).alterTable, always}, {8, (*Generator).alterColumn, always}, {6, (*Generator).alterConstraint, always},
	{3, (*Generator).dropTable, always}, {5, (*Generator).createIndex, always}, {2, (*Generator).dropIndex, always},
	{5, (*Generator).createView, always}, {3, (*Generator).alterView, always}, {2, (*Generator).dropView, always},
	{3, (*Generator).sequence, always}, {5, (*Generator).createType, always}, {4, (*Generator).alterType, always}, {2, (*Generator).dropType, always},
	{7, (*Generator).createFunction, always}, {4, (*Generator).alterFunction, always}, {3, (*Generator).dropFunction, always},
	{5, (*Generator).createTrigger, always}, {3, (*Generator).alterTrigger, always},
	{12, (*Generator).createPolicy, always}, {6, (*Generator).alterPolicy, always}, {3, (*Generator).dropPolicy, always},
	{12, (*Generator).publication, always}, {4, (*Generator).createPublication, always},
	{3, (*Generator).createRole, inside}, {5, (*Generator).alterRole, inside}, {3, (*Generator).membership, inside},
	{14, (*Generator).grant, always}, {8, (*Generator).revoke, always}, {6, (*Generator).defaultPrivileges, always},
	{4, (*Generator).schema, always}, {3, (*Generator).session, always}, {4, (*Generator).comment, always}, {8, (*Generator).do, always},
	{3, (*Generator).rename, always}, {3, (*Generator).owner, always}, {3, (*Generator).move, always},
	{25, (*Generator).transaction, own}, {3, (*Generator).local, own},
}

func (g *Generator) kind() func(*Generator) string {
	not := own
	if g.transactions {
		not = inside
	}
	total := 0
	for _, w := range all {
		if w.mode != not {
			total += w.weight
		}
	}
	n := g.r.IntN(total)
	for _, w := range all {
		if w.mode == not {
			continue
		}
		if n -= w.weight; n < 0 {
			return w.make
		}
	}
	return (*Generator).createTable
}
