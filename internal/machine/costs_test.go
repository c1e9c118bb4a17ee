package machine

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestCostsRoundTrip(t *testing.T) {
	c := DefaultCosts()
	c.Machine, c.Kind[CostTxRead], c.LineTransfer = "here", 12.5, 99
	file := filepath.Join(t.TempDir(), "costs.json")
	noError(t, c.Save(file))
	d, err := LoadCosts(file)
	noError(t, err)
	equal(t, c, d)

	for what, text := range map[string]string{
		"unknown kinds": `{"kind": {"bytecodes": 3}}`,
		"out of range":  `{"lineTransfer": -1}`,
		"stand still":   `{"pause": 0}`,
		"unexpected":    `{"pause": `,
	} {
		noError(t, os.WriteFile(file, []byte(text), 0o666))
		if _, err := LoadCosts(file); err == nil {
			t.Errorf("%s: no error", text)
		} else {
			contains(t, err.Error(), what)
		}
	}
	noError(t, os.WriteFile(file, []byte(`{"kind": {"txRead": 9}}`), 0o666))
	d, err = LoadCosts(file)
	noError(t, err)
	want := DefaultCosts()
	want.Kind[CostTxRead] = 9
	equal(t, want, d)
}

func TestEveryKindHasAName(t *testing.T) {
	seen := map[string]bool{}
	for k := range numCosts {
		name := k.String()
		if name == "" || seen[name] {
			t.Errorf("kind %d: name %q", k, name)
		}
		seen[name] = true
	}
}

// Every constant can be scaled; that changes the prices, and their name.
func TestScale(t *testing.T) {
	base := DefaultCosts()
	seen := map[string]bool{base.ID(): true}
	for i, name := range Constants() {
		c := base
		for j := range priceNames { // so that none is 0
			c.SetPrice(j, 1+float64(j))
		}
		for k := range c.Kind {
			c.Kind[k] = 1 + float64(k)
		}
		d, err := c.Scale(name, 2)
		noError(t, err)
		noError(t, d.Check())
		if seen[d.ID()] {
			t.Errorf("%d: scaling %s changes nothing", i, name)
		}
		seen[d.ID()] = true
	}
	if _, err := base.Scale("patience", 2); err == nil {
		t.Error("a price called patience")
	}
}

func TestCalibrate(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for seconds")
	}
	steps := 0
	c, err := Calibrate(func(string, int, int) { steps++ })
	if err != nil {
		t.Logf("calibration: %v", err)
	}
	noError(t, c.Check())
	if steps < 5 || !strings.HasPrefix(c.Source, "calibrated") {
		t.Errorf("%d steps, source %q", steps, c.Source)
	}
	t.Logf("%+v", c)
	if c.RMW < 1 || c.LineTransfer < c.Load || c.FutexLatency < c.WakeLatency {
		t.Errorf("implausible prices: %+v", c)
	}
	price := c.CalibrateWith(CostBytecode, func(n int) {
		for range n {
			pauseRound(0)
		}
	})
	if price < c.Pause/3 || price > c.Pause*3 {
		t.Errorf("a pause costs %v by one way and %v by the other", c.Pause, price)
	}
}

// Every price has the name that the file has for it.
func TestPriceNames(t *testing.T) {
	var c Costs
	v := reflect.ValueOf(&c).Elem()
	named := map[string]*float64{}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Type.Kind() == reflect.Float64 {
			named[f.Tag.Get("json")] = v.Field(i).Addr().Interface().(*float64)
		}
	}
	equal(t, len(named), len(PriceNames()))
	for i, n := range PriceNames() {
		if named[n] != c.prices()[i] {
			t.Errorf("%s is not price %d", n, i)
		}
	}
}

// The cores of the default machine are whole ones, and a machine without crowding has the name that it had when there was no such price.
func TestDefaultsAreWholeCores(t *testing.T) {
	c := DefaultCosts()
	equal(t, c.Crowding, 0.0)
	name := c.ID()
	c.Crowding = 0.25
	if c.ID() == name {
		t.Error("crowding does not show in the name")
	}
	noError(t, c.Check())
	for _, v := range []float64{-0.1, 101} {
		c.Crowding = v
		if c.Check() == nil {
			t.Errorf("crowding %v is possible", v)
		}
	}
}
