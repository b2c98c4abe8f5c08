package project

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// A WebOrigin is where pages come from, as a browser compares it.
type WebOrigin struct{ Scheme, Host, Port string }

// OriginOf is the origin of a URL; false when it has none, or one with
// wildcards.
func OriginOf(text string) (WebOrigin, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(u.Host, "*?{") {
		return WebOrigin{}, false
	}
	o := WebOrigin{u.Scheme, strings.ToLower(u.Hostname()), u.Port()}
	if o.Port == "80" && o.Scheme == "http" || o.Port == "443" && o.Scheme == "https" {
		o.Port = ""
	}
	return o, true
}

// String is the origin as browsers send it.
func (o WebOrigin) String() string {
	host := o.Host
	if o.Port != "" {
		host = net.JoinHostPort(o.Host, o.Port)
	} else if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return o.Scheme + "://" + host
}

// Local reports whether only this machine or its network knows the host.
func (o WebOrigin) Local() bool { return LocalHost(o.Host) }

// LocalHost reports whether only this machine or its network knows a host.
func LocalHost(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()
	}
	if !strings.Contains(host, ".") {
		return true // localhost, the name of a container
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".test", ".lan"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

// Near says how two origins that are not the same are almost the same: by
// "scheme", "port" or "www"; "" when they are not.
func (o WebOrigin) Near(other WebOrigin) string {
	bare := func(h string) string { return strings.TrimPrefix(h, "www.") }
	switch {
	case o == other || bare(o.Host) != bare(other.Host):
		return ""
	case o.Host != other.Host && o.Scheme == other.Scheme && o.Port == other.Port:
		return "www"
	case o.Host == other.Host && o.Scheme != other.Scheme && o.Port == other.Port:
		return "scheme"
	case o.Host == other.Host && o.Scheme == other.Scheme:
		return "port"
	}
	return ""
}

// A RedirectPattern is an entry of additional_redirect_urls: a URL in which *
// stands for anything but . and /, and ** for anything (supabase docs:
// Redirect URLs).
type RedirectPattern struct {
	Text   string
	Scheme string // "" when wildcards stand in its place
	Host   string // with its port and wildcards
}

// ParseRedirect takes an entry apart.
func ParseRedirect(text string) RedirectPattern {
	p := RedirectPattern{Text: strings.TrimSpace(text)}
	scheme, rest, ok := strings.Cut(p.Text, "://")
	if !ok {
		p.Host = p.Text
		return p
	}
	if !strings.Contains(scheme, "*") {
		p.Scheme = strings.ToLower(scheme)
	}
	p.Host, _, _ = strings.Cut(rest, "/")
	p.Host = strings.ToLower(p.Host)
	return p
}

// Wild reports whether the host, or what stands for it, has a wildcard.
func (p RedirectPattern) Wild() bool { return strings.Contains(p.Host, "*") }

// Matches reports whether a page of the origin could be redirected to.
func (p RedirectPattern) Matches(o WebOrigin) bool {
	if p.Scheme != "" && p.Scheme != o.Scheme {
		return false
	}
	pattern := regexp.QuoteMeta(p.Host)
	pattern = strings.ReplaceAll(pattern, `\*\*`, `.*`)
	pattern = strings.ReplaceAll(pattern, `\*`, `[^./]*`)
	re, err := regexp.Compile("^" + pattern + "$")
	_, host, _ := strings.Cut(o.String(), "://")
	return err == nil && re.MatchString(host)
}
