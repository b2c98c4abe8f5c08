package main

import (
	"net"

	"github.com/jackc/pgx/v5/pgproto3"
)

// asksPassword is a server that asks everybody for a password, and takes none.
func asksPassword(l net.Listener, got chan<- string) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err == nil {
			b.Send(&pgproto3.AuthenticationCleartextPassword{})
			_ = b.Flush()
			if m, err := b.Receive(); err == nil {
				if p, ok := m.(*pgproto3.PasswordMessage); ok {
					got <- p.Password
				}
			}
			b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: "password authentication failed"})
			_ = b.Flush()
		}
		c.Close() //nolint:errcheck // nothing to lose
	}
}
