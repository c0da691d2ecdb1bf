package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// cluster is a PostgreSQL server of our own that makes its commits durable, in
// a folder of its own and on a private socket.
type cluster struct {
	dir, bin, url string
	owner         *syscall.Credential // who runs the server when we are root
}

// startCluster makes and starts a cluster with fsync on.
func startCluster(ctx context.Context) (*cluster, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, errors.New("no PostgreSQL below /usr/lib/postgresql")
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return serverVersion(a) - serverVersion(b) })
	c := &cluster{bin: filepath.Dir(newest)}
	if c.dir, err = os.MkdirTemp("", "giuchuan-pg."); err != nil { // short, for a socket's path holds 107 bytes
		return nil, err
	}
	if err := c.start(ctx); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	return c, nil
}

// serverVersion reads the version from /usr/lib/postgresql/15/bin/initdb.
func serverVersion(initdb string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	if err != nil {
		return 0
	}
	return n
}

func (c *cluster) start(ctx context.Context) error {
	if err := c.chooseOwner(); err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	err := c.run(ctx, "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions")
	if err != nil {
		return err
	}
	settings := "-c listen_addresses= -c unix_socket_directories=" + c.dir +
		" -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=100 -c timezone=UTC"
	c.url = "postgres:///postgres?host=" + c.dir + "&user=postgres&sslmode=disable"
	return c.run(ctx, "pg_ctl", "-D", data, "-l", filepath.Join(c.dir, "server.log"), "-o", settings, "-w", "-t", "60", "start")
}

// chooseOwner gives the folder to user postgres when we are root, for the server
// refuses to run as root.
func (c *cluster) chooseOwner() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return err
	}
	c.owner = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(c.dir, int(uid), int(gid))
}

// run runs a server program. Its output goes to a file: a pipe would stay open
// as long as the server it starts.
func (c *cluster) run(ctx context.Context, program string, args ...string) error {
	out, err := os.Create(filepath.Join(c.dir, program+".log"))
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.owner, Setpgid: true}
	if err = errors.Join(cmd.Run(), out.Close()); err != nil {
		said, _ := os.ReadFile(out.Name()) // only to say more
		return fmt.Errorf("%s: %w: %.500s", program, err, said)
	}
	return nil
}

// stop ends the server and removes the folder.
func (c *cluster) stop() error {
	var err error
	if c.url != "" {
		err = c.run(context.Background(), "pg_ctl", "-D", filepath.Join(c.dir, "data"), "-m", "immediate", "-w", "stop")
	}
	return errors.Join(err, os.RemoveAll(c.dir))
}
