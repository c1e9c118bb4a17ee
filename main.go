// Command gilt runs threaded Python programs under a global interpreter lock, in software transactions, or under the other
// cures that have been proposed for the lock, and measures what each costs. See README.md.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

// cli is the command line. Flags stand before FILE; what follows it belongs to the program.
type cli struct {
	Run        runCmd        `cmd:"" help:"Run a Python program."`
	Dis        disCmd        `cmd:"" help:"Show a program's bytecode, instruction by instruction."`
	Verify     verifyCmd     `cmd:"" help:"Run in transactions, replay under the GIL, compare; exit status 1 if they differ."`
	List       listCmd       `cmd:"" help:"List every regime, lock, algorithm, contention manager, workload and experiment."`
	Calibrate  calibrateCmd  `cmd:"" help:"Measure the prices of virtual time on this machine."`
	Experiment experimentCmd `cmd:"" help:"Measure, write data, draw figures, and print what became of the claims."`
}

// exit carries an exit status up to main.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func main() {
	end := spreadCollections()
	status := run(os.Args[1:], os.Stdout, os.Stderr)
	end()
	os.Exit(status)
}

// run is main without the process: it returns the exit status.
func run(args []string, stdout, stderr io.Writer) (status int) {
	var c cli
	parser, err := kong.New(&c, kong.Name("gilt"),
		kong.Description("A laboratory for killing the global interpreter lock."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(n int) { panic(exit(n)) }))
	if err != nil {
		fmt.Fprintln(stderr, "gilt:", err)
		return 2
	}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(exit)
			if !ok {
				panic(r)
			}
			status = int(e)
		}
	}()
	ctx, err := parser.Parse(normalize(args))
	if err != nil {
		fmt.Fprintf(stderr, "gilt: %v\n", err)
		fmt.Fprintln(stderr, "usage: gilt COMMAND [flags] [FILE.py [ARG ...]]; gilt --help lists the commands, gilt COMMAND --help its flags")
		return 2
	}
	err = ctx.Run(&streams{stdout, stderr})
	var e exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return int(e)
	}
	fmt.Fprintf(stderr, "gilt: %v\n", err)
	return 2
}

// streams are where commands write.
type streams struct{ out, err io.Writer }

// boolean are the flags without a value.
var boolean = map[string]bool{"help": true, "h": true, "quick": true, "plot": true, "fit": true, "kernels": true, "sensitivity": true}

// normalize lets long flags be written with one dash, and keeps what follows FILE away from the flag parser.
func normalize(args []string) []string {
	if len(args) == 0 {
		return []string{"--help"}
	}
	out := []string{args[0]}
	value := false // the next argument is a flag's value
	for i := 1; i < len(args); i++ {
		a := args[i]
		if value {
			out = append(out, a)
			value = false
			continue
		}
		if a == "--" {
			return append(out, args[i:]...)
		}
		if len(a) > 1 && a[0] == '-' {
			name := strings.TrimLeft(a, "-")
			if len(name) > 1 {
				a = "--" + name
			}
			out = append(out, a)
			value = !strings.Contains(name, "=") && !boolean[name]
			continue
		}
		if args[0] == "run" || args[0] == "verify" || args[0] == "dis" {
			return append(append(out, a, "--"), args[i+1:]...)
		}
		out = append(out, a)
	}
	return out
}
