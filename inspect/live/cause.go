package live

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// A connError says where something went wrong, and why, in one line. What is
// below it is not kept: pgx's own errors hold the connection string.
type connError struct{ place, cause string }

// Error is the place and the cause.
func (e *connError) Error() string { return e.place + ": " + e.cause }

// explain makes an error that names host and database, and never the password.
func (s *Session) explain(ctx context.Context, doing string, err error) error {
	step := ""
	if doing == "read" {
		step, _, _ = strings.Cut(strings.TrimPrefix(err.Error(), "read "), ":")
		if !isStep(step) {
			step = ""
		} else {
			step += " of "
		}
	}
	place := fmt.Sprintf("%s %sdatabase %q at %s as %q", doing, step, s.config.Database, s.Address(), s.config.User)
	if s.config.Database == "" {
		place = fmt.Sprintf("%s %s%s as %q", doing, step, s.Address(), s.config.User)
	}
	return &connError{place: place, cause: s.redact(cause(ctx, err))}
}

func isStep(what string) bool {
	for _, s := range steps {
		if s.what == what {
			return true
		}
	}
	return false
}

// causeOf is the innermost thing worth telling, in one line.
func causeOf(ctx context.Context, err error) string {
	var server *pgconn.PgError
	var dns *net.DNSError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var dial *net.OpError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return "interrupted"
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "the time allowed for the whole run is over"
	case errors.As(err, &server) && server.Code == "XX000" && raced(err):
		return "objects were dropped while they were read; run it again when no migration is under way: " + oneLine(server.Message) + " (" + server.Code + ")"
	case errors.As(err, &server):
		return oneLine(server.Message) + " (" + server.Code + ")"
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &host), errors.As(err, &authority), errors.As(err, &invalid):
		return "the server's certificate is not accepted: " + oneLine(certificate(err))
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), pgconn.Timeout(err):
		return "no answer within the time allowed for connecting"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, pgconn.ErrConnClosed):
		return "the server closed the connection"
	case errors.As(err, &dial):
		return oneLine(dial.Err.Error())
	}
	text := err.Error()
	for _, known := range []string{refusedTLS, "unexpected EOF", "tls: "} {
		if i := strings.Index(text, known); i >= 0 {
			return oneLine(text[i:])
		}
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) {
		return oneLine(connect.Unwrap().Error())
	}
	return oneLine(text)
}

// certificate is what the TLS library found wrong.
func certificate(err error) string {
	text := err.Error()
	if i := strings.Index(text, "x509: "); i >= 0 {
		return strings.TrimPrefix(text[i:], "x509: ")
	}
	return text
}

// oneLine keeps the first line that says something.
func oneLine(s string) string {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return s
}

// redact is the last guard: no text that a server or a library made up leaves
// with the password in it. A password of three letters would be found in every
// other word.
func (s *Session) redact(text string) string {
	p := s.config.Password
	if len(p) < 4 || p == s.config.User || p == s.config.Database || p == s.config.Host {
		return text
	}
	for _, form := range []string{p, url.QueryEscape(p), url.PathEscape(p)} {
		text = strings.ReplaceAll(text, form, "xxxxx")
	}
	return text
}
