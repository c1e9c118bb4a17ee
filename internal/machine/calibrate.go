// Calibration: measuring the prices of the present machine.
//
// Every figure is the minimum over many short batches: on a machine that others use too, disturbances only ever add. What
// the machine itself does is measured here; the work of transactions and bytecodes belongs to higher layers, which give
// CalibrateWith a loop to time.

package machine

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	batchTime = 200 * time.Microsecond // long enough for the clock, short enough to be left alone
	batches   = 150
)

// Measure is the time of one unit of f in nanoseconds: f(n) does n units. It calls f for about 50 ms.
func Measure(f func(n int)) float64 {
	n := 1
	for {
		start := nanotime()
		f(n)
		t := nanotime() - start
		if t >= int64(batchTime) || n >= 1<<28 {
			break
		}
		n = int(min(float64(n)*min(float64(batchTime)/float64(max(t, 1))*1.2, 100)+1, 1<<28))
	}
	best := math.Inf(1)
	end := nanotime() + int64(2*batches*batchTime)
	for range batches {
		start := nanotime()
		f(n)
		now := nanotime()
		best = min(best, float64(now-start)/float64(n))
		if now > end {
			break
		}
	}
	return best
}

// CalibrateWith sets the price of a kind of private work to the measured time of one unit of f, where f(n) does n
// units, and returns it. The unit must contain no hooked access to a shared word: see CalibrateNet.
func (c *Costs) CalibrateWith(kind Cost, f func(n int)) float64 { return c.CalibrateNet(kind, 0, f) }

// CalibrateNet is CalibrateWith for a unit that contains shared accesses and other priced work, which the simulator
// charges by itself and which are worth so many nanoseconds: the price is the rest.
func (c *Costs) CalibrateNet(kind Cost, charged float64, f func(n int)) float64 {
	c.Kind[kind] = max(Measure(f)-charged, 0)
	c.mark()
	return c.Kind[kind]
}

// mark notes that the prices are measured, and where.
func (c *Costs) mark() { c.Measured(time.Now()) }

// DescribeMachine is the present machine in one line.
func DescribeMachine() string {
	cpu := "unknown processor"
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			name, value, ok := strings.Cut(line, ":")
			switch strings.TrimSpace(name) {
			case "model name", "cpu model", "Processor":
				if ok {
					cpu = strings.TrimSpace(value)
				}
			}
			if cpu != "unknown processor" {
				break
			}
		}
	}
	return fmt.Sprintf("%s, %s, GOMAXPROCS=%d, %s/%s, %s", cpu, count(runtime.NumCPU(), "core"), runtime.GOMAXPROCS(0), runtime.GOOS,
		runtime.GOARCH, runtime.Version())
}

// calibrator measures into costs.
type calibrator struct{ costs Costs }

// Calibrate measures what can be measured without a higher layer, in a few seconds; other prices keep their defaults. progress
// may be nil. On a machine with one core the prices of sharing keep their defaults and the error says so: the prices are
// usable all the same.
func Calibrate(progress func(what string, done, total int)) (Costs, error) {
	c := calibrator{DefaultCosts()}
	steps := []struct {
		what string
		f    func() error
	}{
		{"accesses", c.accesses}, {"line transfers", c.transfers}, {"contended lines", c.contention},
		{"spinning", c.spinning}, {"parking", c.parking}, {"futexes", c.futexes}, {"thread starts", c.starts},
		{"system calls", c.syscalls},
	}
	var err error
	for i, s := range steps {
		if progress != nil {
			progress(s.what, i, len(steps))
		}
		if e := s.f(); e != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", s.what, e))
		}
	}
	if progress != nil {
		progress("done", len(steps), len(steps))
	}
	c.costs.mark()
	return c.costs, err
}

var errOneCore = errors.New("needs two cores: kept the default")

// unrolled repeats f so that the loop around it weighs little.
func unrolled(f func()) func(n int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

func (c *calibrator) accesses() error {
	var x atomic.Uint64
	sum := uint64(0)
	empty := Measure(func(n int) {
		for i := range n {
			sum += uint64(i)
		}
	})
	c.costs.Load = max(Measure(func(n int) {
		for i := range n {
			sum += uint64(i) + x.Load()
		}
	})-empty, 0.1)
	c.costs.Store = max(Measure(func(n int) {
		for i := range n {
			x.Store(uint64(i))
		}
	})-empty, 0.1)
	c.costs.RMW = max(Measure(func(n int) {
		for i := range n {
			v := x.Load()
			x.CompareAndSwap(v, uint64(i))
		}
	})-empty, 0.1)
	x.Store(sum) // keeps sum alive
	return nil
}

// chain is lines that are linked in random order, so that a walk along them waits for each transfer.
type chain struct {
	next atomic.Uint64
	_    [120]byte
}

// spinUntil waits for another thread without giving the core up, unless that takes very long.
func spinUntil(ready func() bool) {
	for round := 0; !ready(); round++ {
		if round > 10_000 {
			gosched()
		}
	}
}

// onCores runs f on n operating-system threads at once, each on a core of its own; false if there are not as many.
func onCores(n int, f func(i int)) bool {
	cpus := allowedCPUs()
	if n < 2 || len(cpus) < n || runtime.GOMAXPROCS(0) < n {
		return false
	}
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			runtime.LockOSThread() // for good: a pinned thread must not be used again
			pinThread(cpus[i])
			f(i)
		}()
	}
	wg.Wait()
	return true
}

