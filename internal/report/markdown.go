package report

import (
	"fmt"
	"html"
	"io"
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// CommentLimit is the most characters that a comment on GitHub may have;
// GitLab takes more.
const CommentLimit = 65536

// marker lets a script find its comment again, to edit it instead of adding
// another.
const marker = "<!-- policylint -->\n"

// atOnce is how many findings of a rule are shown without a click.
const atOnce = 5

// Markdown writes a comment for a pull request, of at most limit characters.
// What does not fit is counted, by rule, where it is missing.
func Markdown(w io.Writer, res *rules.Result, limit int) error {
	c := &comment{left: limit - len(marker)}
	c.section("policylint", res)
	_, err := io.WriteString(w, marker+c.String())
	return err
}

// FleetMarkdown writes one comment about all databases, of at most limit
// characters: a line for each, and what was found in as much room as is left.
func FleetMarkdown(w io.Writer, members []Member, limit int) error {
	c := &comment{left: limit - len(marker)}
	c.add("### policylint\n\n")
	for i, m := range members {
		line := "- " + mdCode(m.Name) + ": " + m.line()
		if m.Result == nil {
			line += ": " + mdText(m.Err)
		}
		if rest := fmt.Sprintf("- and %d more, not shown\n", len(members)-i); !c.fits(line+"\n", len(rest)+1) {
			c.add(rest)
			break
		}
		c.add(line + "\n")
	}
	c.add("\n")
	for i, m := range members {
		if m.Result == nil {
			continue
		}
		part := &comment{left: c.left / (len(members) - i)}
		part.section(m.Name, m.Result)
		c.add(part.String())
	}
	_, err := io.WriteString(w, marker+c.String())
	return err
}

// comment is text that may not become longer than what is left.
type comment struct {
	strings.Builder
	left int
}

// fits reports whether there is room for more, and for so many bytes behind
// it. Bytes are counted: there are never fewer of them than characters.
func (c *comment) fits(s string, behind int) bool { return len(s)+behind <= c.left }

func (c *comment) add(s string) {
	if c.fits(s, 0) {
		c.WriteString(s)
		c.left -= len(s)
	}
}

// section is one run.
func (c *comment) section(title string, res *rules.Result) {
	line := tally(res.Summary)
	if line == "" {
		line = "no problems"
	}
	c.add("### " + mdText(title) + ": " + line + "\n\n")
	c.add("In " + mdText(scope(res.Source)+against(res)+asideAll(res)) + ".\n\n")
	groups := groupByRule(res.Findings)
	all := unshown{map[string]int{}, len(res.Findings)}
	for _, f := range res.Findings {
		all.findings[f.Rule.ID]++
	}
	behind := len(all.String()) // the longest that the notice can become
	rest := unshown{findings: map[string]int{}}
	for _, g := range groups {
		c.group(g, res.Source, behind, &rest)
	}
	if res.Since != nil {
		c.list(count(len(res.Since.Fixed), "finding")+" fixed", lines(res.Since.Fixed, res.Source), behind)
	}
	var gaps []string
	for _, g := range res.Gaps {
		where := ""
		if !g.Origin.IsZero() {
			where = mdCode(place(g.Origin, res.Source)) + " "
		}
		gaps = append(gaps, "- "+where+mdText(about(g.Object)+clean(g.Reason))+"\n")
	}
	for _, s := range res.Skipped {
		gaps = append(gaps, "- rule "+mdCode(s.Rule.ID)+" "+mdText(s.Reason)+"\n")
	}
	c.list(fmt.Sprintf("%d not checked", len(gaps)), gaps, behind)
	c.add(rest.String())
}

// group is the findings of one rule.
type group struct {
	rule     *rules.Rule
	severity rules.Severity
	findings []*rules.Finding
}

// groupByRule has the worst first, else in the order in which they come.
func groupByRule(findings []*rules.Finding) []*group {
	var out []*group
	for s := rules.Error; s >= rules.Info; s-- {
		byRule := map[string]*group{}
		for _, f := range findings {
			if f.Severity != s {
				continue
			}
			g := byRule[f.Rule.ID]
			if g == nil {
				g = &group{rule: f.Rule, severity: s}
				byRule[f.Rule.ID] = g
				out = append(out, g)
			}
			g.findings = append(g.findings, f)
		}
	}
	return out
}

func lines(findings []*rules.Finding, s catalog.Source) []string {
	var out []string
	for _, f := range findings {
		out = append(out, "- "+mdCode(place(f.Origin, s))+" "+mdText(f.Message)+"\n")
	}
	return out
}

const (
	fold   = "<details><summary>%s</summary>\n\n"
	unfold = "\n</details>\n\n"
)

// group writes the findings of a rule: some at once, more behind a click, and
// behind another the reason and the fixes.
func (c *comment) group(g *group, source catalog.Source, behind int, rest *unshown) {
	head := fmt.Sprintf("**%s** %s %s\n\n", g.severity, mdCode(g.rule.ID), mdText(g.rule.Title))
	items := lines(g.findings, source)
	more := fmt.Sprintf(fold, fmt.Sprintf("%d more", max(len(items)-atOnce, 0)))
	behind += len(more) + len(unfold) + len("\n")
	if !c.fits(head+items[0], behind) {
		for range items {
			rest.findings[g.rule.ID]++
		}
		return
	}
	c.add(head)
	var fixes []string
	folded := false
	for i, item := range items {
		if !c.fits(item, behind) {
			rest.findings[g.rule.ID]++
			continue
		}
		if i >= atOnce && !folded && len(items) > atOnce+1 {
			c.add("\n" + more)
			folded = true
		}
		c.add(item)
		if fix := strings.TrimSpace(g.findings[i].Fix); fix != "" {
			fixes = append(fixes, fix)
		}
	}
	if folded {
		c.add(unfold)
	} else {
		c.add("\n")
	}
	reason := firstParagraph(g.rule.Why)
	if g.rule.Category == rules.CategoryCustom {
		reason = mdText(reason) // ours are Markdown; whoever wrote this one may not have known
	}
	why := fmt.Sprintf(fold, "Why, and what to do") + reason + "\n\n"
	explain := "More: `policylint explain " + g.rule.ID + "`\n"
	if text := why + mdBlock(fixes) + explain + unfold; c.fits(text, behind) {
		c.add(text)
		return
	}
	rest.fixes += len(fixes)
	if text := why + explain + unfold; c.fits(text, behind) {
		c.add(text)
	}
}

// list writes lines behind a click, as many as fit.
func (c *comment) list(title string, items []string, behind int) {
	head := fmt.Sprintf(fold, html.EscapeString(title))
	const last = "- and %d more, not shown\n"
	behind += len(unfold) + len(last) + 10
	if len(items) == 0 || !c.fits(head, behind) {
		return // the first line has the number
	}
	c.add(head)
	left := 0
	for _, item := range items {
		if c.fits(item, behind) {
			c.add(item)
		} else {
			left++
		}
	}
	if left > 0 {
		c.add(fmt.Sprintf(last, left))
	}
	c.add(unfold)
}

// unshown counts what there was no room for.
type unshown struct {
	findings map[string]int // by rule
	fixes    int
}

// String is the notice, "" when everything was shown.
func (u unshown) String() string {
	n := 0
	var parts, what []string
	for _, rule := range slices.Sorted(maps.Keys(u.findings)) {
		n += u.findings[rule]
		parts = append(parts, fmt.Sprintf("%d × `%s`", u.findings[rule], rule))
	}
	if n > 0 {
		what = append(what, count(n, "finding")+" ("+strings.Join(parts, ", ")+")")
	}
	if u.fixes > 0 {
		what = append(what, fmt.Sprintf("%d of the fixes", u.fixes))
	}
	if len(what) == 0 {
		return ""
	}
	return "**Not shown here, for a comment has its limit:** " + strings.Join(what, " and ") + ". `policylint lint` shows everything.\n"
}
