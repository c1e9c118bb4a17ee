//go:build unix

package lab

import (
	"reflect"
	"testing"
	"time"

	"gilt/gil"
	"gilt/internal/machine"
)

func count(t testing.TB, m *machine.Machine, c Config) Result {
	t.Helper()
	r, err := Count(m, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The shapes in virtual time: exact, so they can be demanded. Two busy threads on two cores pay for the old lock's lost
// wake-ups and pay next to nothing under the others.
func TestShapes(t *testing.T) {
	for _, d := range gil.List() {
		sim := func() Result {
			m := machine.NewSim(machine.SimConfig{Cores: 3, Seed: 1})
			return count(t, m, Config{Lock: d.Name, Threads: 2, Ticks: 2e6})
		}
		r := sim()
		if again := sim(); !reflect.DeepEqual(r, again) {
			t.Fatalf("%s: two simulations differ: %+v and %+v", d.Name, r, again)
		}
		t.Logf("%-8s x%.2f, %d hand-offs, badness %.3f", d.Name, r.Slowdown(), r.Stats.Handoffs, r.Stats.Badness())
		if d.Ticks {
			if r.Slowdown() < 1.2 || r.Stats.Badness() < 0.05 || r.Stats.Handoffs < 100 {
				t.Errorf("%s does not lose wake-ups", d.Name)
			}
			continue
		}
		if r.Slowdown() > 1.1 || r.Stats.Failed > r.Stats.Contended {
			t.Errorf("%s slows two threads down", d.Name)
		}
	}
}

func TestCountReal(t *testing.T) {
	for _, d := range gil.List() {
		r := count(t, machine.NewReal(machine.RealConfig{Seed: 1}), Config{Lock: d.Name, Threads: 3, Ticks: 2e5})
		if len(r.Stats.Members) != 3 || r.Wall <= 0 || r.Ideal <= 0 || r.Stats.Handoffs < 2 {
			t.Errorf("%s: %+v", d.Name, r)
		}
		if checks := uint64(3 * 200_000 / 101); d.Ticks && (r.Stats.Checks < checks-3 || r.Stats.Checks > checks+3) {
			t.Errorf("%d checks, want %d", r.Stats.Checks, checks)
		}
	}
	if _, err := Count(nil, Config{Lock: "none"}); err == nil {
		t.Error("no error")
	}
}

func TestEcho(t *testing.T) {
	for _, d := range gil.List() {
		r, err := Echo(Config{Lock: d.Name, Threads: 1}, 50*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rate <= 0 || r.Median <= 0 || r.P99 < r.Median || r.Max < r.P99 || len(r.Stats.Members) != 2 {
			t.Errorf("%s: %+v", d.Name, r)
		}
	}
}

// The convoy effect, on real cores: beside two busy threads the 3.2 lock serves a hundredth of what "beazley" does.
// The machine may be busy with other things, so much less is demanded, and one of three attempts will do.
func TestConvoy(t *testing.T) {
	if testing.Short() {
		t.Skip("needs real time")
	}
	for range 3 {
		rate := map[string]float64{}
		for _, name := range []string{"interval", "beazley"} {
			r, err := Echo(Config{Lock: name, Threads: 2}, 300*time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			rate[name] = r.Rate
		}
		t.Logf("requests/s: %v", rate)
		if rate["beazley"] > 4*rate["interval"] {
			return
		}
	}
	t.Error("no convoy effect under interval, or one under beazley")
}
