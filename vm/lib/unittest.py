"""Unit tests: TestCase and a text runner."""

import sys
import time
import traceback

__all__ = ["TestCase", "TestSuite", "TestLoader", "TextTestRunner", "TestResult", "TextTestResult", "SkipTest", "skip", "skipIf", "skipUnless",
           "expectedFailure", "main", "defaultTestLoader"]


class SkipTest(Exception):
    """Raised to skip a test."""


def skip(reason):
    def mark(item):
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason if isinstance(reason, str) else ""
        return item
    if callable(reason):
        return mark(reason)
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return skip(reason) if not condition else lambda item: item


def expectedFailure(item):
    item.__unittest_expecting_failure__ = True
    return item


class _Raises:
    def __init__(self, case, expected, pattern=None, warning=False):
        self.case, self.expected, self.pattern = case, expected, pattern
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, cls, exc, tb):
        names = self.expected.__name__ if isinstance(self.expected, type) else str(self.expected)
        if cls is None:
            raise self.case.failureException("%s not raised" % names)
        if not issubclass(cls, self.expected):
            return False
        self.exception = exc
        if self.pattern is not None:
            import re
            pattern = re.compile(self.pattern) if isinstance(self.pattern, str) else self.pattern
            if not pattern.search(str(exc)):
                raise self.case.failureException('"%s" does not match "%s"' % (pattern.pattern, exc))
        return True


