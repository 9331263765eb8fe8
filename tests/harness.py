"""What the suites in Python share: a fault is printed as it is found, and the last line counts."""
import os
import sys

os.umask(0o022)  # what a suite makes is trusted wherever it runs: a folder that everybody may write into is not
counts = {True: 0, False: 0}


def check(met, words):
    """`words` say what is wrong when it is not met."""
    counts[bool(met)] += 1
    if not met:
        print(f"FAIL {os.path.basename(sys.argv[0])}: {words}")


def finish():
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(counts[False] > 0)
