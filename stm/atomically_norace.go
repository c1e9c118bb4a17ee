//go:build !race

package stm

// raceEnabled says that the race detector watches: it cannot know that a pinned goroutine is alone.
const raceEnabled = false