class _SubTest:
    def __init__(self, case, msg, params):
        self.case, self.msg, self.params = case, msg, params

    def __enter__(self):
        return self

    def __exit__(self, cls, exc, tb):
        if cls is None or self.case._result is None or not issubclass(cls, Exception) or issubclass(cls, SkipTest):
            return False
        parts = []
        if self.msg is not None:
            parts.append("[%s]" % (self.msg,))
        if self.params:
            parts.append("(%s)" % ", ".join("%s=%r" % kv for kv in self.params.items()))
        self.case._outcome(exc, " ".join(parts) or "(<subtest>)")
        return True


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []
        self._result = None
        self._failed = False

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
        return "%s.%s.%s" % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def shortDescription(self):
        doc = getattr(self, self._testMethodName).__doc__
        return doc.strip().split("\n")[0].strip() if doc else None

    def __str__(self):
        return "%s (%s)" % (self._testMethodName, self.id())

    def __repr__(self):
        return "<%s.%s testMethod=%s>" % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def countTestCases(self):
        return 1

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception as e:
                self._outcome(e)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=None, **params):
        return _SubTest(self, msg, params)

    def _outcome(self, exc, sub=None):
        self._failed = True
        if isinstance(exc, self.failureException):
            self._result.addFailure(self, exc, sub)
        else:
            self._result.addError(self, exc, sub)

    def run(self, result=None):
        if result is None:
            result = TestResult()
        self._result, self._failed = result, False
        method = getattr(self, self._testMethodName)
        result.startTest(self)
        try:
            for item in (type(self), method):
                if getattr(item, "__unittest_skip__", False):
                    result.addSkip(self, item.__unittest_skip_why__)
                    return result
            expecting = getattr(method, "__unittest_expecting_failure__", False)
            ok = False
            try:
                self.setUp()
                try:
                    try:
                        method()
                        ok = True
                    except (KeyboardInterrupt, SystemExit):
                        raise
                    except SkipTest as e:
                        result.addSkip(self, str(e))
                        self._failed = True
                    except BaseException as e:
                        if expecting:
                            result.addExpectedFailure(self, e)
                            self._failed = True
                        else:
                            self._outcome(e)
                finally:
                    try:
                        self.tearDown()
                    except Exception as e:
                        ok = False
                        self._outcome(e)
            except SkipTest as e:
                result.addSkip(self, str(e))
                self._failed = True
            except Exception as e:
                self._outcome(e)
            self.doCleanups()
            if ok and not self._failed:
                if expecting:
                    result.addUnexpectedSuccess(self)
                else:
                    result.addSuccess(self)
        finally:
            result.stopTest(self)
        return result

    __call__ = run

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _fail(self, standard, msg):
        raise self.failureException(standard if msg is None else "%s : %s" % (standard, msg))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._fail("%r is not true" % (expr,), msg)

    def assertFalse(self, expr, msg=None):
        if expr:
            self._fail("%r is not false" % (expr,), msg)

    def assertEqual(self, first, second, msg=None):
        if not first == second:
            self._fail("%r != %r" % (first, second), msg)

    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertMultiLineEqual = assertEqual

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        self.assertEqual(list(first), list(second), msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._fail("%r == %r" % (first, second), msg)

    def assertIs(self, a, b, msg=None):
        if a is not b:
            self._fail("%r is not %r" % (a, b), msg)

    def assertIsNot(self, a, b, msg=None):
        if a is b:
            self._fail("unexpectedly identical: %r" % (a,), msg)

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._fail("%r is not None" % (obj,), msg)

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._fail("unexpectedly None", msg)

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._fail("%r not found in %r" % (member, container), msg)

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._fail("%r unexpectedly found in %r" % (member, container), msg)

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._fail("%r is not an instance of %r" % (obj, cls), msg)

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._fail("%r is an instance of %r" % (obj, cls), msg)

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._fail("%r not less than %r" % (a, b), msg)

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._fail("%r not less than or equal to %r" % (a, b), msg)

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail("%r not greater than %r" % (a, b), msg)

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._fail("%r not greater than or equal to %r" % (a, b), msg)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        diff = abs(first - second)
        if delta is not None:
            if diff <= delta:
                return
            self._fail("%r != %r within %r delta (%r difference)" % (first, second, delta, diff), msg)
        places = 7 if places is None else places
        if round(diff, places) == 0:
            return
        self._fail("%r != %r within %r places (%r difference)" % (first, second, places, diff), msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        diff = abs(first - second)
        if delta is not None and diff > delta or delta is None and first != second and round(diff, 7 if places is None else places) != 0:
            return
        self._fail("%r == %r within %r" % (first, second, delta if delta is not None else "%r places" % (places or 7)), msg)

    def assertCountEqual(self, first, second, msg=None):
        a, b = list(first), list(second)
        for x in list(a):
            if x in b:
                a.remove(x)
                b.remove(x)
        if a or b:
            self._fail("Element counts were not equal: %r, %r" % (a, b), msg)

    def assertRaises(self, expected, *args, **kwargs):
        context = _Raises(self, expected)
        if not args:
            return context
        with context:
            args[0](*args[1:], **kwargs)

    def assertRaisesRegex(self, expected, regex, *args, **kwargs):
        context = _Raises(self, expected, regex)
        if not args:
            return context
        with context:
            args[0](*args[1:], **kwargs)

    def assertRegex(self, text, regex, msg=None):
        import re
        if not re.search(regex, text):
            self._fail("Regex didn't match: %r not found in %r" % (getattr(regex, "pattern", regex), text), msg)

    def assertNotRegex(self, text, regex, msg=None):
        import re
        if re.search(regex, text):
            self._fail("Regex matched: %r in %r" % (getattr(regex, "pattern", regex), text), msg)

    assertEquals, assertNotEquals, assert_, failUnless, failIf, assertItemsEqual = \
        assertEqual, assertNotEqual, assertTrue, assertTrue, assertFalse, assertCountEqual


class TestResult:
    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures, self.errors, self.skipped, self.expectedFailures, self.unexpectedSuccesses = [], [], [], [], []
        self.testsRun = 0
        self.shouldStop = False

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def _text(self, exc):
        return "".join(traceback.format_exception(exc))

    def addFailure(self, test, exc, sub=None):
        self.failures.append((test if sub is None else "%s %s" % (test, sub), self._text(exc)))

    def addError(self, test, exc, sub=None):
        self.errors.append((test if sub is None else "%s %s" % (test, sub), self._text(exc)))

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, exc):
        self.expectedFailures.append((test, self._text(exc)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True


class TextTestResult(TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__()
        self.stream, self.verbosity = stream, verbosity

    def _describe(self, test):
        if isinstance(test, str):
            return test
        doc = test.shortDescription()
        return "%s\n%s" % (test, doc) if doc else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.verbosity > 1:
            self.stream.write("%s ... " % self._describe(test))

    def _show(self, mark, word):
        self.stream.write(word + "\n" if self.verbosity > 1 else mark if self.verbosity == 1 else "")

    def addSuccess(self, test):
        self._show(".", "ok")

    def addFailure(self, test, exc, sub=None):
        super().addFailure(test, exc, sub)
        self._show("F", "FAIL")

    def addError(self, test, exc, sub=None):
        super().addError(test, exc, sub)
        self._show("E", "ERROR")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show("s", "skipped %r" % reason)

    def addExpectedFailure(self, test, exc):
        super().addExpectedFailure(test, exc)
        self._show("x", "expected failure")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show("u", "unexpected success")

    def printErrors(self):
        if self.verbosity:
            self.stream.write("\n")
        for flavour, errors in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in errors:
                self.stream.write("=" * 70 + "\n%s: %s\n" % (flavour, self._describe(test)) + "-" * 70 + "\n" + text + "\n")


class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)

    def addTest(self, test):
        self._tests.append(test)

    def addTests(self, tests):
        self._tests.extend(tests)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return sum(t.countTestCases() for t in self._tests)

    def _flat(self):
        for t in self._tests:
            if isinstance(t, TestSuite):
                yield from t._flat()
            else:
                yield t

    def run(self, result):
        current, broken = None, False
        for test in self._flat():
            if result.shouldStop:
                break
            cls = type(test)
            if cls is not current:
                if current is not None and not broken:
                    current.tearDownClass()
                current, broken = cls, False
                if not getattr(cls, "__unittest_skip__", False):
                    try:
                        cls.setUpClass()
                    except SkipTest as e:
                        broken = True
                        result.addSkip("setUpClass (%s.%s)" % (cls.__module__, cls.__qualname__), str(e))
                    except Exception as e:
                        broken = True
                        result.errors.append(("setUpClass (%s.%s)" % (cls.__module__, cls.__qualname__), result._text(e)))
            if not broken:
                test.run(result)
        if current is not None and not broken:
            current.tearDownClass()
        return result

    __call__ = run


class TestLoader:
    testMethodPrefix = "test"
    suiteClass = TestSuite

    def getTestCaseNames(self, cls):
        return sorted(n for n in dir(cls) if n.startswith(self.testMethodPrefix) and callable(getattr(cls, n)))

    def loadTestsFromTestCase(self, cls):
        names = self.getTestCaseNames(cls)
        if not names and hasattr(cls, "runTest"):
            names = ["runTest"]
        return self.suiteClass([cls(n) for n in names])

    def loadTestsFromModule(self, module, **kw):
        found = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, TestCase) and obj is not TestCase:
                found.append(self.loadTestsFromTestCase(obj))
        suite = self.suiteClass(found)
        hook = getattr(module, "load_tests", None)
        return hook(self, suite, None) if hook else suite

    def loadTestsFromName(self, name, module=None):
        obj = module
        for part in name.split("."):
            parent, obj = obj, getattr(obj, part)
        if isinstance(obj, type):
            return self.loadTestsFromTestCase(obj)
        return self.suiteClass([parent(part)])

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(n, module) for n in names])


