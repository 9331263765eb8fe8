#!/usr/bin/env python3
"""What --fix promises, on random set-ups of ari.conf, http.conf and .env, valid and broken.

For each: every byte outside the edits, every comment, `export`, line end and byte order mark is kept, and every value
in force, as `arilint dump` shows it for every declared reader, that no fix is about; a second --fix touches nothing;
undo gives back all bytes, modes and owners. Where --fix refuses, nothing has changed and it says why.

Called with ARILINT, the program; SEED= (printed) and ROUNDS=. Round N is made of SEED + N alone: SEED=that ROUNDS=1
repeats it, and KEEP=FOLDER then leaves its files there.
"""
import collections
import difflib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import setups

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
ARILINT = os.path.realpath(os.environ.get("ARILINT", os.path.join(REPOSITORY, "build/arilint")))
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
               "ASAN_OPTIONS": "exitcode=99:detect_leaks=0", "UBSAN_OPTIONS": "exitcode=99"}

# What a rule's fix may change: the role, and the section and key as "section/key" (in .env files "/KEY").
PASSWORD = ("env", r"/.*(PASS|PASSWORD|SECRET|URL)$")
ADDRESS = ("env", r"/.*(URL|HOST|PORT)$")
MEANT = {
    "password-drift": [PASSWORD, ("ari", r".*/password$")],
    "unknown-user": [("env", r"/.*(USER(NAME)?|LOGIN)$")],
    "user-case": [("env", r"/.*(USER(NAME)?|LOGIN)$")],
    "read-only": [("ari", r".*/read_only$")],
    "no-general": [("ari", r"(?i:general)/enabled$")],
    "general-case": [("ari", r"(?i:general)/")],
    "user-type": [("ari", r".*/type$")],
    "section-type": [("ari", r".*/")], # all of a section may be made a comment
    "type-case": [("ari", r".*/type$")],
    "no-password": [("ari", r".*/password$")],
    "general-type": [("ari", r"(?i:general)/type$")],
    "enabled-boolean": [("ari", r"(?i:general)/enabled$"), ("http", r"general/enabled$")],
    "disabled": [("ari", r"(?i:general)/enabled$")],
    "http-disabled": [("http", r"general/enabled$")],
    "http-off": [("http", r"general/enabled$")],
    "no-backend-password": [PASSWORD],
    "plain-beside-tls": [("http", r"general/bindaddr$")],
    "general-key-case": [("ari", r"(?i:general)/")],
    "no-bindaddr": [("http", r"general/bindaddr$")],
    "prefix-slash": [("http", r"general/prefix$")],
    "url-port": [ADDRESS],
    "url-port-elsewhere": [ADDRESS],
    "url-tls-port": [ADDRESS],
    "url-host": [ADDRESS, ("http", r"general/bindaddr$")],
    "url-tls-off": [("env", r"/.*(URL|HOST|SCHEME|PROTOCOL)$")],
    "url-path": [("env", r"/.*(URL|PATH|PREFIX)$")],
    "url-prefix": [("env", r"/.*URL$")],
    "url-no-scheme": [("env", r"/.*URL$")],
    "url-slash": [("env", r"/.*URL$")],
    "user-of-password": [("env", r"/.*(USER(NAME)?|LOGIN)$")],
    "write-timeout": [("ari", r"(?i:general)/websocket_write_timeout$")],
    "write-timeout-too-small": [("ari", r"(?i:general)/websocket_write_timeout$")],
    "acl-address": [("ari", r".*/(permit|deny)$")],
    "not-a-hash": [("ari", r".*/(password_format|password)$")],
    "password-format": [("ari", r".*/password_format$")],
    "bindport-not-taken": [("http", r"general/(bindport|bindaddr)$")],
    "general-blanks": [("ari", r"(?i: *general *)/")],
    "outbound-too-new": [("ari", r".*/")],
}
# Renames or deletes an unknown key: one that is not in force, as a misspelt one, may go, and the right one come.
UNKNOWN_KEY = {"unknown-general-key": "ari", "unknown-user-key": "ari", "unknown-other-user-key": "ari",
               "unknown-general-key-beside": "ari", "unknown-key": "http"}


class Violation(Exception):
    pass


def run(*words):
    return subprocess.run([ARILINT, *words], stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT, timeout=60)


def snapshot(folder):
    """Of each file: bytes, mode, owner and group; and inode and time."""
    files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            status = os.lstat(path)
            with open(path, "rb") as file:
                content = file.read()
            files[path] = ((content, stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid),
                           (status.st_ino, status.st_mtime_ns))
    return files


def contents(files):
    return {path: content for path, (content, _) in files.items()}


def sections_in_force(view, role):
    """Values by "section/key": http.conf has its first [general] in any case, ari.conf takes equal names for one."""
    values = {}
    seen = set()
    for section in view["sections"]:
        name = section["name"]
        if section["template"] or not isinstance(name, str):
            continue
        name = name.lower() if role == "http" else name
        if role == "http" and name in seen:
            continue
        seen.add(name)
        for key, value in section["vars"]:
            place = f"{name}/{str(key).lower()}"
            if not (key == "type" and role == "ari" and place in values):
                values[place] = value
    return values


