//go:build unix

package pgtest

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged makes the server a process group of its own, out of reach of
// an interrupt from the terminal, and, because PostgreSQL refuses to run as
// root, gives it to another user then.
func unprivileged() (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return attr, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := id(u.Uid)
		if err != nil {
			return nil, fmt.Errorf("read the id of user %s: %w", name, err)
		}
		gid, err := id(u.Gid)
		if err != nil {
			return nil, fmt.Errorf("read the group of user %s: %w", name, err)
		}
		attr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
		return attr, nil
	}
	return nil, fmt.Errorf("%w can run as root, and there is no user postgres or nobody", errNoServer)
}

// id takes the negative numbers of macOS as well.
func id(s string) (uint32, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	return uint32(n), err
}

// handOver makes dir belong to the user the server runs as.
func handOver(dir string, attr *syscall.SysProcAttr) error {
	if attr.Credential == nil {
		return nil
	}
	if err := os.Chown(dir, int(attr.Credential.Uid), int(attr.Credential.Gid)); err != nil {
		return fmt.Errorf("give the server its folder: %w", err)
	}
	return nil
}
