package builtin

import (
	"html"
	"unicode/utf8"

	"gilt/vm/object"
)

// Module _html: the names of characters in HTML, for module html.

func init() {
	register("_html", func(t *object.Thread) (*object.Module, error) {
		return newModule(t, "_html", "Names of characters.", fixed("lookup", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			name, err := strArg(t, "lookup", 1, a[0])
			if err != nil {
				return object.Unset, err
			}
			// The standard library replaces the longest name that it finds; the whole is one if nothing is left over. Names stand for
			// one or two characters, and only those with a semicolon for two.
			most := 1
			if name != "" && name[len(name)-1] == ';' {
				most = 2
			}
			r := html.UnescapeString("&" + name)
			if r == "&"+name || utf8.RuneCountInString(r) > most || r[0] == '&' && name != "amp" && name != "AMP" && name != "amp;" && name != "AMP;" {
				return object.None, nil
			}
			return object.NewStr(r), nil
		})), nil
	})
}
