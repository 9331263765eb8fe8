#!/usr/bin/env -S python3 -B
"""Holds `arilint dump --reader asterisk` against two real servers: compare.py ROOTS ARILINT, run by root.

ROOTS is what roots.sh has made; ARILINT must be linked statically, as it is run in those roots. The environment sets
SEED (of the random files; default: another one each time), FILES and TREES (how many random files and include trees
each server gets). Seed and number give the same file as long as the fixtures are the same, as some random files are
fixtures with faults put in. The last line of the output is the result.
"""

import base64
import collections
import fcntl
import json
import os
import re
import secrets
import signal
import subprocess
import sys

from generate import MAIN, random_file, random_tree
from server import ARILINT, ETC, Dead, Server, empty_folder, enter
from versions import check_versions

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# What a real server does not survive, or what arilint reads no further: told by arilint, and not sent. A file that
# includes itself is sent: only a later reload would crash the server, and GetConfig keeps nothing to reload.
NOT_SENT = re.compile(r"line \d+: (endless-inheritance|comment-too-deep|reading-limit)\b")
# Filters that have no one reading: with nothing behind `=` or `&` (what 16 takes for missing and 22 for empty), or with
# a lone quote or a backslash near their end (where both read beyond the string, see ast_strip_quoted(), ast_strsep()).
UNSETTLED = re.compile(
    rb"\([^)\n]*\+(?:[\0- ]*['\"][\0- ]*[,)]|[^)\n]*(?:[=&][\0- '\"]*[&,)]|\\.?[\0- '\"]*[=&,)]))"
)
MOST_SECONDS = 1800
MOST_RESTARTS = 50
MOST_REPORTED = 5
MOST_SHOWN = 1200
MOST_FILES_SHOWN = 10
MOST_REDUCTIONS = 400


class Skipped(Exception):
    pass


class OutOfTime(Exception):
    pass


