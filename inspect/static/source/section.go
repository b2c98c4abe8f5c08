package source

import "strings"

// markers are the comments by which migration tools divide a file into what
// goes forward and what goes back: dbmate, goose and sql-migrate.
var markers = []struct {
	text string
	down bool
}{
	{"migrate:up", false}, {"migrate:down", true},
	{"+goose up", false}, {"+goose down", true},
	{"+migrate up", false}, {"+migrate down", true},
}

// A span is a piece of a text.
type span struct{ start, end int }

// sections returns the parts of a file that go forward, and the parts that go
// back.
func sections(text string) (forward, back []span) {
	start, down := 0, false
	cut := func(at int) {
		if part := (span{start, at}); down {
			back = append(back, part)
		} else if at > start {
			forward = append(forward, part)
		}
		start = at
	}
	if strings.Contains(text, "migrate") || strings.Contains(text, "+goose") {
		for at := 0; at < len(text); {
			end := at + strings.IndexByte(text[at:], '\n') + 1
			if end == at {
				end = len(text)
			}
			if d, ok := marker(text[at:end]); ok {
				cut(at)
				down = d
			}
			at = end
		}
	}
	cut(len(text))
	return forward, back
}

func marker(line string) (down, ok bool) {
	c, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
	if !ok {
		return false, false
	}
	c = strings.ToLower(strings.TrimSpace(c))
	for _, m := range markers {
		if rest, found := strings.CutPrefix(c, m.text); found && (rest == "" || rest[0] == ' ') {
			return m.down, true
		}
	}
	return false, false
}
