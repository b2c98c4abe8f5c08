package difftest

// A mark is what was there at the beginning of a transaction, or at a
// savepoint.
type mark struct {
	savepoint bool
	world     world
}

// transaction is one statement of transaction control. Within a transaction it
// is one that the server takes: what is refused there ends the transaction.
func (g *Generator) transaction() string {
	if len(g.marks) == 0 {
		s := one(g, "begin", "begin", "begin", "start transaction", "commit", "savepoint s")
		if s == "begin" || s == "start transaction" {
			g.marks = []mark{{world: g.world.clone()}}
		}
		return s
	}
	last := g.marks[len(g.marks)-1]
	switch {
	case g.chance(30):
		g.marks = append(g.marks, mark{true, g.world.clone()})
		return "savepoint s"
	case last.savepoint && g.chance(40):
		g.world = last.world.clone()
		return "rollback to s"
	case last.savepoint && g.chance(40):
		g.marks = g.marks[:len(g.marks)-1]
		return "release s"
	case g.chance(40):
		g.world = g.marks[0].world
		g.marks = nil
		return "rollback"
	}
	g.marks = nil
	return "commit"
}

// End is what is left to say at the end of a migration: nothing, or COMMIT.
func (g *Generator) End() string {
	if len(g.marks) == 0 {
		return ""
	}
	g.marks = nil
	return "commit"
}

// local is a setting until the end of the transaction.
func (g *Generator) local() string {
	return one(g, "set local search_path = ''", "set local role anon", "set local search_path to app, public")
}
