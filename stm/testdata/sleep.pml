/* sleep.pml: waiting for a change (wait.go).
 *
 * Two sleepers have read version 0 of a record and wait for a change of it. One thread commits to that record and may be aborted
 * a first time; another commits to a second record, which has the same bits in the bucket's filters, so that it wakes
 * the sleepers for nothing. Checked: the sleepers always wake up (no invalid end state), and do not take the other
 * record's change for their own.
 *
 * As in wait.go, a committer passes a bucket by whose beds have all been woken (n), disarms under the bucket's lock and unparks
 * after it; a sleeper that was woken for nothing gets up and lies down again. Sleeper 0 has no other bed: its waker takes the bed
 * away, and says so, and getting up is then nothing but being counted out. Sleeper 1 stands for those with beds in several buckets, who
 * leave them by themselves. At the end no bed may be left and nobody be counted. That a reader's wait for a lock is bounded, and
 * ends as if something had changed, is left out: to wake up too often does no harm.
 *
 * MUTANT: 1 the sleeper looks only before it lies down, 2 the committer looks for sleepers before it locks,
 *         3 who gets up is counted out although a waker has done that, 4 woken for nothing, the sleeper does not lie down again,
 *         5 the waker says that it has taken the bed away, and leaves it
 */
#ifndef MUTANT
#define MUTANT 0
#endif
#define LOCKED 100
#define SLEEPERS 2
#define ONLY(me) ((me) == 0)
#define UP 0
#define ARMED 1
#define FREED 2

byte rec[2];    /* the sleepers have read rec[0] */
byte count = 0; /* sleepers */
bool mu = false; /* guards the bucket: bed, awake, changes of n */
byte n = 0;     /* beds that nobody has woken */
bool bed[SLEEPERS];
bool awake[SLEEPERS];
byte armed[SLEEPERS]; /* UP, ARMED or FREED */
byte up = 0;          /* sleepers that have come to their end */
bool permit[SLEEPERS];

inline lay_down(me)
{
	count++;
	atomic { !mu -> mu = true };
	bed[me] = true;
	awake[me] = false;
	n++;
	mu = false
}

inline get_up(me)
{
	atomic { was = armed[me]; armed[me] = UP }; /* swap */
	if
	:: was == FREED
	:: else ->
		atomic { !mu -> mu = true };
		if
		:: !bed[me] /* taken away meanwhile */
		:: else ->
			bed[me] = false;
			if
			:: MUTANT == 3 && n > 0 -> n--
			:: MUTANT != 3 && !awake[me] -> n--
			:: else
			fi
		fi;
		mu = false
	fi;
	count--
}

inline look()
{
	atomic { rec[0] < LOCKED -> changed = (rec[0] != 0) } /* a commit under way is waited for */
}

proctype sleeper(byte me)
{
	bool changed = false;
	bool again = false;
	byte was;

	if
	:: MUTANT == 1 -> look()
	:: else
	fi;
	lay_down(me);
	do
	:: changed -> break
	:: else ->
		if
		:: again ->
			look();
			if
			:: changed -> break
			:: else
			fi;
			if
			:: MUTANT != 4 -> get_up(me); lay_down(me)
			:: else
			fi
		:: else
		fi;
		armed[me] = ARMED;
		if
		:: MUTANT != 1 || again -> look()
		:: else
		fi;
		if
		:: changed -> break
		:: else
		fi;
		do
		:: armed[me] != ARMED -> break
		:: armed[me] == ARMED -> atomic { permit[me] -> permit[me] = false } /* park */
		od;
		again = true
	od;
	get_up(me);
	assert(rec[0] != 0);
	up++
}

proctype committer(byte which)
{
	bool seen;
	bool woken[SLEEPERS];
	byte i;

	if
	:: which == 0 -> rec[which] = LOCKED; rec[which] = 0 /* an attempt that gives its lock back */
	:: skip
	fi;
	if
	:: MUTANT == 2 -> seen = (count > 0)
	:: else
	fi;
	rec[which] = LOCKED;
	rec[which] = 1;
	if
	:: MUTANT != 2 -> seen = (count > 0)
	:: else
	fi;
	if
	:: seen && n > 0 ->
		atomic { !mu -> mu = true };
		i = 0;
		do
		:: i < SLEEPERS ->
			if
			:: atomic { bed[i] && !awake[i] && armed[i] == ARMED -> armed[i] = (ONLY(i) -> FREED : UP) }; /* compare-and-swap */
				awake[i] = true;
				woken[i] = true;
				if
				:: ONLY(i) && MUTANT != 5 -> bed[i] = false
				:: else
				fi;
				n--
			:: !(bed[i] && !awake[i] && armed[i] == ARMED)
			fi;
			i++
		:: else -> break
		od;
		mu = false;
		i = 0;
		do
		:: i < SLEEPERS ->
			if
			:: woken[i] -> permit[i] = true /* unpark */
			:: else
			fi;
			i++
		:: else -> break
		od
	:: else
	fi
}

proctype morning()
{
	up == SLEEPERS && !mu -> assert(count == 0 && n == 0 && !bed[0] && !bed[1])
}

init { atomic { run morning(); run sleeper(0); run sleeper(1); run committer(0); run committer(1) } }
