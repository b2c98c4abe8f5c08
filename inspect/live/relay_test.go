package live_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"testing"
)

// relay passes bytes between TCP and a server's socket, and puts a process
// number of its own into the server's BackendKeyData message (PostgreSQL docs
// 55.7), as poolers do.
func relay(t *testing.T, socket string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() }) //nolint:errcheck // nothing to lose
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("unix", socket)
			if err != nil {
				client.Close() //nolint:errcheck // the test fails anyway
				return
			}
			go func() {
				_, _ = io.Copy(server, client)
				_ = server.Close()
			}()
			go func() {
				defer client.Close() //nolint:errcheck // nothing to lose
				first := make([]byte, 1<<16)
				n, err := server.Read(first)
				if err != nil {
					return
				}
				first = first[:n]
				if i := bytes.Index(first, []byte("K\x00\x00\x00\x0c")); i >= 0 {
					binary.BigEndian.PutUint32(first[i+5:], 4_000_000)
				}
				if _, err := client.Write(first); err == nil {
					_, _ = io.Copy(client, server)
				}
			}()
		}
	}()
	return l.Addr().String()
}
