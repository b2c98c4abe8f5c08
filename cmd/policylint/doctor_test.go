package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// diagnosis is what doctor says as JSON.
type diagnosis struct {
	First  *string `json:"first_broken"`
	Answer string
	Links  []struct {
		ID, State string
		Faults    []struct{ Message, Fix, Advice, Rule string }
	}
}

func (d *diagnosis) broken() []string {
	var out []string
	for _, l := range d.Links {
		if l.State == "broken" {
			out = append(out, l.ID)
		}
	}
	return out
}

// runDoctor asks, and holds that the exit code agrees with the answer.
func runDoctor(t *testing.T, args ...string) *diagnosis {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(append([]string{"doctor", "--format", "json"}, args...), strings.NewReader(""), &out, &errs)
	var d diagnosis
	if err := json.Unmarshal(out.Bytes(), &d); err != nil {
		t.Fatalf("exit %d, %s%v: %s", code, errs.String(), err, out.String())
	}
	if want := min(len(d.broken()), 1); code != want {
		t.Fatalf("exit %d, want %d: %s", code, want, out.String())
	}
	for _, l := range d.Links {
		for _, f := range l.Faults {
			if f.Fix == "" && f.Advice == "" {
				t.Errorf("%s: nothing is said to mend %q", l.ID, f.Message)
			}
		}
	}
	return &d
}

// hold compares the answer with the first of the faults that are left.
func (d *diagnosis) hold(t *testing.T, broken map[string]bool) {
	t.Helper()
	want := ""
	for _, l := range links {
		if broken[l] {
			want = l
			break
		}
	}
	got := ""
	if d.First != nil {
		got = *d.First
	}
	if got != want || !strings.Contains(d.Answer, causes[want]) {
		t.Errorf("with faults in %v the first broken link is %q, want %q: %s", remaining(broken), got, want, d.Answer)
	}
	if broken["hook"] {
		return // without a function its other links cannot be judged
	}
	have := slices.DeleteFunc(d.broken(), func(l string) bool { return l == "delivered" })
	if diff := cmp.Diff(remaining(broken), have); diff != "" {
		t.Errorf("broken links with faults in %v (-want +got):\n%s", remaining(broken), diff)
	}
}

func remaining(broken map[string]bool) []string {
	var out []string
	for _, l := range links {
		if broken[l] {
			out = append(out, l)
		}
	}
	return out
}

// TestDoctorStory mends the faults of the story one at a time, in the order of
// the links, against it, and in others: each time doctor names the first that
// is left, until all is well.
func TestDoctorStory(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	forward := links[:len(links)-1]
	backward := slices.Clone(forward)
	slices.Reverse(backward)
	orders := [][]string{forward, backward}
	random := rand.New(rand.NewPCG(7, 7))
	for range 6 {
		o := slices.Clone(forward)
		random.Shuffle(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
		orders = append(orders, o)
	}
	seen := map[string]bool{}
	for _, order := range orders {
		broken := map[string]bool{}
		for _, l := range order {
			broken[l] = true
		}
		for i := range len(order) + 1 {
			if key := strings.Join(remaining(broken), " "); !seen[key] {
				seen[key] = true
				writeStory(t, dir, broken)
				runDoctor(t, "--subject", "agent", "--token", "agent.json").hold(t, broken)
			}
			if i < len(order) {
				delete(broken, order[i])
			}
		}
	}
	writeStory(t, dir, nil)
	if d := runDoctor(t, "--subject", "agent", "--token", "agent.json"); d.First != nil {
		t.Errorf("all is mended, and %s is broken: %s", *d.First, d.Answer)
	}
}

// TestDoctorDatabase tells the story on a server, where each repair is a
// statement.
func TestDoctorDatabase(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	dir := t.TempDir()
	t.Chdir(dir)
	broken := map[string]bool{}
	for _, l := range links[:len(links)-1] {
		broken[l] = true
	}
	do := func(sql string) {
		t.Helper()
		if _, err := c.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	do(storySQL + storyPolicy(true))
	dsn := pgtest.DSN(c, platform.Admin)
	ask := func() {
		t.Helper()
		writeStory(t, dir, broken)
		runDoctor(t, "--db", dsn, "--subject", "agent", "--token", "agent.json").hold(t, broken)
	}
	for _, l := range links[:len(links)-1] {
		ask()
		delete(broken, l)
		switch l {
		case "hook":
			do(storyHook(true))
		case "writes":
			do(storyHook(false))
		case "policy":
			do(storyPolicy(false))
		default:
			do(mended[l])
		}
	}
	ask()

	// Without a token, those who are connected tell.
	connect := func(claims string) {
		t.Helper()
		if _, err := pgtest.Admin(t, c).Exec(context.Background(), "insert into realtime.subscription (subscription_id, entity, claims) values (gen_random_uuid(), 'public.tickets', $1::text::jsonb)", claims); err != nil {
			t.Fatal(err)
		}
	}
	states := func() string {
		d := runDoctor(t, "--db", dsn)
		return d.Links[2].State + ", " + d.Links[5].State
	}
	if got := states(); got != "not_checked, not_checked" {
		t.Errorf("nobody is connected, and there and token are %s", got)
	}
	connect(`{"role": "authenticated", "sub": "a", "user_role": "agent"}`)
	if got := states(); got != "ok, ok" {
		t.Errorf("a user with the claim is connected, and there and token are %s", got)
	}
	if _, err := pgtest.Admin(t, c).Exec(context.Background(), "delete from realtime.subscription"); err != nil {
		t.Fatal(err)
	}
	connect(`{"role": "authenticated", "sub": "a"}`)
	if got := states(); got != "not_checked, broken" {
		t.Errorf("a user without the claim is connected, and there and token are %s", got)
	}
}

// TestDoctorHelpDesk asks about the story's own application.
func TestDoctorHelpDesk(t *testing.T) {
	t.Chdir("../..")
	d := runDoctor(t, "migrations-fixtures/helpdesk/broken")
	if diff := cmp.Diff([]string{"policy", "published", "identity", "delivered"}, d.broken()); diff != "" {
		t.Errorf("broken links (-want +got):\n%s", diff)
	}
	if !strings.Contains(d.Answer, "public.tickets/tickets are read by their client and by staff compares claim role with 'agent'") {
		t.Errorf("the answer is %q", d.Answer)
	}
	if d := runDoctor(t, "migrations-fixtures/helpdesk/fixed"); d.First != nil {
		t.Errorf("fixed, and %s is broken: %s", *d.First, d.Answer)
	}
}
