import threading, time
def late():
    time.sleep(0.01)
    print('late thread')
threading.Thread(target=late).start()
print('main ends')
