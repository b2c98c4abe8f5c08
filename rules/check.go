package rules

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"policylint/inspect/catalog"
)

// checkAll runs the rules of the passes, two at a time: by then the second half
// of a small machine has nothing else to do. Each of the two has a view of the
// catalog, for what is worked out once and kept, so more of them would work
// more out anew than they gain; rules that ask the judge of access have one for
// all. A comparison has further catalogs and few rules, which run one by one.
func checkAll(c *catalog.Catalog, passes []*Pass) {
	lanes := min(2, runtime.GOMAXPROCS(0))
	for _, p := range passes {
		if p.rule.Needs&NeedsComparison != 0 {
			lanes = 1
		}
	}
	shared := newIndex(c) // writes the policies out for the views, too
	var judging, others []*Pass
	for _, p := range passes {
		if p.index = shared; p.rule.Access {
			judging = append(judging, p)
		} else {
			others = append(others, p)
		}
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for lane := range lanes {
		view := c.View()
		wait.Go(func() {
			if lane == 0 {
				for _, p := range judging {
					p.checkOn(view)
				}
			}
			for i := next.Add(1) - 1; i < int64(len(others)); i = next.Add(1) - 1 {
				others[i].checkOn(view)
			}
		})
	}
	wait.Wait()
}

// checkOn runs the rule on a view of the catalog.
func (p *Pass) checkOn(view *catalog.Catalog) {
	p.Catalog = view
	p.check()
}

// check runs the rule and notes how it panicked.
func (p *Pass) check() {
	defer func() {
		if r := recover(); r != nil {
			p.fault = fmt.Sprint(r)
		}
	}()
	p.rule.Check(p)
}
