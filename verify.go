package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"gilt/internal/machine"
	"gilt/vm"
)

// verifyCmd is gilt verify.
type verifyCmd struct {
	runFlags
	Oracle int      `default:"0" placeholder:"N" help:"Accesses to shared words that the opacity oracle records at most; 0: a million, -1: none."`
	File   string   `arg:"" help:"The program."`
	Args   []string `arg:"" optional:"" passthrough:"" help:"Its arguments."`
}

// outcome is what can be seen of a run.
type outcome struct {
	status   int
	out, err string
	finger   uint64
}

// Run runs the program in transactions, asks the opacity oracle what it thinks of every attempt, replays the order of the commits
// under the GIL, and compares.
func (c *verifyCmd) Run(s *streams) error {
	if c.Mode == "gil" {
		c.Mode = "stm"
	}
	if c.Mode != "stm" {
		return fmt.Errorf("verify replays transactions: -mode stm, not %s", c.Mode)
	}
	conf, err := c.config()
	if err != nil {
		return err
	}
	data, err := vm.ReadProgram(c.File)
	if err != nil {
		return err
	}
	log := &vm.CommitLog{}
	conf.NoBypass = true
	conf.Log = log
	if c.Oracle >= 0 {
		conf.Oracle = vm.NewOracle(c.Oracle)
	}
	args := append([]string{c.File}, trimDashes(c.Args)...)
	recorded, _, err := observe(conf, c.File, args, data)
	if err != nil {
		return err
	}
	replay := vm.Config{Mode: vm.ModeGIL, Lock: "fifo", Dialect: conf.Dialect, Seed: conf.Seed, Replay: log,
		Machine: machine.NewReal(machine.RealConfig{Seed: conf.Seed})}
	replayed, diverged, err := observe(replay, c.File, args, data)
	if err != nil {
		return err
	}
	fmt.Fprint(s.out, recorded.out)
	fmt.Fprint(s.err, recorded.err)
	if why := difference(recorded, replayed, diverged); why != "" {
		fmt.Fprintf(s.err, "gilt verify: %s\n", why)
		return exit(1)
	}
	solo := ""
	if n := log.Solo(); n > 0 {
		solo = fmt.Sprintf(" (%d of them from phases in which the lock ruled)", n)
	}
	fmt.Fprintf(s.err, "gilt verify: %d slices%s replayed under the GIL: same output, status and final state (%016x)\n", len(log.Commits), solo, recorded.finger)
	return c.opacity(s, conf.Oracle)
}

// opacity says what the oracle has found.
func (c *verifyCmd) opacity(s *streams, o *vm.Oracle) error {
	if o == nil {
		return nil
	}
	st, err := o.Stats(), o.Check()
	if err != nil {
		fmt.Fprintf(s.err, "gilt verify: opacity is violated: %v\n", err)
		return exit(1)
	}
	fmt.Fprintf(s.err, "gilt verify: %d attempts (%d rolled back) have read consistent states: %d accesses to %d shared words\n",
		st.Attempts, st.Aborted, st.Accesses, st.Words)
	if st.Cut {
		fmt.Fprintf(s.err, "gilt verify: that is the beginning of the run only: the history is bounded (-oracle N records N accesses)\n")
	}
	return nil
}

// observe runs a program and keeps what can be seen of it.
func observe(conf vm.Config, file string, args []string, data []byte) (outcome, string, error) {
	var o outcome
	var out, errs bytes.Buffer
	conf.Stdout, conf.Stderr, conf.Stdin = &out, &errs, strings.NewReader("")
	conf.Args, conf.Path = args, []string{filepath.Dir(file)}
	m, err := vm.New(conf)
	if err != nil {
		return o, "", err
	}
	o.status, err = m.RunSource(file, data)
	if errors.Is(err, vm.ErrDiverged) {
		err = nil
	}
	o.out, o.err, o.finger = out.String(), errs.String(), m.Fingerprint()
	return o, m.Diverged(), err
}

// difference says where two runs differ, "" if they do not.
func difference(a, b outcome, diverged string) string {
	switch {
	case a.out != b.out:
		return "the standard output differs at " + firstDifference(a.out, b.out)
	case a.err != b.err:
		return "the standard error output differs at " + firstDifference(a.err, b.err)
	case a.status != b.status:
		return fmt.Sprintf("the exit status differs: %d in transactions, %d in the replay", a.status, b.status)
	case diverged != "":
		return "the replay left the recorded order: " + diverged
	case a.finger != b.finger:
		return fmt.Sprintf("the final state differs: fingerprint %016x in transactions, %016x in the replay", a.finger, b.finger)
	}
	return ""
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := 0; i < len(as) || i < len(bs); i++ {
		var x, y string
		if i < len(as) {
			x = as[i]
		}
		if i < len(bs) {
			y = bs[i]
		}
		if x != y {
			return fmt.Sprintf("line %d: %q in transactions, %q in the replay", i+1, x, y)
		}
	}
	return "no line"
}