// transfers measures transfers and hand-offs of lines several times, and takes the pair with the median hand-off: which
// cores of the host are underneath a virtual machine's may change from moment to moment, and with it the distance.
func (c *calibrator) transfers() error {
	type pair struct{ transfer, handOff float64 }
	pairs := make([]pair, 7)
	for i := range pairs {
		var ok bool
		if pairs[i].transfer, ok = walkLines(); !ok {
			return errOneCore
		}
		pairs[i].handOff = handOffLine()
	}
	sort.Slice(pairs, func(i, j int) bool { return pairs[i].handOff < pairs[j].handOff })
	p := pairs[len(pairs)/2]
	c.costs.LineTransfer = max(min(p.transfer, p.handOff)-c.costs.Load, 1)
	// What a hand-off takes beyond a transfer is the price of making a shared line one's own.
	c.costs.LineUpgrade = max(p.handOff-c.costs.LineTransfer-c.costs.Load-c.costs.Store, 0)
	return nil
}

// walkLines has one thread write all lines of a chain and the other walk along it, in turns: the time of a step. It is
// false if there are no two cores.
func walkLines() (float64, bool) {
	const lines = 256
	nodes := make([]chain, lines)
	order := make([]int, lines)
	for i := range order {
		order[i] = i
	}
	rng := Proc{rng: 1}
	for i := lines - 1; i > 0; i-- {
		j := int(rng.Randn(uint64(i + 1)))
		order[i], order[j] = order[j], order[i]
	}
	var turn atomic.Int64
	await := func(v int64) { spinUntil(func() bool { return turn.Load() == v }) }
	best := math.Inf(1)
	ok := onCores(2, func(thread int) {
		for r := range int64(batches) {
			if thread == 0 {
				for i, at := range order {
					nodes[at].next.Store(uint64(order[(i+1)%lines]))
				}
				turn.Store(2*r + 1)
				await(2*r + 2)
				continue
			}
			await(2*r + 1)
			start := nanotime()
			at := uint64(order[0])
			for range lines {
				at = nodes[at].next.Load()
			}
			t := nanotime() - start
			if at == uint64(order[0]) { // a full round; uses the walk's result
				best = min(best, float64(t)/lines)
			}
			turn.Store(2*r + 2)
		}
	})
	return best, ok
}

// handOffLine has two threads hand a word to and fro: each waits until it has been written and writes it.
func handOffLine() float64 {
	const rounds = 200
	var word paddedInt64
	best := math.Inf(1)
	onCores(2, func(thread int) {
		for range batches {
			start := nanotime()
			for range rounds {
				spinUntil(func() bool { return word.Load()&1 == int64(thread) })
				word.Store(word.Load() + 1)
			}
			if thread == 0 {
				best = min(best, float64(nanotime()-start)/(2*rounds))
			}
		}
	})
	return best
}

// paddedInt64 has cache lines of its own.
type paddedInt64 struct {
	atomic.Int64
	_ [120]byte
}

// contention has cores add to one word: the time between two additions, less their own, is how long a line is busy.
func (c *calibrator) contention() error {
	threads := min(runtime.GOMAXPROCS(0), len(allowedCPUs()), 8)
	const per = 2000
	var x atomic.Int64
	var ready, finished [batches]atomic.Int64
	starts, ends := make([]paddedInt, threads), make([]paddedInt, threads)
	var times []float64
	if !onCores(threads, func(thread int) {
		for r := range batches {
			ready[r].Add(1)
			spinUntil(func() bool { return ready[r].Load() == int64(threads) })
			starts[thread].v = nanotime()
			for range per {
				x.Add(1)
			}
			ends[thread].v = nanotime()
			finished[r].Add(1)
			spinUntil(func() bool { return finished[r].Load() == int64(threads) })
			if thread == 0 {
				if t, beside := sideBySide(starts, ends); beside {
					times = append(times, t/float64(per*threads))
				}
			}
		}
	}) {
		return errOneCore
	}
	if len(times) == 0 {
		return errors.New("the threads never ran side by side: kept the default")
	}
	// Not the least: a core that keeps the line for many additions in a row has had no contention.
	sort.Float64s(times)
	c.costs.LineOccupancy = max(times[len(times)/2]-c.costs.RMW, 0)
	return nil
}

