package stm

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	anacrolix "github.com/anacrolix/stm"

	"gilt/internal/machine"
)

// BenchmarkLibrary compares the library with anacrolix/stm v0.5.0 and with locks, all in one run, on the usual
// workloads; one operation is one transaction on each goroutine, so that with perfect scaling two goroutines need the
// time of one. min-ns/op is the fastest batch of a hundred operations on the slower goroutine: it hardly depends on what
// else the machine does.
func BenchmarkLibrary(b *testing.B) {
	for _, w := range libWorkloads() {
		for _, goroutines := range []int{1, 2} {
			for _, impl := range w.impls {
				b.Run(fmt.Sprintf("work=%s/goroutines=%d/impl=%s", w.name, goroutines, impl.name), func(b *testing.B) {
					benchGoroutines(b, goroutines, impl.make())
				})
			}
		}
	}
}

// libImpl makes, for each goroutine, the function that performs one operation.
type libImpl struct {
	name string
	make func() func(g int) func(r *rand.Rand)
	// apart, where goroutines share no data, gives each a system of its own as well, so that they share nothing at all: the
	// yardstick for how well the machine lets two of them run side by side.
	apart func() func(g int) func(r *rand.Rand)
}

type libWork struct {
	name  string
	impls []libImpl
}

func benchGoroutines(b *testing.B, goroutines int, start func(g int) func(r *rand.Rand)) {
	const batch = 100
	b.ReportAllocs()
	var ready, wg sync.WaitGroup
	ready.Add(goroutines)
	wg.Add(goroutines)
	begin := make(chan struct{})
	best := make([]time.Duration, goroutines)
	for g := range goroutines {
		go func() {
			defer wg.Done()
			op, r := start(g), randFor(g)
			ready.Done()
			<-begin
			best[g] = time.Hour
			for n := b.N; n > 0; n -= batch {
				t := time.Now()
				for range min(n, batch) {
					op(r)
				}
				if d := time.Since(t); n >= batch {
					best[g] = min(best[g], d)
				}
			}
		}()
	}
	ready.Wait()
	b.ResetTimer()
	close(begin)
	wg.Wait()
	if b.N >= batch {
		b.ReportMetric(float64(slices.Max(best).Nanoseconds())/batch, "min-ns/op")
	}
}

// padded keeps what belongs to one goroutine out of the others' cache lines.
type padded[T any] struct {
	v T
	_ [128]byte
}

// randFor is a source of random numbers for one goroutine, in a cache line of its own: the generators are so small that several
// would share one otherwise, and every number would cost a transfer of the line.
func randFor(g int) *rand.Rand {
	pcg := new(padded[rand.PCG])
	pcg.v.Seed(1, uint64(g))
	return rand.New(&pcg.v)
}

// ownSystem is a new system like the default one.
func ownSystem() *System {
	s, err := NewSystem(Options{Machine: machine.NewReal(machine.RealConfig{})})
	if err != nil {
		panic(err)
	}
	return s
}

func libWorkloads() []libWork {
	out := []libWork{incrementWork("counter", false), incrementWork("private", true)}
	for _, k := range [][2]int{{16, 0}, {256, 0}, {10, 2}, {100, 10}} {
		out = append(out, readWriteWork(k[0], k[1]))
	}
	return append(out, accountWork(), sortedListWork(), hashMapWork("hash", 20), hashMapWork("readmostly", 2), lookUpWork("lookups", 2), orderedMapWork())
}

// The library's side of two workloads. They must not be inlined: in the copies of their closures the compiler would inline
// nothing in its turn, and what is passed to the library would escape.

//go:noinline
func giltIncrement(system func() *System, at func(g int) int) func() func(int) func(*rand.Rand) {
	return func() func(int) func(*rand.Rand) {
		vars := make([]padded[Var[int]], 2)
		return func(g int) func(*rand.Rand) {
			x, s := &vars[at(g)].v, system()
			return func(*rand.Rand) { AtomicallyIn(s, VoidOperation(func(tx *Tx) { x.Set(tx, x.Get(tx)+1) })) }
		}
	}
}

//go:noinline
func giltReadWrite(system func() *System, r, w int, at func(g int) int) func() func(int) func(*rand.Rand) {
	return func() func(int) func(*rand.Rand) {
		var arrays [2][]Var[int]
		for i := range arrays {
			arrays[i] = make([]Var[int], r+8)
		}
		return func(g int) func(*rand.Rand) {
			vars, sink, s := arrays[at(g)][:r], &sinks[g].v, system()
			for i := range vars {
				AtomicSetIn(s, &vars[i], i)
			}
			return func(*rand.Rand) {
				*sink = AtomicallyIn(s, func(tx *Tx) int {
					sum := 0
					for i := range vars {
						sum += vars[i].Get(tx)
					}
					for i := range w {
						vars[i].Set(tx, sum)
					}
					return sum
				})
			}
		}
	}
}

