#!/usr/bin/env python3
"""Owners, modes, groups, access control lists, sticky folders and links, each with each: what root's arilint takes and changes is
held against what another user, 6001, really can do there. Only root can try that; says so otherwise."""
import ctypes
import itertools
import os
import shutil
import struct
import subprocess
import tempfile

from harness import check, finish

ARILINT = os.path.abspath(os.environ.get("ARILINT", "build/arilint"))
OTHER, THIRD, SHARED, EMPTY = 6001, 6002, 6100, 6101
WRONG = "[general]\nenabled = yes\n[general]\npretty = yes\n"
NAMES = ("real", "link")


def own_tables(folder):
    """A mount namespace in which the machine has users and groups for this test."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x00020000) or libc.mount(b"none", b"/", None, 0x4000 | 0x40000, None):
        return False
    tables = {"passwd": f"root:x:0:0::/root:/bin/sh\nother:x:{OTHER}:{OTHER}::/:/bin/sh\nthird:x:{THIRD}:{THIRD}::/:/bin/sh\n",
              "group": f"root:x:0:\nother:x:{OTHER}:\nthird:x:{THIRD}:\nshared:x:{SHARED}:other\nempty:x:{EMPTY}:\n"}
    for name, text in tables.items():
        path = os.path.join(folder, name)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        if libc.mount(path.encode(), f"/etc/{name}".encode(), None, 0x1000, None):
            return False
    return True


def grant(path, access):
    """An access control list that gives the other user `access`, its mask what the group's bits are."""
    mode = os.stat(path).st_mode
    everybody = 0xFFFFFFFF
    entries = [(1, mode >> 6 & 7, everybody), (2, access, OTHER), (4, mode >> 3 & 7, everybody), (16, access | mode >> 3 & 7, everybody),
               (32, mode & 7, everybody)]
    os.setxattr(path, "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries))


def as_other(action):
    """Whether an action of the other user's succeeds."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([SHARED])
            os.setresgid(OTHER, OTHER, OTHER)
            os.setresuid(OTHER, OTHER, OTHER)
            action()
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def move(path):
    os.rename(path, path + ".moved")
    os.rename(path + ".moved", path)


def can_replace(paths):
    return any(as_other(lambda path=path: move(path)) for path in paths)


def can_write(path):
    return as_other(lambda: os.close(os.open(path, os.O_WRONLY)))


def owns(paths):
    return any(os.lstat(path).st_uid == OTHER for path in paths)


def put(path, text, owner, group, mode):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    os.chown(path, owner, group)
    os.chmod(path, mode)


def folder(path, owner, group, mode, access):
    os.mkdir(path)
    os.chown(path, owner, group)
    os.chmod(path, mode)
    if access is not None:
        grant(path, access)


def run(*words, cwd="/"):
    return subprocess.run([ARILINT, *words], cwd=cwd, capture_output=True, check=False, timeout=60).returncode


def lay_out(work, cell, name, text):
    """above/below/NAME, or a link of that name to above/other/NAME. Returns the file's path and all that are on the way."""
    (above_mode, above_owner), (mode, owner, group, access), (file_mode, file_owner, file_group), kind = cell
    above, below = os.path.join(work, "above"), os.path.join(work, "above", "below")
    folder(above, above_owner, 0, above_mode, None)
    folder(below, owner, group, mode, access)
    path = os.path.join(below, name)
    if kind == "link":
        folder(os.path.join(above, "apart"), 0, 0, 0o755, None)
        target = os.path.join(above, "apart", name)
        put(target, text, file_owner, file_group, file_mode)
        os.symlink("../apart/" + name, path)
        return path, [above, below, path, os.path.join(above, "apart"), target]
    put(path, text, file_owner, file_group, file_mode)
    return path, [above, below, path]


def try_fix(work, cell, words):
    path, way = lay_out(work, cell, "ari.conf", WRONG)
    writes, replaces, his = can_write(path), can_replace(way), owns(way)
    run("--fix", "--isolated", "--backup", "none", "--state-dir", os.path.join(work, "state"), path)
    with open(path, encoding="ascii") as file:
        changed = file.read() != WRONG
    if (replaces or his) and not writes:
        check(not changed, f"{words}: it is changed though another could have been put in its place")
    # Of the last folder root's rule is the stricter one, whoever is in the group.
    elif not (replaces or his or cell[1][1] == THIRD) and not os.stat(os.path.dirname(os.path.realpath(path))).st_mode & 0o022:
        check(changed, f"{words}: it is not changed though nobody could have put another in its place")


def try_configuration(work, cell, words):
    path, way = lay_out(work, cell, ".arilint.yaml", "arilint: 1\nlanguage: uz\n")
    dangerous = can_write(path) or can_replace(way) or owns(way)
    status = run("config", cwd=os.path.dirname(path))
    if cell[3] == "link":
        check(status == 2, f"{words}: status {status}, and it leads out of the folder")
    else:
        check(status == (2 if dangerous else 0), f"{words}: status {status}, dangerous: {dangerous}")


def try_pack(work, cell, words):
    path, way = lay_out(work, cell, "app.yaml", "arilint: 1\npack: app\n")
    dangerous = can_write(path) or can_replace(way) or owns(way)
    with open(os.path.join(work, "arilint.yaml"), "w", encoding="ascii") as file:
        file.write("arilint: 1\npacks: [above/below/app.yaml]\n")
    status = run("config", "--config", os.path.join(work, "arilint.yaml"))
    check(status == (2 if dangerous else 0), f"{words}: status {status}, dangerous: {dangerous}")


ABOVE = [(0o755, 0), (0o777, 0), (0o1777, 0), (0o755, OTHER)]
BELOW = [(0o755, 0, 0, None), (0o775, 0, 0, None), (0o775, 0, SHARED, None), (0o775, 0, EMPTY, None), (0o777, 0, 0, None),
         (0o1777, 0, 0, None), (0o755, OTHER, 0, None), (0o755, THIRD, 0, None), (0o755, 0, 0, 7), (0o755, 0, 0, 5)]
FILES = [(0o644, 0, 0), (0o664, 0, SHARED), (0o664, 0, EMPTY), (0o666, 0, 0), (0o644, OTHER, OTHER)]


def main():
    if os.geteuid() != 0:
        print("tests/trust_matrix.py is SKIPPED: only root can be another user, too")
        check(True, "")
        return
    scratch = tempfile.mkdtemp(prefix="arilint-matrix.")
    os.chmod(scratch, 0o755)
    try:
        if not own_tables(scratch):
            print("tests/trust_matrix.py is SKIPPED: no mount namespace of its own to be had")
            check(True, "")
            return
        for number, (above, below, file, kind) in enumerate(itertools.product(ABOVE, BELOW, FILES, NAMES)):
            for attempt in (try_fix, try_configuration, try_pack):
                if attempt is try_fix and file[1] == OTHER:
                    continue  # his own file: he decides over it anyway
                if attempt is try_pack and above in ABOVE[2:]:
                    continue  # as of the configuration
                if attempt is not try_fix and below[1] == THIRD:
                    continue  # the third user's word is no more than another's: told apart by other cells
                work = os.path.join(scratch, "work")
                os.mkdir(work)
                attempt(work, (above, below, file, kind), f"cell {number}, {attempt.__name__}: above {above[0]:o} {above[1]}, folder "
                        f"{below[0]:o} {below[1:]}, file {file[0]:o} {file[1:]}, {kind}")
                shutil.rmtree(work)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
finish()
