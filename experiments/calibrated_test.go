package experiments

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gilt/internal/machine"
)

// An experiment that wants the machine's prices gets them measured once, says so in its head, goes on with the same ones after an
// interruption, and has them measured anew with everything else. Prices that a run was given are used as they are.
func TestCalibratedExperiments(t *testing.T) {
	measured := 0
	calibrate := func() (machine.Costs, error) {
		measured++
		c := machine.DefaultCosts()
		c.Source, c.Load = "measured for this test", float64(measured)
		return c, nil
	}
	var used map[float64]int
	breakAt := 0
	e, _ := fake(0)
	e.Calibrated, e.Simulated, e.Virtual = true, false, func(Point) bool { return false } // some of it might be virtual; one worker
	run := e.Run
	e.Run = func(env *Env, p Point) ([]Measure, error) {
		used[env.Costs.Load]++
		if breakAt--; breakAt == 0 {
			return nil, errors.New("interrupted")
		}
		return run(env, p)
	}
	o := options(t, e)
	o.Calibrate = calibrate
	head := func(o Options) string {
		d, err := Load(o.Dir, e.Name)
		if err != nil {
			t.Fatal(err)
		}
		return d.config("costs")
	}
	again := func(o Options, wantErr string, wantMeasured int, want float64) {
		t.Helper()
		used = map[float64]int{}
		err := Run(context.Background(), o)
		if wantErr == "" && err != nil || wantErr != "" && (err == nil || !strings.Contains(err.Error(), wantErr)) {
			t.Fatalf("error %v, want %q", err, wantErr)
		}
		if measured != wantMeasured || len(used) != 1 || used[want] == 0 {
			t.Errorf("prices measured %d times, used %v; want %d, all of %v", measured, used, wantMeasured, want)
		}
	}
	breakAt = 7
	again(o, "interrupted", 1, 1)
	again(o, "", 1, 1)
	c, err := machine.LoadCosts(filepath.Join(o.Dir, e.Name+".costs.json"))
	if err != nil || c.Load != 1 || head(o) != c.Title() {
		t.Errorf("%v: prices %+v, head %q", err, c, head(o))
	}
	again(o, "", 2, 2) // it was complete

	breakAt = 7
	again(o, "interrupted", 3, 3)
	if err := os.Remove(filepath.Join(o.Dir, e.Name+".costs.json")); err != nil {
		t.Fatal(err)
	}
	used = map[float64]int{}
	if err := Run(context.Background(), o); err == nil || len(used) > 0 {
		t.Errorf("prices of half of the data are lost: error %v, went on with %v", err, used)
	}

	shards := options(t, e)
	shards.Calibrate, shards.Shard, shards.Shards = calibrate, 1, 2
	again(shards, "", 4, 4)
	shards.Shard = 2
	again(shards, "", 5, 5)

	given := options(t, e)
	given.Calibrate, given.Costs = calibrate, machine.DefaultCosts()
	given.Costs.Load = 17
	again(given, "", 5, 17)
	if want := given.Costs.Title(); head(given) != want {
		t.Errorf("head %q, want %q", head(given), want)
	}
}
