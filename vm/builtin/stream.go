package builtin

import (
	"bytes"
	"io"
	"os"
	"sync"
	"unicode/utf8"

	"gilt/internal/machine"
	"gilt/vm/object"
)

// Files: what is behind the objects that open returns, and behind sys.stdin. Buffers and position are Go data that no undo log
// knows: every operation makes the slice irrevocable first, as the file itself could not be rolled back either. mu
// guards them where operations of several threads may overlap; it is never held while Python code runs.

// stream is a file object.
type stream struct {
	object.Mut
	mu     sync.Mutex
	name   object.Value // as it was given to open
	mode   string
	binary bool
	raw    bool // no buffering
	line   bool // line buffering

	file     *os.File
	std      int // 0, 1, 2 for the standard streams, else -1
	canRead  bool
	canWrite bool
	appends  bool
	closed   bool
	keepFd   bool

	encoding, errors string
	named            bool         // the encoding was given
	newline          object.Value // as it was given: None, "", "\n", "\r" or "\r\n"
	universal        bool         // \r and \r\n end lines too
	translate        bool         // they are read as \n
	writeNL          string       // what \n is written as
	seen             uint8        // kinds of line ends that have been read: 1 \n, 2 \r, 4 \r\n

	in  []byte // read from the file and not yet consumed, from pos on
	pos int
	eof bool // the last read met the end
	out []byte

	buf *stream // the binary file below a text file, once it has been asked for
}

const bufferSize = 1 << 16

func asStream(v object.Value) *stream { return (*stream)(object.Native(v).Ref) }

// fill reads more into the buffer; it sets eof at the end. The lock is held.
func (s *stream) fill() error {
	if s.pos > 0 {
		n := copy(s.in, s.in[s.pos:])
		s.in, s.pos = s.in[:n], 0
	}
	n := len(s.in)
	want := max(bufferSize, n)
	if cap(s.in)-n < want {
		s.in = append(make([]byte, 0, 2*n+want), s.in...)
	}
	k, err := s.read(s.in[n : n+want])
	s.in = s.in[:n+k]
	if k > 0 {
		s.eof = false
		return nil
	}
	if err == io.EOF || err == nil {
		s.eof = true
		return nil
	}
	return err
}

