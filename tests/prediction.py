#!/usr/bin/python3
"""Does arilint say what the server would answer? fixtures/prediction holds set-ups of ari.conf and http.conf and what
real servers, Asterisk 16.28 and 22.10, answered to a client's GET /ari/asterisk/info. Each is laid out in a folder of
its own and linted for both versions: the gravest effect among errors and warnings must be that answer. README.md there
tells how the files are read. PREDICTION=NAME runs one case and shows its findings."""
import concurrent.futures
import json
import os
import pathlib
import pwd
import re
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = REPOSITORY / "fixtures" / "prediction"
ARILINT = os.path.realpath(os.environ.get("ARILINT", REPOSITORY / "build" / "arilint"))
VERSIONS = ["16.28", "22.10"]
GRAVEST_FIRST = ["refused", "404", "401", "403"]
MOST_LEFT_OUT = 20  # of all verdicts
PRINTED = re.compile(r"\\(?:x([0-9a-f]{2})|\((.*?)\*([0-9]+)\)|([trc\\]))")
ENVIRONMENT = dict(os.environ, LC_ALL="C.UTF-8", ASAN_OPTIONS="exitcode=99:detect_leaks=0",
                   UBSAN_OPTIONS="exitcode=99:print_stacktrace=1")


class Fault(Exception):
    pass


def unescape(text):
    """`\\xe9`, `\\t`, `\\r`, `\\\\`; `\\(x*255)` is x 255 times. `\\c` is kept: the line has no line end."""
    def one(match):
        byte, repeated, times, letter = match.groups()
        if byte:
            return bytes([int(byte, 16)]).decode("latin-1")
        if repeated is not None:
            return repeated * int(times)
        return {"t": "\t", "r": "\r", "c": "\\c", "\\": "\\"}[letter]
    return PRINTED.sub(one, text.encode().decode("latin-1")).encode("latin-1")


def text_of(marked):
    """What stands behind a mark: `+ TEXT` as it is, `+\\ TEXT` with escapes."""
    if marked.startswith("\\"):
        return unescape(marked[2:])
    return marked[1:].encode()


class Case:
    def __init__(self, name, base):
        self.name = name
        self.files = dict(base.files) if base else {}
        self.values = dict(base.values) if base else {}
        self.answers = []
        self.left_out = {}
        self.folders = []
        self.modes = {}
        self.edited = None
        self.at = 0

    def begin_file(self, name):
        self.edited = name
        self.at = 0
        self.files.setdefault(name, [])

    def edit(self, mark, text):
        lines = self.files[self.edited]
        if mark == "|":
            if self.at == 0:
                lines = self.files[self.edited] = []
            lines.append(text)
            self.at += 1
        elif mark == "+":
            lines = self.files[self.edited] = list(lines)
            lines.insert(self.at, text)
            self.at += 1
        else:
            if text not in lines[self.at:]:
                raise Fault(f"{self.name}: {self.edited} has no line {text!r} here")
            self.at = lines.index(text, self.at) + 1
            if mark == "-":
                self.at -= 1
                lines = self.files[self.edited] = lines[:self.at] + lines[self.at + 1:]

    def content(self, name):
        content = b"".join(line + b"\n" for line in self.files[name])
        return content.removesuffix(b"\\c\n")


def take_line(case, line):
    word, _, rest = line.partition(" ")
    if line.startswith("  "):
        mark = line[2]
        if mark not in "|+-=":
            raise Fault(f"{case.name}: not a line of a file: {line}")
        case.edit(mark, text_of(line[3:]))
    elif word.rstrip("\\") in ("user", "password", "url"):
        case.values[word.rstrip("\\")] = text_of(line[len(word.rstrip("\\")):])
    elif word == "missing":
        del case.files[rest]
    elif word == "folder":
        del case.files[rest]
        case.folders.append(rest)
    elif word == "mode":
        mode, name = rest.split()
        case.modes[name] = int(mode, 8)
    elif word == "answers":
        case.answers = rest.split()
    elif word == "unpredicted":
        version, _, reason = rest.partition(": ")
        case.left_out.update({one: reason for one in (VERSIONS if version == "both" else [version])})
    elif re.fullmatch(r"[\w./-]+\.conf", line):
        case.begin_file(line)
    else:
        raise Fault(f"{case.name}: what is this? {line}")


