import math
math.sqrtt(4)
