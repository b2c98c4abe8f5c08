package project_test

import (
	"testing"

	"policylint/inspect/project"
)

func TestOriginOf(t *testing.T) {
	for text, want := range map[string]string{
		"https://Help.Example.com/a?b#c": "https://help.example.com",
		"https://a.example:443":          "https://a.example",
		"http://a.example:80/":           "http://a.example",
		"https://a.example:8443":         "https://a.example:8443",
		"http://[::1]:3000":              "http://[::1]:3000",
		"a.example":                      "",
		"myapp://callback":               "",
		"https://*.example.com":          "",
		"https://":                       "",
		"https://a b":                    "",
		"http://%zz":                     "",
	} {
		got := ""
		if o, ok := project.OriginOf(text); ok {
			got = o.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestLocalHost(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "kong": true, "127.0.0.1": true, "192.168.1.5": true, "10.0.2.2": true, "::1": true, "0.0.0.0": true,
		"host.docker.internal": true, "app.localhost": true, "mac.local": true,
		"example.com": false, "8.8.8.8": false, "localhost.example.com": false,
	} {
		if got := project.LocalHost(host); got != want {
			t.Errorf("%s: %t", host, got)
		}
	}
}

func TestNear(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"https://a.example", "https://a.example", ""},
		{"https://a.example", "http://a.example", "scheme"},
		{"https://a.example", "https://www.a.example", "www"},
		{"https://a.example", "https://a.example:8443", "port"},
		{"https://a.example", "https://b.example", ""},
		{"https://a.example", "http://www.a.example", ""},
	} {
		a, _ := project.OriginOf(test.a)
		b, _ := project.OriginOf(test.b)
		if a.Near(b) != test.want || b.Near(a) != test.want {
			t.Errorf("%s and %s: %q", a, b, a.Near(b))
		}
	}
}

func TestRedirectMatches(t *testing.T) {
	for _, test := range []struct {
		pattern, origin string
		want            bool
	}{
		{"https://*.example.com/**", "https://a.example.com", true},
		{"https://*.example.com/**", "https://a.b.example.com", false},
		{"https://**.example.com", "https://a.b.example.com", true},
		{"http://localhost:*/**", "http://localhost:3000", true},
		{"https://*.example.com", "http://a.example.com", false},
		{"*://a.example.com", "http://a.example.com", true},
		{"https://a.example.com/(", "https://a.example.com", true},
		{"https://a(.example.com", "https://a.example.com", false},
	} {
		o, _ := project.OriginOf(test.origin)
		if got := project.ParseRedirect(test.pattern).Matches(o); got != test.want {
			t.Errorf("%s, %s: %t", test.pattern, test.origin, got)
		}
	}
}
