"""What the suites in Python share: a fault is printed as it is found, and the last line counts."""
import os
import sys

# A suite tests the same wherever it runs: what it makes is trusted (a folder that everybody may write into is not), and a build
# server's handlers run (where CI is set arilint runs none).
os.umask(0o022)
for _name in ("CI", "PRE_COMMIT", "GITHUB_ACTIONS", "NO_COLOR", "CLICOLOR_FORCE", "SUDO_UID"):
    os.environ.pop(_name, None)
counts = {True: 0, False: 0}


def check(met, words):
    """`words` say what is wrong when it is not met."""
    counts[bool(met)] += 1
    if not met:
        print(f"FAIL {os.path.basename(sys.argv[0])}: {words}")


def finish():
    print(f"{counts[True]} passed, {counts[False]} failed")
    sys.exit(counts[False] > 0)
