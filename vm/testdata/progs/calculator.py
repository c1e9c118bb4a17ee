# A recursive-descent calculator with variables and errors.
class Parser:
    def __init__(self, text): self.toks, self.i, self.env = self.lex(text), 0, {}
    @staticmethod
    def lex(s):
        out, i = [], 0
        while i < len(s):
            c = s[i]
            if c.isspace(): i += 1
            elif c.isdigit():
                j = i
                while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
                out.append(float(s[i:j]) if "." in s[i:j] else int(s[i:j])); i = j
            elif c in "+-*/()^": out.append(c); i += 1
            else: raise SyntaxError(f"bad character {c!r} at {i}")
        return out + [None]
    def peek(self): return self.toks[self.i]
    def take(self): self.i += 1; return self.toks[self.i - 1]
    def expr(self):
        v = self.term()
        while self.peek() in ("+", "-"): v = v + self.term() if self.take() == "+" else v - self.term()
        return v
    def term(self):
        v = self.factor()
        while self.peek() in ("*", "/"): v = v * self.factor() if self.take() == "*" else v / self.factor()
        return v
    def factor(self):
        if self.peek() == "-": self.take(); return -self.factor()
        v = self.atom()
        if self.peek() == "^": self.take(); return v ** self.factor()
        return v
    def atom(self):
        t = self.take()
        if t == "(":
            v = self.expr()
            if self.take() != ")": raise SyntaxError("expected )")
            return v
        if isinstance(t, (int, float)): return t
        raise SyntaxError(f"unexpected {t!r}")
for src in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "10 / 4 - 1.5", "1 / 0", "2 *", "(1", "4 $ 4", "((((7))))"):
    try: print(src, "=", Parser(src).expr())
    except (SyntaxError, ZeroDivisionError) as e: print(src, "!", type(e).__name__, e)
