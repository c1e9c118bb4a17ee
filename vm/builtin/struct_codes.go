package builtin

import (
	"math"
	"math/big"
	"sync"

	"gilt/vm/object"
)

// The items of a packed structure, one at a time.

// structCache has the formats that were read; they never change.
type structCache struct {
	mu sync.Mutex
	m  map[string]*structFormat
}

func (c *structCache) get(text string) *structFormat {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[text]
}

func (c *structCache) put(text string, f *structFormat) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil || len(c.m) >= 100 {
		c.m = map[string]*structFormat{}
	}
	c.m[text] = f
}

// putUint writes the low bytes of u.
func (f *structFormat) putUint(b []byte, u uint64) {
	switch len(b) {
	case 1:
		b[0] = byte(u)
	case 2:
		f.order.PutUint16(b, uint16(u))
	case 4:
		f.order.PutUint32(b, uint32(u))
	case 8:
		f.order.PutUint64(b, u)
	}
}

func (f *structFormat) getUint(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	switch len(s) {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(f.order.Uint16(b[:]))
	case 4:
		return uint64(f.order.Uint32(b[:]))
	}
	return f.order.Uint64(b[:])
}

// put packs one value.
func (f *structFormat) put(t *object.Thread, c structCode, b []byte, v object.Value) error {
	switch c.code {
	case 'c':
		s, ok := object.AsBytes(v)
		if !ok {
			if a, isArray := object.AsByteArray(v); isArray {
				text, err := a.Bytes(t)
				if err != nil {
					return err
				}
				if len(text) == 1 {
					b[0] = text[0]
					return nil
				}
			}
			return structErrorf(t, "char format requires a bytes object of length 1")
		}
		if len(s.S) != 1 {
			return structErrorf(t, "char format requires a bytes object of length 1")
		}
		b[0] = s.S[0]
	case '?':
		ok, err := object.Truth(t, v)
		if err != nil {
			return err
		}
		if ok {
			b[0] = 1
		}
	case 's', 'p':
		s, ok := "", false
		if x, is := object.AsBytes(v); is {
			s, ok = x.S, true
		} else if a, is := object.AsByteArray(v); is {
			text, err := a.Bytes(t)
			if err != nil {
				return err
			}
			s, ok = text, true
		}
		if !ok {
			return structErrorf(t, "argument for '%c' must be a bytes object", c.code)
		}
		if c.code == 's' {
			copy(b, s)
		} else if len(b) > 0 {
			n := min(len(s), len(b)-1)
			copy(b[1:], s[:n])
			b[0] = byte(min(n, 255))
		}
	case 'e', 'f', 'd':
		x, err := object.FloatArg(t, v)
		if err != nil {
			if _, ok := object.Catch(t, err, t.Interp.Types.TypeError); ok {
				return structErrorf(t, "required argument is not a float")
			}
			return err
		}
		return f.putFloat(t, c.code, b, x)
	default:
		return f.putInt(t, c, b, v)
	}
	return nil
}

func (f *structFormat) putFloat(t *object.Thread, code byte, b []byte, x float64) error {
	switch code {
	case 'd':
		f.order.PutUint64(b, math.Float64bits(x))
	case 'f':
		y := float32(x)
		if math.IsInf(float64(y), 0) && !math.IsInf(x, 0) {
			return object.OverflowErrorf(t, "float too large to pack with f format")
		}
		f.order.PutUint32(b, math.Float32bits(y))
	case 'e':
		h, ok := halfBits(x)
		if !ok {
			return object.OverflowErrorf(t, "float too large to pack with e format")
		}
		f.order.PutUint16(b, h)
	}
	return nil
}

// halfBits is a float in half precision, rounded to even; ok is false if it is too large.
func halfBits(x float64) (uint16, bool) {
	sign := uint16(math.Float64bits(x) >> 63 << 15)
	a := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return sign | 0x7e00, true
	case math.IsInf(x, 0):
		return sign | 0x7c00, true
	case a == 0:
		return sign, true
	}
	_, e := math.Frexp(a) // a = m * 2**e, m in [0.5, 1)
	unit := max(e-11, -24)
	n := math.RoundToEven(math.Ldexp(a, -unit))
	if n == 2048 {
		n, unit = 1024, unit+1
	}
	if n < 1024 {
		return sign | uint16(n), true
	}
	exp := unit + 25
	if exp >= 31 {
		return 0, false
	}
	return sign | uint16(exp)<<10 | uint16(n)&0x3ff, true
}

func halfFloat(h uint16) float64 {
	exp, frac := int(h>>10&0x1f), float64(h&0x3ff)
	var x float64
	switch exp {
	case 0:
		x = math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			x = math.NaN()
		} else {
			x = math.Inf(1)
		}
	default:
		x = math.Ldexp(1024+frac, exp-25)
	}
	if h>>15 != 0 {
		x = math.Copysign(x, -1)
	}
	return x
}

func (f *structFormat) putInt(t *object.Thread, c structCode, b []byte, v object.Value) error {
	if !object.IsIntValue(v) {
		ok, err := object.HasAttr(t, v, t.Intern("__index__"))
		if err != nil {
			return err
		}
		if !ok {
			return structErrorf(t, "required argument is not an integer")
		}
		if v, err = object.Index(t, v); err != nil {
			return err
		}
	}
	v = object.Native(v)
	bits := uint(8 * c.size)
	if n, ok := object.AsInt64(v); ok {
		if c.code >= 'a' && (bits == 64 || n >= -1<<(bits-1) && n < 1<<(bits-1)) ||
			c.code < 'a' && n >= 0 && (bits == 64 || n < 1<<bits) || c.code == 'P' {
			f.putUint(b, uint64(n))
			return nil
		}
	} else if x, _ := object.AsBig(v); bits == 64 && c.code < 'a' && x.Sign() > 0 && x.BitLen() <= 64 {
		f.putUint(b, x.Uint64())
		return nil
	}
	if c.code == 'P' {
		return structErrorf(t, "int too large to convert")
	}
	lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), bits)
	if c.code >= 'a' {
		hi.Rsh(hi, 1)
		lo.Neg(hi)
	}
	hi.Sub(hi, big.NewInt(1))
	return structErrorf(t, "'%c' format requires %v <= number <= %v", c.code, lo, hi)
}

// get unpacks one value.
func (f *structFormat) get(c structCode, s string) object.Value {
	switch c.code {
	case 'c', 's':
		return object.NewBytes(s)
	case 'p':
		if s == "" {
			return object.NewBytes("")
		}
		return object.NewBytes(s[1 : 1+min(int(s[0]), len(s)-1)])
	case '?':
		return object.Bool(s[0] != 0)
	case 'e':
		return object.Float(halfFloat(uint16(f.getUint(s))))
	case 'f':
		return object.Float(float64(math.Float32frombits(uint32(f.getUint(s)))))
	case 'd':
		return object.Float(math.Float64frombits(f.getUint(s)))
	}
	u := f.getUint(s)
	if c.code < 'a' {
		return object.NewUint(u)
	}
	shift := 64 - 8*uint(c.size)
	return object.Int(int64(u<<shift) >> shift)
}
