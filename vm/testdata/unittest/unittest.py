"""A small unittest: what CPython's own test files need to run their methods one by one."""
import sys


class SkipTest(Exception):
    pass


class _Raises:
    def __init__(self, case, expected, regex=None, msg=None):
        self.case, self.expected, self.regex, self.exception = case, expected, regex, None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            raise AssertionError("%r was not raised" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        if self.regex is not None:
            _search(self.regex, str(value))
        return True


def _search(regex, text):
    import re
    if isinstance(regex, str):
        regex = re.compile(regex)
    if not regex.search(text):
        raise AssertionError("%r does not match %r" % (regex.pattern, text))


class _Warns:
    """Warnings are not recorded here: a test that asks for one is skipped."""

    def __enter__(self):
        raise SkipTest("warnings")

    def __exit__(self, *a):
        return False


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


class TestCase:
    failureException = AssertionError
    maxDiff = None
    longMessage = True

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def id(self):
        return type(self).__name__ + "." + self._testMethodName

    def addCleanup(self, f, /, *args, **kw):
        self._cleanups.append((f, args, kw))

    def enterContext(self, cm):
        r = cm.__enter__()
        self.addCleanup(cm.__exit__, None, None, None)
        return r

    def skipTest(self, why):
        raise SkipTest(why)

    def subTest(self, *args, **kw):
        return _SubTest()

    def fail(self, msg=None):
        raise AssertionError(msg)

    def _check(self, ok, msg, text, *args):
        if not ok:
            raise AssertionError(msg if msg is not None else text % args)

    def assertTrue(self, x, msg=None):
        if not x:
            raise AssertionError(msg or "%r is not true" % (x,))

    def assertFalse(self, x, msg=None):
        if x:
            raise AssertionError(msg or "%r is not false" % (x,))

    def assertEqual(self, a, b, msg=None):
        if not a == b:
            raise AssertionError(msg or "%r != %r" % (a, b))

    def assertNotEqual(self, a, b, msg=None):
        if not a != b:
            raise AssertionError(msg or "%r == %r" % (a, b))

    def assertIs(self, a, b, msg=None):
        if a is not b:
            raise AssertionError(msg or "%r is not %r" % (a, b))

    def assertIsNot(self, a, b, msg=None):
        if a is b:
            raise AssertionError(msg or "both are %r" % (a,))

    def assertIsNone(self, a, msg=None):
        self.assertIs(a, None, msg)

    def assertIsNotNone(self, a, msg=None):
        self.assertIsNot(a, None, msg)

    def assertIn(self, a, b, msg=None):
        if a not in b:
            raise AssertionError(msg or "%r not in %r" % (a, b))

    def assertNotIn(self, a, b, msg=None):
        if a in b:
            raise AssertionError(msg or "%r in %r" % (a, b))

    def assertIsInstance(self, a, cls, msg=None):
        if not isinstance(a, cls):
            raise AssertionError(msg or "%r is no %r" % (a, cls))

    def assertNotIsInstance(self, a, cls, msg=None):
        if isinstance(a, cls):
            raise AssertionError(msg or "%r is a %r" % (a, cls))

    def assertIsSubclass(self, a, cls, msg=None):
        self.assertTrue(issubclass(a, cls), msg)

    def assertNotIsSubclass(self, a, cls, msg=None):
        self.assertFalse(issubclass(a, cls), msg)

    def assertHasAttr(self, a, name, msg=None):
        self.assertTrue(hasattr(a, name), msg)

    def assertNotHasAttr(self, a, name, msg=None):
        self.assertFalse(hasattr(a, name), msg)

    def assertLess(self, a, b, msg=None):
        if not a < b:
            raise AssertionError(msg or "%r not less than %r" % (a, b))

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            raise AssertionError(msg or "%r not at most %r" % (a, b))

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            raise AssertionError(msg or "%r not greater than %r" % (a, b))

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            raise AssertionError(msg or "%r not at least %r" % (a, b))

    def assertAlmostEqual(self, a, b, places=None, msg=None, delta=None):
        if a == b:
            return
        d = abs(a - b)
        if delta is not None:
            ok = d <= delta
        else:
            ok = round(d, 7 if places is None else places) == 0
        if not ok:
            raise AssertionError(msg or "%r is not almost %r" % (a, b))

    def assertNotAlmostEqual(self, a, b, places=None, msg=None, delta=None):
        try:
            self.assertAlmostEqual(a, b, places, msg, delta)
        except AssertionError:
            return
        raise AssertionError(msg or "%r is almost %r" % (a, b))

    def assertListEqual(self, a, b, msg=None):
        self.assertIsInstance(a, list)
        self.assertIsInstance(b, list)
        self.assertEqual(a, b, msg)

    def assertTupleEqual(self, a, b, msg=None):
        self.assertIsInstance(a, tuple)
        self.assertIsInstance(b, tuple)
        self.assertEqual(a, b, msg)

    def assertDictEqual(self, a, b, msg=None):
        self.assertIsInstance(a, dict)
        self.assertIsInstance(b, dict)
        self.assertEqual(a, b, msg)

    def assertSetEqual(self, a, b, msg=None):
        self.assertFalse(a.difference(b), msg)
        self.assertFalse(b.difference(a), msg)

    def assertSequenceEqual(self, a, b, msg=None, seq_type=None):
        self.assertEqual(list(a), list(b), msg)

    def assertMultiLineEqual(self, a, b, msg=None):
        self.assertEqual(a, b, msg)

    def assertCountEqual(self, a, b, msg=None):
        a, b = list(a), list(b)
        for x in a:
            if x not in b:
                raise AssertionError(msg or "%r is only in the first" % (x,))
            b.remove(x)
        if b:
            raise AssertionError(msg or "%r only in the second" % (b,))

    def assertRegex(self, text, regex, msg=None):
        _search(regex, text)

    def assertNotRegex(self, text, regex, msg=None):
        try:
            _search(regex, text)
        except AssertionError:
            return
        raise AssertionError(msg or "%r matches" % (text,))

    def assertRaises(self, expected, *args, **kw):
        cm = _Raises(self, expected)
        if not args:
            return cm
        f, *args = args
        with cm:
            f(*args, **kw)

    def assertRaisesRegex(self, expected, regex, *args, **kw):
        cm = _Raises(self, expected, regex)
        if not args:
            return cm
        f, *args = args
        with cm:
            f(*args, **kw)

    def assertWarns(self, *args, **kw):
        raise SkipTest("warnings")

    def assertWarnsRegex(self, *args, **kw):
        raise SkipTest("warnings")

    def assertNoLogs(self, *args, **kw):
        raise SkipTest("logging")

    def assertLogs(self, *args, **kw):
        raise SkipTest("logging")


class IsolatedAsyncioTestCase(TestCase):
    pass


def skip(why):
    def mark(f):
        f.__unittest_skip__ = why
        return f
    return mark


def skipIf(condition, why):
    return skip(why) if condition else lambda f: f


def skipUnless(condition, why):
    return skip(why) if not condition else lambda f: f


def expectedFailure(f):
    return skip("expected to fail")(f)


def main(*args, **kw):
    pass


class TestSuite(list):
    pass


def _run(cls, name):
    """Run one method; a skipped one does not count as passing."""
    case = cls(name)
    method = getattr(case, name)
    why = getattr(method, "__unittest_skip__", None) or getattr(cls, "__unittest_skip__", None)
    if why:
        raise SkipTest(why)
    cls.setUpClass()
    case.setUp()
    try:
        method()
    finally:
        case.tearDown()
        while case._cleanups:
            f, a, k = case._cleanups.pop()
            f(*a, **k)
