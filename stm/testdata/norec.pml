/* norec.pml: the norec algorithm (norec.go, seqlock.go).
 *
 * Two threads run two transactions each on two words of two halves. Checked: as in lazy.pml. MUTANT leaves a check out,
 * and must be found:
 *   1 reads do not look at the sequence, 2 the commit does not validate, 3 the values are written after the sequence
 */
#ifndef MUTANT
#define MUTANT 0
#endif
#define TXS 2
#define TRIES 2

byte p[2], b[2];
byte seq = 0; /* odd: somebody writes back */
byte done = 0;

/* revalidate moves the snapshot to now, or dooms the attempt */
inline revalidate()
{
	do
	:: atomic { seq % 2 == 0 -> at = seq }; /* wait until nobody writes */
		j = 0;
		do
		:: j < 2 && have[j] ->
			x = p[j];
			y = b[j];
			if
			:: x != val[j] || y != val[j] -> doomed = true; break
			:: else -> j++
			fi
		:: j < 2 && !have[j] -> j++
		:: j == 2 -> break
		od;
		if
		:: doomed -> break
		:: else ->
			if
			:: seq == at -> snap = at; break
			:: else
			fi
		fi
	od
}

inline load(i)
{
	x1 = p[i];
	y1 = b[i];
	do
	:: MUTANT == 1 || seq == snap -> break
	:: else ->
		revalidate();
		if :: doomed -> break :: else fi;
		x1 = p[i];
		y1 = b[i]
	od;
	if
	:: !doomed -> assert(x1 == y1); val[i] = x1; have[i] = true
	:: else
	fi
}

proctype thread(byte me)
{
	byte val[2], nv[2], x, y, x1, y1, i, j, at, snap, tx = 0, try;
	bool have[2], w[2], doomed, ro;

	do
	:: tx < TXS ->
		try = 0;
		if :: ro = false :: ro = true fi;
		do
		:: try < TRIES ->
			have[0] = false; have[1] = false; w[0] = false; w[1] = false; doomed = false;
			atomic { seq % 2 == 0 -> snap = seq };
			if :: i = 0 :: i = 1 fi;
			load(i);
			if :: !doomed -> i = 1 - i; load(i) :: else fi;
			if :: doomed -> goto failed :: else fi;
#ifdef SKEW
			if
			:: val[0] + val[1] == 0 && !ro -> w[me] = true; nv[me] = 1
			:: else
			fi;
#else
			assert(val[0] == val[1]);
			if
			:: !ro -> w[0] = true; w[1] = true; nv[0] = val[0] + 1; nv[1] = val[1] + 1
			:: else
			fi;
#endif
			if :: !w[0] && !w[1] -> break :: else fi;
			do
			:: atomic { seq == snap -> seq = snap + 1 }; break
			:: atomic { seq != snap && MUTANT == 2 && seq % 2 == 0 -> snap = seq }
			:: seq != snap && MUTANT != 2 ->
				revalidate();
				if :: doomed -> break :: else fi
			od;
			if :: doomed -> goto failed :: else fi;
			if :: MUTANT == 3 -> seq = snap + 2 :: else fi;
			i = 0;
			do
			:: i < 2 && w[i] -> p[i] = nv[i]; b[i] = nv[i]; i++
			:: i < 2 && !w[i] -> i++
			:: i == 2 -> break
			od;
			if :: MUTANT != 3 -> seq = snap + 2 :: else fi;
			break;
failed:
			try++
		:: else -> break
		od;
		tx++
	:: else -> break
	od;
	done++
}

init
{
	atomic { run thread(0); run thread(1) };
	done == 2;
	assert(seq % 2 == 0);
#ifdef SKEW
	assert(p[0] + p[1] <= 1)
#else
	assert(p[0] == p[1] && p[0] == b[0])
#endif
}