defaultTestLoader = TestLoader()


def makeSuite(cls, prefix="test"):
    return defaultTestLoader.loadTestsFromTestCase(cls)


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, **kw):
        self.stream = stream if stream is not None else sys.stderr
        self.verbosity = verbosity
        if resultclass is not None:
            self.resultclass = resultclass

    def run(self, test):
        result = self.resultclass(self.stream, True, self.verbosity)
        start = time.perf_counter()
        test.run(result)
        taken = time.perf_counter() - start
        result.printErrors()
        out = self.stream.write
        if self.verbosity and (result.errors or result.failures) or True:
            out("-" * 70 + "\n")
        out("Ran %d test%s in %.3fs\n\n" % (result.testsRun, "" if result.testsRun == 1 else "s", taken))
        notes = ["%s=%d" % (n, len(v)) for n, v in (("failures", result.failures), ("errors", result.errors)) if v] if not result.wasSuccessful() else []
        notes += ["%s=%d" % (n, len(v)) for n, v in (("skipped", result.skipped), ("expected failures", result.expectedFailures),
                                                     ("unexpected successes", result.unexpectedSuccesses)) if v]
        out("OK" if result.wasSuccessful() else "FAILED")
        out(" (%s)\n" % ", ".join(notes) if notes else "\n")
        return result


class TestProgram:
    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1, **kw):
        module = sys.modules[module] if isinstance(module, str) else module
        argv = sys.argv if argv is None else argv
        names = []
        for a in argv[1:]:
            if a in ("-v", "--verbose"):
                verbosity = 2
            elif a in ("-q", "--quiet"):
                verbosity = 0
            elif not a.startswith("-"):
                names.append(a)
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        suite = testLoader.loadTestsFromNames(names, module) if names else testLoader.loadTestsFromModule(module)
        runner = testRunner or TextTestRunner
        self.result = (runner(verbosity=verbosity) if isinstance(runner, type) else runner).run(suite)
        if exit:
            if self.result.testsRun == 0 and not self.result.skipped:
                sys.exit(5)
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
