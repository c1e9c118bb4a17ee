// Deadlock reports: which threads there are, and who waits for whom.

package machine

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// Deadlock is Run's error when no thread of the machine can ever run again: nothing is runnable, no timer runs,
// nobody is in Block, and nobody outside has registered with KeepAlive.
type Deadlock struct {
	Threads []ThreadState // every thread that has not ended, by id
	Time    int64         // the machine's clock when it was found
}

// ThreadState is one blocked thread in a report.
type ThreadState struct {
	ID     int
	Name   string
	Daemon bool
	Wait   Wait
	Since  int64 // the machine's clock when the wait began
}

// Error is the wait-for graph, a line per thread, and then each cycle of threads that wait for one another.
func (d *Deadlock) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "deadlock: no thread can go on (%s)", count(len(d.Threads), "thread"))
	names := map[int]string{}
	for _, t := range d.Threads {
		names[t.ID] = t.Name
	}
	for _, t := range d.Threads {
		fmt.Fprintf(&b, "\n  thread %d (%s)", t.ID, t.Name)
		if t.Daemon {
			b.WriteString(", a daemon,")
		}
		what := t.Wait.What
		if what == "" {
			what = "something"
		}
		fmt.Fprintf(&b, " waits for %s", what)
		if o := t.Wait.Owner; o >= 0 {
			if n, ok := names[o]; ok {
				fmt.Fprintf(&b, " of thread %d (%s)", o, n)
			} else {
				fmt.Fprintf(&b, " of thread %d (ended)", o)
			}
		}
		if t.Wait.Where != "" {
			fmt.Fprintf(&b, " at %s", t.Wait.Where)
		}
		fmt.Fprintf(&b, ", for %v", time.Duration(d.Time-t.Since))
	}
	for _, c := range d.Cycles() {
		b.WriteString("\n  cycle: ")
		for _, id := range c {
			fmt.Fprintf(&b, "%d -> ", id)
		}
		fmt.Fprintf(&b, "%d", c[0])
	}
	return b.String()
}

// Cycles are the cycles of the wait-for graph, each as thread ids that starts with its smallest; ordered by that.
func (d *Deadlock) Cycles() [][]int {
	owner := make(map[int]int, len(d.Threads))
	for _, t := range d.Threads {
		if t.Wait.Owner >= 0 {
			owner[t.ID] = t.Wait.Owner
		}
	}
	visited := map[int]int{} // thread -> the walk that saw it first
	var out [][]int
	for walk, t := range d.Threads {
		id := t.ID
		for {
			if seen, ok := visited[id]; ok {
				if seen == walk {
					out = append(out, cycleFrom(owner, id))
				}
				break
			}
			next, waits := owner[id]
			if !waits {
				break
			}
			visited[id] = walk
			id = next
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// cycleFrom lists the cycle that id is on, beginning with its smallest member.
func cycleFrom(owner map[int]int, id int) []int {
	first := id
	for n := owner[id]; n != id; n = owner[n] {
		first = min(first, n)
	}
	c := []int{first}
	for n := owner[first]; n != first; n = owner[n] {
		c = append(c, n)
	}
	return c
}

// count is "1 thread", "2 threads".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// ThreadPanic is the value with which Run panics when a thread has panicked: the stack is that of the thread, which
// would otherwise be lost.
type ThreadPanic struct {
	Thread int
	Name   string
	Value  any
	Stack  []byte
}

// Error describes the panic and where it came from.
func (t *ThreadPanic) Error() string {
	return fmt.Sprintf("panic in thread %d (%s): %v\n\n%s", t.Thread, t.Name, t.Value, t.Stack)
}

// Unwrap is the panic's value when that is an error.
func (t *ThreadPanic) Unwrap() error {
	err, _ := t.Value.(error)
	return err
}
