import sys, threading
def inner(): 1 / 0
def f(): inner()
class Err:
    text = ""
    def write(self, s): self.text += s
    def flush(self): pass
    def getvalue(self): return self.text
err = Err()
old = sys.stderr
sys.stderr = err
t = threading.Thread(target=f, name='Boom'); t.start(); t.join()
sys.stderr = old
text = err.getvalue().splitlines()
print(text[0]); print(text[1]); print(text[-1])
print([l.strip() for l in text if 'inner' in l and 'File' not in l])
