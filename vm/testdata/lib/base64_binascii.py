import base64
import binascii


def t(f, *a, **k):
    try:
        print(f.__name__, a, k, "->", f(*a, **k))
    except BaseException as e:
        print(f.__name__, a, k, type(e), "|", e)


for x in ("abc", "zz", "é", 5, b"", "00fF"):
    t(binascii.unhexlify, x)
for a in ((b"abc", "-"), (b"abcde", ":", 2), (b"abcde", ":", -2), (b"abc", "é"), (b"abc", "--"), (b"abc", 1), ("a",), (b"abc", b"\xff"), (b"",)):
    t(binascii.hexlify, *a)
for s in ["abc", "YQ", "YQ=", "YQ==", "YQ===", "Y", "=", "====", "Y=Q=", "Y!Q==", "YWJj\n", "YQ==YQ==", "YWJj=", "YWJj==", "AAAA=A", "é", "A",
          "AB=C", "ab=", "a===", "abcde", "a=b=="]:
    for strict in (False, True):
        t(binascii.a2b_base64, s, strict_mode=strict)
t(binascii.b2a_base64, b"abc")
t(binascii.b2a_base64, b"abc", newline=False)
t(binascii.b2a_base64, "abc")
t(binascii.crc32, b"abc")
t(binascii.crc_hqx, b"abc", 0)
for b in (b" \n", b"\xff", b"#86)C\n", b"#86)C x", b"#86\n"):
    t(binascii.a2b_uu, b)
t(binascii.b2a_uu, b"abc")
t(binascii.b2a_uu, b"a" * 46)
t(binascii.b2a_uu, b"\0\0\0", backtick=True)
t(binascii.a2b_qp, b"a=20b=\nc=3D=zz")
t(binascii.b2a_qp, b"a b=\t\n caf\xe9 ")
t(binascii.b2a_qp, b"a b_", header=True, quotetabs=True)
t(binascii.b2a_qp, b"x" * 200)
t(base64.b64decode, "abc")
t(base64.b64decode, b"ab!c", validate=True)
for b in (b"abc", b"MFRGG===", b"MFRGG==1", b"A=======", b"", b"MFRA===="):
    t(base64.b32decode, b)
t(base64.b32hexdecode, b"WZ======")
t(base64.b32decode, b"mf======", casefold=True, map01=b"L")
t(base64.b16decode, "ab")
t(base64.b16decode, "AB")
t(base64.b16decode, "ab", True)
for b in (b"~~~~~~", b'|NsC0"', b"\xff", b"VPRomVPO"):
    t(base64.b85decode, b)
for b in (b"z!!v", b's8W-"', b"87cURDZ", b"<~87cURDZ~>"):
    t(base64.a85decode, b)
t(base64.a85decode, b"<~abc", adobe=True)
t(base64.a85decode, b"<~87cURDZ~>", adobe=True)
t(base64.z85decode, b"~~~~~")
for n in range(9):
    data = b"hello\0\xff\xfe~"[:n]
    for name in ("b64", "urlsafe_b64", "b32", "b32hex", "b16", "b85", "a85", "z85"):
        e = getattr(base64, name + "encode")(data)
        print(name, e, getattr(base64, name + "decode")(e) == data)
t(base64.a85encode, b"\0" * 8 + b"    x", foldspaces=True, wrapcol=4, adobe=True)
t(base64.b64encode, "abc")
t(base64.encodebytes, "a")
t(base64.b64decode, "é")
t(base64.b64decode, 5)
print(base64.encodebytes(b"x" * 100), base64.decodebytes(base64.encodebytes(b"x" * 100)) == b"x" * 100)
