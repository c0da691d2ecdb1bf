// Command bench measures the figures the product is held to and prints them
// beside their goals, with the commit, the load and the machine.
//
// It measures what runs in production: the store as it is shipped, the law as
// it is shipped, whole commands in processes of their own where memory or a
// start is asked for. Every figure is the median of several rounds with its
// least and greatest value; where engines are compared, rounds are interleaved
// and their order turns. A figure that could not be measured stands in the
// table with the reason. The exit code is 0 whatever the figures are.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"
)

// bench is one run.
type bench struct {
	rounds   int
	deadline time.Time // after it no further round begins
	dir      string    // scratch folder
	profile  string    // file for a processor profile of the server; "" = none
	stores   []store   // what durable writes are measured on
	table    table
}

// part measures one or more rows of the table.
type part struct {
	name, about string
	run         func(context.Context, *bench) error
}

func parts() []part {
	return []part{
		{"law", "reading the law and the places", measureLaw},
		{"evaluate", "the nation and a province", measureEvaluation},
		{"communes", "growth of an evaluation with communes", measureCommunes},
		{"periods", "growth of an evaluation with periods", measurePeriods},
		{"review", "a province's review from its workbook", measureReview},
		{"write", "one durable finding", measureWrites},
		{"bulk", "a million findings: load, verify, back up, restore", measureBulk},
		{"start", "commands on the demonstration data", measureStart},
		{"http", "the server over a million findings", measureHTTP},
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == childArgument {
		os.Exit(child(os.Args[2:]))
	}
	only := flag.String("only", "", "run the parts whose name matches this expression")
	rounds := flag.Int("rounds", 5, "rounds of every measurement")
	budget := flag.Duration("budget", 270*time.Second, "no further round begins after this time")
	dir := flag.String("dir", os.TempDir(), "folder on the disk to measure; use no memory disk")
	profile := flag.String("profile", "", "write a processor profile of the server to this file")
	flag.Usage = usage
	flag.Parse()
	match, err := regexp.Compile(*only)
	if err != nil || *rounds < 1 || flag.NArg() > 0 {
		usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	b := &bench{rounds: *rounds, deadline: time.Now().Add(*budget), profile: *profile}
	err = b.measure(ctx, match, *dir)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: bench [-only REGEX] [-rounds N] [-budget TIME] [-dir FOLDER]; parts:")
	for _, p := range parts() {
		fmt.Fprintf(os.Stderr, "  %-10s %s\n", p.name, p.about)
	}
	flag.PrintDefaults()
}

// measure runs the parts and prints the table, whatever became of them.
func (b *bench) measure(ctx context.Context, match *regexp.Regexp, dir string) (err error) {
	b.dir, err = os.MkdirTemp(dir, "giuchuan-bench.")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	stop := b.openStores(ctx)
	defer func() { err = errors.Join(err, stop()) }()
	head := readMachine(ctx, b)
	for _, p := range parts() {
		if !match.MatchString(p.name) || ctx.Err() != nil {
			continue
		}
		fmt.Fprintf(os.Stderr, "bench: %s: %s\n", p.name, p.about)
		if err := p.run(ctx, b); err != nil {
			b.table.missing(p.about, err.Error())
		}
	}
	head.print(os.Stdout)
	b.table.print(os.Stdout, b.rounds)
	fmt.Printf("\nafter the run: load %s, calibration %s\n", loadAverage(), show(milliseconds(calibrate()), "ms"))
	return ctx.Err()
}

// repeat calls round for every round until the time is up, at least once.
func (b *bench) repeat(ctx context.Context, round func(n int) error) error {
	for n := range b.rounds {
		if n > 0 && time.Now().After(b.deadline) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := round(n); err != nil {
			return err
		}
	}
	return nil
}