// incrementWork increments one counter, or one per goroutine.
func incrementWork(name string, private bool) libWork {
	at := func(g int) int {
		if private {
			return g
		}
		return 0
	}
	return libWork{name, []libImpl{
		{name: "gilt", make: giltIncrement(DefaultSystem, at), apart: giltIncrement(ownSystem, func(g int) int { return g })},
		{name: "anacrolix", make: func() func(int) func(*rand.Rand) {
			vars := []*anacrolix.Var[int]{anacrolix.NewVar(0), anacrolix.NewVar(0)}
			return func(g int) func(*rand.Rand) {
				x := vars[at(g)]
				return func(*rand.Rand) {
					anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) { x.Set(tx, x.Get(tx)+1) }))
				}
			}
		}},
		{name: "mutex", make: func() func(int) func(*rand.Rand) {
			type counter struct {
				mu sync.Mutex
				n  int
			}
			vars := make([]padded[counter], 2)
			return func(g int) func(*rand.Rand) {
				x := &vars[at(g)].v
				return func(*rand.Rand) { x.mu.Lock(); x.n++; x.mu.Unlock() }
			}
		}},
		{name: "rwmutex", make: func() func(int) func(*rand.Rand) {
			type counter struct {
				mu sync.RWMutex
				n  int
			}
			vars := make([]padded[counter], 2)
			return func(g int) func(*rand.Rand) {
				x := &vars[at(g)].v
				return func(*rand.Rand) { x.mu.Lock(); x.n++; x.mu.Unlock() }
			}
		}},
	}}
}

var sinks [2]padded[int]

// readWriteWork reads r variables and writes w of them, of an array per goroutine; without writes the array is shared.
func readWriteWork(r, w int) libWork {
	name := fmt.Sprintf("%dr%dw", r, w)
	at := func(g int) int {
		if w == 0 {
			return 0
		}
		return g
	}
	impls := []libImpl{
		{name: "gilt", make: giltReadWrite(DefaultSystem, r, w, at), apart: giltReadWrite(ownSystem, r, w, func(g int) int { return g })},
		{name: "anacrolix", make: func() func(int) func(*rand.Rand) {
			var arrays [2][]*anacrolix.Var[int]
			for i := range arrays {
				for n := range r {
					arrays[i] = append(arrays[i], anacrolix.NewVar(n))
				}
			}
			return func(g int) func(*rand.Rand) {
				vars, sink := arrays[at(g)], &sinks[g].v
				return func(*rand.Rand) {
					*sink = anacrolix.Atomically(func(tx *anacrolix.Tx) int {
						sum := 0
						for i := range vars {
							sum += vars[i].Get(tx)
						}
						for i := range w {
							vars[i].Set(tx, sum)
						}
						return sum
					})
				}
			}
		}},
	}
	type locked struct {
		mu sync.RWMutex
		n  int
	}
	sum := func(a []locked) int {
		sum := 0
		for i := range a {
			sum += a[i].n
		}
		for i := range w {
			a[i].n = sum
		}
		return sum
	}
	mk := func(lock func(mu *sync.RWMutex, a []locked) int) func() func(int) func(*rand.Rand) {
		return func() func(int) func(*rand.Rand) {
			var mus [2]padded[sync.RWMutex]
			var arrays [2][]locked
			for i := range arrays {
				arrays[i] = make([]locked, r+8)
			}
			return func(g int) func(*rand.Rand) {
				mu, a, sink := &mus[at(g)].v, arrays[at(g)][:r], &sinks[g].v
				return func(*rand.Rand) { *sink = lock(mu, a) }
			}
		}
	}
	return libWork{name, append(impls,
		libImpl{name: "mutex", make: func() func(int) func(*rand.Rand) {
			var mus [2]padded[sync.Mutex]
			var arrays [2][]locked
			for i := range arrays {
				arrays[i] = make([]locked, r+8)
			}
			return func(g int) func(*rand.Rand) {
				mu, a, sink := &mus[at(g)].v, arrays[at(g)][:r], &sinks[g].v
				return func(*rand.Rand) { mu.Lock(); *sink = sum(a); mu.Unlock() }
			}
		}},
		libImpl{name: "rwmutex", make: mk(func(mu *sync.RWMutex, a []locked) int {
			if w == 0 {
				mu.RLock()
				defer mu.RUnlock()
			} else {
				mu.Lock()
				defer mu.Unlock()
			}
			return sum(a)
		})},
		libImpl{name: "peritem", make: mk(func(_ *sync.RWMutex, a []locked) int {
			for i := range a {
				if i < w {
					a[i].mu.Lock()
				} else {
					a[i].mu.RLock()
				}
			}
			n := sum(a)
			for i := range a {
				if i < w {
					a[i].mu.Unlock()
				} else {
					a[i].mu.RUnlock()
				}
			}
			return n
		})})}
}
