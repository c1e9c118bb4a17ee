"""Only literal_eval: values of literals, read without running anything. There are no syntax trees here."""

__all__ = ["literal_eval"]

_names = {"None": None, "True": True, "False": False, "Ellipsis": ...}
_prefixes = ("", "r", "b", "u", "br", "rb")


class _Reader:
    """Recursive descent over the text of an expression that has nothing but literals."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def skip(self):
        s = self.text
        while self.at < len(s) and (s[self.at] in " \t\n\r\f" or s.startswith("\\\n", self.at) or s[self.at] == "#"):
            if s[self.at] == "#":
                end = s.find("\n", self.at)
                self.at = len(s) if end < 0 else end
            else:
                self.at += 1

    def peek(self):
        self.skip()
        return self.text[self.at:self.at + 1]

    def take(self, c):
        if self.peek() == c:
            self.at += 1
            return True
        return False

    def fail(self):
        raise ValueError("malformed node or string on line 1: %r" % self.text[self.at:self.at + 40])

    def syntax(self):
        raise SyntaxError("invalid syntax")

    def sum(self):
        """A value, or real ± imaginary."""
        left = self.signed()
        c = self.peek()
        if c and c in "+-":
            self.at += 1
            right = self.number()
            if type(left) not in (int, float) or type(right) is not complex:
                self.fail()
            return left + right if c == "+" else left - right
        return left

    def signed(self):
        c = self.peek()
        if c and c in "+-":
            self.at += 1
            if self.peek() in ("+", "-"):
                self.fail()
            value = self.atom()
            if type(value) not in (int, float, complex):
                self.fail()
            return value if c == "+" else -value
        return self.atom()

    def atom(self):
        c = self.peek()
        if c == "(":
            return self.parenthesis()
        if c == "[":
            self.at += 1
            return self.items("]")[0]
        if c == "{":
            return self.braces()
        if c.isdigit() or c == ".":
            if self.text.startswith("...", self.at):
                self.at += 3
                return ...
            return self.number()
        return self.word()

    def word(self):
        s, start = self.text, self.at
        end = start
        while end < len(s) and (s[end].isalnum() or s[end] == "_"):
            end += 1
        word = s[start:end]
        if s[end:end + 1] in ("'", '"') and word.lower() in _prefixes:
            return self.strings()
        if not word:
            self.syntax()
        if word in _names:
            self.at = end
            return _names[word]
        if word == "set":
            self.at = end
            if self.take("(") and self.take(")"):
                return set()
            self.at = start
        self.fail()

    def strings(self):
        """One string, or several in a row."""
        value = None
        while True:
            self.skip()
            s, start = self.text, self.at
            i = start
            while i < len(s) and s[i].isalpha():
                i += 1
            quote = s[i:i + 1]
            if quote not in ("'", '"') or s[start:i].lower() not in _prefixes:
                if value is None:
                    self.fail()
                return value
            if s.startswith(quote * 3, i):
                quote *= 3
            j = i + len(quote)
            while j < len(s) and not s.startswith(quote, j):
                if s[j] == "\n" and len(quote) == 1:
                    break
                j += 2 if s[j] == "\\" else 1
            if not s.startswith(quote, j):
                raise SyntaxError("unterminated string literal (detected at line 1)")
            self.at = j + len(quote)
            part = eval(s[start:self.at])  # a single string literal, by its quotes
            if value is not None and type(value) is not type(part):
                raise SyntaxError("cannot mix bytes and nonbytes literals")
            value = part if value is None else value + part

    def number(self):
        self.skip()
        s, start = self.text, self.at
        end = start
        while end < len(s) and (s[end].isalnum() or s[end] in "._" or s[end] in "+-" and s[end - 1] in "eE" and s[start:start + 2].lower() not in ("0x", "0b", "0o")):
            end += 1
        word = s[start:end]
        if not word or not (word[0].isdigit() or word[0] == "." and word[1:2].isdigit()):
            self.fail()
        self.at = end
        try:
            if word[-1] in "jJ":
                return complex(word)
            if word[:2].lower() in ("0x", "0b", "0o") or word.replace("_", "").isdigit():
                return int(word, 0)
            return float(word)
        except ValueError:
            raise SyntaxError("invalid decimal literal") from None

    def items(self, close):
        """Values up to the closing bracket, and whether a comma was last or between."""
        values, comma = [], False
        while not self.take(close):
            if values and not comma:
                self.syntax()
            values.append(self.sum())
            comma = self.take(",")
        return values, comma

    def parenthesis(self):
        self.at += 1
        values, comma = self.items(")")
        return values[0] if len(values) == 1 and not comma else tuple(values)

    def braces(self):
        self.at += 1
        if self.take("}"):
            return {}
        first = self.sum()
        if not self.take(":"):
            values = [first]
            while self.take(","):
                if self.peek() == "}":
                    break
                values.append(self.sum())
            if not self.take("}"):
                self.syntax()
            return set(values)
        result = {first: self.sum()}
        while self.take(","):
            if self.peek() == "}":
                break
            key = self.sum()
            if not self.take(":"):
                self.syntax()
            result[key] = self.sum()
        if not self.take("}"):
            self.syntax()
        return result


def literal_eval(node_or_string):
    """The value of a literal: numbers, strings, bytes, tuples, lists, dicts, sets, booleans, None and Ellipsis."""
    if not isinstance(node_or_string, str):
        raise ValueError("malformed node or string: %r" % (node_or_string,))
    reader = _Reader(node_or_string.lstrip(" \t"))
    value = reader.sum()
    if reader.peek() == ",":
        values = [value]
        while reader.take(","):
            if not reader.peek():
                break
            values.append(reader.sum())
        value = tuple(values)
    if reader.peek():
        reader.fail()
    return value
