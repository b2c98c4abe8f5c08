package static_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
)

func TestZZ(t *testing.T) {
	b, _ := os.ReadFile("/tmp/live/like.sql")
	c, _ := static.Load(fstest.MapFS{"1.sql": {Data: b}}, static.Options{})
	for _, f := range c.Failures {
		fmt.Println(f.Origin.Line, f.SQLState, f.Message)
	}
	for _, l := range catalog.Describe(c) {
		if strings.Contains(l, "public.a1") || strings.Contains(l, "public.tickets") {
			fmt.Println(l)
		}
	}
}
