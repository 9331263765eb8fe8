#!/usr/bin/env python3
"""No memory at any moment: allocation.py, with ARILINT; THOROUGH=yes takes each allocation where otherwise about MOST=20 of
a run are tried.

Every verb and format is run with its first allocation failing, then its second and so on, once that one alone and once with all
later ones. A run either does all the same what it does with enough memory, or says what is lacking and ends with status 4 and
every file as it was; 8, when what was to be changed is; or 5, and `arilint recover` puts it back. What runs there are is asked of
the program: one that no row of VERBS names is a failure."""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile

from harness import check, finish

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", REPOSITORY / "build" / "plain")).resolve()
ARILINT = os.path.realpath(os.environ.get("ARILINT", BUILD / "arilint"))
MOST = 10**9 if os.environ.get("THOROUGH") else int(os.environ.get("MOST", "20"))
NO_MEMORY = re.compile(r"out of memory|cannot allocate memory|not enough (memory|space)", re.IGNORECASE)
UNCHANGED, BROKEN, CHANGED = 4, 5, 8
# What differs from run to run: names of secrets and of runs, durations.
OF_A_RUN = re.compile(rb"<secret:\w+>|[\d.]+")
REPORT = "answers"  # a file with times in it

ARI = """#include users.d/*.conf
[general]
enabled = yes
[backend](!)
type = user
[backend-1](backend)
password_format = crypt
password = $y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7
[backend-1]
pasword = x
"""
COMPOSE = """services:
  backend:
    environment:
      ARI_URL: http://127.0.0.1:8088/ari
      <<: &more {ARI_USERNAME: backend-1}
    env_file: .env
"""
PACK = """arilint: 1
pack: own
roles: {env: {readers: dotenv, files: [.env]}}
rules:
  - id: plain
    severity: warning
    title: a key is plain
    docs: Keys are plain.
    look_at: {each: key, in: env}
    expect: {name: {matches: "^[A-Z_]+$"}}
    message: "{name} is not plain"
    tests:
      - files: {.env: "a=1\\n"}
        report: [".env:1:1"]
"""
LOG = "Unexpected server response: 401\n{\"msg\": \"connect ECONNREFUSED 127.0.0.1:8088\"}\n" * 3

STATE = ["--state-dir", "state"]
FIX, UNDO, RECOVER = ["--fix", ".", *STATE], ["undo", *STATE], ["recover", *STATE]


def each_format(words, formats):
    return [[*words, "--format", name] for name in formats]


# Of each verb: what is run beside its formats.
VERBS = {
    "check": [["--diff", "."], ["--fix", "--format", "json", ".", *STATE], FIX,
              ["--fix", "--backup=.bak", "--unsafe-fixes", ".", *STATE],
              ["--show-not-evaluated", "--lang", "uz", "."], ["--config", "own.yaml"], ["--rules", "pack.yaml", "."]],
    "rule": [["rule"], ["rule", "ari/password-drift", "--lang", "ru"]],
    "validate": [["validate", "pack.yaml"]],
    "test": [["test", "pack.yaml"]],
    "schema": [["schema", name] for name in ("rules", "cases", "catalogue", "configuration", "handlers")],
    "config": [["config", "--config", "own.yaml"]],
    "verify": [["verify", "--output", REPORT, "."]],
    "diagnose": [["diagnose", "--with", ".", "app.log"]],
    "dump": [["dump", "--readers"], ["dump", "--reader", "dotenv", "--explain", "ARI_URL", "backend/.env"]],
    "undo": [UNDO, ["undo", "--list", *STATE]],
    "recover": [RECOVER],
}
WITH_FORMATS = {"check": ["."], "rule": ["rule", "--settings"], "validate": ["validate", "pack.yaml"], "config": ["config"],
                "verify": ["verify", "."], "diagnose": ["diagnose", "app.log"]}
FILES = {"asterisk": "etc/asterisk/ari.conf", "configparser": "etc/asterisk/http.conf", "compose-file": "compose.yaml"}


