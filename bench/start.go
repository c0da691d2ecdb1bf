package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	story "giuchuan/internal/app/demo"
)

// measureStart times whole commands on the demonstration data, each in a
// process of its own: from nothing to a closed output.
func measureStart(ctx context.Context, b *bench) error {
	demo := row{what: "giuchuan demo, whole process", unit: "s"}
	standing := row{what: "giuchuan standing, whole process", unit: "ms", goal: atMost(300)}
	version := row{what: "giuchuan version, whole process", unit: "ms"}
	memory := row{what: "  peak memory of standing", unit: "MB", goal: atMost(128)}
	var demoCPU, standingCPU, versionCPU []float64
	err := b.repeat(ctx, func(int) error {
		dir := filepath.Join(b.dir, "demo")
		seen, err := runChild(ctx, "cli", "demo", "--data", dir)
		if err != nil {
			return err
		}
		demo.values, demoCPU = append(demo.values, seen.wall/1000), append(demoCPU, seen.cpu/1000)
		seen, err = runChild(ctx, "cli", "standing", "--data", dir, "--date", story.Today.String())
		if err != nil {
			return err
		}
		if !bytes.Contains(seen.out, []byte("Minh Dân")) {
			return fmt.Errorf("standing does not name Minh Dân: %.200s", seen.out)
		}
		standing.values, standingCPU = append(standing.values, seen.wall), append(standingCPU, seen.cpu)
		var of told
		if err := json.Unmarshal(seen.err, &of); err != nil {
			return fmt.Errorf("standing said %q: %w", seen.err, err)
		}
		memory.values = append(memory.values, float64(of.Peak)/1e6)
		if seen, err = runChild(ctx, "cli", "version"); err != nil {
			return err
		}
		version.values, versionCPU = append(version.values, seen.wall), append(versionCPU, seen.cpu)
		return os.RemoveAll(dir)
	})
	if err != nil {
		return err
	}
	demo.cpu, standing.cpu, version.cpu = show(median(demoCPU), "s"), show(median(standingCPU), "ms"), show(median(versionCPU), "ms")
	version.note = "what every process pays to begin"
	for _, r := range []row{standing, memory, version, demo} {
		b.table.add(r)
	}
	return nil
}
