package quiet

import (
	"os"
	"runtime"
	"sync"
	"testing"
	"time"
)

// TestShare: more busy threads than cores must wait.
func TestShare(t *testing.T) {
	if _, err := os.Stat("/proc/self/schedstat"); err != nil {
		t.Skip("nobody tells here")
	}
	n := runtime.NumCPU() + 2
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
	share := Share(n, func() {
		var wg sync.WaitGroup
		for range n {
			wg.Add(1)
			go func() {
				defer wg.Done()
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				for t := time.Now(); time.Since(t) < 60*time.Millisecond; {
				}
			}()
		}
		wg.Wait()
	})
	if share < 0.1 || share > 1.5 {
		t.Errorf("%d threads have waited %.2f of the time", n, share)
	}
}
