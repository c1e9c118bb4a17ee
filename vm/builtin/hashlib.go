package builtin

import (
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"

	"gilt/vm/object"
)

// Module _hashlib: what module hashlib (lib/hashlib.py) is made of. A hash object's cells: 0 a box with the state, which never changes: an
// update stores a new one, computed with the interpreter's lock released if the input is long.

func init() { register("_hashlib", makeHashlib) }

// digester is a state of a hash function. Sum does not change it; Write does, so it is only called on clones.
type digester interface {
	Write(p []byte) (int, error)
	Sum(b []byte) []byte
	Size() int
	BlockSize() int
	clone() digester
}

// stdDigest is a hash of the standard library.
type stdDigest struct{ hash.Hash }

func (d stdDigest) clone() digester {
	c, err := d.Hash.(hash.Cloner).Clone()
	if err != nil {
		panic(err) // none of those used here refuses
	}
	return stdDigest{c}
}

// shakeDigest is an extendable-output function.
type shakeDigest struct{ *sha3.SHAKE }

func (d shakeDigest) clone() digester {
	state, err := d.MarshalBinary()
	s := *d.SHAKE
	c := &s
	if err == nil {
		err = c.UnmarshalBinary(state)
	}
	if err != nil {
		panic(err)
	}
	return shakeDigest{c}
}

func (d shakeDigest) Size() int           { return 0 }
func (d shakeDigest) Sum(b []byte) []byte { return b }
func (d shakeDigest) read(n int) (b []byte) {
	b = make([]byte, n)
	d.clone().(shakeDigest).Read(b)
	return b
}

// hashNames are the functions, under the names that objects have.
var hashNames = map[string]func() digester{
	"md5": func() digester { return stdDigest{md5.New()} }, "sha1": func() digester { return stdDigest{sha1.New()} },
	"sha224": func() digester { return stdDigest{sha256.New224()} }, "sha256": func() digester { return stdDigest{sha256.New()} },
	"sha384": func() digester { return stdDigest{sha512.New384()} }, "sha512": func() digester { return stdDigest{sha512.New()} },
	"sha512_224": func() digester { return stdDigest{sha512.New512_224()} }, "sha512_256": func() digester { return stdDigest{sha512.New512_256()} },
	"sha3_224": func() digester { return stdDigest{sha3.New224()} }, "sha3_256": func() digester { return stdDigest{sha3.New256()} },
	"sha3_384": func() digester { return stdDigest{sha3.New384()} }, "sha3_512": func() digester { return stdDigest{sha3.New512()} },
	"shake_128": func() digester { return shakeDigest{sha3.NewSHAKE128()} }, "shake_256": func() digester { return shakeDigest{sha3.NewSHAKE256()} },
	"blake2b": func() digester { return newBlake2(blake2Params{digest: 64, fanout: 1, depth: 1}, true) },
	"blake2s": func() digester { return newBlake2(blake2Params{digest: 32, fanout: 1, depth: 1}, false) },
}

// hashState is what the cell's box holds.
type hashState struct {
	name string
	d    digester
}

func loadHash(t *object.Thread, v object.Value) (*hashState, error) {
	b, err := asCells(object.Native(v)).load(t, 0)
	if err != nil {
		return nil, err
	}
	return object.Unbox(b).(*hashState), nil
}

// hashInput is the bytes of an argument.
func hashInput(t *object.Thread, v object.Value) (string, error) {
	if _, ok := object.AsStr(v); ok && !t.Interp.Dialect2 {
		return "", object.TypeErrorf(t, "Strings must be encoded before hashing")
	}
	if s, ok := object.AsBytesLike(t, v); ok {
		return s, nil
	}
	return "", object.TypeErrorf(t, "object supporting the buffer API required")
}

// absorb is the state after more input.
func (s *hashState) absorb(t *object.Thread, data string) (*hashState, error) {
	return released(t, workKey{op: "hash", state: s, input: data}, 1, func() *hashState {
		d := s.d.clone()
		_, _ = d.Write([]byte(data))
		return &hashState{s.name, d}
	})
}

// updateHash is update: it begins again if another thread came in between.
func updateHash(t *object.Thread, v, arg object.Value) error {
	data, err := hashInput(t, arg)
	if err != nil {
		return err
	}
	o := asCells(object.Native(v))
	for {
		s, err := loadHash(t, v)
		if err != nil {
			return err
		}
		next, err := s.absorb(t, data)
		if err != nil {
			return err
		}
		if ok, err := storeIfSame(t, o, 0, s, next); ok || err != nil {
			return err
		}
	}
}