func (s *stream) read(p []byte) (int, error) {
	for {
		n, err := s.file.Read(p)
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// unread is what is buffered.
func (s *stream) unread() []byte { return s.in[s.pos:] }

// flushOut writes what is buffered.
func (s *stream) flushOut() error {
	if len(s.out) == 0 {
		return nil
	}
	_, err := s.file.Write(s.out)
	s.out = s.out[:0]
	return err
}

// beforeWrite drops what was read ahead, so that writing goes on where the reader stands.
func (s *stream) beforeWrite() error {
	if n := len(s.unread()); n > 0 && s.file != nil {
		if _, err := s.file.Seek(int64(-n), io.SeekCurrent); err != nil {
			return err
		}
	}
	s.in, s.pos = s.in[:0], 0
	return nil
}

// write appends to the output buffer.
func (s *stream) write(p []byte) error {
	if err := s.beforeWrite(); err != nil {
		return err
	}
	if s.raw {
		_, err := s.file.Write(p)
		return err
	}
	s.out = append(s.out, p...)
	if len(s.out) >= bufferSize || s.line && bytes.IndexByte(p, '\n') >= 0 {
		return s.flushOut()
	}
	return nil
}

// tell is the position in bytes.
func (s *stream) tell() (int64, error) {
	p, err := s.file.Seek(0, io.SeekCurrent)
	return p - int64(len(s.unread())) + int64(len(s.out)), err
}

func (s *stream) seek(off int64, whence int) (int64, error) {
	if err := s.flushOut(); err != nil {
		return 0, err
	}
	if whence == io.SeekCurrent {
		off -= int64(len(s.unread()))
	}
	p, err := s.file.Seek(off, whence)
	if err == nil {
		s.in, s.pos, s.eof = s.in[:0], 0, false
	}
	return p, err
}

// takeAll is everything up to the end.
func (s *stream) takeAll() ([]byte, error) {
	for !s.eof {
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
	s.eof = false
	out := append([]byte(nil), s.unread()...)
	s.in, s.pos = s.in[:0], 0
	return out, nil
}

// takeBytes is n bytes, less at the end.
func (s *stream) takeBytes(n int) ([]byte, error) {
	for len(s.unread()) < n && !s.eof {
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
	s.eof = false
	n = min(n, len(s.unread()))
	out := append([]byte(nil), s.unread()[:n]...)
	s.pos += n
	return out, nil
}

// lineEnd is the length of the first line of b with its end, 0 if b does not have all of it.
func (s *stream) lineEnd(b []byte, last bool) int {
	nl := bytes.IndexByte(b, '\n')
	if s.universal {
		head := b
		if nl >= 0 {
			head = b[:nl]
		}
		if cr := bytes.IndexByte(head, '\r'); cr >= 0 {
			switch {
			case cr+1 < len(b) && b[cr+1] == '\n':
				return cr + 2
			case cr+1 < len(b) || last:
				return cr + 1
			}
			return 0
		}
		return nl + 1
	}
	if end := s.lineSep(); end != "\n" {
		if i := bytes.Index(b, []byte(end)); i >= 0 {
			return i + len(end)
		}
		return 0
	}
	return nl + 1
}

func (s *stream) lineSep() string {
	if x, ok := object.AsStr(s.newline); ok && !s.binary && x.S != "" {
		return x.S
	}
	return "\n"
}

// takeLine is a line with its end; empty at the end of the file. limit < 0: no limit (in bytes).
func (s *stream) takeLine(limit int) ([]byte, error) {
	scanned := 0
	for {
		b := s.unread()
		n := 0
		if len(b) > scanned || s.eof {
			from := max(0, scanned-1)
			if n = s.lineEnd(b[from:], s.eof); n > 0 {
				n += from
			}
		}
		if n == 0 && s.eof {
			n = len(b)
			s.eof = false
			if limit >= 0 {
				n = min(n, limit)
			}
			s.pos += n
			return b[:n:n], nil
		}
		if n > 0 || limit >= 0 && len(b) >= limit {
			if limit >= 0 && (n == 0 || n > limit) {
				n = limit
			}
			s.pos += n
			return b[:n:n], nil
		}
		scanned = len(b)
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

// takeChars is the bytes of n code points, with line ends translated; less at the end.
func (s *stream) takeChars(n int) ([]byte, error) {
	var out []byte
	for n > 0 {
		b := s.unread()
		if len(b) < utf8.UTFMax && !s.eof {
			if err := s.fill(); err != nil {
				return nil, err
			}
			continue
		}
		if len(b) == 0 {
			s.eof = false
			break
		}
		k := 1
		if s.encoding == "utf-8" {
			_, k = utf8.DecodeRune(b)
		}
		if b[0] == '\r' && s.translate {
			if len(b) > 1 && b[1] == '\n' {
				k = 2
			}
			out = append(out, '\n')
		} else {
			out = append(out, b[:k]...)
		}
		s.pos += k
		n--
	}
	return out, nil
}

// translated turns all line ends into \n where the file is read that way, and notes which there were.
func (s *stream) translated(b []byte) []byte {
	if !s.universal || bytes.IndexByte(b, '\r') < 0 {
		if s.universal && bytes.IndexByte(b, '\n') >= 0 {
			s.seen |= 1
		}
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			s.seen |= 4
			i++
			out = append(out, '\n')
		case b[i] == '\r':
			s.seen |= 2
			out = append(out, '\n')
		default:
			if b[i] == '\n' {
				s.seen |= 1
			}
			out = append(out, b[i])
		}
	}
	if !s.translate {
		return b
	}
	return out
}

// close flushes and closes.
func (s *stream) close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	if s.file == nil {
		return nil
	}
	err := s.flushOut()
	if s.keepFd {
		return err
	}
	if e := s.file.Close(); err == nil {
		err = e
	}
	return err
}

// input is the interpreter's standard input: what has been read and not yet asked for.
type input struct {
	mu   sync.Mutex
	r    io.Reader
	data []byte
	eof  bool
}

func stdinOf(t *object.Thread) *input {
	return extOf(t, "stdin", func() *input { return &input{r: t.Interp.Host.Stdin()} })
}

// line is the first line, or all there is if the end has been met; ok says whether there is one.
func (in *input) line() (n int, ok bool) {
	if i := bytes.IndexByte(in.data, '\n'); i >= 0 {
		return i + 1, true
	}
	return len(in.data), in.eof
}

// await waits until enough says that there is enough, or the input has ended. The waiting happens with nothing held.
func (in *input) await(t *object.Thread, enough func() bool) error {
	for {
		in.mu.Lock()
		done := in.eof || enough()
		in.mu.Unlock()
		if done {
			return nil
		}
		w := machine.Wait{What: "standard input", Owner: -1}
		err := t.VM.Wait(t, w, func(p *machine.Proc) {
			p.Block(w, func() {
				b := make([]byte, 1<<13)
				n, err := in.r.Read(b)
				in.mu.Lock()
				defer in.mu.Unlock()
				in.data = append(in.data, b[:n]...)
				if err != nil {
					in.eof = true
				}
			})
		})
		if err != nil {
			return err
		}
	}
}

// take consumes what pick chooses of the data. The slice becomes irrevocable: what has been read is gone.
func (in *input) take(t *object.Thread, enough func() bool, pick func() int) (string, error) {
	if err := in.await(t, enough); err != nil {
		return "", err
	}
	if err := t.VM.Irrevocable(t); err != nil {
		return "", err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	n := min(pick(), len(in.data))
	s := string(in.data[:n])
	in.data = in.data[n:]
	if n == 0 {
		in.eof = false // the next reader may try again, as at a terminal
	}
	return s, nil
}

// readStdin reads a line, with its end; "" at the end of the input.
func readStdin(t *object.Thread) (string, error) {
	in := stdinOf(t)
	return in.take(t, func() bool { _, ok := in.line(); return ok }, func() int { n, _ := in.line(); return n })
}

// readStdinAll reads up to n bytes; n < 0: everything.
func readStdinAll(t *object.Thread, n int) (string, error) {
	in := stdinOf(t)
	return in.take(t, func() bool { return n >= 0 && len(in.data) >= n }, func() int {
		if n < 0 {
			return len(in.data)
		}
		return n
	})
}
