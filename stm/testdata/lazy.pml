/* lazy.pml: the lazy algorithm (lazy.go, orecs.go, clock.go) with the striped clock.
 *
 * Two threads run two transactions each on two words of two halves under a record each. Checked: both halves of what is
 * read belong together, both words belong to one snapshot, in doomed attempts too (opacity); with SKEW, that of two
 * transactions which each read both words and write one, one sees the other (serialisability).
 *
 * A record is 2*seq + stripe, or LOCKED + owner. MUTANT leaves a check out, and must be found:
 *   1 no second look, 2 no validation at commit, 3 number drawn before locking, 4 extension without validation
 */
#ifndef MUTANT
#define MUTANT 0
#endif
#define TXS 2
#ifndef TRIES
#define TRIES 2
#endif
#define LOCKED 100
#define NONE 255

byte p[2], b[2];   /* the halves */
byte rec[2];
byte clk[2];       /* the published numbers of the stripes */
byte done = 0;

#define newer(v) ((v) / 2 > seen[(v) % 2])

inline validate(ok)
{
	ok = true;
	j = 0;
	do
	:: j < 2 && log[j] == NONE -> j++
	:: j < 2 && log[j] != NONE ->
		v2 = rec[j];
		if
		:: v2 == log[j]
		:: v2 != log[j] && v2 == LOCKED + me && old[j] == log[j]
		:: else -> ok = false
		fi;
		j++
	:: j == 2 -> break
	od
}

inline load(i)
{
	do
	:: v1 = rec[i];
		if
		:: v1 >= LOCKED -> doomed = true; break
		:: else
		fi;
		x = p[i];
		y = b[i];
		v2 = rec[i];
		if
		:: v2 != v1 && MUTANT != 1 -> skip
		:: else ->
			if
			:: !newer(v1) ->
				assert(x == y);
				log[i] = v1;
				val[i] = x;
				break
			:: else ->
				/* extend: take over what the stripe says now, or at least what the record says */
				if
				:: clk[v1 % 2] > v1 / 2 -> seen[v1 % 2] = clk[v1 % 2]
				:: else -> seen[v1 % 2] = v1 / 2
				fi;
				if
				:: MUTANT != 4 -> validate(good)
				:: else -> good = true
				fi;
				if
				:: !good -> doomed = true; break
				:: else
				fi
			fi
		fi
	od
}

inline unlock()
{
	j = 0;
	do
	:: j < 2 -> if :: old[j] != NONE -> rec[j] = old[j]; old[j] = NONE :: else fi; j++
	:: else -> break
	od
}

inline draw()
{
	seq = seq + 1;
	clk[me] = seq;
	seen[me] = seq
}

proctype thread(byte me)
{
	byte seen[2], log[2], old[2], val[2], nv[2];
	byte v1, v2, x, y, i, j, seq = 0, tx = 0, try;
	bool doomed, good, w[2], ro;

	do
	:: tx < TXS ->
		try = 0;
		if :: ro = false :: ro = true fi;
		do
		:: try < TRIES ->
			log[0] = NONE; log[1] = NONE; old[0] = NONE; old[1] = NONE;
			w[0] = false; w[1] = false; doomed = false;
			if :: i = 0 :: i = 1 fi;
			load(i);
			if :: !doomed -> i = 1 - i; load(i) :: else fi;
			if
			:: doomed -> goto failed
			:: else
			fi;
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
			if
			:: !w[0] && !w[1] -> break /* read-only: committed */
			:: else
			fi;
			if :: MUTANT == 3 -> draw() :: else fi;
			/* lock, in whatever order */
			if :: i = 0 :: i = 1 fi;
			x = 0;
			do
			:: x == 2 -> break
			:: x < 2 && !w[i] -> i = 1 - i; x++
			:: x < 2 && w[i] ->
				atomic {
					if
					:: rec[i] < LOCKED -> old[i] = rec[i]; rec[i] = LOCKED + me
					:: else -> doomed = true
					fi
				};
				if :: doomed -> break :: else -> i = 1 - i; x++ fi
			od;
			if
			:: doomed -> unlock(); goto failed
			:: else
			fi;
			if :: MUTANT != 3 -> draw() :: else fi;
			if
			:: MUTANT != 2 -> validate(good)
			:: else -> good = true
			fi;
			if
			:: !good -> unlock(); goto failed
			:: else
			fi;
			i = 0;
			do
			:: i < 2 && w[i] -> p[i] = nv[i]; b[i] = nv[i]; i++
			:: i < 2 && !w[i] -> i++
			:: i == 2 -> break
			od;
			i = 0;
			do
			:: i < 2 && w[i] -> rec[i] = 2 * seq + me; i++
			:: i < 2 && !w[i] -> i++
			:: i == 2 -> break
			od;
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
	assert(p[0] == b[0] && p[1] == b[1]);
#ifdef SKEW
	assert(p[0] + p[1] <= 1);
#else
	assert(p[0] == p[1]);
#endif
	assert(rec[0] < LOCKED && rec[1] < LOCKED)
}
