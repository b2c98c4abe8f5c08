package pgtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Silent is the address of something that listens, and never answers.
func Silent(t testing.TB) (address string) {
	t.Helper()
	return listener(t).Addr().String()
}

// Impostor answers one connection after the other with f, in the place of a
// server. It returns its address.
func Impostor(t testing.TB, f func(net.Conn)) (address string) {
	t.Helper()
	l := listener(t)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			f(c)
			c.Close() //nolint:errcheck // nothing to lose
		}
	}()
	return l.Addr().String()
}

func listener(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // nothing to lose
	return l
}

// WithoutTLS refuses TLS, as a server does that has none.
func WithoutTLS(t testing.TB) (address string) {
	t.Helper()
	return Impostor(t, func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, 8)); err == nil {
			_, _ = c.Write([]byte("N"))
		}
	})
}

// Unsigned shows a certificate for 127.0.0.1 that nobody signed.
func Unsigned(t testing.TB) (address string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	return Impostor(t, func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, 8)); err != nil {
			return
		}
		if _, err := c.Write([]byte("S")); err == nil {
			_ = tls.Server(c, config).Handshake() //nolint:errcheck // the client refuses
		}
	})
}

// AsksPassword asks everybody for a password and takes none; refuse is what it
// says to the one that it was given.
func AsksPassword(t testing.TB, refuse func(password string) (message string)) (address string) {
	t.Helper()
	return Impostor(t, func(c net.Conn) {
		b := pgproto3.NewBackend(c, c)
		if _, err := b.ReceiveStartupMessage(); err != nil {
			return
		}
		b.Send(&pgproto3.AuthenticationCleartextPassword{})
		if b.Flush() != nil {
			return
		}
		m, err := b.Receive()
		if err != nil {
			return
		}
		p, ok := m.(*pgproto3.PasswordMessage)
		if !ok {
			return
		}
		b.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: refuse(p.Password)})
		_ = b.Flush()
	})
}