// storeIfSame stores a new state in a cell unless it has changed since old was read.
func storeIfSame[T any](t *object.Thread, o *cells, cell int, old, next *T) (bool, error) {
	if l := lock(t, &o.Mut); l != nil {
		defer unlock(t, l)
	}
	b, err := o.load(t, cell)
	if err != nil {
		return false, err
	}
	if object.Unbox(b).(*T) != old {
		return false, nil
	}
	return true, o.store(t, cell, object.NewBox(next))
}

// newHash makes a hash object with its first input.
func newHash(t *object.Thread, s *hashState, arg object.Value) (object.Value, error) {
	if !arg.IsUnset() && !arg.IsNone() {
		data, err := hashInput(t, arg)
		if err != nil {
			return object.Unset, err
		}
		if data != "" {
			key := workKey{op: "hash." + s.name, input: data}
			if b, ok := s.d.(*blake2); ok {
				key.op += b.identity()
			}
			empty := s // the work may be done after this call has returned
			if s, err = released(t, key, 1, func() *hashState {
				d := empty.d.clone()
				_, _ = d.Write([]byte(data))
				return &hashState{empty.name, d}
			}); err != nil {
				return object.Unset, err
			}
		}
	}
	return newCells(t, hashType(t, s.name), object.NewBox(s)).value(), nil
}

// hashType is the class of a function's objects.
func hashType(t *object.Thread, name string) *object.Type {
	module, class := "_hashlib", "HASH"
	switch {
	case strings.HasPrefix(name, "shake"):
		class = "HASHXOF"
	case strings.HasPrefix(name, "blake2"):
		module, class = "_blake2", name
	}
	return extOf(t, "hashlib."+class, func() *object.Type {
		in := t.Interp
		x := newType(t, module, class, nil, 0)
		if module == "_blake2" {
			blake2Class(t, x, class)
		}
		xof := class == "HASHXOF"
		x.Ops.Repr = func(t *object.Thread, v object.Value) (string, error) {
			s, err := loadHash(t, v)
			if err != nil {
				return "", err
			}
			if module == "_blake2" {
				return fmt.Sprintf("<_blake2.%s object at %#x>", class, object.IDOf(v)), nil
			}
			return fmt.Sprintf("<%s _hashlib.%s object @ %#x>", s.name, class, object.IDOf(v)), nil
		}
		attr := func(name string, get func(s *hashState) object.Value) {
			x.Attr(in, name, func(t *object.Thread, v object.Value) (object.Value, error) {
				s, err := loadHash(t, v)
				if err != nil {
					return object.Unset, err
				}
				return get(s), nil
			}, nil)
		}
		attr("name", func(s *hashState) object.Value { return object.NewStr(s.name) })
		attr("digest_size", func(s *hashState) object.Value { return object.Int(int64(s.d.Size())) })
		attr("block_size", func(s *hashState) object.Value { return object.Int(int64(s.d.BlockSize())) })
		sum := func(name string, form func(b []byte) object.Value) object.MethodDef {
			if !xof {
				return object.M0(name, func(t *object.Thread, v object.Value) (object.Value, error) {
					s, err := loadHash(t, v)
					if err != nil {
						return object.Unset, err
					}
					return form(s.d.Sum(nil)), nil
				})
			}
			return object.MK(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
				var a [1]object.Value
				if err := object.ParseArgs(t, name, args[1:], kw, []string{"length"}, 1, a[:]); err != nil {
					return object.Unset, err
				}
				n, err := object.IndexInt(t, a[0])
				if err != nil {
					return object.Unset, err
				}
				if n < 0 {
					return object.Unset, object.ValueErrorf(t, "value must be positive")
				}
				if n > 1<<29 {
					return object.Unset, object.MemoryError(t)
				}
				s, err := loadHash(t, args[0])
				if err != nil {
					return object.Unset, err
				}
				return form(s.d.(shakeDigest).read(n)), nil
			})
		}
		x.Methods(in,
			sum("digest", func(b []byte) object.Value { return object.NewBytes(string(b)) }),
			sum("hexdigest", func(b []byte) object.Value { return object.NewStr(hex.EncodeToString(b)) }),
			object.M1("update", func(t *object.Thread, v, data object.Value) (object.Value, error) {
				return none(updateHash(t, v, data))
			}),
			object.M0("copy", func(t *object.Thread, v object.Value) (object.Value, error) {
				s, err := loadHash(t, v)
				if err != nil {
					return object.Unset, err
				}
				return newCells(t, x, object.NewBox(s)).value(), nil
			}))
		return x.Ready(in)
	})
}

