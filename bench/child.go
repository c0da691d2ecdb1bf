package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"giuchuan/internal/cli"
)

// childArgument makes this program one that is measured from outside: a whole
// command or a whole review, so that memory and start are those of a process.
const childArgument = "measured-child"

// child runs what the parent asks for and gives the exit code.
func child(args []string) int {
	code, err := 2, errors.New("a child is review FOLDER, serve FOLDER ADDRESS or cli ARGUMENTS")
	switch {
	case len(args) == 2 && args[0] == "review":
		code, err = 0, reviewProvince(context.Background(), args[1])
	case len(args) > 2 && args[0] == "serve":
		code, err = 0, serveData(context.Background(), args[1:])
	case len(args) > 1 && args[0] == "cli":
		code, err = cli.Run(context.Background(), args[1:], cli.FromProcess("bench")), nil
		if code == 0 {
			err = tellPeak()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return max(code, 1)
	}
	return code
}

// tellPeak writes the most memory of this process on standard error.
func tellPeak() error {
	peak, err := peakMemory()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stderr).Encode(told{Peak: peak})
}

// told is what a child says of itself on standard error.
type told struct {
	Peak int64 // bytes
}

// outside is what a parent sees of a child.
type outside struct {
	wall, cpu float64 // ms
	out, err  []byte
}

// runChild runs this program again and waits for it.
func runChild(ctx context.Context, args ...string) (*outside, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{childArgument}, args...)...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	from := time.Now()
	err = cmd.Run()
	wall := milliseconds(time.Since(from))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %.500s", args[0], err, said.Bytes())
	}
	cpu := milliseconds(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime())
	return &outside{wall: wall, cpu: cpu, out: out.Bytes(), err: said.Bytes()}, nil
}
