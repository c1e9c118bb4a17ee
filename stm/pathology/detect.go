package pathology

import (
	"math"

	"gilt/contention"
	"gilt/internal/machine"
)

// detector watches a run and counts the signs of each pathology. Simulated threads run one at a time, so it needs
// no lock.
type detector struct {
	tracks map[*contention.State]*track
	order  []*track // in the order of their first events

	cycles    int64 // A aborted by B, then B by A, and neither committed in between
	mutual    int64 // A has waited for B while B waited for A
	waited    int64 // ns waited for enemies
	futile    int64 // ns waited for attempts that then aborted
	backedOff int64
	wasted    int64 // ns in aborted attempts
	convoys   int64 // commits after which most others restarted together
	commits   int64
	aborts    int64
	kills     int64
	length    int64 // of a transaction alone: the yardstick for "together"
	threads   int
}

// track is what the detector knows of one thread.
type track struct {
	s         *contention.State
	aborts    int   // in a row
	maxAborts int   //
	total     int64 // aborts
	commits   int64 //
	started   int64 // when the transaction began for the first time; -1 between transactions
	maxAge    int64
	killer    *contention.State // who aborted it, since neither has committed; nil otherwise
	killed    bool              // killed, and has not noticed yet
	victimOf  *contention.State // whose commit it was last aborted by, for convoys
	waitsFor  *contention.State
	waitEnd   int64
	waitBegin int64
	// outcomes of the last attempts, to tell what was waited for in vain
	lastAborted  uint64
	lastWaits    [8]pendingWait
	nWaits       int
	commitAt     int64
	commitBegins []int64
}

// pendingWait is a wait for an attempt whose end has not been seen yet.
type pendingWait struct {
	epoch uint64
	ns    int64
}

func newDetector(threads int, length int64) *detector {
	return &detector{tracks: map[*contention.State]*track{}, length: length, threads: threads}
}

func (d *detector) of(s *contention.State) *track {
	t := d.tracks[s]
	if t == nil {
		t = &track{s: s, started: -1}
		d.tracks[s] = t
		d.order = append(d.order, t)
	}
	return t
}

// Event is contention.Observer's.
func (d *detector) Event(_ *machine.Proc, e contention.Event) {
	t := d.of(e.Me)
	switch e.Kind {
	case contention.EventBegin:
		d.begin(t, e)
	case contention.EventCommit:
		d.commit(t, e)
	case contention.EventAbort:
		d.abort(t, e)
	case contention.EventKill:
		d.kills++
		v := d.of(e.Enemy)
		v.killed = true
		d.defeat(v, t)
	case contention.EventWait:
		d.wait(t, e)
	case contention.EventBackoff:
		d.backedOff += e.Ns
	}
}

func (d *detector) begin(t *track, e contention.Event) {
	if t.started < 0 {
		t.started = e.At - e.Ns
	}
	if t.victimOf != nil {
		w := d.of(t.victimOf)
		w.commitBegins = append(w.commitBegins, e.At)
		t.victimOf = nil
	}
}

func (d *detector) commit(t *track, e contention.Event) {
	d.commits++
	t.commits++
	t.finish(e.At)
	t.killer = nil
	for _, u := range d.order { // the pairs are few
		if u.killer == t.s {
			u.killer = nil
		}
	}
	t.settle(d, e.Epoch, false)
	d.closeConvoy(t)
	t.commitAt = e.At
}

func (t *track) finish(now int64) {
	if t.started >= 0 {
		t.maxAge = max(t.maxAge, now-t.started)
	}
	t.started = -1
	t.maxAborts = max(t.maxAborts, t.aborts)
	t.aborts = 0
}

// closeConvoy judges the restarts that t's previous commit has caused.
func (d *detector) closeConvoy(t *track) {
	b := t.commitBegins
	t.commitBegins = t.commitBegins[:0]
	if 2*len(b) < d.threads-1 || len(b) < 2 {
		return
	}
	var mean, v float64
	for _, x := range b {
		mean += float64(x)
	}
	mean /= float64(len(b))
	for _, x := range b {
		v += (float64(x) - mean) * (float64(x) - mean)
	}
	if math.Sqrt(v/float64(len(b))) < float64(d.length)/convoyTogether {
		d.convoys++
	}
}

// convoyTogether: restarts whose standard deviation is below 1/convoyTogether of a transaction count as together.
const convoyTogether = 4

func (d *detector) abort(t *track, e contention.Event) {
	d.aborts++
	t.total++
	t.aborts++
	t.maxAborts = max(t.maxAborts, t.aborts)
	d.wasted += e.Ns
	t.settle(d, e.Epoch, true)
	if e.Enemy == nil || e.Enemy == e.Me {
		t.killed = false
		return
	}
	t.victimOf = e.Enemy
	if !t.killed { // a kill was noted when it happened: the victim may notice after its killer's commit
		d.defeat(t, d.of(e.Enemy))
	}
	t.killed = false
}

// defeat notes that w has made t abort.
func (d *detector) defeat(t, w *track) {
	if w.killer == t.s {
		d.cycles++
		w.killer = nil
		return
	}
	t.killer = w.s
}

// wait remembers a wait until the awaited attempt has ended, and looks for waits that cross.
func (d *detector) wait(t *track, e contention.Event) {
	d.waited += e.Ns
	if e.Enemy == nil {
		return
	}
	w := d.of(e.Enemy)
	t.waitsFor, t.waitBegin, t.waitEnd = e.Enemy, e.At-e.Ns, e.At
	if w.waitsFor == t.s && w.waitEnd > t.waitBegin {
		d.mutual++
		w.waitsFor = nil
	}
	if w.lastAborted == e.EnemyEpoch && e.EnemyEpoch != 0 {
		d.futile += e.Ns
		return
	}
	w.lastWaits[w.nWaits%len(w.lastWaits)] = pendingWait{e.EnemyEpoch, e.Ns}
	w.nWaits++
}

// settle closes the waits for t's attempt.
func (t *track) settle(d *detector, epoch uint64, aborted bool) {
	if aborted {
		t.lastAborted = epoch
	}
	for i := range t.lastWaits {
		if p := &t.lastWaits[i]; p.ns != 0 && p.epoch == epoch {
			if aborted {
				d.futile += p.ns
			}
			*p = pendingWait{}
		}
	}
}

// end closes the books at the horizon: transactions that are still running count as old as they are.
func (d *detector) end(now int64) {
	for _, t := range d.order {
		t.finish(now)
	}
}
