#!/usr/bin/env python3
"""`--fix --ask` on a terminal: what is taken is written, and nothing else; ARILINT is the program under test."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from harness import check, finish
from terminal import Terminal

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARILINT = os.path.realpath(os.environ["ARILINT"])
PROMPT = "make this fix? [y,n,a,q,e,?] "
DRIFT, REPEATED, BOTH = {"backend/.env"}, {"etc/asterisk/ari.conf"}, {"backend/.env", "etc/asterisk/ari.conf"}
CTRL_C, CTRL_D = "\x03", "\x04"

# What is answered, one by one, how it ends, and which files are changed; the example of the README asks about .env first.
ANSWERS = [("y y", 0, BOTH), ("y n", 1, DRIFT), ("n y", 1, REPEATED), ("n n", 1, set()), ("a a", 0, BOTH), ("Y N", 1, DRIFT),
           ("y q", 1, DRIFT), ("q", 1, set()), ("e n e y", 1, REPEATED), ("? x y n", 1, DRIFT), ("yes no", 1, DRIFT),
           (f"y {CTRL_C}", -2, set()), (CTRL_C, -2, set()), (f"y {CTRL_D}", 4, set()), (CTRL_D, 4, set())]


def environment(folder):
    return dict(os.environ, LC_ALL="C.UTF-8", HOME=str(folder), TERM="xterm", ASAN_OPTIONS="exitcode=99:detect_leaks=0",
                UBSAN_OPTIONS="exitcode=99")


def lay(folder, files):
    if isinstance(files, pathlib.Path):
        shutil.copytree(files, folder)
        return folder
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def ask(folder, answers, *words, meanwhile=None):
    """Gives the answers, one a prompt; the exit status and what was shown. Further prompts get the last one again."""
    terminal = Terminal([ARILINT, "--fix", "--ask", "--isolated", "--state-dir", f"{folder}.state", "--color=never", *words, "."],
                        folder, environment(folder.parent))
    asked = 0
    while terminal.wait_for(lambda shown: shown.count(PROMPT) > asked):
        if meanwhile and not asked:
            meanwhile()
        answer = answers[min(asked, len(answers) - 1)]
        terminal.type(answer + ("" if answer in (CTRL_C, CTRL_D) else "\n"))
        asked += 1
    return terminal.end(), terminal.shown


def snapshot(folder):
    """The bytes of each file below a folder, and when it was changed."""
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*")
            if path.is_file()}


def bytes_of(folder):
    return {name: entry[0] for name, entry in snapshot(folder).items()}


def changed(before, after):
    return {name for name in after if before.get(name) != after[name]}


def check_answers(folder):
    example = ROOT / "fixtures" / "call-center" / "broken"
    texts = "".join(path.read_text() for path in example.rglob("*") if path.is_file())
    secrets = re.findall(r"(?m)^(?:password *=|ASTERISK_ARI_PASSWORD=) *(\S+)", texts)
    for number, (answers, status, files) in enumerate(ANSWERS):
        place = lay(folder / str(number), example)
        before = bytes_of(place)
        found, shown = ask(place, answers.split(" "))
        after = bytes_of(place)
        check(found == status, f"{answers!r}: {found}, not {status}: {shown[-500:]}")
        check(changed(before, after) == files, f"{answers!r}: changed are {changed(before, after)}")
        check(len(secrets) == 2 and not any(secret in shown for secret in secrets), f"{answers!r}: a secret is shown")
        runs = place.parent / f"{place.name}.state" / "undo"
        check(len(list(runs.glob("*"))) == bool(files) if runs.exists() else not files, f"{answers!r}: not one transaction")
        check(("nothing was changed" in shown) == (status in (-2, 4)), f"{answers!r}: whether something was changed is not said")


def check_interrupted_at_once(folder):
    """An interruption that comes before the program waits for an answer is not lost; on one processor it often comes then."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    for number in range(25):
        place = lay(folder / str(number), ROOT / "fixtures" / "call-center" / "broken")
        status, _ = ask(place, [CTRL_C])
        check(status == -2, f"interrupted at once: {status}")
    os.sched_setaffinity(0, processors)


def check_explained(folder):
    place = lay(folder, ROOT / "fixtures" / "call-center" / "broken")
    _, shown = ask(place, ["e", "?", "q"])
    check("ari/password-drift: " in shown and "\nseverity: error\n" in shown, "e explains no rule")
    check("Ctrl-C: change nothing" in shown, "? explains no answers")
    check("ASTERISK_ARI_PASSWORD=<secret:" in shown and "\n+++ b/backend/.env\n" in shown, "no masked diff is shown")


