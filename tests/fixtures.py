#!/usr/bin/python3
"""Rules on whole folders: each case of fixtures/rules/PACK/RULE.yaml with `rules: all` (and without `readers`, which a
configuration says) is laid out on disk and given to the program. `--format concise` says what the case reports. Where the
case tells what becomes of the files, --fix gives them, a second --fix touches nothing, and undo gives every byte back.
Packs and cases are read by another YAML parser here, which must see the same in them as libyaml.

`fixtures.py --lay-out FOLDER` writes the files of these cases below a folder, for tests that need many files.
`fixtures.py --join FOLDER` writes them there as inputs of the fuzz target `setup`, a case each.
`fixtures.py --accept FOLDER` prints a folder of files and what is reported of it as a new case."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

from harness import check, finish

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
ARILINT = os.path.realpath(os.environ.get("ARILINT", REPOSITORY / "build" / "arilint"))
FOUND = re.compile(r"(?P<at>.+?:[0-9]+:[0-9]+): (?P<severity>[a-z]+)\[(?P<rule>[^]]+)\] (?P<message>.*)")


def environment(state):
    return dict(os.environ, LC_ALL="C.UTF-8", HOME=str(state), XDG_STATE_HOME=str(state),
                ASAN_OPTIONS="exitcode=99:detect_leaks=0:allocator_may_return_null=1",
                UBSAN_OPTIONS="exitcode=99:print_stacktrace=1")


def lay_out(folder, test):
    for name, content in test["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
        path.chmod(int(test.get("modes", {}).get(name, "644"), 8))


def join(test):
    unsafe = "--- unsafe\n" if test.get("unsafe") else ""
    return unsafe + "".join(f"--- {name}\n{content}" for name, content in test["files"].items())


def snapshot(folder, times=False):
    """Every path below a folder with its bytes, mode and owner; with `times` also its inode and when it was changed."""
    tree = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        tree[str(path.relative_to(folder))] = (
            status.st_mode, status.st_uid, status.st_gid, path.read_bytes() if path.is_file() else None,
            (status.st_ino, status.st_mtime_ns) if times else None)
    return tree


def words_of(case):
    words = [f"--target={program}={version}" for program, version in case.get("targets", {}).items()]
    words += ["--authority", case["authority"]] if "authority" in case else []
    return words + (["--unsafe-fixes"] if case.get("unsafe") == "true" else [])


def run(state, folder, *words):
    done = subprocess.run([ARILINT, *words], cwd=folder, env=environment(state), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=300)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def report_of(printed):
    """The findings of a concise report, as a case tells them."""
    found = []
    for line in printed.splitlines():
        match = FOUND.fullmatch(line.removeprefix("./"))
        found.append(match.groupdict() if match else line)
    return found


class Case:
    def __init__(self, name, rule, test):
        self.name = name
        self.rule = rule
        self.test = test
        self.results = []

    def check(self, met, words):
        self.results.append((met, f"{self.name}: {words}"))

    def lint(self, *words):
        """Lints the folder; exit status 1 comes with a warning or an error that is left, and with nothing else."""
        status, printed, errors = run(self.state, self.folder, "--format", "concise", *words_of(self.test), *words, ".")
        found = report_of(printed)
        grave = any(isinstance(one, dict) and one["severity"] != "info" for one in found)
        self.check(status == grave, f"{' '.join(words)}: exit status {status}: {errors[:300]}")
        return found

    def check_report(self):
        found, expected = self.lint(), self.test.get("report", [])
        told = [one if isinstance(one, dict) else {"at": one} for one in expected]
        fits = len(found) == len(told) and all(
            isinstance(one, dict) and one == {**one, "rule": self.rule, **{key: want[key] for key in want if key != "effect"}}
            for one, want in zip(found, told))
        self.check(fits, f"expected {told}, found {found}")

    def check_fix(self):
        before = snapshot(self.folder)
        wanted = {name: content.encode() for name, content in {**self.test["files"], **self.test["fixed"]}.items()}
        self.lint("--fix", "--state-dir", str(self.state))
        once = snapshot(self.folder, times=True)
        files = {name: entry[3] for name, entry in once.items() if entry[3] is not None}
        self.check(files == wanted, f"--fix gives other files: {files}")
        self.check(all(before[name][:3] == entry[:3] for name, entry in once.items()), "--fix changes a mode or an owner")
        self.lint("--fix", "--state-dir", str(self.state))
        self.check(snapshot(self.folder, times=True) == once, "a second --fix touches something")
        status, _, errors = run(self.state, self.folder, "undo", "--state-dir", str(self.state))
        self.check(status == 0, f"undo: exit status {status}: {errors[:300]}")
        self.check(snapshot(self.folder) == before, "undo gives other bytes back")
        self.check_counts()

    def check_counts(self):
        """What can be fixed, as a look says, is what --fix says that it has fixed."""
        words = words_of(self.test)
        can, fixed = (sum(int(number) for number in re.findall(pattern, run(self.state, self.folder, *words, *more, ".")[1], re.M))
                      for pattern, more in ((r"([0-9]+) can be fixed with --fix", []),
                                            (r"^fixed ([0-9]+) fault", ["--fix", "--backup=none", "--state-dir", str(self.state)])))
        self.check(can == fixed, f"{can} can be fixed, and {fixed} were")

    def judge(self):
        with tempfile.TemporaryDirectory(prefix="arilint-test.") as scratch:
            self.folder = pathlib.Path(scratch) / "files"
            self.state = pathlib.Path(scratch) / "state"
            lay_out(self.folder, self.test)
            self.check_report()
            if "fixed" in self.test:
                self.check_fix()
        return self.results


def read_alike(path):
    """The file's tree, and whether two parsers see the same one."""
    text = path.read_bytes().decode()
    try:
        return yaml.load(text, yaml.BaseLoader), yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError as fault:
        return None, str(fault)


