#!/usr/bin/env python3
"""Helix, as a user drives it who has taken over the lines of the README: `helix.py SET-UP LOG HX...`, on a terminal. What it hears
of the server is told by its log, and what comes of it by the file that it writes."""
import fcntl
import os
import pathlib
import pty
import struct
import sys
import termios
import threading
import time

SETUP, LOG, PROGRAM = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
LONGEST = 60  # seconds, until what is waited for counts as lost
ENV = SETUP / "backend" / ".env"
counts = {"passed": 0, "failed": 0}


def check(met, words):
    counts["passed" if met else "failed"] += 1
    if not met:
        print(f"FAIL helix.py: {words}")


class Helix:
    def __init__(self):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(SETUP)
            os.execvp(PROGRAM[0], [*PROGRAM, "-vv", "--log", str(LOG), str(ENV.relative_to(SETUP))])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
        self.seen = 0
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        """A screen that nobody reads would hold it up."""
        try:
            while os.read(self.terminal, 65536): pass
        except OSError:
            pass

    def hears(self, words, what):
        """Waits until a line of the log holds them all that has not been waited for before."""
        words = [word.replace(" ", "") for word in words]
        end, at = time.monotonic() + LONGEST, None
        while at is None and time.monotonic() < end:
            lines = LOG.read_text(errors="replace").splitlines() if LOG.exists() else []
            at = next((number for number, line in enumerate(lines[self.seen:], self.seen) if all(word in line.replace(" ", "") for word in words)), None)
            if at is None: time.sleep(0.05)
        check(at is not None, what)
        self.seen = self.seen if at is None else at + 1
        time.sleep(0.3)  # between what it logs and what it does with it

    def type(self, *keys):
        for key in keys:
            os.write(self.terminal, key.encode())
            time.sleep(0.3)

    def saves(self, holds, what):
        self.type("\x1b", ":w\r")
        end = time.monotonic() + LONGEST
        while not holds(ENV.read_text()) and time.monotonic() < end: time.sleep(0.05)
        check(holds(ENV.read_text()), f"{what}: {ENV.read_text()!r}")

    def end(self):
        self.type("\x1b", ":q!\r")
        end = time.monotonic() + LONGEST
        while (done := os.waitpid(self.process, os.WNOHANG))[0] == 0 and time.monotonic() < end: time.sleep(0.05)
        check(done[0] == self.process and done[1] == 0, f"it does not end: {done}")


def work():
    found, none = ["publishDiagnostics", "backend/.env", "ari/password-drift"], ["publishDiagnostics", "backend/.env", '"diagnostics":[]']
    before = ENV.read_text()
    helix = Helix()
    helix.hears(found, "opened: nothing is found")
    # The next finding is selected: what is typed takes its place.
    helix.type("gg", "]d", "c", "😀Wr0ngPass88x", "\x1b")
    helix.saves(lambda text: text == before.replace("Wr0ngPass77x", "😀Wr0ngPass88x"), "the finding is elsewhere")
    helix.hears(found, "typed: nothing is found")
    helix.type("]d", " ", "a")
    helix.hears(["codeAction", "take the password of ari.conf"], "there is no such action")
    helix.type("\r")
    helix.hears(none, "mended: something is found")
    helix.saves(lambda text: text == before.replace("Wr0ngPass77x", "Gz7qLw93kPd2"), "it is not mended")
    helix.end()


work()
print(f"{counts['passed']} passed, {counts['failed']} failed")