def check_all_of_a_rule(folder):
    """`a` asks about no further fix of the rule, in whichever file, and about those of others."""
    place = lay(folder, {"a/.env": "A=1\nA=2\nB=1\nB=2\n", "b/.env": "A=1\nA=2\n", "c/.env": "export X = 1\n"})
    _, shown = ask(place, ["a", "q"])
    check(shown.count(PROMPT) < shown.count("\nfix ("), f"a asks again: {shown[:3000]}")
    check((place / "a/.env").read_text() == "A=2\nB=2\n" and (place / "b/.env").read_text() == "A=2\n", "a leaves some of a rule")


def check_many(folder):
    """What was taken stays told apart although its lines move: of many findings, and of one that comes to light by others."""
    lines = [f"K{i}=v{i}\n" for i in range(40)] + [f"K{i}=w{i}\n" for i in range(40)] + [f"K{i}=x{i}\n" for i in range(0, 40, 2)]
    place = lay(folder, {".env": "".join(lines)})
    _, shown = ask(place, ["y", "n", "y", "y"] + ["a"])
    left = (place / ".env").read_text().splitlines()
    check(len(left) < 50, f"{len(left)} lines are left: {shown[-1500:]}")
    check(all(shown.count(f"{line}\n") <= 1 for line in re.findall(r"(?m)^\.env:.*$", shown)), "something is asked twice")


def check_fresh(folder):
    """A file that is changed while the user thinks is looked at again, and nothing of it is lost."""
    place = lay(folder, ROOT / "fixtures" / "call-center" / "broken")
    path = place / "backend" / ".env"
    status, shown = ask(place, ["y"], meanwhile=lambda: path.write_text(path.read_text() + "NEW=1\n"))
    check(status == 0 and "NEW=1" in path.read_text(), f"a change meanwhile: {status} {shown[-1500:]}")
    check(shown.count("fix (safe): take the password of ari.conf") == 2, "after a change meanwhile nothing is asked again")


def check_refusals(folder):
    place = lay(folder, ROOT / "fixtures" / "call-center" / "broken")
    before = snapshot(place)
    for words, told in ((["--fix", "--ask", "."], "--ask needs a terminal to ask on"), (["--ask", "."], "--ask goes with --fix"),
                        (["--add-ignores", "--ask", "."], "--ask goes with --fix")):
        done = subprocess.run([ARILINT, "--isolated", *words], cwd=place, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              check=False)
        check(done.returncode == 2 and told in done.stderr, f"{words}: {done.returncode} {done.stderr}")
    status, shown = ask(place, ["y"], "--format", "json")
    check(status == 2 and "--output" in shown and PROMPT not in shown, f"--format json: {status} {shown}")
    check(snapshot(place) == before, "a refused run changes something")


def check_cases(folder):
    """Whoever takes all gets what --fix makes, whoever takes nothing what he had: of every second case of fixtures/rules."""
    subprocess.run([sys.executable, ROOT / "tests" / "fixtures.py", "--lay-out", folder / "cases"], check=True)
    fixed = again = 0
    for case in sorted((folder / "cases").iterdir())[::2]:
        before = bytes_of(case)
        for answer in "ny":
            _, shown = ask(lay(folder / f"{case.name}.{answer}", case), [answer])
        lay(folder / f"{case.name}.fix", case)
        subprocess.run([ARILINT, "--fix", "--isolated", "--backup=none", "."], cwd=folder / f"{case.name}.fix", check=False,
                       env=environment(folder), stdin=subprocess.DEVNULL, capture_output=True)
        if changed(bytes_of(folder / f"{case.name}.y"), bytes_of(folder / f"{case.name}.fix")):
            # What is sound only behind the others is named as left out, and made by the next run.
            check("is left out: " in shown, f"{case.name}: y to all is not --fix, and nothing is named")
            ask(folder / f"{case.name}.y", ["y"])
            again += 1
        no, yes, fix = (bytes_of(folder / f"{case.name}.{end}") for end in ("n", "y", "fix"))
        check(no == before, f"{case.name}: n changes something")
        check(yes == fix, f"{case.name}: y to all is not --fix: {changed(yes, fix)} {shown[-1500:]}")
        fixed += fix != before
    check(fixed > 10 and again < 3, f"{fixed} cases are mended, {again} of them by two runs")


def main():
    with tempfile.TemporaryDirectory(prefix="arilint-ask.") as name:
        folder = pathlib.Path(name)
        for part in (check_answers, check_interrupted_at_once, check_explained, check_all_of_a_rule, check_many, check_fresh,
                     check_refusals, check_cases):
            place = folder / part.__name__
            if part in (check_answers, check_interrupted_at_once, check_cases):
                place.mkdir()
            part(place)
    finish()


if __name__ == "__main__":
    main()