class Bench:
    def __init__(self, folder):
        self.tree, self.saved, self.plan = folder / "tree", folder / "saved", folder / "plan"
        library = folder / "fail.so"
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", library,
                        REPOSITORY / "tests" / "allocation" / "fail.c"], check=True)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.tree / "home"), "LC_ALL": "C.UTF-8",
                            "LD_PRELOAD": str(library), "ALLOCATION_PLAN": str(self.plan)}

    def lay_out(self):
        shutil.rmtree(self.tree, ignore_errors=True)
        shutil.copytree(REPOSITORY / "fixtures" / "call-center" / "broken", self.tree)
        for name, text in {"more/users.d/b.conf": "[b]\ntype = user\npassword = b\n", "compose.yaml": COMPOSE,
                           "more/ari.conf": ARI, "more/.env": "ARI_USERNAME=backend-1\nARI_PASSWORD=x\n", "app.log": LOG,
                           "pack.yaml": PACK, "own.yaml": "groups:\n  - files: [etc/asterisk, backend]\n", "home/.keep": ""}.items():
            path = self.tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def arilint(self, words, number=0, lasting=False, killed=False):
        """Returns status, standard output, standard error, and how many allocations were asked for and failed."""
        self.plan.write_bytes(struct.pack("5Q", number, lasting, killed, 0, 0))
        done = subprocess.run([ARILINT, *words], cwd=self.tree, env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=600)
        asked, failed = struct.unpack("5Q", self.plan.read_bytes())[3:]
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"), asked, failed

    def files(self):
        """All but what arilint keeps for itself, which has names of its own in each run."""
        def content(path):
            return OF_A_RUN.sub(b"", path.read_bytes()) if path.name == REPORT else path.read_bytes()
        return {str(path.relative_to(self.tree)): (content(path), path.stat().st_mode)
                for path in sorted(self.tree.rglob("*")) if path.is_file() and not path.is_relative_to(self.tree / "state")}

    def save(self):
        shutil.rmtree(self.saved, ignore_errors=True)
        shutil.copytree(self.tree, self.saved, symlinks=True)

    def restore(self):
        shutil.rmtree(self.tree)
        shutil.copytree(self.saved, self.tree, symlinks=True)

    def judge(self, result, wanted, before, old, after):
        status, out, err, _, _ = result
        same = status == wanted[0] and OF_A_RUN.sub(b"", out) == OF_A_RUN.sub(b"", wanted[1])
        now = self.files()
        if status < 0 or status > 99:
            return f"a signal ended it: {status}"
        if same and now == after:
            return None
        if status not in (UNCHANGED, BROKEN, CHANGED):
            return f"exit status {status}, with memory {wanted[0]}"
        if not NO_MEMORY.search(err):
            return f"exit status {status}, and standard error does not say why"
        if status == UNCHANGED and now not in (before, old) and not any(".arilint-" in name for name in now):
            return "exit status 4, but files have changed"
        if before == after:
            return None if now == before else "files have changed"
        recovered = self.arilint(RECOVER)
        if recovered[0]:
            return f"exit status {status}, then the recovery failed: {recovered[2]}"
        if self.files() != (after if status == CHANGED else old):
            return f"exit status {status}, and after the recovery the files are not {'new' if status == CHANGED else 'old'}"
        return None

    def run(self, words, old=None):
        """`old` is what files hold that a killed run has left, once they are put back."""
        before = self.files()
        old = old or before
        self.save()
        wanted = self.arilint(words)
        after = self.files()
        count, changes = wanted[3], after != before or words[0] in ("undo", "recover") or "--fix" in words
        self.restore()
        step = max(1, count // MOST)
        tried = [number for number in range(1, count + 1) if number <= MOST // 2 or number > count - MOST // 3 or number % step == 0]
        for number in tried:
            for lasting in (False, True):
                result = self.arilint(words, number, lasting)
                label = f"arilint {' '.join(words)}: allocation {number} of {count}{' and all later ones' if lasting else ''}"
                fault = self.judge(result, wanted, before, old, after) if result[4] else "it was not asked for"
                check(not fault, f"{label}: {fault}: {result[2].strip()[-300:]}")
                if changes or self.files() != before:
                    self.restore()


def formats_of(help_text):
    found = re.search(r"^  --format (\S+)", help_text, re.MULTILINE)
    return found[1].split("|") if found else []


def runs(bench):
    """Of each verb that the program names, its rows and one with each format."""
    overview = bench.arilint(["--help"])[1].decode()
    usage = overview[:overview.index("\n\n")]
    verbs = {"check"} | set(re.findall(r"(?:arilint|\|) ([a-z]+)\b", usage))
    for verb in sorted(verbs | set(VERBS)):
        check(verb in verbs and verb in VERBS, f"{verb}: {'no row of VERBS' if verb in verbs else 'not in --help'}")
    found = []
    for verb, rows in VERBS.items():
        found += rows
        names = formats_of(bench.arilint([verb, "--help"])[1].decode()) if verb in WITH_FORMATS else []
        if verb in ("config", "diagnose"):
            names = [name for name in names if name != "concise"]
        found += each_format(WITH_FORMATS.get(verb, []), names)
    for line in bench.arilint(["dump", "--readers"])[1].decode().splitlines():
        name = line.split("\t")[0]
        found.append(["dump", "--reader", name, FILES.get(name, "backend/.env")])
    return found


def main():
    with tempfile.TemporaryDirectory(prefix="arilint-allocation.") as folder:
        bench = Bench(pathlib.Path(folder))
        bench.lay_out()
        for words in runs(bench):
            if words not in (UNDO, RECOVER):
                bench.run(words)
        bench.arilint(FIX)
        bench.run(UNDO)
        bench.lay_out()
        old = bench.files()
        check(bench.arilint(FIX, killed=True)[0] < 0, "a fix was not killed where it is committed")
        bench.run(RECOVER, old)
        bench.run(FIX, old)
    finish()


if __name__ == "__main__":
    main()