def read_cases():
    base, cases = None, []
    for path in sorted(FIXTURES.glob("*.txt")):
        case = None
        for line in path.read_text().split("\n"):
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("case "):
                case = Case(line[5:], base)
                cases.append(case)
            else:
                take_line(case, line)
        base = base or cases.pop()
    names = [case.name for case in cases]
    for case in cases:
        if len(case.answers) != len(VERSIONS) or names.count(case.name) > 1:
            raise Fault(f"{case.name} needs a name of its own and {len(VERSIONS)} answers")
    return cases


def in_quotes(value):
    mark = b"'" if b"'" not in value else b'"'
    return mark + value + mark


def lay_out(case, folder):
    etc = folder / "etc" / "asterisk"
    for name in case.files:
        path = etc / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.content(name))
    for name in case.folders:
        (etc / name).mkdir()
    for name, mode in case.modes.items():
        (etc / name).chmod(mode)
    (folder / "backend").mkdir()
    (folder / "backend" / ".env").write_bytes(b"ARI_URL=%s\nARI_USERNAME=%s\nARI_PASSWORD=%s\n" % (
        case.values["url"], in_quotes(case.values["user"]), in_quotes(case.values["password"])))


def ask(folder, version):
    """What arilint says the server would answer, its findings, and what went wrong with the program itself."""
    command = [ARILINT, "--isolated", "--format", "json", "--target", f"asterisk={version}", "etc", "backend"]
    run = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT,
                         timeout=60)
    if run.returncode not in (0, 1):
        return None, [], f"exit status {run.returncode}: {run.stderr.decode(errors='replace')[:500]}"
    found = [one for one in json.loads(run.stdout)["diagnostics"] if one["severity"] != "info"]
    effects = {one["effect"] for one in found}
    return next((effect for effect in GRAVEST_FIRST if effect in effects), "200"), found, None


def has_user(name):
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def judge(case, scratch):
    """Of each version: whether it passed (None: left out), and what there is to say."""
    folder = pathlib.Path(scratch) / case.name
    folder.mkdir()
    lay_out(case, folder)
    for version, answer in zip(VERSIONS, case.answers):
        told, found, fault = ask(folder, version)
        rules = ", ".join(f"{one['rule']} ({one['severity']}: {one['effect']})" for one in found) or "nothing"
        if os.environ.get("PREDICTION"):
            print(f"{case.name} on {version}: {answer}, told {told}: {rules}")
        reason = case.left_out.get(version)
        if reason and reason.startswith("needs the user ") and has_user(reason.split()[3]) and os.geteuid() == 0:
            reason = None
        if reason and (fault or told == "200"):
            yield None, f"left out: {case.name} on {version} ({reason})"
        elif fault:
            yield False, f"FAIL {case.name} on {version}: {fault}"
        elif told == answer:
            yield True, f"no need to leave out {case.name} on {version}" if reason else None
        else:
            yield False, f"FAIL {case.name} on {version}: the server answered {answer}, arilint tells {told}: {rules}"


def main():
    cases = read_cases()
    if os.environ.get("PREDICTION"):
        cases = [case for case in cases if case.name == os.environ["PREDICTION"]]
    results = []
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for verdicts in pool.map(lambda case: list(judge(case, scratch)), cases):
                results += verdicts
    for _, words in results:
        if words:
            print(words)
    counts = {passed: sum(result is passed for result, _ in results) for passed in (True, False, None)}
    if counts[None] > MOST_LEFT_OUT:
        print(f"FAIL {counts[None]} are left out, more than {MOST_LEFT_OUT}")
        counts[False] += 1
    print(f"{counts[None]} of {len(results)} are left out")
    print(f"{counts[True]} passed, {counts[False]} failed")
    return counts[False] > 0


if __name__ == "__main__":
    sys.exit(main())
