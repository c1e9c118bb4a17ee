// Package rate is a rate limiter whose tokens can be taken inside transactions. The API is that of
// github.com/anacrolix/stm/rate v0.5.0.
//
// Tokens are not made by a goroutine: the limiter knows when its bucket was last filled up, and counts what has come
// since at every look. Who waits sleeps until its tokens must have come.
package rate

import (
	"context"
	"errors"
	"math"
	"time"

	"gilt/stm"
)

type numTokens = int

// Limit is a number of tokens per second.
type Limit float64

// Inf lets everything pass.
const Inf = Limit(math.MaxFloat64)

// Every is the limit of a token per interval.
func Every(interval time.Duration) Limit {
	if interval <= 0 {
		return Inf
	}
	return Limit(time.Second) / Limit(interval)
}

func (l Limit) interval() time.Duration { return time.Duration(Limit(time.Second) / l) }

// Limiter is a bucket of tokens that fills up at a rate.
type Limiter struct {
	rate  Limit
	burst numTokens
	base  time.Time // times are counted from here
	// full counts tokens from the time since: those that were in the bucket then, less those taken.
	full  *stm.Var[numTokens]
	since *stm.Var[time.Duration]
}

// NewLimiter makes a full bucket of burst tokens.
func NewLimiter(rate Limit, burst numTokens) *Limiter {
	return &Limiter{rate: rate, burst: burst, base: time.Now(), full: stm.NewVar(burst), since: stm.NewVar(time.Duration(0))}
}

func (l *Limiter) now() time.Duration { return time.Since(l.base) }

// Allow takes a token if there is one.
func (l *Limiter) Allow() bool { return l.AllowN(1) }

// AllowN takes n tokens if there are so many. (Inlined into closures, its own would be allocated.)
//
//go:noinline
func (l *Limiter) AllowN(n numTokens) bool {
	return stm.Atomically(func(tx *stm.Tx) bool { return l.take(tx, n, l.now()) })
}

// AllowStm takes a token, if there is one, as a part of the transaction.
func (l *Limiter) AllowStm(tx *stm.Tx) bool { return l.take(tx, 1, l.now()) }

// fill is how many tokens there are now, and the time at which the last of them came.
func (l *Limiter) fill(tx *stm.Tx, now time.Duration) (numTokens, time.Duration) {
	have, since := l.full.Get(tx), l.since.Get(tx)
	if d := now - since; d > 0 {
		if came := numTokens(d / l.rate.interval()); came > 0 {
			have, since = have+came, since+time.Duration(came)*l.rate.interval()
		}
	}
	if have >= l.burst { // a full bucket spills: what comes next counts from now
		have, since = l.burst, now
	}
	return have, since
}

func (l *Limiter) take(tx *stm.Tx, n numTokens, now time.Duration) bool {
	if l.rate == Inf {
		return true
	}
	have, since := l.fill(tx, now)
	if have < n {
		return false
	}
	l.full.Set(tx, have-n)
	l.since.Set(tx, since)
	return true
}

// Wait takes a token as soon as there is one.
func (l *Limiter) Wait(ctx context.Context) error { return l.WaitN(ctx, 1) }

// WaitN takes n tokens as soon as there are so many. It fails at once when that can never be, or not before the
// context's deadline, and when the context is done.
func (l *Limiter) WaitN(ctx context.Context, n int) error {
	type outcome struct {
		err  error
		wait time.Duration
	}
	for {
		o, err := stm.AtomicallyContext(ctx, func(tx *stm.Tx) outcome {
			now := l.now()
			if l.take(tx, n, now) {
				return outcome{}
			}
			if n > l.burst {
				return outcome{err: errors.New("burst exceeded")}
			}
			have, since := l.fill(tx, now)
			at := since + time.Duration(n-have)*l.rate.interval()
			if dl, ok := ctx.Deadline(); ok && at > dl.Sub(l.base) {
				return outcome{err: context.DeadlineExceeded}
			}
			return outcome{wait: max(at-now, time.Microsecond)}
		})
		if err != nil {
			return err
		}
		if o.err != nil || o.wait == 0 {
			return o.err
		}
		t := time.NewTimer(o.wait)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return context.Cause(ctx)
		}
	}
}
