/* irrevocable.pml: the hand-off of irrevocability over ownership records (irrevocable.go).
 *
 * Both threads run two transactions that read two words, which are always equal, and add one to both. Between the two
 * reads an attempt may become irrevocable: it takes the token, locks what it has read, if that is unchanged, and locks
 * everything else when it first touches it. Checked: an irrevocable attempt never fails (it has no way to), the
 * words are equal whenever both were read, no token or lock is left behind, and nobody waits for ever (no invalid end
 * state). A record is a version, or LOCKED + owner.
 *
 * MUTANT: 1 what was read before is not locked, 2 a committer waits for the irrevocable transaction with its locks held,
 * 3 the token is not looked at before it is taken
 */
#ifndef MUTANT
#define MUTANT 0
#endif
#define TXS 2
#define TRIES 2
#define LOCKED 100
#define NONE 255

byte val[2];
byte rec[2];
byte token = NONE;
byte version = 0;
byte holders = 0; /* irrevocable attempts right now */
byte done = 0;

/* hold locks a record for the irrevocable transaction, however long that takes */
inline hold(i)
{
	if
	:: old[i] == NONE -> atomic { rec[i] < LOCKED -> old[i] = rec[i]; rec[i] = LOCKED + me }
	:: else
	fi
}

inline unlock(with)
{
	j = 0;
	do
	:: j < 2 && old[j] != NONE ->
		if
		:: with == NONE -> rec[j] = old[j]
		:: else -> rec[j] = with
		fi;
		old[j] = NONE;
		j++
	:: j < 2 && old[j] == NONE -> j++
	:: j == 2 -> break
	od
}

/* read is an ordinary read; snapshots are extended by looking at everything again */
inline read(i)
{
	v = rec[i];
	if
	:: v >= LOCKED -> doomed = true
	:: else ->
		x[i] = val[i];
		if
		:: rec[i] != v -> doomed = true
		:: else ->
			log[i] = v;
			if
			:: log[1 - i] != NONE && rec[1 - i] != log[1 - i] -> doomed = true
			:: else
			fi
		fi
	fi
}

proctype thread(byte me)
{
	byte x[2], log[2], old[2], v, i, j, k, mine, tx = 0, try;
	bool doomed, irrevocable;

	do
	:: tx < TXS ->
		try = 0;
		do
		:: try < TRIES ->
			log[0] = NONE; log[1] = NONE; old[0] = NONE; old[1] = NONE;
			doomed = false; irrevocable = false;
			if :: i = 0 :: i = 1 fi;
			read(i);
			if :: doomed -> goto failed :: else fi;
			if
			:: skip /* stay as it is */
			:: /* become irrevocable */
				if
				:: atomic { token == NONE || MUTANT == 3 -> token = me }
				:: atomic { token != NONE && MUTANT != 3 -> doomed = true }
				fi;
				if :: doomed -> goto failed :: else fi;
				if
				:: MUTANT != 1 ->
					hold(i);
					if
					:: old[i] != log[i] -> unlock(NONE); token = NONE; goto failed
					:: else
					fi
				:: else
				fi;
				irrevocable = true;
				atomic { holders++; assert(holders == 1) }
			fi;
			i = 1 - i;
			if
			:: irrevocable -> hold(i); x[i] = val[i]
			:: else -> read(i); if :: doomed -> goto failed :: else fi
			fi;
			assert(x[0] == x[1]);
			/* commit */
			k = 0;
			do
			:: k < 2 && irrevocable -> hold(i); i = 1 - i; k++
			:: k < 2 && !irrevocable ->
				if
				:: atomic { rec[i] < LOCKED -> old[i] = rec[i]; rec[i] = LOCKED + me }
				:: atomic { rec[i] >= LOCKED && MUTANT != 2 -> doomed = true }
				fi;
				if :: doomed -> break :: else -> i = 1 - i; k++ fi
			:: k == 2 -> break
			od;
			if
			:: doomed -> unlock(NONE); goto failed
			:: else
			fi;
			if
			:: !irrevocable && (old[0] != log[0] || old[1] != log[1]) -> unlock(NONE); goto failed
			:: else
			fi;
			val[0] = x[0] + 1;
			val[1] = x[1] + 1;
			atomic { version++; mine = version };
			unlock(mine);
			if
			:: irrevocable -> atomic { holders--; token = NONE }
			:: else
			fi;
			break;
failed:
			token == NONE; /* sleep until the token is free */
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
	assert(val[0] == val[1] && token == NONE && rec[0] < LOCKED && rec[1] < LOCKED)
}