def values_in_force(setup, path, role):
    """By reader; None where a reader refuses the file."""
    values = {}
    readers = setup.readers if role == "env" else ["asterisk"]
    for reader in readers:
        root = [] if role == "env" else ["--root", os.path.dirname(path)]
        shown = run("dump", "--show-secrets=always", "--reader", reader, *root, path)
        view = json.loads(shown.stdout)
        if not view["ok"]:
            values[reader] = None
        elif role == "env":
            values[reader] = {"/" + key: value for key, value in view["vars"].items()}
        else:
            values[reader] = sections_in_force(view, role)
    return values


def is_meant(rules, role, place, before, after):
    for rule in rules:
        if any(role == of and re.match("(?s)" + pattern, place) for of, pattern in MEANT.get(rule, [])):
            return True
        if UNKNOWN_KEY.get(rule) == role and (after is None or before is None):
            return True
    return False


def check_values(setup, rules, old, new):
    for path, role in setup.roles.items():
        for reader in old[path]:
            before, after = old[path][reader], new[path][reader]
            if before is None:
                continue
            if after is None:
                raise Violation(f"{reader} refuses {path} after the fix")
            for place in sorted(set(before) | set(after)):
                was, now = before.get(place), after.get(place)
                if (place in before) == (place in after) and was == now:
                    continue
                if not is_meant(rules, role, place, was, now):
                    raise Violation(f"{path}: {reader} reads another value of {place}: {was!r}, then {now!r}; "
                                    f"rules: {sorted(rules)}")


def known_edits(report, path):
    """The edits of all safe and unsafe fixes of one file as [start, end, text or None], overlapping ones as one hole."""
    spans = []
    for found in report["diagnostics"]:
        for edit in (found["fix"] or {"edits": []})["edits"]:
            if edit["path"] == path:
                spans.append([edit["start"], edit["end"]])
    holes = []
    for start, end in sorted(spans):
        if holes and start <= holes[-1][1]:
            holes[-1][1] = max(holes[-1][1], end)
        else:
            holes.append([start, end])
    return holes


def is_exact(before, after, holes):
    """Whether `after` is `before` with other bytes in the holes and nowhere else."""
    pattern, at = b"", 0
    for start, end in holes:
        pattern += re.escape(before[at:start]) + b"(?s:.*?)"
        at = end
    return re.fullmatch(pattern + re.escape(before[at:]), after) is not None


def lines_of(content):
    return re.findall(rb"[^\n]*\n|[^\n]+", content)


BEFORE = rb"(?:\xef\xbb\xbf)?\s*(?:;--.*--;)?\s*"
KEY = BEFORE + rb"(?:export\s+)?([^\s=;#]+)\s*="
HEADER = BEFORE + rb"\["


def check_lines(path, before, after, holes, may_go):
    """After several passes: a line that no first edit is in is still there, unless its key is in question."""
    left = collections.Counter(line.rstrip(b"\r\n") for line in lines_of(after))
    at = 0
    for line in lines_of(before):
        touched = any(start <= at + len(line) and end >= at for start, end in holes)
        key = re.match(KEY, line)
        at += len(line)
        if touched or not line.strip() or (re.match(HEADER, line) and may_go("a section's header")) or (key and may_go(key[1].decode("utf-8", "replace").lower())):
            continue
        if not left[line.rstrip(b"\r\n")]:
            raise Violation(f"{path}: the line {line!r} is gone")
        left[line.rstrip(b"\r\n")] -= 1


def goes(rules, role, key):
    """Whether a later pass may change a line of this key: a repeated one, an unknown one, one that a rule is about."""
    places = ["general/" + key, "x/" + key] if role != "env" else ["/" + key.upper()]
    return (any(is_meant(rules, role, place, "", "") for place in places) or
            any(UNKNOWN_KEY.get(rule) == role for rule in rules) or
            any(rule.startswith("repeated-") for rule in rules))


# For these, all behind the `=` of a line is the value.
WITHOUT_COMMENTS = {"docker", "foreman", "decouple", "dotenv-10", "systemd"}


def check_marks(path, before, after, whole_lines, mark_may_go):
    kept = b"".join(re.findall(rb"(?m)^\s*[#;].*", before)) if whole_lines else before
    for mark in set(re.findall(setups.COMMENT_MARK, kept)):
        if before.count(mark) != after.count(mark):
            raise Violation(f"{path}: the comment {mark!r} is not kept")
    if not mark_may_go and before.startswith(b"\xef\xbb\xbf") != after.startswith(b"\xef\xbb\xbf"):
        raise Violation(f"{path}: the byte order mark is not kept")
    ends = {line[-2:] == b"\r\n" for line in lines_of(before) if line.endswith(b"\n")}
    if len(ends) == 1 and {line[-2:] == b"\r\n" for line in lines_of(after) if line.endswith(b"\n")} > ends:
        raise Violation(f"{path}: line ends of another kind have come")
    exports = [collections.Counter(re.findall(rb"(?m)^\s*export\s+([A-Z_]+)", text)) for text in (before, after)]
    gone = exports[0] - exports[1]
    # A repeated key may go with its export; the last one stays.
    if any(not exports[1][key] for key in gone):
        raise Violation(f"{path}: an export is gone: {gone}")


