package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// sources are the flags that name what is read.
var sources = []string{"db", "against", "snapshot", "fleet", "token"}

// checkFlags refuses a source that was given and is empty, as from a variable
// that is not set: something else would be read in its place, and be found
// clean. It refuses times that are over before they begin.
func checkFlags(c *cobra.Command, _ []string) (err error) {
	c.Flags().Visit(func(f *pflag.Flag) {
		if !slices.Contains(sources, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			if strings.TrimSpace(v) == "" {
				err = usage("--%s is empty: is the variable set that it comes from?", f.Name)
			}
		}
	})
	for _, name := range []string{"timeout", "connect-timeout"} {
		if d, e := c.Flags().GetDuration(name); err == nil && e == nil && d <= time.Duration(0) {
			err = usage("--%s is %s: give a time such as 30s or 2m", name, d)
		}
	}
	return err
}
