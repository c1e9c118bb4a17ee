import unittest, sys, logging, textwrap, io
sys.stderr = sys.stdout
class T(unittest.TestCase):
    def test_a(self): self.assertEqual(1,1)
    def test_b(self): self.assertIn(1,[1])
    @unittest.skip('no')
    def test_c(self): pass
    def test_d(self):
        with self.assertRaises(ValueError): int('x')
buf = io.StringIO()
r = unittest.TextTestRunner(stream=buf, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(T))
print(r.testsRun, r.wasSuccessful(), len(r.skipped), buf.getvalue().splitlines()[:4])
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s %(name)s %(threadName)s %(message)s')
logging.info('hi %d', 3); logging.debug('no'); log=logging.getLogger('a.b'); log.warning('w'); log.error('e %s','x')
print(textwrap.fill('The quick brown fox jumps over the lazy dog well-known', 20)); print(textwrap.dedent('  a\n    b\n'), textwrap.shorten('hello big world', 11), textwrap.indent('a\nb','> '))
