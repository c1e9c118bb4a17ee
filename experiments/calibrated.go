package experiments

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gilt/experiments/calibration"
	"gilt/internal/machine"
)

// Prices of the present machine, for experiments that compare it with a simulated one: they are measured when the experiment
// begins, unless the run was given prices, and are part of its data: NAME.costs.json beside them, their name in the head of the data.
// An interrupted run goes on with them. Each shard of a run has its own: it may be on another machine.

// pricesFile is where an experiment's prices are, and the file that says which program measured them.
func (r *runner) pricesFile(e *Experiment) (file, state string) {
	name := strings.TrimSuffix(r.file(e), ".bench")
	return name + ".costs.json", filepath.Join(r.Dir, stateDir, filepath.Base(name)+".costs")
}

// prices are those that an experiment is to use with the data that it has already.
func (r *runner) prices(e *Experiment, d *Data) (machine.Costs, error) {
	if !e.Calibrated || r.Scale == Tiny && r.Calibrate == nil || r.Costs != (machine.Costs{}) {
		return r.Costs, nil
	}
	file, state := r.pricesFile(e)
	if len(d.Records) > 0 { // it goes on
		if text, err := os.ReadFile(state); err != nil || string(text) != r.identity {
			return machine.Costs{}, fmt.Errorf("%s: the prices that its data were computed with are not there; remove the data to measure again", file)
		}
		return machine.LoadCosts(file)
	}
	calibrate := r.Calibrate
	if calibrate == nil {
		calibrate = calibrateHere
	}
	r.bar.Describe("calibration   ")
	c, err := calibrate()
	if err != nil {
		return c, fmt.Errorf("%s: calibration: %w", e.Name, err)
	}
	if err := c.Save(file); err != nil {
		return c, err
	}
	return c, writeAtomically(state, []byte(r.identity))
}

// calibrateHere measures the prices with the half of the workloads that is for it.
func calibrateHere() (machine.Costs, error) {
	dir, programs, err := ForCalibration()
	if dir != "" {
		defer os.RemoveAll(dir)
	}
	if err != nil {
		return machine.Costs{}, err
	}
	r, err := calibration.Run(calibration.Options{Programs: programs, WholeCores: true}) // crowding is measured turn by turn
	if r == nil {
		return machine.Costs{}, err
	}
	return r.Costs, nil // what could not be measured keeps its default
}

// setConfig changes an entry of the head.
func (d *Data) setConfig(key, value string) {
	for i := range d.Config {
		if d.Config[i].Key == key {
			d.Config[i].Value = value
		}
	}
}
