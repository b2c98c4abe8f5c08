package live

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

const refusedTLS = "server refused TLS connection"

// cause is the innermost thing worth telling, in one line: of several addresses
// that were tried, what each came to.
func cause(ctx context.Context, err error) string {
	var connect *pgconn.ConnectError
	var tries interface{ Unwrap() []error }
	if ctx.Err() != nil || !errors.As(err, &connect) || !errors.As(connect.Unwrap(), &tries) {
		return causeOf(ctx, err)
	}
	var places []string
	causes := map[string]string{} // by place
	for _, try := range tries.Unwrap() {
		at, why := tried(try), causeOf(ctx, try)
		if !slices.Contains(places, at) {
			places = append(places, at)
		}
		// Refused TLS, it was tried again without, and that says more.
		if causes[at] == "" || why != refusedTLS {
			causes[at] = why
		}
	}
	same := true
	for _, at := range places {
		same = same && causes[at] == causes[places[0]]
	}
	if same {
		return causes[places[0]]
	}
	for i, at := range places {
		places[i] = at + ": " + causes[at]
	}
	return strings.Join(places, "; ")
}

// tried is the address that an attempt was for, which pgx says in front.
func tried(err error) string {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return dns.Name
	}
	at, _, _ := strings.Cut(err.Error(), " (")
	return at
}
