package main

import (
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"gilt/contention"
	"gilt/gil"
	"gilt/internal/machine"
	"gilt/stm"
	"gilt/vm"
	"gilt/vm/object"
)

// runFlags are the flags that say under which regime a program runs.
type runFlags struct {
	Mode        string   `default:"gil" help:"Regime: gil, stm, locks or rw."`
	Gil         string   `default:"interval" help:"Design of the interpreter lock under gil (see gilt list)."`
	Stm         string   `default:"" help:"Algorithm of the transactional memory under stm."`
	Cm          string   `default:"" help:"Contention manager under stm."`
	Slice       string   `default:"auto" help:"Bytecodes per slice: auto or a number."`
	Granularity string   `default:"chunk" help:"Of conflict detection in containers: object, chunk or slot."`
	Phases      string   `default:"auto" enum:"auto,off,flip" help:"Under stm: let the interpreter lock take over while transactions do not pay (flip: after every few slices)."`
	Bypass      string   `default:"on" enum:"on,off" help:"No transactions while a single thread is alive."`
	Off         []string `placeholder:"NAME" help:"Do without an optimisation (see gilt list)."`
	Sim         int      `default:"0" help:"Run on N simulated cores in virtual time."`
	Costs       string   `placeholder:"FILE" help:"Prices of virtual time, as gilt calibrate has written them."`
	Seed        uint64   `default:"1" help:"Seed of everything random."`
	Memory      string   `default:"" placeholder:"SIZE" help:"Bound of the memory, as in 512M: beyond it there are MemoryErrors; three quarters of the machine's without the flag, 0 for none."`
	Py          string   `default:"" help:"Dialect: 2 or 3; by itself without the flag."`
	AbortEvery  int      `default:"0" help:"Fault injection: abort at every N-th transactional access or commit."`
}

var modes = map[string]vm.Mode{"gil": vm.ModeGIL, "stm": vm.ModeSTM, "locks": vm.ModeLocks, "rw": vm.ModeRW}

var granularities = map[string]object.Granularity{"object": object.GranObject, "chunk": object.GranChunk, "slot": object.GranSlot}

// choose looks a name up, with an error that lists the known ones.
func choose[T any](what, name string, known map[string]T) (T, error) {
	v, ok := known[name]
	if ok {
		return v, nil
	}
	names := make([]string, 0, len(known))
	for n := range known {
		names = append(names, n)
	}
	sort.Strings(names)
	return v, fmt.Errorf("unknown %s %q (known: %s)", what, name, strings.Join(names, ", "))
}

// config turns the flags into a VM's configuration.
func (f *runFlags) config() (vm.Config, error) {
	var c vm.Config
	var err error
	if c.Mode, err = choose("mode", f.Mode, modes); err != nil {
		return c, err
	}
	if c.Granularity, err = choose("granularity", f.Granularity, granularities); err != nil {
		return c, err
	}
	if _, err = gil.New(f.Gil, gil.Options{}); err != nil {
		return c, err
	}
	c.Lock = f.Gil
	if f.Stm != "" {
		known := map[string]bool{}
		for _, a := range stm.Algorithms() {
			known[a.Name] = true
		}
		if _, err = choose("algorithm", f.Stm, known); err != nil {
			return c, err
		}
	}
	c.Algorithm = f.Stm
	if f.Cm != "" {
		if _, err = contention.New(f.Cm); err != nil {
			return c, err
		}
	}
	c.Manager = f.Cm
	if f.Slice != "auto" {
		if c.Slice, err = strconv.Atoi(f.Slice); err != nil || c.Slice <= 0 {
			return c, fmt.Errorf("slice length %q: auto or a positive number of bytecodes", f.Slice)
		}
	}
	switch f.Py {
	case "":
	case "2", "3":
		c.Dialect = int(f.Py[0] - '0')
	default:
		return c, fmt.Errorf("dialect %q: 2 or 3", f.Py)
	}
	if c.Memory, err = memoryBound(f.Memory); err != nil {
		return c, err
	}
	c.NoBypass = f.Bypass == "off"
	c.Phases = map[string]vm.Phase{"auto": vm.PhaseAuto, "off": vm.PhaseOff, "flip": vm.PhaseFlip}[f.Phases]
	c.Off = f.Off
	c.AbortEvery = f.AbortEvery
	c.Seed = f.Seed
	if f.Sim < 0 || f.Sim > machine.MaxSimCores {
		return c, fmt.Errorf("%d simulated cores: 1 to %d, or 0 for the real machine", f.Sim, machine.MaxSimCores)
	}
	if f.Costs != "" && f.Sim == 0 {
		return c, errors.New("prices of virtual time without simulated cores (-sim)")
	}
	if f.Sim > 0 {
		costs, err := loadCosts(f.Costs)
		if err != nil {
			return c, err
		}
		c.Machine = machine.NewSim(machine.SimConfig{Seed: f.Seed, Cores: f.Sim, Costs: costs})
	} else {
		c.Machine = machine.NewReal(machine.RealConfig{Seed: f.Seed})
	}
	return c, nil
}

// loadCosts reads prices; "" are the defaults.
func loadCosts(file string) (machine.Costs, error) {
	if file == "" {
		return machine.DefaultCosts(), nil
	}
	return machine.LoadCosts(file)
}