def check_bytes(setup, rules, old, new, report, counts):
    for path, role in setup.roles.items():
        before, after = old[path][0], new[path][0]
        if before == after:
            continue
        if old[path][1:] != new[path][1:]:
            raise Violation(f"{path}: mode or owner is not kept: {old[path][1:]}, then {new[path][1:]}")
        mark_may_go = any(found["rule"] == "dotenv/byte-order-mark" for found in report["diagnostics"])
        check_marks(path, before, after, role == "env" and setup.readers[0] in WITHOUT_COMMENTS, mark_may_go)
        holes = known_edits(report, path)
        if is_exact(before, after, holes):
            counts["files with every other byte in place"] += 1
            continue
        counts["files of several passes"] += 1
        check_lines(path, before, after, holes, lambda key: goes(rules, role, key))


def fixed_rules(fixed):
    rules = set()
    for names in re.findall(rb"(?m)^changed .*\(([^()]*)\)$", fixed.stdout):
        rules |= {name.decode().partition("/")[2] for name in names.split()}
    return rules


def check_undo(setup, before):
    undone = run("undo", "--state-dir", setup.state)
    if undone.returncode != 0:
        raise Violation(f"undo: exit status {undone.returncode}: {undone.stderr!r}")
    if contents(snapshot(setup.folder)) != contents(before):
        raise Violation("undo gives back something else")


def check_refusal(fixed, before, after, counts):
    counts["refused"] += 1
    if after != before:
        raise Violation("refused, and yet a file is touched")
    reason = re.search(rb"(?m)^arilint: error: nothing was changed: (.+)$", fixed.stderr)
    if not reason:
        raise Violation(f"refused without a reason: {fixed.stderr!r}")
    counts["refused: " + re.sub(r"\S*/\S*|value of \S+", "...", reason[1].decode("utf-8", "replace"))] += 1


def check_setup(setup, counts):
    before = snapshot(setup.folder)
    values = {path: values_in_force(setup, path, role) for path, role in setup.roles.items()}
    found = run("--format", "json", *setup.options, setup.folder)
    if found.returncode not in (0, 1, 3):
        raise Violation(f"a check ends with status {found.returncode}: {found.stderr + found.stdout[:600]!r}")
    fixed = run("--fix", "--state-dir", setup.state, *setup.options, setup.folder)
    after = snapshot(setup.folder)
    if fixed.returncode == 4:
        return check_refusal(fixed, before, after, counts)
    if fixed.returncode not in (0, 1, 3):
        raise Violation(f"--fix ends with status {fixed.returncode}: {fixed.stderr!r}")
    rules = fixed_rules(fixed)
    if set(before) != set(after):
        raise Violation("a file is left, or gone")
    if after == before:
        counts["nothing to fix"] += 1
        if os.path.exists(setup.state):
            raise Violation("nothing was fixed, and yet there is a state folder")
        return
    counts["fixed"] += 1
    for rule in rules:
        counts["fixed: " + rule] += 1
    for path in before:
        if (before[path][0] == after[path][0]) != (before[path][1] == after[path][1]):
            raise Violation(f"{path}: time and inode do not go with the bytes")
    old, new = contents(before), contents(after)
    check_bytes(setup, rules, old, new, json.loads(found.stdout), counts)
    check_values(setup, rules, values, {path: values_in_force(setup, path, role) for path, role in setup.roles.items()})
    again = run("--fix", "--state-dir", setup.state, *setup.options, setup.folder)
    if again.returncode != fixed.returncode:
        raise Violation(f"a second --fix ends with status {again.returncode}: {again.stderr!r}")
    if snapshot(setup.folder) != after:
        raise Violation("a second --fix touches something")
    check_undo(setup, before)


def show(setup, before):
    for path, content in contents(snapshot(setup.folder)).items():
        old = before[path][0][0].decode("latin-1").splitlines(keepends=True)
        new = content[0].decode("latin-1").splitlines(keepends=True)
        for line in list(difflib.unified_diff(old, new, path, path))[:40]:
            print("   ", repr(line)[1:-1])


def main():
    seed = int(os.environ.get("SEED") or 1)
    rounds = int(os.environ.get("ROUNDS") or 300)
    print(f"SEED={seed} ROUNDS={rounds}")
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ else None
    scratch = os.environ.get("KEEP") or tempfile.mkdtemp(prefix="arilint-property.", dir=memory)
    counts, failed = collections.Counter(), 0
    for number in range(seed, seed + rounds):
        place = os.path.join(scratch, "round")
        shutil.rmtree(place, ignore_errors=True)
        setup = setups.make(number, place, REPOSITORY)
        before = snapshot(setup.folder)
        try:
            check_setup(setup, counts)
        except Violation as violation:
            failed += 1
            print(f"VIOLATION SEED={number} ROUNDS=1 {' '.join(setup.options)}: {violation}")
            show(setup, before)
    if "KEEP" not in os.environ:
        shutil.rmtree(scratch)
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    print(f"{rounds - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
