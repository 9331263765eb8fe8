#!/usr/bin/env python3
"""What a baseline keeps and what it lets through, `baseline.py` with ARILINT: --write-baseline, then a change, then --baseline."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from harness import check, finish

ARILINT = os.path.realpath(os.environ.get("ARILINT", "build/arilint"))
ARI = "[general]\nenabled = yes\n[x]\ntype = user\nread_onli = no\npassword = {0}\n[y]\ntype = user\npassword = {0}\n"
ENV = "ARI_URL=http://127.0.0.1:8088/ari\nARI_USER=x\nARI_PASSWORD={0}\n"
SECRET = "Zx9-long-secret"


def run(folder, *words):
    done = subprocess.run([ARILINT, "--isolated", *words], cwd=folder, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def lay(folder, server="pbx", secret=SECRET):
    (folder / server).mkdir(parents=True, exist_ok=True)
    (folder / server / "ari.conf").write_text(ARI.format(secret))
    (folder / server / ".env").write_text(ENV.format("not-" + secret))


def found(text):
    return sorted((one["rule"], one["path"]) for one in json.loads(text)["diagnostics"] if one["rule"] != "arilint/stale-baseline")


def stale(text):
    return [one["message"] for one in json.loads(text)["diagnostics"] if one["rule"] == "arilint/stale-baseline"]


def edit(path, old, new):
    def change(folder):
        text = (folder / path).read_text()
        check(old in text, f"no {old!r} in {path}")
        (folder / path).write_text(text.replace(old, new, 1))
    return change


def rename(old, new):
    return lambda folder: (folder / old).rename(folder / new)


def copy(old, new):
    return lambda folder: shutil.copytree(folder / old, folder / new)


DRIFT, KEY = "ari/password-drift", "ari/unknown-user-key"
# Name, what is done after the baseline was written, rules that are new then, rules that are told to be mended.
CASES = [
    ("nothing", lambda folder: None, [], []),
    ("lines moved", edit("pbx/ari.conf", "[general]", "; one\n; two\n\n[general]"), [], []),
    ("another value", edit("pbx/.env", "not-", "nor-"), [], []),
    ("the folder is renamed", rename("pbx", "server"), [], []),
    ("the folder moves down", lambda folder: (folder / "deep").mkdir() or (folder / "pbx").rename(folder / "deep" / "pbx"), [], []),
    ("a second server like it", copy("pbx", "pbx2"), [DRIFT, KEY], []),
    ("one is mended", edit("pbx/ari.conf", "read_onli = no\n", ""), [], [KEY]),
    ("one is mended, one is new", edit("pbx/ari.conf", "read_onli = no\n", "pasword = q\n"), [KEY], [KEY]),
    ("the same twice", edit("pbx/ari.conf", "read_onli = no\n", "read_onli = no\nread_onli = no\n"), ["ari/repeated-same", KEY], []),
    ("in another section", edit("pbx/ari.conf", "[y]\ntype = user\n", "[y]\ntype = user\nread_onli = no\n"), ["ari/unknown-other-user-key"], []),
    ("a key of another name", edit("pbx/.env", "ARI_PASSWORD", "PBX_ARI_PASSWORD"), [DRIFT], [DRIFT]),
]


def check_case(folder, name, change, new, mended):
    lay(folder)
    before = found(run(folder, "--format", "json", ".")[1])
    check({DRIFT, KEY} <= {rule for rule, _ in before}, f"before: {before}")
    status, text, errors = run(folder, "--write-baseline", "base.json", ".")
    check(status == 0 and "no new faults found" in text and not errors, f"{name}: writing: {status} {text} {errors}")
    written = (folder / "base.json").read_text()
    change(folder)
    status, text, errors = run(folder, "--baseline", "base.json", "--format", "json", ".")
    told = [rule for rule, _ in found(text)]
    check(told == sorted(new), f"{name}: new are {told}")
    check(status == bool(new) and not errors, f"{name}: status {status} {errors}")
    messages = stale(text)
    check(len(messages) == len(mended) and all(rule in message for rule, message in zip(mended, messages)), f"{name}: stale are {messages}")
    check(json.loads(text)["summary"]["known"] >= 1, f"{name}: what is known is counted")
    if not mended and not new and not (folder / "server").exists() and not (folder / "deep").exists():
        run(folder, "--write-baseline", "base.json", ".")
        check((folder / "base.json").read_text() == written, f"{name}: the baseline written anew is another one")
    if mended:
        run(folder, "--write-baseline", "base.json", ".")
        check(not stale(run(folder, "--baseline", "base.json", "--format", "json", ".")[1]), f"{name}: written anew it is stale")


def check_graver(folder):
    """What was a warning and is an error now is new."""
    lay(folder)
    run(folder, "--write-baseline", "base.json", ".")
    text = (folder / "base.json").read_text()
    (folder / "base.json").write_text(text.replace('"severity": "error"', '"severity": "warning"'))
    status, text, _ = run(folder, "--baseline", "base.json", "--format", "json", ".")
    check(status == 1 and {DRIFT, KEY} <= {rule for rule, _ in found(text)}, "what is graver now is let through")


def check_secrets(folder):
    """Of two set-ups that differ in their secrets alone the baselines are the same, byte for byte."""
    written = []
    for secret in (SECRET, "Another-1-than-that"):
        place = folder / secret
        lay(place, secret=secret)
        with open(place / "pbx" / ".env", "a", encoding="utf-8") as out:
            out.write(f"{secret}\n{secret}={secret}\nARI_PASSWORD={secret}\n# {secret}\nDB_PASS_{secret}=1\nDB_PASS_{secret}=2\n")
        with open(place / "pbx" / "ari.conf", "a", encoding="utf-8") as out:
            out.write(f"[{secret}]\ntype = user\n{secret} = 1\nx{secret}\n")
        status, _, errors = run(place, "--write-baseline", "base.json", ".")
        check(status == 0 and not errors, f"writing: {status} {errors}")
        written.append((place / "base.json").read_text())
        check(secret not in written[-1], "a secret is in the baseline")
    check(written[0] == written[1] and written[0].count("\n") > 4, f"baselines tell secrets apart:\n{written[0]}\n{written[1]}")


# A set-up of its own for comments: its .env, and whether all in it can be silenced.
COMMENTS = [
    ("plain", ENV, True), ("CRLF", ENV.replace("\n", "\r\n"), True), ("a byte order mark", "\ufeff" + ENV, True),
    ("no line end", ENV.rstrip("\n"), True), ("export", ENV.replace("ARI_P", "export ARI_P"), True),
    ("a value of two lines", ENV + "KEY='a\nARI_PASSWORD=b'\n", True),
    ("two on one line", ENV.replace("8088/ari", "8089/ar"), True),
    ("a fault within a value", "KEY=\"a\nb\"\nKEY=\"a\nb\"\n" + ENV, True),
]


def check_comments(folder, name, env, all_of_them):
    """--add-ignores silences, changes no value, is undone, and finds nothing to do the second time."""
    lay(folder)
    (folder / "pbx" / "http.conf").write_text("[general]\nenabled = yes\nbindaddr = 127.0.0.1\n")
    (folder / "pbx" / ".env").write_bytes(env.format("not-" + SECRET).encode())
    before = {path: path.read_bytes() for path in (folder / "pbx").iterdir()}
    seen = run(folder, "dump", "--reader", "dotenv", "--show-secrets=always", "pbx/.env")[1]
    status, text, _ = run(folder, "--add-ignores", "--diff", ".")
    check(status == 1 and "+; arilint: ignore[ari/unknown-user-key] baseline" in text, f"{name}: --diff: {status} {text}")
    check(before == {path: path.read_bytes() for path in (folder / "pbx").iterdir()}, f"{name}: --diff writes")
    status, text, errors = run(folder, "--add-ignores", "--state-dir", "state", ".")
    check((status == 0) == all_of_them and "known finding" in text and "works once" not in text, f"{name}: {status} {text} {errors}")
    status, text, _ = run(folder, ".")
    check((status == 0) == all_of_them and "unused" not in text, f"{name}: afterwards: {status} {text}")
    check(run(folder, "dump", "--reader", "dotenv", "--show-secrets=always", "pbx/.env")[1] == seen, f"{name}: a value is another one")
    commented = {path: path.read_bytes() for path in (folder / "pbx").iterdir()}
    check(commented != before, f"{name}: nothing is written")
    for path, text in before.items():
        left = b"".join(line for line in commented[path].splitlines(True) if b"] baseline" not in line)
        check(left.removeprefix(b"\xef\xbb\xbf") == text.removeprefix(b"\xef\xbb\xbf"), f"{name}: more than comments is new in {path.name}")
    run(folder, "--add-ignores", "--state-dir", "state", ".")
    check(commented == {path: path.read_bytes() for path in (folder / "pbx").iterdir()}, f"{name}: a second run changes something")
    status, _, errors = run(folder, "undo", "--state-dir", "state")
    check(status == 0 and before == {path: path.read_bytes() for path in (folder / "pbx").iterdir()}, f"{name}: undo: {errors}")


def check_generated(folder):
    """A file that a program writes gets no comment."""
    lay(folder)
    text = "; Do not edit: this file is generated\n" + ARI.format(SECRET)
    (folder / "pbx" / "ari.conf").write_text(text)
    run(folder, "--add-ignores", "--backup=none", ".")
    check((folder / "pbx" / "ari.conf").read_text() == text, "a comment is written into a generated file")
    check("] baseline" in (folder / "pbx" / ".env").read_text(), "the other one gets none either")


def check_refusals(folder):
    lay(folder)
    wrong = [("", "no baseline"), ("[]", "no baseline"), ("{}", "no baseline"), ('{"arilint": "baseline", "version": 2, "findings": []}', "no baseline"),
             ('{"arilint": "baseline", "version": 1, "findings": [1]}', "no baseline"), ("{" * 100000, "no baseline"),
             ('{"arilint": "baseline", "version": 1, "findings": [{"rule": "a/b", "path": "x", "severity": "error", "count": -1}]}', "no baseline")]
    for text, why in wrong:
        (folder / "base.json").write_text(text)
        status, printed, errors = run(folder, "--baseline", "base.json", ".")
        check(status == 2 and why in errors and not printed, f"{text[:40]}: {status} {errors}")
    for words, status, why in ((["--baseline", "nowhere.json"], 2, "nowhere.json"), (["--baseline", "base.json", "--fix"], 2, "only looks"),
                               (["--write-baseline", "base.json", "--diff"], 2, "only looks"),
                               (["--write-baseline", "no/where"], 8, "can't write"), (["--write-baseline", "pbx/.env"], 8, "were read"),
                               (["--write-baseline", "other.json", "nowhere.conf"], 3, "not written")):
        got, _, errors = run(folder, *words, ".")
        check(got == status and why in errors, f"{words}: {got} {errors}")
    check(not (folder / "other.json").exists(), "a baseline is written although not all could be read")
    check((folder / "pbx" / ".env").read_text().startswith("ARI_URL"), "a baseline is written over an input")


def main():
    parts = [lambda folder, case=case: check_case(folder, *case) for case in CASES] + [
        lambda folder, case=case: check_comments(folder, *case) for case in COMMENTS] + [check_generated, check_graver, check_secrets, check_refusals]
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="arilint-baseline.") as name:
            part(pathlib.Path(name))
    finish()


if __name__ == "__main__":
    main()