def read_cases(paths):
    cases = []
    for path in paths:
        name = path.relative_to(REPOSITORY)
        tree, other = read_alike(path)
        check(tree is not None and tree == other, f"{name}: read otherwise by PyYAML: {str(other)[:300]}")
        if tree is None or "rule" not in tree:
            continue
        rule = "/".join([path.parent.name, path.stem])
        check(tree["rule"] == rule, f"{name}: is about {tree['rule']}")
        cases += [Case(f"{name}: test {number}", rule, test)
                  for number, test in enumerate(tree["tests"], 1) if test.get("rules") == "all" and "readers" not in test]
    return cases


def accept(folder):
    with tempfile.TemporaryDirectory(prefix="arilint-test.") as state:
        _, printed, _ = run(state, folder, "--format", "concise", ".")
    files = {str(path.relative_to(folder)): path.read_bytes().decode()
             for path in sorted(folder.rglob("*")) if path.is_file()}
    case = {"files": files, "rules": "all", "report": report_of(printed)}
    print(yaml.safe_dump([case], sort_keys=False, allow_unicode=True, width=1000), end="")


def main():
    option, folder = (*sys.argv[1:], None, None)[:2]
    if option == "--accept":
        accept(pathlib.Path(folder))
        return
    cases = read_cases(sorted([*REPOSITORY.glob("rules/**/*.yaml"), *REPOSITORY.glob("fixtures/rules/**/*.yaml")]))
    if option == "--lay-out":
        for number, case in enumerate(cases):
            lay_out(pathlib.Path(folder) / str(number), case.test)
        return
    if option == "--join":
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        for number, case in enumerate(cases):
            (pathlib.Path(folder) / str(number)).write_bytes(join(case.test).encode())
        return
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for of_case in pool.map(Case.judge, cases):
            for met, words in of_case:
                check(met, words)
    check(len(cases) >= 100, f"only {len(cases)} cases were laid out")
    finish()


main()
