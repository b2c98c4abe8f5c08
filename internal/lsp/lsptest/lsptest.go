// Package lsptest is a client of language servers for tests: it writes and
// reads the messages of the protocol as they go over a pipe, with no library.
package lsptest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// A Client is a session with a server.
type Client struct {
	t    testing.TB
	out  io.WriteCloser
	ids  int
	done chan struct{} // closed when the server has left

	mu        sync.Mutex
	answers   map[int]chan Answer
	published map[string]Published
	count     map[string]int // of publications, by URI
	shown     []string       // of window/showMessage
	asked     []string       // what the server asked for
}

// An Answer is what the server said to a request.
type Answer struct {
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
	}
}

// A Published is what the server has last said of a file.
type Published struct {
	URI         string
	Version     *int
	Diagnostics []Diagnostic
}

// A Diagnostic is one of them.
type Diagnostic struct {
	Range              Range
	Severity           int
	Code               string
	Source             string
	Message            string
	RelatedInformation []struct {
		Location struct {
			URI   string
			Range Range
		}
		Message string
	}
}

// A Range is from a place to another.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// A Position is a line and a place in it, each from 0 on.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Object is parameters of a message.
type Object = map[string]any

// Start starts a server at the other end of two pipes. When the test ends, the
// client closes its end, and the server must leave.
func Start(t testing.TB, serve func(in io.Reader, out io.Writer)) *Client {
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	c := &Client{t: t, out: toServer, done: make(chan struct{}), answers: map[int]chan Answer{}, published: map[string]Published{}, count: map[string]int{}}
	go func() {
		defer close(c.done)
		defer out.Close()
		serve(in, out)
	}()
	read := make(chan struct{})
	go func() {
		defer close(read)
		c.read(bufio.NewReader(fromServer))
	}()
	t.Cleanup(func() {
		c.Close()
		<-c.done
		<-read
	})
	return c
}

// StartProcess starts a server that is a command.
func StartProcess(t testing.TB, cmd *exec.Cmd) *Client {
	return Start(t, func(in io.Reader, out io.Writer) {
		cmd.Stdout = out
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Error(err)
			return
		}
		go func() { // the command's Wait must not wait for the client
			_, _ = io.Copy(stdin, in)
			_ = stdin.Close()
		}()
		if err := cmd.Run(); err != nil {
			t.Errorf("%v: %v", cmd, err)
		}
	})
}

// Close closes the client's end.
func (c *Client) Close() { _ = c.out.Close() }

// Wait waits until the server has left.
func (c *Client) Wait() { <-c.done }

// Raw sends bytes.
func (c *Client) Raw(s string) {
	if _, err := io.WriteString(c.out, s); err != nil {
		c.t.Errorf("write to the server: %v", err)
	}
}

func (c *Client) send(m Object) {
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Raw(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

// Notify sends a message that wants no answer.
func (c *Client) Notify(method string, params any) {
	c.send(Object{"method": method, "params": params})
}

// Request sends a request; its answer comes on the channel.
func (c *Client) Request(method string, params any) (id int, answer <-chan Answer) {
	c.ids++
	ch := make(chan Answer, 1)
	c.mu.Lock()
	c.answers[c.ids] = ch
	c.mu.Unlock()
	c.send(Object{"id": c.ids, "method": method, "params": params})
	return c.ids, ch
}

// Call sends a request and reads its answer into result; it must not be refused.
func (c *Client) Call(method string, params, result any) {
	c.t.Helper()
	_, ch := c.Request(method, params)
	a := <-ch
	if a.Error != nil {
		c.t.Fatalf("%s: %s (%d)", method, a.Error.Message, a.Error.Code)
	}
	if result != nil {
		if err := json.Unmarshal(a.Result, result); err != nil {
			c.t.Fatalf("%s: %v in %s", method, err, a.Result)
		}
	}
}

// read takes what the server sends until it leaves.
func (c *Client) read(r *bufio.Reader) {
	for {
		length := -1
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				c.over()
				return
			}
			if line == "\r\n" {
				break
			}
			if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				length, _ = strconv.Atoi(strings.TrimSpace(n))
			}
		}
		body := make([]byte, max(length, 0))
		if _, err := io.ReadFull(r, body); err != nil || length <= 0 {
			c.t.Errorf("the server sent a message of %d bytes: %v", length, err)
			c.over()
			return
		}
		c.take(body)
	}
}

// over answers what is still open: the server is gone.
func (c *Client) over() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, ch := range c.answers {
		a := Answer{}
		_ = json.Unmarshal([]byte(`{"Error": {"Code": -1, "Message": "the server is gone"}}`), &a)
		ch <- a
		delete(c.answers, id)
	}
}

func (c *Client) take(body []byte) {
	var m struct {
		ID     *json.RawMessage
		Method string
		Params json.RawMessage
		Answer
	}
	if err := json.Unmarshal(body, &m); err != nil {
		c.t.Errorf("the server sent %s: %v", body, err)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case m.Method != "" && m.ID != nil:
		c.asked = append(c.asked, m.Method)
		go c.send(Object{"id": m.ID, "result": nil})
	case m.Method == "textDocument/publishDiagnostics":
		var p Published
		if err := json.Unmarshal(m.Params, &p); err != nil || p.Diagnostics == nil {
			c.t.Errorf("the server published %s: %v", m.Params, err)
		}
		c.published[p.URI] = p
		c.count[p.URI]++
	case m.Method == "window/showMessage":
		var p struct{ Message string }
		_ = json.Unmarshal(m.Params, &p)
		c.shown = append(c.shown, p.Message)
	case m.ID != nil:
		id, _ := strconv.Atoi(string(*m.ID))
		if ch, ok := c.answers[id]; ok {
			ch <- m.Answer
			delete(c.answers, id)
		} else {
			c.t.Errorf("the server answered what was not asked: %s", body)
		}
	}
}

// Published is what the server has last said of each file.
func (c *Client) Published() map[string]Published {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]Published{}
	for uri, p := range c.published {
		out[uri] = p
	}
	return out
}

// Of is what it has last said of one.
func (c *Client) Of(uri string) Published { return c.Published()[uri] }

// Count is how often it has published anything of a file.
func (c *Client) Count(uri string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.count[uri]
}

// Shown are the messages it has shown.
func (c *Client) Shown() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.shown...)
}

// Asked are the methods that it called.
func (c *Client) Asked() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.asked...)
}

// Settle waits until everything that was sent is judged and published: a
// request is answered after that.
func (c *Client) Settle() {
	c.t.Helper()
	c.Call("textDocument/hover", Object{"textDocument": Object{"uri": "file:///none"}, "position": Position{}}, nil)
}
