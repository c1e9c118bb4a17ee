#!/bin/sh
# Makes the golden outputs anew: PYTHON=/path/to/python3.13 testdata/regen.sh
set -e
cd "$(dirname "$0")"
for f in golden/*.py; do
	"${PYTHON:-python3.13}" -W ignore "$f" > "${f%.py}.out"
done
cd tracebacks
for f in *.py; do
	"${PYTHON:-python3.13}" -W ignore "$f" 2> "${f%.py}.err" > /dev/null || true
	sed -i "s#$PWD/##" "${f%.py}.err"
done
