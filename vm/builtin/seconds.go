package builtin

import (
	"math"

	"gilt/vm/object"
)

// Lengths of time that a program gives in seconds: floats, and what has an index; nothing else, not even a Fraction.

// maxSeconds is how many whole seconds fit.
const maxSeconds = math.MaxInt64 / 1_000_000_000

// secondsArg is v in nanoseconds, rounded away from zero, so that nobody wakes up too early.
func secondsArg(t *object.Thread, v object.Value) (int64, error) {
	if n := object.Native(v); n.IsFloat() {
		f := n.AsFloat() * 1e9
		switch {
		case math.IsNaN(f):
			return 0, object.ValueErrorf(t, "Invalid value NaN (not a number)")
		case f >= math.MaxInt64 || f <= math.MinInt64:
			return 0, object.OverflowErrorf(t, "timestamp out of range for platform time_t")
		case f < 0:
			return int64(math.Floor(f)), nil
		}
		return int64(math.Ceil(f)), nil
	}
	if n := object.Native(v); !n.IsInt() && t.VM.Resumed(t) {
		return 1, nil // __index__ has run, and the deadline is known
	}
	v, err := object.Index(t, v)
	if err != nil {
		return 0, err
	}
	if n := object.Native(v); !n.IsInt() || n.AsInt() > maxSeconds || n.AsInt() < -maxSeconds {
		return 0, object.OverflowErrorf(t, "timestamp too large to convert to C PyTime_t")
	}
	return object.Native(v).AsInt() * 1e9, nil
}
