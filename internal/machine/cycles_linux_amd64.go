package machine

import (
	"os"
	"strings"
	"sync"
)

// counter is the time-stamp counter, read without a fence.
//
//go:noescape
func counter() int64

// hasCounter says whether the counter is a clock. The kernel has found out: it keeps its own time by the counter only when that
// runs at one rate, does not stop when a core sleeps, and is the same on all cores, and gives it up when a watchdog sees otherwise.
var hasCounter = sync.OnceValue(func() bool {
	b, err := os.ReadFile("/sys/devices/system/clocksource/clocksource0/current_clocksource")
	return err == nil && strings.TrimSpace(string(b)) == "tsc"
})
