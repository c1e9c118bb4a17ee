package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// How much memory a program may take: -memory, or else GOMEMLIMIT, or else three quarters of what the machine (or the control
// group) has. What asks for more gets a MemoryError.

// parseMemory reads a size: a number of bytes, or one with K, M, G or T behind it.
func parseMemory(s string) (int64, error) {
	number, unit := strings.TrimSuffix(strings.ToUpper(s), "B"), int64(1)
	for i, letter := range "KMGT" {
		if n, ok := strings.CutSuffix(number, string(letter)); ok {
			number, unit = n, 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/unit {
		return 0, fmt.Errorf("memory %q: bytes, or a number with K, M, G or T; 0 for no bound", s)
	}
	return n * unit, nil
}

// memoryBound is the bound of a run whose flag says s, and makes the collector work harder as it comes near. What
// spreadCollections takes is on top: it is no memory.
func memoryBound(s string) (int64, error) {
	n := debug.SetMemoryLimit(-1)
	if s == "" {
		if n == math.MaxInt64 {
			n = machineMemory() / 4 * 3
		}
	} else {
		var err error
		if n, err = parseMemory(s); err != nil {
			return 0, err
		}
	}
	if n == 0 {
		return 0, nil
	}
	n += min(ballastBytes, math.MaxInt64-n)
	debug.SetMemoryLimit(n)
	return n, nil
}

// machineMemory is the machine's memory or what the control group leaves of it, in bytes; 0 if it cannot be known.
func machineMemory() int64 {
	var total int64
	if data, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(data)) {
			if f := strings.Fields(line); len(f) == 3 && f[0] == "MemTotal:" {
				if kb, err := strconv.ParseInt(f[1], 10, 64); err == nil {
					total = kb << 10
				}
			}
		}
	}
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if data, err := os.ReadFile(file); err == nil {
			if n, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64); err == nil && n > 0 && (total == 0 || n < total) {
				total = n
			}
		}
	}
	return total
}
