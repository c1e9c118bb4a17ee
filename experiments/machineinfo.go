package experiments

import (
	"bufio"
	"os"
	"runtime"
	"strings"

	"gilt/internal/machine"
)

// What the measurements were made on.

// fieldOf is the value of the first line of a file that begins with key.
func fieldOf(file, key, sep string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if k, v, ok := strings.Cut(s.Text(), sep); ok && strings.TrimSpace(k) == key {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

func cpuName() string {
	if n := fieldOf("/proc/cpuinfo", "model name", ":"); n != "" {
		return n
	}
	return "unknown " + runtime.GOARCH
}

func osName() string {
	name := fieldOf("/etc/os-release", "PRETTY_NAME", "=")
	if name == "" {
		name = runtime.GOOS
	}
	if b, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		name += ", kernel " + strings.TrimSpace(string(b))
	}
	return name
}

// loadAverage is how busy the machine was with other things when the run began; figures of a busy machine say little.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	load, _, _ := strings.Cut(string(b), " ")
	return load
}

// costsName says which prices virtual time was computed with.
func costsName(c machine.Costs) string {
	if c == (machine.Costs{}) {
		c = machine.DefaultCosts()
	}
	return c.Title()
}
