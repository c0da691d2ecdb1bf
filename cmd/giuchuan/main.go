// Command giuchuan keeps recognised communes at standard: the law as dated
// data, the communes as dated places, findings, verdicts and what follows.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"giuchuan/internal/cli"
)

// version is set by the build.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(cli.Run(ctx, os.Args[1:], cli.FromProcess(version)))
}
