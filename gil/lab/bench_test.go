//go:build unix

package lab

import (
	"fmt"
	"testing"
	"time"

	"gilt/gil"
	"gilt/internal/machine"
)

// BenchmarkCount: CPU-bound threads of 3 million ticks each (run it with -benchtime 1x -count 6: an operation is a whole
// experiment). "slowdown" is wall time over the time of the ticks alone; "badness" failed wake-ups per check.
func BenchmarkCount(b *testing.B) {
	for _, n := range []int{1, 2, 4} {
		for _, d := range gil.List() {
			b.Run(fmt.Sprintf("threads=%d/lock=%s", n, d.Name), func(b *testing.B) {
				benchCount(b, Config{Lock: d.Name, Threads: n, Ticks: 3e6})
			})
		}
		b.Run(fmt.Sprintf("threads=%d/lock=ticks-cond", n), func(b *testing.B) {
			benchCount(b, Config{Lock: "ticks", Options: gil.Options{Variant: gil.MutexCond}, Threads: n, Ticks: 3e6})
		})
	}
}

func benchCount(b *testing.B, c Config) {
	var slowdown, badness, handoffs float64
	for range b.N {
		r := count(b, machine.NewReal(machine.RealConfig{Seed: 1}), c)
		slowdown += r.Slowdown()
		badness += r.Stats.Badness()
		handoffs += float64(r.Stats.Handoffs)
	}
	b.ReportMetric(slowdown/float64(b.N), "slowdown")
	b.ReportMetric(badness/float64(b.N), "badness")
	b.ReportMetric(handoffs/float64(b.N), "hand-offs")
}

// BenchmarkEcho: requests per second of an echo server beside CPU-bound threads, 300 ms each.
func BenchmarkEcho(b *testing.B) {
	for _, d := range gil.List() {
		for _, n := range []int{0, 1, 2, 4} {
			b.Run(fmt.Sprintf("lock=%s/threads=%d", d.Name, n), func(b *testing.B) {
				benchEcho(b, Config{Lock: d.Name, Threads: n})
			})
		}
	}
}

// BenchmarkSwitchInterval: the same under "interval", for the intervals of a sweep.
func BenchmarkSwitchInterval(b *testing.B) {
	for _, n := range []int{1, 2} {
		for _, iv := range []time.Duration{100 * time.Millisecond, 10 * time.Millisecond, 5 * time.Millisecond,
			time.Millisecond, 100 * time.Microsecond, 10 * time.Microsecond, time.Microsecond} {
			b.Run(fmt.Sprintf("threads=%d/interval=%v", n, iv), func(b *testing.B) {
				benchEcho(b, Config{Lock: "interval", Options: gil.Options{Interval: iv}, Threads: n})
			})
		}
	}
}

func benchEcho(b *testing.B, c Config) {
	var rate, median, p99, cpu float64
	for range b.N {
		r, err := Echo(c, 300*time.Millisecond)
		if err != nil {
			b.Fatal(err)
		}
		rate += r.Rate
		median += r.Median.Seconds() * 1e3
		p99 += r.P99.Seconds() * 1e3
		cpu += r.CPU
	}
	b.ReportMetric(rate/float64(b.N), "requests/s")
	b.ReportMetric(median/float64(b.N), "p50-ms")
	b.ReportMetric(p99/float64(b.N), "p99-ms")
	b.ReportMetric(cpu/float64(b.N), "cpu-share")
}

// BenchmarkCtrlC: what a signal that only the main thread can serve does to "ticks" while that thread waits in a join.
func BenchmarkCtrlC(b *testing.B) {
	for _, n := range []int{1, 2} {
		b.Run(fmt.Sprintf("threads=%d", n), func(b *testing.B) {
			c := Config{Lock: "ticks", Threads: n, Ticks: 2e5, Tick: 15 * time.Nanosecond}
			var ratio float64
			for range b.N {
				before := count(b, machine.NewReal(machine.RealConfig{Seed: 1}), c)
				c.Pinned = true
				after := count(b, machine.NewReal(machine.RealConfig{Seed: 1}), c)
				c.Pinned = false
				ratio += float64(after.Wall) / float64(before.Wall)
			}
			b.ReportMetric(ratio/float64(b.N), "slowdown")
		})
	}
}
