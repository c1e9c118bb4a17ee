/* sleep.pml: waiting for a change (wait.go).
 *
 * A sleeper has read version 0 of a word and waits for a change; another thread commits one, and may be aborted a first
 * time. Checked: the sleeper always wakes up (no invalid end state), and does not wake before something has changed.
 *
 * MUTANT: 1 the sleeper looks only before it lies down, 2 the committer looks for sleepers before it locks
 */
#ifndef MUTANT
#define MUTANT 0
#endif
#define LOCKED 100

byte rec = 0;
byte count = 0; /* sleepers */
bool armed = false;
bool permit = false;

proctype sleeper()
{
	byte v;
	bool changed = false;

	if
	:: MUTANT == 1 -> changed = (rec != 0)
	:: else
	fi;
	count++;
	do
	:: changed -> break
	:: else ->
		armed = true;
		if
		:: MUTANT != 1 ->
			atomic { rec < LOCKED -> v = rec }; /* a commit under way is waited for */
			changed = (v != 0)
		:: else
		fi;
		if
		:: changed -> break
		:: else
		fi;
		do
		:: !armed -> break
		:: armed -> atomic { permit -> permit = false } /* park */
		od;
		if
		:: MUTANT == 1 -> changed = true
		:: else
		fi
	od;
	armed = false;
	count--;
	assert(rec != 0)
}

inline wake()
{
	if
	:: atomic { armed -> armed = false }; permit = true /* compare-and-swap, then unpark */
	:: !armed
	fi
}

proctype committer()
{
	bool look;

	if
	:: rec = LOCKED; rec = 0 /* an attempt that gives its lock back */
	:: skip
	fi;
	if
	:: MUTANT == 2 -> look = (count > 0)
	:: else
	fi;
	rec = LOCKED;
	rec = 1;
	if
	:: MUTANT != 2 -> look = (count > 0)
	:: else
	fi;
	if
	:: look -> wake()
	:: else
	fi
}

init { atomic { run sleeper(); run committer() } }
