package static_test

import (
	"fmt"
	"os"
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
)

func TestS4Dev(t *testing.T) {
	text, err := os.ReadFile(os.Getenv("S4SQL"))
	if err != nil {
		t.Skip()
	}
	c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: text}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		fmt.Println("FAIL", f.Origin.Line, f.Origin.Column, f.SQLState, f.Message)
	}
	for _, g := range c.Gaps {
		fmt.Println("GAP", g.Origin.Line, g.Origin.Column, g.Object, g.Reason)
	}
	for tb := range c.Tables.All() {
		if !tb.Platform {
			fmt.Println("TABLE", tb.Name, "rls", tb.RLS.Value, tb.RLS.Known, "id", tb.Identity.Value, tb.Identity.Known, "unsure", tb.Unsure, tb.Origin.Line, tb.Origin.Column)
			for p := range tb.Policies() {
				fmt.Println("   POLICY", p.Name, p.Unsure, p.Origin)
			}
		}
	}
	for p := range c.Publications.All() {
		fmt.Println("PUB", p.Name, p.Unsure)
		for _, m := range p.Members {
			fmt.Println("   ", m.Table, m.Origin.Line, m.Origin.Column)
		}
	}
	for ty := range c.Types.All() {
		if !ty.Platform {
			fmt.Println("TYPE", ty.Name, ty.Labels, ty.Unsure)
		}
	}
}
