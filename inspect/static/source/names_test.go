package source

import (
	"regexp"
	"testing"
)

// TestNames holds what is read of names against the regular expressions that
// the tools use.
func TestNames(t *testing.T) {
	supabase := regexp.MustCompile(`^[0-9]+_.*\.sql$`)
	flyway := regexp.MustCompile(`^[VRU][0-9._]*__.*\.sql$`)
	back := regexp.MustCompile(`(?i)(^|[._-])(down|rollback|undo)\.sql$|^U[0-9._]*__`)
	init := regexp.MustCompile(`^([0-9]{14})_init\.sql$`)
	parts := []string{"", "1", "20200101000000", "V1", "u2.1", "R", "_", "__", ".", "a", "down", "Undo", "rollback", "init", "-", "\n"}
	for _, a := range parts {
		for _, b := range parts {
			for _, c := range parts {
				for _, end := range []string{".sql", ".SQL", ""} {
					name := a + b + c + end
					m := init.FindStringSubmatch(name)
					for _, x := range []struct {
						what      string
						got, want bool
					}{
						{"supabaseFile", supabaseFile(name), supabase.MatchString(name)},
						{"flywayFile", flywayFile(name), flyway.MatchString(name)},
						{"goingBack", goingBack(name), back.MatchString(name)},
						{"oldInit", oldInit(name), m != nil && m[1] < lastInit},
					} {
						if x.got != x.want {
							t.Errorf("%s(%q) is %t", x.what, name, x.got)
						}
					}
				}
			}
		}
	}
}
