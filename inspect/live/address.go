package live

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// address is the host and port, or hosts and ports, that reports and errors
// name.
func address(config *pgx.ConnConfig) string {
	return strings.Join(addresses(config), ",")
}

func addresses(config *pgx.ConnConfig) []string {
	var out []string
	add := func(host string, port uint16) {
		a := host
		switch {
		case !strings.HasPrefix(host, "/"):
			a = net.JoinHostPort(host, strconv.Itoa(int(port)))
		case port != 5432: // several servers may listen in one folder
			a += ":" + strconv.Itoa(int(port))
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	add(config.Host, config.Port)
	for _, f := range config.Fallbacks {
		add(f.Host, f.Port)
	}
	return out
}

// reached is which of several addresses the connection goes to, as it was
// written where that can be told, and else as a number.
func reached(config *pgx.ConnConfig, remote net.Addr) string {
	all := addresses(config)
	if len(all) == 1 || remote == nil {
		return strings.Join(all, ",")
	}
	to := remote.String()
	if folder, port, ok := strings.Cut(to, "/.s.PGSQL."); ok && remote.Network() == "unix" {
		if to = folder; port != "5432" {
			to += ":" + port
		}
	}
	if slices.Contains(all, to) {
		return to
	}
	_, port, err := net.SplitHostPort(to)
	if err != nil {
		return strings.Join(all, ",")
	}
	same := slices.DeleteFunc(all, func(a string) bool { return !strings.HasSuffix(a, ":"+port) })
	if len(same) == 1 {
		return same[0]
	}
	return to
}