class Comparison:
    """One server's part of the run. What it reads is a dict of bytes by file name; a string is a link's target."""

    def __init__(self, server):
        self.server = server
        self.counts = collections.Counter()
        self.restarts = 0
        self.written = None

    def write(self, files):
        if files is self.written:
            return
        empty_folder()
        for name, text in files.items():
            path = f"{ETC}/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if isinstance(text, str):
                os.symlink(text, path)
            else:
                with open(path, "wb") as file:
                    file.write(text)
        self.written = files

    def seen_by_arilint(self, name):
        command = [ARILINT, "dump", "--show-secrets=always", "--reader", "asterisk", "--root", ETC, f"{ETC}/{name}"]
        try:
            result = subprocess.run(command, stdin=self.server.nothing, capture_output=True, timeout=20)
        except subprocess.TimeoutExpired:
            return "nothing: it hangs"
        if result.returncode:
            return f"nothing: exit status {result.returncode}, {result.stderr[:300]!r}"
        seen = json.loads(result.stdout)
        if seen["ok"]:
            return [(raw(section["name"]), section["template"], [tuple(map(raw, pair)) for pair in section["vars"]])
                    for section in seen["sections"]]
        if reason := NOT_SENT.match(seen["error"]):
            raise Skipped(reason[1])
        return None

    def start_again(self, reason):
        self.restarts += 1
        if self.restarts > MOST_RESTARTS:
            raise Dead(f"started again too often, at last because {reason}")
        self.counts["started again", f"because {reason}"] += 1
        self.written = None
        self.server.restart()

    def seen_by_server(self, files, name):
        """Asks a fresh server once more when there is no answer: what has hurt it may have been an earlier input, as
        16 now and then dies of files that include each other."""
        for _ in range(2):
            try:
                self.write(files)
                return self.server.read(name)
            except Dead as error:
                answer = f"nothing: {error}"
                self.start_again(error)
        return answer

    def read(self, files, name):
        if any(isinstance(text, bytes) and UNSETTLED.search(text) for text in files.values()):
            raise Skipped("unsettled filter")
        self.write(files)
        ours = self.seen_by_arilint(name)
        return self.seen_by_server(files, name), ours

    def check(self, kind, title, files, name=MAIN):
        try:
            theirs, ours = self.read(files, name)
            if theirs != ours:
                self.start_again("its answer is to be confirmed")
                theirs, ours = self.read(files, name)
        except Skipped as reason:
            self.counts[kind, f"not sent ({reason})"] += 1
            return
        self.counts[kind, {list: "read", str: "lost"}.get(type(theirs), "refused")] += 1
        self.counts["passed" if theirs == ours else "failed"] += 1
        if theirs != ours and self.counts["failed"] <= MOST_REPORTED:
            if not isinstance(theirs, str):
                files = self.reduce(files, name)
                theirs, ours = self.read(files, name)
            self.report(title, files, theirs, ours)

    def check_unsent(self):
        """A reader that gives up on everything must not pass."""
        unsent = sum(count for what, count in self.counts.items() if isinstance(what, tuple) and "not sent" in what[1])
        if unsent * 10 > self.counts["passed"]:
            self.counts["failed"] += 1
            print(f"FAIL Asterisk {self.server.version}: {unsent} inputs were not sent, more than a tenth", flush=True)

    def differs(self, files, name):
        try:
            theirs, ours = self.read(files, name)
        except Skipped:
            return False
        return theirs != ours and not isinstance(theirs, str)

    def reduce(self, files, name):
        """A smaller input that is still read differently: files, then lines, then bytes are left out."""
        for other in list(files):
            fewer = {key: text for key, text in files.items() if key != other}
            if other != name and self.differs(fewer, name):
                files = fewer
        tries = MOST_REDUCTIONS
        for piece in (rb"[^\n]*\n?", rb"(?s)."):
            for other in [key for key, text in files.items() if isinstance(text, bytes)]:
                parts = re.findall(piece, files[other])
                size = max(1, len(parts) // 2)
                while size and tries > 0:
                    at = 0
                    while at < len(parts) and tries > 0:
                        tries -= 1
                        fewer = files | {other: b"".join(parts[:at] + parts[at + size :])}
                        if self.differs(fewer, name):
                            files, parts = fewer, parts[:at] + parts[at + size :]
                        else:
                            at += size
                    size //= 2
        return files

    def report(self, title, files, theirs, ours):
        lines = [f"FAIL Asterisk {self.server.version}, {title}; in {ETC}:"]
        for name, text in list(files.items())[:MOST_FILES_SHOWN]:
            link = isinstance(text, str)
            lines.append(f"  ln -s '{text}' '{name}'" if link else f"  printf '{quoted(text)}' > '{name}'")
        if len(files) > MOST_FILES_SHOWN:
            lines.append(f"  and {len(files) - MOST_FILES_SHOWN} more files")
        lines += [f"  Asterisk sees {bounded(theirs)}", f"  arilint sees  {bounded(ours)}"]
        print("\n".join(lines), flush=True)


def raw(value):
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value.encode()


def quoted(text):
    """For printf in a shell; a long run of one byte is only told."""
    text = re.sub(rb"(?s)(.)\1{40,}", lambda run: b"<%d times %s>" % (len(run[0]), run[1]), text)
    return bounded("".join(chr(byte) if 32 <= byte < 127 and byte not in b"\\'%" else f"\\{byte:03o}" for byte in text))


def bounded(value):
    shown = "a file to refuse" if value is None else value if isinstance(value, str) else repr(value)
    return shown if len(shown) <= MOST_SHOWN else f"{shown[:MOST_SHOWN]}... ({len(shown)} characters)"


def tree_of(folder):
    """What stands below a folder, as Comparison takes it."""
    files = {}
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(place, name)
            if os.path.islink(path):
                files[os.path.relpath(path, folder)] = os.readlink(path)
            else:
                with open(path, "rb") as file:
                    files[os.path.relpath(path, folder)] = file.read()
    return files


def check_files(comparison, stock, fixtures):
    for name in stock:
        comparison.check("stock files", f"stock file {name}", stock, name)
    for path, text in fixtures.items():
        folder, name = os.path.split(path)
        if name == MAIN:
            below = [other for other in fixtures if other.startswith(f"{folder}/")]
            tree = {os.path.relpath(other, folder): fixtures[other] for other in below}
            comparison.check("fixtures", f"fixtures/{folder}", tree)
        elif name.endswith(".conf"):
            comparison.check("fixtures", f"fixtures/{path}", {MAIN: text})


def check_random(comparison, seed, samples):
    for number in range(int(os.environ.get("FILES", 10000))):
        files = {MAIN: random_file(seed, number, samples)}
        comparison.check("random files", f"random file {number} of SEED={seed}", files)
    for number in range(int(os.environ.get("TREES", 3000))):
        comparison.check("random trees", f"random tree {number} of SEED={seed}", random_tree(seed, number))


def end_in_time(*_):
    raise OutOfTime(f"not done after {MOST_SECONDS} seconds")


def check_version(version, root, arilint, seed):
    stock = tree_of(f"{root}/etc/asterisk")
    fixtures = tree_of(f"{REPOSITORY}/fixtures")
    samples = [text for path, text in sorted(fixtures.items()) if path.endswith(".conf") and isinstance(text, bytes)]
    with open(os.devnull) as nothing:
        enter(root, arilint)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, end_in_time)
        signal.alarm(MOST_SECONDS)
        comparison = Comparison(Server(version, nothing))
        try:
            comparison.server.start()
            check_files(comparison, stock, fixtures)
            check_random(comparison, seed, samples)
            comparison.check_unsent()
        except (Dead, OutOfTime) as error:
            print(f"FAIL Asterisk {version}: {error}", flush=True)
            comparison.counts["failed"] += 1
        finally:
            comparison.server.stop()
    return comparison.counts


def print_counts(version, counts):
    kinds = collections.defaultdict(list)
    for kind, what in sorted(key for key in counts if isinstance(key, tuple)):
        kinds[kind].append(f"{counts[kind, what]} {what}")
    for kind, parts in kinds.items():
        print(f"Asterisk {version}, {kind}: {', '.join(parts)}")


def main():
    roots, arilint = map(os.path.abspath, sys.argv[1:])
    lock = os.open(roots, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"check-asterisk: another run has its servers in {roots}")
    seed = os.environ.get("SEED") or str(secrets.randbelow(10**6))
    print(f"SEED={seed}", flush=True)
    return check_versions(check_version, print_counts, roots, arilint, seed)


if __name__ == "__main__":
    sys.exit(main())
