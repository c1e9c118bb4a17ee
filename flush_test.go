package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// What a program flushes reaches a pipe at once, while the program goes on: here until its reader lets it end.
func TestFlush(t *testing.T) {
	for _, mode := range []string{"gil", "stm", "rw", "locks"} {
		for _, how := range []string{"print('ready', flush=True)", "sys.stdout.write('ready\\n'); sys.stdout.flush()"} {
			t.Run(mode+" "+how[:5], func(t *testing.T) {
				dir := t.TempDir()
				file, gate := filepath.Join(dir, "p.py"), filepath.Join(dir, "gate")
				program := "import os, sys, time\n" + how + "\nwhile not os.path.exists(sys.argv[1]): time.sleep(0.001)\nprint('end')\n"
				if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
					t.Fatal(err)
				}
				r, w := io.Pipe()
				status := make(chan int, 1)
				go func() {
					status <- run([]string{"run", "-mode", mode, file, gate}, w, io.Discard)
					w.Close()
				}()
				lines := bufio.NewReader(r)
				if line, err := lines.ReadString('\n'); line != "ready\n" || err != nil {
					t.Fatalf("read %q, %v", line, err)
				}
				if err := os.WriteFile(gate, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if rest, err := io.ReadAll(lines); string(rest) != "end\n" || err != nil || <-status != 0 {
					t.Fatalf("then %q, %v", rest, err)
				}
			})
		}
	}
}
