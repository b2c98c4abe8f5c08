package expr

// A Kinds is a set of the kinds of node that an expression has in it, for
// passing over expressions that cannot be what one looks for.
type Kinds uint16

// The kinds that are told apart.
const (
	HasClaim    Kinds = 1 << iota // a Claim
	HasSetting                    // a Setting
	HasCall                       // a Call
	HasQuery                      // a Query
	HasNullTest                   // an IsNull
	HasPattern                    // a Compare with LIKE or ILIKE
	HasCast                       // a Cast
	HasConst                      // a Const
	// HasNullSafe is a node whose value can be known where a claim in it is
	// null: a test, a choice, a sub-select, or what a function does.
	HasNullSafe

	Anything Kinds = 0 // of every expression
)

// Any reports whether one of the others is in the set; none is in every set.
func (k Kinds) Any(others Kinds) bool { return others == Anything || k&others != 0 }

// KindsOf are the kinds of the nodes of e, and the claims among them in order
// of appearance, added to a list.
func KindsOf(e Expr, claims []*Claim) (Kinds, []*Claim) {
	var k Kinds
	Walk(e, func(x Expr) bool {
		switch x := x.(type) {
		case *Claim:
			k |= HasClaim
			claims = append(claims, x)
		case *Setting:
			k |= HasSetting
		case *Call:
			k |= HasCall | HasNullSafe
		case *Query:
			k |= HasQuery | HasNullSafe
		case *IsNull:
			k |= HasNullTest | HasNullSafe
		case *IsDistinct, *BoolTest, *Coalesce, *Case, *AnyOf, *Row, *Opaque:
			k |= HasNullSafe
		case *Cast:
			k |= HasCast
		case *Const:
			k |= HasConst
		case *Compare:
			if x.Op == "~~" || x.Op == "~~*" {
				k |= HasPattern
			}
		}
		return true
	})
	return k, claims
}