func makeHashlib(t *object.Thread) (*object.Module, error) {
	m := newModule(t, "_hashlib", "Hash functions.",
		vary("new", func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [3]object.Value
			if err := object.ParseArgs(t, "new", args, kw, []string{"name", "string", "usedforsecurity"}, 1, a[:]); err != nil {
				return object.Unset, err
			}
			s, ok := object.AsStr(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "name must be a string")
			}
			mk, ok := hashNames[strings.ReplaceAll(strings.ToLower(s.S), "-", "_")]
			name := strings.ReplaceAll(strings.ToLower(s.S), "-", "_")
			if !ok {
				return object.Unset, object.ValueErrorf(t, "unsupported hash type %s", s.S)
			}
			return newHash(t, &hashState{name, mk()}, a[1])
		}),
		vary("pbkdf2_hmac", hashPBKDF2), fixed("compare_digest", 2, 2, compareDigest))
	for name, mk := range hashNames {
		if strings.HasPrefix(name, "blake2") {
			set(t, m, name, hashType(t, name).Value())
			continue
		}
		addFunc(t, m, vary("openssl_"+name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
			var a [2]object.Value
			if err := object.ParseArgs(t, "openssl_"+name, args, kw, []string{"string", "usedforsecurity"}, 0, a[:]); err != nil {
				return object.Unset, err
			}
			return newHash(t, &hashState{name, mk()}, a[0])
		}))
	}
	set(t, m, "HASH", hashType(t, "md5").Value())
	set(t, m, "HASHXOF", hashType(t, "shake_128").Value())
	return m, nil
}

// pbkdf2Cost is about what an iteration takes for each byte of the key, in nanoseconds.
const pbkdf2Cost = 20

// hashPBKDF2 is pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None), with the lock released.
func hashPBKDF2(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [5]object.Value
	if err := object.ParseArgs(t, "pbkdf2_hmac", args, kw, []string{"hash_name", "password", "salt", "iterations", "dklen"}, 4, a[:]); err != nil {
		return object.Unset, err
	}
	name, err := strArg(t, "pbkdf2_hmac", 1, a[0])
	if err != nil {
		return object.Unset, err
	}
	mk, ok := hashNames[strings.ToLower(name)]
	if ok {
		_, ok = mk().(stdDigest)
	}
	if !ok {
		return object.Unset, object.ValueErrorf(t, "unsupported hash type %s", name)
	}
	password, err := object.Buffer(t, a[1])
	if err != nil {
		return object.Unset, err
	}
	salt, err := object.Buffer(t, a[2])
	if err != nil {
		return object.Unset, err
	}
	n, err := object.IndexInt(t, a[3])
	if err != nil {
		return object.Unset, err
	}
	if n < 1 {
		return object.Unset, object.ValueErrorf(t, "iteration value must be greater than 0.")
	}
	size := mk().Size()
	if !a[4].IsUnset() && !a[4].IsNone() {
		if size, err = object.IndexInt(t, a[4]); err != nil {
			return object.Unset, err
		}
		if size < 1 {
			return object.Unset, object.ValueErrorf(t, "key length must be greater than 0.")
		}
	}
	type derived struct {
		key []byte
		err error
	}
	k := workKey{op: "pbkdf2 " + name, state: len(password), input: password + salt, n: n, m: size}
	d, err := unlocked(t, k, int64(n)*int64(size)*pbkdf2Cost, func() derived {
		key, err := pbkdf2.Key(func() hash.Hash { return mk().(stdDigest).Hash }, password, []byte(salt), n, size)
		return derived{key, err}
	})
	if err != nil {
		return object.Unset, err
	}
	if d.err != nil {
		return object.Unset, object.ValueErrorf(t, "%s", d.err.Error())
	}
	return object.NewBytes(string(d.key)), nil
}

// compareDigest compares in a time that does not depend on where the difference is.
func compareDigest(t *object.Thread, a []object.Value) (object.Value, error) {
	p, ok1 := object.AsStr(a[0])
	q, ok2 := object.AsStr(a[1])
	if ok1 && ok2 {
		if !p.ASCII() || !q.ASCII() {
			return object.Unset, object.TypeErrorf(t, "comparing strings with non-ASCII characters is not supported")
		}
		return object.Bool(subtle.ConstantTimeCompare([]byte(p.S), []byte(q.S)) == 1), nil
	}
	x, isX := object.AsBytesLike(t, a[0])
	y, isY := object.AsBytesLike(t, a[1])
	switch {
	case !isX && !isY:
		return object.Unset, object.TypeErrorf(t, "unsupported operand types(s) or combination of types: '%s' and '%s'", object.TypeName(t, a[0]), object.TypeName(t, a[1]))
	case !isX || !isY:
		v := a[0]
		if isX {
			v = a[1]
		}
		return object.Unset, object.TypeErrorf(t, "a bytes-like object is required, not '%s'", object.TypeName(t, v))
	}
	return object.Bool(subtle.ConstantTimeCompare([]byte(x), []byte(y)) == 1), nil
}
