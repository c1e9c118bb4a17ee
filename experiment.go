package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"golang.org/x/term"

	"gilt/experiments"
)

// experimentCmd is gilt experiment.
type experimentCmd struct {
	Quick bool     `help:"Short runs: minutes instead of hours."`
	Plot  bool     `help:"Measure nothing: figures and tables from the data files."`
	Shard string   `placeholder:"I/N" help:"Measure part I of N only; the parts merge."`
	Only  []string `placeholder:"KEY=VALUE" help:"Measure only points with this value of a factor; several values: KEY=V,KEY=W."`
	Out   string   `placeholder:"DIR" default:"experiments/data/run" help:"Where the data, figures and tables go."`
	Costs string   `placeholder:"FILE" help:"Prices of virtual time, as gilt calibrate has written them; without it the defaults, and in validation the present machine's."`
	Names []string `arg:"" optional:"" name:"NAME" help:"Experiments; all of them without a name."`
}

// Run measures and reports.
func (c *experimentCmd) Run(s *streams) error {
	o := experiments.Options{Scale: experiments.Full, Names: c.Names, Dir: c.Out, Out: s.out, Progress: s.err, PlotOnly: c.Plot}
	if c.Quick {
		o.Scale = experiments.Quick
	}
	if c.Shard != "" {
		if n, err := fmt.Sscanf(c.Shard, "%d/%d", &o.Shard, &o.Shards); n != 2 || err != nil || o.Shard < 1 || o.Shard > o.Shards {
			return fmt.Errorf("shard %q: I/N with 1 <= I <= N", c.Shard)
		}
	}
	for _, only := range c.Only {
		k, v, ok := strings.Cut(only, "=")
		if !ok {
			return fmt.Errorf("only %q: KEY=VALUE", only)
		}
		o.Only = append(o.Only, experiments.Factor{Key: k, Value: v})
	}
	var err error
	if c.Costs != "" { // else each experiment has its own: the defaults, or those of the present machine
		if o.Costs, err = loadCosts(c.Costs); err != nil {
			return err
		}
	}
	if f, ok := s.err.(*os.File); ok {
		o.Terminal = term.IsTerminal(int(f.Fd()))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err = experiments.Run(ctx, o)
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(s.err, "interrupted: the same command goes on where it was")
		return exit(130)
	}
	if err != nil {
		fmt.Fprintln(s.err, "gilt:", err)
		return exit(1)
	}
	return nil
}
