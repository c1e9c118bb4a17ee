package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"gilt/vm"
	"gilt/vm/code"
)

// runCmd is gilt run.
type runCmd struct {
	runFlags
	Stats        string   `placeholder:"FILE" help:"Write statistics as JSON (- is standard output)."`
	AbortProfile string   `placeholder:"FILE" help:"Write a pprof profile of aborts by Python line."`
	Trace        string   `placeholder:"FILE" help:"Write a timeline (Chrome trace JSON: Perfetto, speedscope)."`
	File         string   `arg:"" help:"The program."`
	Args         []string `arg:"" optional:"" passthrough:"" help:"Its arguments."`
}

// Run runs the program.
func (c *runCmd) Run(s *streams) error {
	conf, err := c.config()
	if err != nil {
		return err
	}
	data, err := vm.ReadProgram(c.File)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	conf.Stdout, conf.Stderr = newStdout(out, s.out), &flushing{out, s.err}
	conf.Args = append([]string{c.File}, trimDashes(c.Args)...)
	conf.Path = []string{filepath.Dir(c.File)}
	conf.Trace = c.Trace != ""
	conf.AbortProfile = c.AbortProfile != ""
	m, err := vm.New(conf)
	if err != nil {
		return err
	}
	stop := interrupts(m)
	defer stop()
	status, err := m.RunSource(c.File, data)
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	if err != nil {
		return err
	}
	for _, w := range []struct {
		file  string
		write func(io.Writer) error
	}{{c.Stats, m.WriteStats}, {c.AbortProfile, m.WriteAbortProfile}, {c.Trace, m.WriteTrace}} {
		if w.file == "" {
			continue
		}
		if err := writeFile(w.file, s.out, w.write); err != nil {
			return err
		}
	}
	if status != 0 {
		return exit(status)
	}
	return nil
}

// trimDashes drops the -- that normalize has put before the program's arguments.
func trimDashes(args []string) []string {
	if len(args) > 0 && args[0] == "--" {
		return args[1:]
	}
	return args
}

// interrupts makes Ctrl-C reach the program.
func interrupts(m *vm.VM) (stop func()) {
	c := make(chan os.Signal, 4)
	signal.Notify(c, os.Interrupt)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-c:
				m.Interrupt()
			case <-done:
				return
			}
		}
	}()
	return func() { signal.Stop(c); close(done) }
}

// stdout is the program's standard output: buffered by the block when it goes to a file or pipe, by the line when it goes to a
// terminal.
type stdout struct {
	*bufio.Writer
	terminal bool
}

func newStdout(b *bufio.Writer, raw io.Writer) *stdout {
	w := &stdout{Writer: b}
	if f, ok := raw.(*os.File); ok {
		if st, err := f.Stat(); err == nil {
			w.terminal = st.Mode()&os.ModeCharDevice != 0
		}
	}
	return w
}

func (w *stdout) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err == nil && w.terminal {
		err = w.Flush()
	}
	return n, err
}

// flushing is the standard error output: what went to the standard output before comes out before.
type flushing struct {
	b   *bufio.Writer
	raw io.Writer
}

func (w *flushing) Write(p []byte) (int, error) {
	_ = w.b.Flush() // the error stays in the writer, and is reported at the end
	return w.raw.Write(p)
}

// writeFile writes a result atomically: a temporary file, synced, renamed. "-" is the standard output.
func writeFile(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "-" {
		return write(stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".gilt-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// disCmd is gilt dis.
type disCmd struct {
	Py   string `default:"" help:"Dialect: 2 or 3."`
	File string `arg:"" help:"The program."`
}

// Run shows the program's code.
func (c *disCmd) Run(s *streams) error {
	data, err := vm.ReadProgram(c.File)
	if err != nil {
		return err
	}
	conf := vm.Config{}
	if c.Py == "2" {
		conf.Dialect = 2
	}
	m, err := vm.New(conf)
	if err != nil {
		return err
	}
	co, err := m.CompileFile(c.File, data)
	if err != nil {
		fmt.Fprintln(s.err, err)
		return exit(1)
	}
	return code.Disassemble(s.out, co)
}