// paddedInt has cache lines of its own.
type paddedInt struct {
	v int64
	_ [120]byte
}

// sideBySide is the time from the first start to the last end, and whether all ran for most of it.
func sideBySide(starts, ends []paddedInt) (ns float64, beside bool) {
	first, last := starts[0].v, ends[0].v
	lateStart, earlyEnd := first, last
	for i := range starts {
		first, lateStart = min(first, starts[i].v), max(lateStart, starts[i].v)
		last, earlyEnd = max(last, ends[i].v), min(earlyEnd, ends[i].v)
	}
	return float64(last - first), float64(earlyEnd-lateStart) > 0.7*float64(last-first)
}

func (c *calibrator) spinning() error {
	c.costs.Pause = max(Measure(unrolled(func() { pauseRound(0) })), 1)
	c.costs.Yield = max(Measure(unrolled(gosched)), 1)
	return nil
}

// pingPong is the time from before the call of Unpark until the woken thread runs, which was parked in earnest, and
// the time of that call.
func pingPong(config RealConfig, rounds int) (handOff, unpark float64) {
	m := NewReal(config)
	handOff, unpark = math.Inf(1), math.Inf(1)
	var turn, sent atomic.Int64
	play := func(p *Proc, peer func() *Proc, mine int64) {
		w := Wait{What: "the ball", Owner: -1}
		for range rounds {
			for turn.Load()&1 != mine {
				p.Park(w)
			}
			now := nanotime()
			if mine == 0 && turn.Load() > 0 {
				handOff = min(handOff, float64(now-sent.Load()))
			}
			q := peer()
			spinUntil(func() bool { return q.real.state.Load() == permitParked || turn.Load() >= int64(2*rounds-1) })
			delayReal(5000, func() {}) // until it is in the kernel, if that is where it sleeps
			turn.Add(1)
			before := nanotime()
			sent.Store(before)
			q.Unpark(p)
			if mine == 0 {
				unpark = min(unpark, float64(nanotime()-before))
			}
		}
	}
	_ = m.Run(func(p *Proc) {
		var q atomic.Pointer[Proc]
		q.Store(m.Go("pong", func(q *Proc) { play(q, func() *Proc { return p }, 1) }))
		play(p, q.Load, 0)
	})
	return handOff, unpark
}

func (c *calibrator) parking() error {
	handOff, unpark := pingPong(RealConfig{}, 3000)
	c.costs.Unpark = min(unpark, handOff/2)
	rest := (handOff - c.costs.Unpark) / 3 // cannot be told apart from here
	c.costs.Park, c.costs.WakeLatency, c.costs.ContextSwitch = rest, rest, rest
	return nil
}

func (c *calibrator) futexes() error {
	if !kernelFutex {
		return errors.New("not on this system: kept the defaults")
	}
	var f Futex
	c.costs.FutexWait = Measure(unrolled(func() { f.queue.wait(&f.word, 1, -1) }))
	c.costs.FutexWake = Measure(unrolled(func() { f.queue.wake(&f.word, 1) }))
	handOff, _ := pingPong(RealConfig{LockOSThreads: true}, 1000)
	c.costs.FutexLatency = max(handOff-c.costs.FutexWake, c.costs.WakeLatency)
	return nil
}

// starts measures how long it takes until a new thread runs: not the call alone, because the core that it gets has usually been idle and
// sleeps, and until then its creator is ahead of it. Not the least, for the same reason.
func (c *calibrator) starts() error {
	m := NewReal(RealConfig{})
	var times []float64
	_ = m.Run(func(p *Proc) {
		for range batches {
			p.Sleep(batchTime) // other cores fall asleep
			var ran atomic.Int64
			start := nanotime()
			m.Go("empty", func(*Proc) { ran.Store(nanotime()) })
			spinUntil(func() bool { return ran.Load() != 0 })
			times = append(times, float64(ran.Load()-start))
		}
	})
	sort.Float64s(times)
	c.costs.ThreadStart = times[len(times)/2]
	return nil
}

func (c *calibrator) syscalls() error {
	f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	b := []byte{'x'}
	c.costs.Kind[CostSyscall] = Measure(func(n int) {
		for range n {
			if _, e := f.Write(b); e != nil {
				err = e
			}
		}
	})
	return err
}
