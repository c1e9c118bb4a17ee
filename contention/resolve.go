package contention

import (
	"unsafe"

	"gilt/internal/machine"
)

// pollStep is the longest time in ns that a waiter looks neither at its own status nor at its enemy's.
const pollStep = 500

// Conflict decides a clash and carries the decision out: it waits, or kills. enemy is nil when it is unknown or has
// committed; word is the enemy's status word, read while it was known to be the enemy. The answer is Wait (look
// again), AbortSelf or Split (roll back).
//
// Two things stand above every policy. An attempt that is committing and can no longer be killed out of a wait never
// waits with its locks held, nor for another committer: the two could wait for each other. And an irrevocable
// attempt never rolls back: it kills, and waits for committers, whose own conflicts with it end.
func (s *State) Conflict(p *machine.Proc, enemy *State, word Word, kind Kind, phase Phase, object unsafe.Pointer) Action {
	if s.Killed() {
		return AbortSelf
	}
	s.trouble |= troubleMet
	c := &s.cold.c
	if c.Object != object {
		s.disclaim(p)
	}
	if c.Enemy != enemy || c.Object != object || c.Word.Epoch() != word.Epoch() {
		c.Tries = 0
	}
	c.Me, c.Enemy, c.Word, c.Kind, c.Phase, c.Object = s, enemy, word, kind, phase, object
	s.cold.enemy, s.cold.enemyWord, s.cold.object = enemy, word, object

	if enemy != nil && !word.Live() { // killed or ending: it will release its locks
		c.Tries++
		p.Spin(c.Tries)
		return s.lookAgain()
	}
	if s.Word().Status() == Irrevocable {
		return s.insist(p, c)
	}
	d := s.m.Conflict(p, c)
	c.Tries++
	switch d.Action {
	case AbortOther:
		return s.kill(p, c)
	case Wait:
		if phase == Committing && (s.Word().Status() != Active || enemy == nil || word.Status() == InCommit) {
			return AbortSelf
		}
		s.await(p, c, d.Wait)
		return s.lookAgain()
	case Split:
		s.split = true
	}
	return d.Action
}

func (s *State) lookAgain() Action {
	if s.Killed() {
		return AbortSelf
	}
	return Wait
}

// insist is an irrevocable transaction's conflict: it kills whom it can and waits for whoever is committing.
func (s *State) insist(p *machine.Proc, c *Conflict) Action {
	if c.Enemy != nil {
		s.killEnemy(p, c)
	}
	p.Spin(c.Tries)
	c.Tries++
	return Wait
}

func (s *State) killEnemy(p *machine.Proc, c *Conflict) bool {
	p.Write(unsafe.Pointer(&s.claim))
	s.claim.Store((*byte)(c.Object)) // before the kill, so that the victim sees it
	if !c.Enemy.Kill(p, c.Word, s) {
		s.disclaim(p)
		return false
	}
	if s.obs != nil {
		s.obs.Event(p, Event{Kind: EventKill, Me: s, Enemy: c.Enemy, At: p.Now(), EnemyEpoch: c.Word.Epoch(), Epoch: s.Word().Epoch()})
	}
	return true
}

// kill carries out AbortOther. An enemy that can no longer be killed ends soon by itself; whoever already holds
// commit locks must not wait for it, for it may be waiting for them.
func (s *State) kill(p *machine.Proc, c *Conflict) Action {
	if c.Enemy == nil {
		return AbortSelf
	}
	if s.killEnemy(p, c) {
		p.Spin(0)
		return s.lookAgain()
	}
	switch w := c.Enemy.Word(); {
	case w.Epoch() != c.Word.Epoch() || !w.Live():
		return s.lookAgain()
	case c.Phase == Committing:
		return AbortSelf
	}
	p.Spin(c.Tries)
	return s.lookAgain()
}

// await waits for at most ns, ends early when the enemy's attempt ends or when this attempt is killed.
func (s *State) await(p *machine.Proc, c *Conflict, ns int64) {
	e := c.Enemy
	p.Write(unsafe.Pointer(&s.waiting))
	s.waiting.Store(true)
	var start int64
	if s.obs != nil {
		start = p.Now()
	}
	for ns > 0 && !s.Killed() {
		step := min(ns, pollStep)
		p.Delay(step)
		ns -= step
		if e == nil {
			continue
		}
		p.Read(unsafe.Pointer(&e.word))
		if w := e.Word(); w.Epoch() != c.Word.Epoch() || !w.Live() {
			break
		}
	}
	p.Write(unsafe.Pointer(&s.waiting))
	s.waiting.Store(false)
	if s.obs != nil {
		now := p.Now()
		s.obs.Event(p, Event{Kind: EventWait, Me: s, Enemy: e, At: now, Ns: now - start, EnemyEpoch: c.Word.Epoch(), Epoch: s.Word().Epoch()})
	}
}

// disclaim ends the claim on what a victim has released.
func (s *State) disclaim(p *machine.Proc) {
	if s.claim.Load() != nil {
		p.Write(unsafe.Pointer(&s.claim))
		s.claim.Store(nil)
	}
}

// A victim makes way for at most wayRounds looks, wayStep ns apart.
const (
	wayStep   = 100
	wayRounds = 200
)

// makeWay is a victim's courtesy after its rollback. The policies come from memories in which a kill hands the object
// over at once. Here the victim releases its lock itself, and would mostly take it back before the killer, which looks
// from time to time, has noticed: then the oldest transaction of all would kill the same enemy for ever. So the victim
// waits until the object is taken, or the killer's attempt is past wanting it.
func (s *State) makeWay(p *machine.Proc) {
	k := s.killer.Load()
	for i := 0; k == nil && i < wayRounds; i++ { // between the kill and its signature
		p.Spin(i)
		k = s.killer.Load()
	}
	if k == nil {
		return
	}
	p.Read(unsafe.Pointer(&k.claim))
	object := k.claim.Load()
	if object == nil {
		return
	}
	w := k.Word()
	for i := 0; i < wayRounds; i++ {
		p.Read(unsafe.Pointer(&k.claim))
		if k.claim.Load() != object || k.Word() != w || !w.Live() {
			return
		}
		if s.free != nil && !s.free(p, unsafe.Pointer(object)) {
			return
		}
		p.Delay(wayStep)
	}
}
