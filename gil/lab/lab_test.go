package lab

import (
	"testing"
	"time"

	"gilt/gil"
	"gilt/internal/machine"
)

func TestQuick(t *testing.T) {
	for _, d := range gil.List() {
		for _, n := range []int{1, 2, 4} {
			m := machine.NewReal(machine.RealConfig{Seed: 1})
			start := time.Now()
			r, err := Count(m, Config{Lock: d.Name, Threads: n, Ticks: 3e6})
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%-9s n=%d wall %v x%.2f handoffs %d checks %d forced %d bad %.3f req %d (%v)", d.Name, n, r.Wall, r.Slowdown(), r.Stats.Handoffs, r.Stats.Checks, r.Stats.Forced, r.Stats.Badness(), r.Stats.Requests, time.Since(start))
		}
	}
}
func TestQuickEcho(t *testing.T) {
	for _, d := range gil.List() {
		for _, n := range []int{0, 1, 2, 4} {
			r, err := Echo(Config{Lock: d.Name, Threads: n}, 600*time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%-9s n=%d rate %.0f p50 %v p99 %v cpu %.2f handoffs %d aged %d", d.Name, n, r.Rate, r.Median, r.P99, r.CPU, r.Stats.Handoffs, r.Stats.Aged)
		}
	}
}
