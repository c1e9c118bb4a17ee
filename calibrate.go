package main

import (
	"context"
	"fmt"
	"os"

	"golang.org/x/term"

	"gilt/experiments"
	"gilt/experiments/calibration"
)

// calibrateCmd is gilt calibrate.
type calibrateCmd struct {
	Out         string `short:"o" placeholder:"FILE" help:"Write the prices as JSON, for -costs (- is standard output)."`
	Repetitions int    `default:"24" help:"How often each program runs."`
	Fit         bool   `help:"Show also how well the prices explain the programs that they come from."`
	Sensitivity bool   `help:"Afterwards halve and double each price, and show what that does to aborts and speed-ups."`
	WholeCores  bool   `help:"Cores that do not slow each other down, whatever this machine's do: for defaults."`
	Kernels     bool   `help:"Only the built-in loops, without the half of the workloads that is for calibration."`
}

// Run measures, prints old and new prices, and writes the new ones.
func (c *calibrateCmd) Run(s *streams) error {
	o := calibration.Options{Repetitions: c.Repetitions, WholeCores: c.WholeCores}
	if !c.Kernels {
		dir, programs, err := experiments.ForCalibration()
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.Programs = programs
	}
	if f, ok := s.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		last := ""
		o.Progress = func(what string, done, total int) {
			if line := fmt.Sprintf("%3d %% %s", 100*done/max(total, 1), what); line != last {
				fmt.Fprintf(f, "\r\033[K%s", line)
				last = line
			}
		}
		defer fmt.Fprintf(f, "\r\033[K")
	}
	r, err := calibration.Run(o)
	if r == nil {
		return err
	}
	if err != nil {
		fmt.Fprintln(s.err, "gilt:", err)
	}
	fmt.Fprintln(s.out, r.Costs.Title())
	if err := r.Table(s.out); err != nil {
		return err
	}
	if c.Fit {
		fmt.Fprintln(s.out)
		if err := r.Fit(s.out); err != nil {
			return err
		}
	}
	if c.Out != "" {
		if err := writeFile(c.Out, s.out, r.Costs.Write); err != nil {
			return err
		}
	}
	if !c.Sensitivity {
		return nil
	}
	dir, err := os.MkdirTemp("", "gilt-sensitivity-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(s.out)
	return experiments.Run(context.Background(), experiments.Options{Scale: experiments.Quick, Names: []string{"sensitivity"}, Dir: dir, Out: s.out,
		Progress: s.err, Costs: r.Costs})
}
