# ast.literal_eval: literals and what is none.
import ast
for s in ("1", "-1", "+1.5", "0x1F", "1_000", "1e-5", "-1e5", "2j", "1+2j", "-1.5-2j", "'a'", '"a\\n\\x41"', "'a' 'b'", "b'x'", "r'\\n'", "'''t\nq'''", "()", "(1,)", "(1)", "(1, 2)", "1, 2", "1,", "[]", "[1, [2, (3,)]]", "{}", "{1}", "{1: 2, 'a': [3]}",
          "set()", "None", "True", "...", "  1", "[1, # c\n 2]", "{'a': {'b': (1, 2)}}", "(((1)))", "((1),)", "u'x'", "0b101", "[1,]", "{1,}", "{1: 2,}", "'it\\'s'", "0o17"):
    print(repr(s), repr(ast.literal_eval(s)))
for s in ("--1", "f()", "x", "1+1", "'a'+'b'", "a.b", "lambda: 0", "[x for x in y]", "2**3", "not 1", "1j+2j", "-'a'", "foo(1)", "__import__('os')"):
    try:
        print(ast.literal_eval(s))
    except ValueError as e:
        print("ValueError", str(e)[:24])
for s in ("", "[1", "(1 2)", "'a", "{1:}", ")"):
    try:
        print(ast.literal_eval(s))
    except SyntaxError:
        print("SyntaxError")
