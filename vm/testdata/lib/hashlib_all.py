import hashlib, hmac
def t(f,*a,**k):
    try: print(f(*a,**k))
    except BaseException as e: print(type(e).__name__, '|', e)
for n in sorted(hashlib.algorithms_guaranteed):
    h = hashlib.new(n, b'abc'); g = h.copy(); g.update(b'd'*5000)
    k = (10,) if 'shake' in n else ()
    print(n, h.name, h.digest_size, h.block_size, h.hexdigest(*k), g.hexdigest(*k), getattr(hashlib,n)(b'x'*3000).hexdigest(*k))
t(hashlib.new,'foo'); t(hashlib.md5,'a'); t(hashlib.new, 5); t(hashlib.md5(b'').update, 'x'); t(hashlib.md5().update); t(hashlib.md5(b'').digest, 1)
t(hashlib.shake_128(b'').digest); t(hashlib.blake2b,digest_size=65);t(hashlib.blake2b,digest_size=0);t(hashlib.blake2b,key=b'a'*65);t(hashlib.blake2s,key=b'a'*33);t(hashlib.blake2b,salt=b'a'*17);t(hashlib.blake2b,person=b'a'*17);t(hashlib.blake2b,fanout=256)
t(hashlib.pbkdf2_hmac,'sha1',b'a',b'b',0);t(hashlib.pbkdf2_hmac,'sha1',b'a',b'b',1,0);t(hashlib.pbkdf2_hmac,'sha256',b'password',b'salt',100,40)
t(hmac.new,b'k');t(hmac.new,b'k',b'a','foo');t(hmac.new,'k',b'a','md5');t(hmac.compare_digest,'é','a');t(hmac.compare_digest,b'a','a'); t(hmac.compare_digest,1,'a');t(hmac.compare_digest,'a','a')
print(hmac.new(b'key', b'msg', 'sha256').hexdigest(), hmac.digest(b'k'*100, b'm', hashlib.md5), hmac.new(b'k',b'','sha1').name)
print(hashlib.blake2b(b'abc', digest_size=20, key=b'k', salt=b's', person=b'p').hexdigest(), hashlib.blake2s(b'abc'*100, digest_size=20, key=b'k', salt=b's', person=b'p', fanout=2, depth=2, leaf_size=4096, node_offset=1, node_depth=1, inner_size=32, last_node=True).hexdigest())
