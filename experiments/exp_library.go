package experiments

import (
	"errors"
	"runtime"
	"sync"
	"time"

	anacrolix "github.com/anacrolix/stm"

	"gilt/experiments/figure"
	"gilt/stm"
)

// The transactional memory as a Go library, against another library and against mutexes: goroutines move money between
// accounts; one operation in ten adds all of them up.

const accounts = 256

var errMoney = errors.New("money was lost or made")

// bank is one implementation.
type bank interface {
	move(from, to int)
	sum() int
}

type giltBank struct{ acc [accounts]stm.Var[int] }

func (b *giltBank) move(from, to int) {
	stm.Atomically(stm.VoidOperation(func(tx *stm.Tx) {
		b.acc[from].Set(tx, b.acc[from].Get(tx)-1)
		b.acc[to].Set(tx, b.acc[to].Get(tx)+1)
	}))
}

func (b *giltBank) sum() int {
	return stm.View(func(tx *stm.Tx) int {
		s := 0
		for i := range b.acc {
			s += b.acc[i].Get(tx)
		}
		return s
	})
}

type anacrolixBank struct{ acc [accounts]*anacrolix.Var[int] }

func (b *anacrolixBank) move(from, to int) {
	anacrolix.Atomically(anacrolix.VoidOperation(func(tx *anacrolix.Tx) {
		b.acc[from].Set(tx, b.acc[from].Get(tx)-1)
		b.acc[to].Set(tx, b.acc[to].Get(tx)+1)
	}))
}

func (b *anacrolixBank) sum() int {
	return anacrolix.Atomically(func(tx *anacrolix.Tx) int {
		s := 0
		for i := range b.acc {
			s += b.acc[i].Get(tx)
		}
		return s
	})
}

type mutexBank struct {
	mu  sync.Mutex
	acc [accounts]int
}

func (b *mutexBank) move(from, to int) {
	b.mu.Lock()
	b.acc[from]--
	b.acc[to]++
	b.mu.Unlock()
}

func (b *mutexBank) sum() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := 0
	for i := range b.acc {
		s += b.acc[i]
	}
	return s
}

type fineBank struct {
	acc [accounts]struct {
		mu sync.Mutex
		n  int
		_  [48]byte
	}
}

func (b *fineBank) move(from, to int) {
	if from == to {
		return
	}
	x, y := &b.acc[min(from, to)], &b.acc[max(from, to)]
	x.mu.Lock()
	y.mu.Lock()
	b.acc[from].n--
	b.acc[to].n++
	y.mu.Unlock()
	x.mu.Unlock()
}

func (b *fineBank) sum() int {
	s := 0
	for i := range b.acc {
		b.acc[i].mu.Lock()
		s += b.acc[i].n
	}
	for i := range b.acc {
		b.acc[i].mu.Unlock()
	}
	return s
}

func newBank(name string) bank {
	switch name {
	case "gilt":
		return &giltBank{}
	case "anacrolix":
		b := &anacrolixBank{}
		for i := range b.acc {
			b.acc[i] = anacrolix.NewVar(0)
		}
		return b
	case "mutex":
		return &mutexBank{}
	}
	return &fineBank{}
}

func library() *Experiment {
	return &Experiment{
		Name: "library", Title: "The library for Go programs against anacrolix/stm and mutexes: 256 accounts, a tenth of the operations adds all up",
		Units: []Unit{{"sec/op", "lower"}},
		Points: func(Scale) []Point {
			return grid("library", these("gilt", "anacrolix", "mutex", "mutex-each"), "goroutines", these("1", "2"))
		},
		Run: func(e *Env, p Point) ([]Measure, error) {
			b, n, ops := newBank(p.Get("library")), p.Int("goroutines"), pick(e.Scale, 200, 40000, 400000)
			var wg sync.WaitGroup
			wrong := make([]int, n)
			runtime.GC()
			start := time.Now()
			for g := range n {
				wg.Go(func() {
					x := e.Seed*31 + uint64(g)
					for range ops / n {
						x = x*6364136223846793005 + 1442695040888963407
						r := x >> 32
						if r%10 == 0 {
							wrong[g] += b2i(b.sum() != 0)
						} else {
							b.move(int(r>>4)%accounts, int(r>>16)%accounts)
						}
					}
				})
			}
			wg.Wait()
			d := time.Since(start)
			for _, w := range wrong {
				if w != 0 || b.sum() != 0 {
					return nil, errMoney
				}
			}
			return []Measure{{"sec/op", d.Seconds() / float64(ops)}}, nil
		},
		Figures: func(d *Data) []figure.Figure {
			f := figure.Figure{Name: "library", Title: "Moving money between accounts (Go library)", Kind: figure.Rows, XLabel: "time per operation (ns)", LogX: true,
				Categories: d.Levels("library")}
			for _, n := range d.Levels("goroutines") {
				s := figure.Series{Name: map[string]string{"1": "1 goroutine", "2": "2 goroutines"}[n]}
				for i, l := range f.Categories {
					s.Dots = append(s.Dots, d.Stat("sec/op", "library", l, "goroutines", n).scaled(1e9).dot(float64(i)))
				}
				f.Series = append(f.Series, s)
			}
			return []figure.Figure{f}
		},
	}
}
