"""Fractions: literals, formats, arithmetic with other numbers, rounding, hashing."""
from fractions import Fraction as F
import math
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for s in ["3/4"," 3 / 4 ","1.25","-7e-3","1_000.5_0","1__0","_1","1_",".5","5.",".","","+","1/0","1/-2","3 .5","1e","1e+","0x1","٣/٤","1.e3",".e3", "1e1_0","1.2/3","nan","inf"]:
    t(lambda: repr(F(s)))
for spec in ["",">10","<10|","^12","+","#","010","05","_","+,","*^+20,",".3f","010.2f",".0f","#.0f","e",".3e","g",".10g","#g","%",".1%","+.2f"," .2f","z.1f","*=10.2f","0=10.2f",",.2f","015,.2f","_.4f","<010.2f","q","10","d",".2","s","E","G","010,.2e", "x^20.3%", "z", "00.2f","01.2f",">>10","é^9", "=+10", "٣", "010_.1f", "1,"]:
    for v in (F(22,7),F(-1,3),F(123456789,1000),F(-1,1000),F(0),F(5),F(10**30,3)):
        t(lambda: repr(spec)+" "+repr(format(v,spec)))
a,b=F(3,4),F(-5,6)
for op in ["+","-","*","/","//","%","**","<","<=","==","!=",">"]:
    for x in (a,b,F(0),2,0,-3,0.5,True,"x",float("nan"),float("inf"),None):
        for y in (a,b,F(0)):
            t(lambda: op+" "+repr(eval("x"+op+"y"))+" ")
            t(lambda: op+" "+repr(eval("y"+op+"x")))
    t(lambda: divmod(a,b)); t(lambda: divmod(7,b)); t(lambda: divmod(b,0)); t(lambda: divmod(b,0.7))
for v in (a,b,F(5,2),F(-5,2),F(12345,100)):
    t(lambda: (round(v),round(v,1),round(v,-1),math.floor(v),math.ceil(v),math.trunc(v),int(v),float(v),abs(v),-v,+v,hash(v),bool(v),repr(v),str(v)))
    t(lambda: v.limit_denominator(3)); t(lambda: v.as_integer_ratio()); t(lambda: v.is_integer())
t(lambda: F(math.pi).limit_denominator(1000)); t(lambda: F(1,3).limit_denominator(0))
t(lambda: F(1.5,2)); t(lambda: F("1",2)); t(lambda: F(None)); t(lambda: F(float("inf"))); t(lambda: F(float("nan"))); t(lambda: F(0,0)); t(lambda: F.from_float("x")); t(lambda: F.from_float(3)); t(lambda: F.from_float(0.1))
t(lambda: hash(F(1,2**61-1))); t(lambda: hash(F(3,2))==hash(1.5)); t(lambda: {F(2):1}[2]); t(lambda: F(0)**-1); t(lambda: F(-2,3)**-3); t(lambda: 2**F(1,2)); t(lambda: (-8)**F(1,3)); t(lambda: F(1,2).numerator)
t(lambda: sum([F(1,i) for i in range(1,20)])); t(lambda: F(1,2)<"x"); t(lambda: F(1,2)<1j); t(lambda: sorted([F(1,2),0.3,F(1,3),0])); t(lambda: F(numerator=3,denominator=6))
class G(F): pass
t(lambda: repr(G(1,2))); t(lambda: repr(G(1,2)+1)); t(lambda: F(F(1,2),F(3,4))); 
import copy
t(lambda: repr(copy.copy(G(1,2)))); t(lambda: repr(copy.deepcopy([F(1,2)])))
