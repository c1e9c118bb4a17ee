"""What test files take from test.support, as far as a laboratory VM has it."""
import sys
import unittest

verbose = False
use_resources = None
max_memuse = 0
real_max_memuse = 0
MISSING_C_DOCSTRINGS = True
HAVE_DOCSTRINGS = False
Py_DEBUG = False
Py_GIL_DISABLED = False
is_android = is_apple = is_apple_mobile = is_emscripten = is_jython = is_wasi = is_s390x = MS_WINDOWS = False
has_fork_support = has_subprocess_support = has_socket_support = False
SHORT_TIMEOUT = LONG_TIMEOUT = LOOPBACK_TIMEOUT = INTERNET_TIMEOUT = 30.0
PGO = False
NHASHBITS = 61
_1M, _1G, _2G, _4G = 1 << 20, 1 << 30, 1 << 31, 1 << 32
MAX_Py_ssize_t = sys.maxsize
INT_MAX = (1 << 31) - 1


class Error(Exception):
    pass


class TestFailed(Error):
    pass


class _Always:
    """Compares equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _Never:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


class _Extreme:
    def __init__(self, largest):
        self.largest = largest

    def __eq__(self, other):
        return isinstance(other, _Extreme)

    def __lt__(self, other):
        return not self.largest and self != other

    def __gt__(self, other):
        return self.largest and self != other

    def __le__(self, other):
        return not self.largest or self == other

    def __ge__(self, other):
        return self.largest or self == other


ALWAYS_EQ, NEVER_EQ, LARGEST, SMALLEST = _Always(), _Never(), _Extreme(True), _Extreme(False)


def _same(f):
    return f


def cpython_only(f):
    return unittest.skip("an implementation detail of CPython")(f)


no_tracing = requires_IEEE_754 = skip_if_pgo_task = suppress_immortalization = _same


def requires_docstrings(f):
    return unittest.skip("documentation of builtins")(f)


def _skipper(*args, **kw):
    return unittest.skip("not in this laboratory")


bigmemtest = bigaddrspacetest = requires_resource = requires_subprocess = requires_limited_api = _skipper
requires_working_socket = requires_fork = refcount_test = bigaddrspace = requires_gil_enabled = requires_specialization = _skipper
skip_if_sanitizer = thread_unsafe = lambda *a, **k: _same


def skip_wasi_stack_overflow():
    return _same


skip_emscripten_stack_overflow = skip_android_selinux = skip_wasi_stack_overflow


def impl_detail(msg=None, **guards):
    return unittest.skip(msg or "an implementation detail") if guards.get("cpython", not guards) else _same


def check_impl_detail(**guards):
    return not guards.get("cpython", not guards)


def gc_collect():
    import gc
    gc.collect()


def run_with_locale(*args):
    return _same


def requires_zlib(*args):
    return _skipper()


def anticipate_failure(condition):
    return unittest.skip("expected to fail") if condition else _same


def get_attribute(obj, name):
    return getattr(obj, name)


def adjust_int_max_str_digits(n):
    raise unittest.SkipTest("limit of digits")


class infinite_recursion:
    def __init__(self, max_depth=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


def get_c_recursion_limit():
    return 1000


def exceeds_recursion_limit():
    return 5000


def set_recursion_limit(n):
    return infinite_recursion()


class swap_attr:
    def __init__(self, obj, name, value):
        self.obj, self.name, self.value = obj, name, value

    def __enter__(self):
        self.old = getattr(self.obj, self.name)
        setattr(self.obj, self.name, self.value)
        return self.old

    def __exit__(self, *a):
        setattr(self.obj, self.name, self.old)


class swap_item:
    def __init__(self, obj, key, value):
        self.obj, self.key, self.value = obj, key, value

    def __enter__(self):
        self.had = self.key in self.obj
        self.old = self.obj.get(self.key)
        self.obj[self.key] = self.value
        return self.old

    def __exit__(self, *a):
        if self.had:
            self.obj[self.key] = self.old
        else:
            del self.obj[self.key]


class _Captured:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        import io
        self.old = getattr(sys, self.name)
        new = io.StringIO()
        setattr(sys, self.name, new)
        return new

    def __exit__(self, *a):
        setattr(sys, self.name, self.old)


def captured_stdout():
    return _Captured("stdout")


def captured_stderr():
    return _Captured("stderr")


def captured_output(name):
    return _Captured(name)


def check_syntax_error(case, statement, errtext="", *, lineno=None, offset=None):
    try:
        compile(statement, "<test string>", "exec")
    except SyntaxError as e:
        if errtext:
            case.assertRegex(str(e), errtext)
        if lineno is not None:
            case.assertEqual(e.lineno, lineno)
        return
    case.fail("no SyntaxError")


def check_free_after_iterating(*args, **kw):
    raise unittest.SkipTest("counts references")


def run_in_subinterp(*args):
    raise unittest.SkipTest("interpreters")


def collision_stats(nbins, nballs):
    from math import sqrt
    n, k = nbins, nballs
    p = 1.0 / n
    mean = k - n * (1 - (1 - p) ** k)
    return mean, sqrt(max(mean, 0.0))


def sortdict(d):
    return "{" + ", ".join("%r: %r" % p for p in sorted(d.items())) + "}"


def findfile(name, subdir=None):
    return name


def calcobjsize(fmt):
    raise unittest.SkipTest("sizes of objects")


def check_sizeof(*args):
    raise unittest.SkipTest("sizes of objects")


def run_unittest(*args):
    pass


def run_doctest(*args, **kw):
    pass


def reap_children():
    pass


environment_altered = False


def check_sanitizer(**kw):
    return False


def setswitchinterval(interval):
    sys.setswitchinterval(interval)


def print_warning(msg):
    print("Warning --", msg, file=sys.stderr)


def busy_retry(timeout, err_msg=None, /, *, error=True):
    """Yield again and again until the time is up; then fail, or end."""
    import time
    end = time.monotonic() + timeout
    while True:
        yield
        if time.monotonic() >= end:
            break
    if error:
        raise AssertionError(err_msg or "timeout (%.1f seconds)" % timeout)


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    """busy_retry with sleeps in between."""
    import time
    delay = init_delay
    for _ in busy_retry(timeout, err_msg, error=error):
        yield
        time.sleep(delay)
        delay = min(delay * 2, max_delay)


def force_not_colorized(f):
    return f


def disable_gc():
    return infinite_recursion()


skip_on_s390x = _same


class BrokenIter:
    """Fails where it is told to."""

    def __init__(self, init_raises=False, next_raises=False, iter_raises=False):
        if init_raises:
            1 / 0
        self.next_raises, self.iter_raises = next_raises, iter_raises

    def __next__(self):
        if self.next_raises:
            1 / 0

    def __iter__(self):
        if self.iter_raises:
            1 / 0
        return self


def run_with_tz(tz):
    """The zone of local clocks is what it is: the test runs in that one."""
    return lambda f: f
