"""Names that Python 2 had for what pickles of protocols 0 to 2 call by name."""

import_mapping = {
    "__builtin__": "builtins", "copy_reg": "copyreg", "Queue": "queue", "SocketServer": "socketserver", "ConfigParser": "configparser",
    "repr": "reprlib", "thread": "_thread", "dummy_thread": "_dummy_thread", "cPickle": "pickle", "StringIO": "io", "cStringIO": "io",
    "HTMLParser": "html.parser", "Cookie": "http.cookies", "cookielib": "http.cookiejar", "httplib": "http.client", "urlparse": "urllib.parse",
    "UserDict": "collections", "UserList": "collections", "UserString": "collections", "whichdb": "dbm", "exceptions": "builtins",
}
reverse_import_mapping = {
    "builtins": "__builtin__", "copyreg": "copy_reg", "queue": "Queue", "socketserver": "SocketServer", "configparser": "ConfigParser",
    "reprlib": "repr", "_thread": "thread", "_dummy_thread": "dummy_thread", "html.parser": "HTMLParser", "http.cookies": "Cookie",
    "http.cookiejar": "cookielib", "http.client": "httplib", "urllib.parse": "urlparse", "dbm": "whichdb",
}
name_mapping = {
    ("__builtin__", "xrange"): ("builtins", "range"), ("__builtin__", "reduce"): ("functools", "reduce"),
    ("__builtin__", "intern"): ("sys", "intern"), ("__builtin__", "unichr"): ("builtins", "chr"),
    ("__builtin__", "unicode"): ("builtins", "str"), ("__builtin__", "long"): ("builtins", "int"),
    ("__builtin__", "basestring"): ("builtins", "str"), ("itertools", "izip"): ("builtins", "zip"),
    ("itertools", "imap"): ("builtins", "map"), ("itertools", "ifilter"): ("builtins", "filter"),
    ("itertools", "ifilterfalse"): ("itertools", "filterfalse"), ("itertools", "izip_longest"): ("itertools", "zip_longest"),
    ("UserDict", "IterableUserDict"): ("collections", "UserDict"), ("UserList", "UserList"): ("collections", "UserList"),
    ("UserString", "UserString"): ("collections", "UserString"), ("exceptions", "StandardError"): ("builtins", "Exception"),
}
reverse_name_mapping = {
    ("builtins", "range"): ("__builtin__", "xrange"), ("functools", "reduce"): ("__builtin__", "reduce"),
    ("sys", "intern"): ("__builtin__", "intern"), ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "str"): ("__builtin__", "unicode"), ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "zip"): ("itertools", "izip"), ("builtins", "map"): ("itertools", "imap"), ("builtins", "filter"): ("itertools", "ifilter"),
    ("itertools", "filterfalse"): ("itertools", "ifilterfalse"), ("itertools", "zip_longest"): ("itertools", "izip_longest"),
    ("collections", "UserDict"): ("UserDict", "IterableUserDict"), ("collections", "UserList"): ("UserList", "UserList"),
    ("collections", "UserString"): ("UserString", "UserString"),
}

for _name in ("ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError EnvironmentError "
              "Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError KeyError "
              "KeyboardInterrupt LookupError MemoryError NameError NotImplementedError OSError OverflowError PendingDeprecationWarning "
              "ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError "
              "UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning "
              "ValueError Warning ZeroDivisionError").split():
    name_mapping["exceptions", _name] = ("builtins", _name)
    reverse_name_mapping["builtins", _name] = ("exceptions", _name)

for _name in ("BlockingIOError BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError "
              "ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError "
              "ProcessLookupError TimeoutError").split():
    reverse_name_mapping["builtins", _name] = ("exceptions", "OSError")
reverse_name_mapping["builtins", "ModuleNotFoundError"] = ("exceptions", "ImportError")
