# A small language: tokenizer by regular expression, recursive-descent parser, closures, tree-walking evaluation.
import re
from collections import namedtuple

Token = namedtuple("Token", "kind text line")
TOKENS = re.compile(r"""
    (?P<space>[ \t]+|\#[^\n]*) | (?P<newline>\n) | (?P<number>\d+(?:\.\d+)?) | (?P<string>"(?:\\.|[^"\\])*")
  | (?P<name>[A-Za-z_]\w*) | (?P<op>==|!=|<=|>=|&&|\|\||[-+*/%<>=!(){},;])
""", re.VERBOSE)
KEYWORDS = {"let", "fn", "if", "else", "while", "return", "print", "true", "false", "nil"}


class Failure(Exception):
    pass


def tokenize(source):
    pos, line = 0, 1
    while pos < len(source):
        m = TOKENS.match(source, pos)
        if m is None:
            raise Failure(f"line {line}: unexpected {source[pos]!r}")
        pos, kind = m.end(), m.lastgroup
        if kind == "newline":
            line += 1
        elif kind != "space":
            text = m.group()
            yield Token("keyword" if text in KEYWORDS else kind, text, line)
    yield Token("end", "", line)


class Parser:
    LEVELS = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]]

    def __init__(self, source):
        self.tokens = list(tokenize(source))
        self.at = 0

    def peek(self, *texts):
        t = self.tokens[self.at]
        return t.kind in ("op", "keyword") and t.text in texts

    def take(self, *texts):
        if self.peek(*texts):
            self.at += 1
            return self.tokens[self.at - 1].text

    def need(self, text):
        if not self.take(text):
            t = self.tokens[self.at]
            raise Failure(f"line {t.line}: expected {text!r}, found {t.text or 'end'!r}")

    def name(self):
        t = self.tokens[self.at]
        if t.kind != "name":
            raise Failure(f"line {t.line}: expected a name, found {t.text!r}")
        self.at += 1
        return t.text

    def program(self):
        out = []
        while self.tokens[self.at].kind != "end":
            out.append(self.statement())
        return ("block", out)

    def block(self):
        self.need("{")
        out = []
        while not self.take("}"):
            out.append(self.statement())
        return ("block", out)

    def statement(self):
        if self.take("let"):
            name = self.name()
            self.need("=")
            node = ("let", name, self.expression())
        elif self.take("print"):
            node = ("print", self.expression())
        elif self.take("return"):
            node = ("return", self.expression())
        elif self.take("while"):
            return ("while", self.expression(), self.block())
        elif self.take("if"):
            cond, then = self.expression(), self.block()
            return ("if", cond, then, self.block() if self.take("else") else ("block", []))
        else:
            node = ("expr", self.expression())
        self.need(";")
        return node

    def expression(self):
        left = self.binary(0)
        if left[0] == "var" and self.take("="):
            return ("set", left[1], self.expression())
        return left

    def binary(self, level):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while op := self.take(*self.LEVELS[level]):
            left = ("binary", op, left, self.binary(level + 1))
        return left

    def unary(self):
        if op := self.take("-", "!"):
            return ("unary", op, self.unary())
        node = self.primary()
        while self.take("("):
            args = []
            while not self.take(")"):
                args.append(self.expression())
                if not self.peek(")"):
                    self.need(",")
            node = ("call", node, args)
        return node

    def primary(self):
        t = self.tokens[self.at]
        self.at += 1
        match t:
            case Token("number", text, _):
                return ("const", float(text) if "." in text else int(text))
            case Token("string", text, _):
                return ("const", text[1:-1].replace('\\"', '"').replace("\\n", "\n"))
            case Token("keyword", "true" | "false" | "nil" as text, _):
                return ("const", {"true": True, "false": False, "nil": None}[text])
            case Token("keyword", "fn", _):
                self.need("(")
                params = []
                while not self.take(")"):
                    params.append(self.name())
                    self.take(",")
                return ("fn", params, self.block())
            case Token("name", text, _):
                return ("var", text)
            case Token("op", "(", _):
                node = self.expression()
                self.need(")")
                return node
        raise Failure(f"line {t.line}: unexpected {t.text or 'end'!r}")


class Return(Exception):
    pass


class Scope(dict):
    def __init__(self, outer=None):
        self.outer = outer

    def find(self, name):
        scope = self
        while scope is not None:
            if name in scope:
                return scope
            scope = scope.outer
        raise Failure(f"undefined: {name}")


OPS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "%": lambda a, b: a % b,
       "/": lambda a, b: a // b if isinstance(a, int) and isinstance(b, int) else a / b, "==": lambda a, b: a == b,
       "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


def run(node, scope):
    match node:
        case ("block", body):
            for s in body:
                run(s, scope)
        case ("let", name, e):
            scope[name] = run(e, scope)
        case ("set", name, e):
            scope.find(name)[name] = value = run(e, scope)
            return value
        case ("print", e):
            v = run(e, scope)
            print("nil" if v is None else str(v).lower() if isinstance(v, bool) else v)
        case ("return", e):
            raise Return(run(e, scope))
        case ("expr", e):
            run(e, scope)
        case ("while", cond, body):
            while run(cond, scope):
                run(body, Scope(scope))
        case ("if", cond, then, other):
            run(then if run(cond, scope) else other, Scope(scope))
        case ("const", v):
            return v
        case ("var", name):
            return scope.find(name)[name]
        case ("fn", params, body):
            return (params, body, scope)
        case ("unary", "-", e):
            return -run(e, scope)
        case ("unary", "!", e):
            return not run(e, scope)
        case ("binary", "&&", a, b):
            return run(a, scope) and run(b, scope)
        case ("binary", "||", a, b):
            return run(a, scope) or run(b, scope)
        case ("binary", op, a, b):
            return OPS[op](run(a, scope), run(b, scope))
        case ("call", f, args):
            params, body, outer = run(f, scope)
            if len(params) != len(args):
                raise Failure(f"{len(params)} arguments expected, {len(args)} given")
            inner = Scope(outer)
            inner.update(zip(params, [run(a, scope) for a in args]))
            try:
                run(body, inner)
            except Return as r:
                return r.args[0]


PROGRAMS = ["""
let fib = fn(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); };
let i = 0;
while i < 11 { print fib(i); i = i + 1; }
""", """
let counter = fn() { let n = 0; return fn(by) { n = n + by; return n; }; };   # closures
let a = counter(); let b = counter();
a(1); a(2); print a(3); print b(10);
print "say \\"hi\\"" + "!"; print 7 / 2; print 7.0 / 2; print -3 % 5; print !(1 == 2) && 2 > 1; print nil;
""", """
let gcd = fn(a, b) { while b != 0 { let t = a % b; a = b; b = t; } return a; };
print gcd(1071, 462); print gcd(17, 5);
let twice = fn(f) { return fn(x) { return f(f(x)); }; };
print twice(twice(fn(x) { return x * x; }))(3);
""", "print x;", "let a = 3 print a;", "print (1 + ;", "let f = fn(x) { return x; }; f(1, 2);", "print 1 @ 2;", "if true { print 1;", "let 3 = 4;"]

for p in PROGRAMS:
    try:
        run(Parser(p).program(), Scope())
    except Failure as e:
        print("error:", e)
