#!/usr/bin/env -S python3 -B
"""What an operator goes through, with real programs: story.py ROOTS NODE_MODULES ARILINT, run by root.

A backend under pm2 talks to a real Asterisk. Its files are broken, it complains in its log, `arilint diagnose` names the
cause, `arilint --fix --run-handlers --verify` mends the files, lets both programs read them again and tries the result;
and where one of the programs says that all is well though it is not, arilint says what is so. Every program that is started
on the way is watched: no password may be among its arguments or in its environment. The last line is the result.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time

from asterisk import CONSOLE, ETC, LIBC, MS_BIND, OWNER, PLACE, Asterisk, Dead, alone, system
from setups import ENV, lay_out

VERSIONS = ["16", "22"]
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = f"{HERE}/../../src/integrations/handlers"
HANDLERS = "/etc/arilint/handlers.d"
APP = "call-center-backend"
PM2 = f"{PLACE}/pm2"
PATHS = [ETC, f"{PLACE}/backend"]
PATIENCE = 20
KEPT_OF_ETC = ["passwd", "group", "hosts", "nsswitch.conf", "ld.so.cache", "alternatives", "localtime"]


class Story:
    def __init__(self, version, root, modules, arilint, passwords):
        self.version = version
        self.arilint = arilint
        self.passwords = passwords
        self.passed = self.failed = 0
        self.tale = ""
        self.server = Asterisk(version, root)
        self.own_etc()
        os.makedirs(f"{PLACE}/backend")
        os.makedirs(f"{PLACE}/pm2-home")
        os.symlink(modules, f"{PLACE}/backend/node_modules")
        for name in ("backend.js", "dialer.js"):
            shutil.copy(f"{HERE}/{name}", f"{PLACE}/backend/{name}")
        self.program(PM2, f'PM2_HOME={PLACE}/pm2-home PM2_DISABLE_VERSION_CHECK=true exec "{shutil.which("node")}" '
                          f'"{modules}/pm2/bin/pm2" "$@"')

    def program(self, path, line):
        with open(path, "w") as file:
            file.write(f"#!/bin/sh\n{line}\n")
        os.chmod(path, 0o755)

    def own_etc(self):
        """Handlers are taken from /etc/arilint alone, and the password goes to the user asterisk alone: this test has an /etc
        of its own, in which he is the one who runs the server."""
        etc = f"{PLACE}/own-etc"
        os.makedirs(f"{etc}/arilint/handlers.d")
        for name in KEPT_OF_ETC:
            if os.path.isdir(f"/etc/{name}"):
                shutil.copytree(f"/etc/{name}", f"{etc}/{name}", symlinks=True)
            elif os.path.exists(f"/etc/{name}"):
                shutil.copy(f"/etc/{name}", f"{etc}/{name}")
        self.add_account(f"{etc}/passwd", f"asterisk:x:{OWNER}:{OWNER}::{PLACE}:/usr/sbin/nologin")
        self.add_account(f"{etc}/group", f"asterisk:x:{OWNER}:")
        system(LIBC.mount(etc.encode(), b"/etc", None, MS_BIND, None))

    def add_account(self, path, line):
        with open(path) as file:
            others = [other for other in file if not other.startswith("asterisk:")]
        with open(path, "w") as file:
            file.writelines(others + [line + "\n"])

    def handlers(self, restart=True, app=APP, reload="res_ari"):
        """The shipped definitions, as an administrator fits them to his machine."""
        with open(f"{EXAMPLES}/asterisk.yaml") as file:
            asterisk = file.read().replace("/usr/sbin/asterisk", CONSOLE).replace("reload res_ari", f"reload {reload}")
        if restart:
            begin = asterisk.index("  # ari-restart:")
            asterisk = asterisk[:begin] + asterisk[begin:].replace("  # ", "  ").replace(
                "/usr/bin/systemctl, restart, asterisk", f"{CONSOLE}, -rx, core restart now")
        with open(f"{EXAMPLES}/pm2.yaml") as file:
            pm2 = file.read().replace("/usr/bin/pm2", PM2).replace(APP, app)
        pm2 = "".join(line for line in pm2.splitlines(True) if "user: deploy" not in line)
        for name, text in (("asterisk", asterisk), ("pm2", pm2)):
            with open(f"{HANDLERS}/{name}.yaml", "w") as file:
                file.write(text)

    def check(self, what, good, detail=""):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL Asterisk {self.version}, {self.tale}: {what}\n    " +
                  self.masked(str(detail)).strip().replace("\n", "\n    "), flush=True)

    def masked(self, text):
        for password in self.passwords:
            text = text.replace(password, "<a password>")
        return text

    def run(self, *words, text=None):
        """Its status and what it has printed. Into a file, as pm2 leaves a daemon behind that would keep a pipe open."""
        with tempfile.TemporaryFile("w+", errors="replace") as output, tempfile.TemporaryFile("w+") as given:
            given.write(text or "")
            given.seek(0)
            result = subprocess.run(words, stdin=given, stdout=output, stderr=output, timeout=180, cwd=PLACE,
                                    env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": PLACE, "LC_ALL": "C.UTF-8"})
            output.seek(0)
            printed = output.read()
        self.check(f"{words[0]} prints no password", not any(one in printed for one in self.passwords), printed)
        return result.returncode, printed

    def lint(self, *options):
        return self.run(self.arilint, "--target", self.server.release(), "--state-dir", f"{PLACE}/state", *options,
                        *PATHS)

    def mend(self, *options):
        return self.lint("--fix", "--run-handlers", "--verify", *options)

    def begin(self, tale, files):
        self.tale = tale
        shutil.rmtree(f"{PLACE}/state", ignore_errors=True)
        self.handlers()
        lay_out(files)
        self.server.restart()
        self.run(PM2, "flush")
        self.run(PM2, "restart", APP)

    def log(self, app=APP):
        return self.run(PM2, "logs", app, "--nostream", "--lines", "200")[1]

    def logged(self, text, app=APP):
        """Waits for it. Behind a reload that pm2 has finished nothing old is taken for new: see begin()."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if text in self.log(app):
                return True
            time.sleep(0.5)
        return False

    def connected(self):
        """As the server tells."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if "call-center" in self.server.command("ari show apps"):
                return True
            time.sleep(0.5)
        return False

    def diagnose(self, rule, text):
        with_paths = [word for path in PATHS for word in ("--with", path)]
        status, said = self.run(self.arilint, "diagnose", "-", "--target", self.server.release(), *with_paths, text=text)
        self.check("diagnose finds a symptom", status == 1, said)
        self.check(f"diagnose names {rule}", rule in said, said)

    def sound(self):
        status, said = self.run(self.arilint, "verify", *PATHS)
        self.check("verify ends with status 0", status == 0, said)
        self.check("verify says 200 and 101", "200" in said and "101" in said, said)
        self.check("the backend is connected", self.connected(), self.log())
        status, said = self.lint()
        self.check("nothing remains to be found, nor to be loaded", status == 0 and "not loaded" not in said, said)


def files(password, general="", user="", http="", env_password=None, more=""):
    ari = (f"[general]\nenabled = yes\npretty = yes\n{general}\n[backend]\ntype = user\n{user}password = {password}\n{more}")
    return {f"{ETC}/ari.conf": ari.encode(),
            f"{ETC}/http.conf": f"[general]\nenabled = yes\nbindaddr = 127.0.0.1\n{http}".encode(),
            ENV: ("NODE_ENV=production\nASTERISK_ARI_URL=http://127.0.0.1:8088/ari\nASTERISK_ARI_USERNAME=backend\n"
                  f"ASTERISK_ARI_PASSWORD={env_password or password}\nASTERISK_ARI_APP=call-center\n").encode()}


TWICE = "\n[general]\npretty = no\nallowed_origins = http://localhost:3000\n"

# What is broken, how the backend complains and the rule that explains it, on 16 and on 22; the options of --fix.
TALES = [
    ("a wrong password in .env", lambda one, two: files(one, env_password=two),
     {"16": ("Unexpected server response: 401", "ari/password-drift"),
      "22": ("Unexpected server response: 401", "ari/password-drift")}, []),
    ("[general] twice and a wrong password", lambda one, two: files(one, env_password=two, more=TWICE),
     {"16": ("Unexpected server response: 401", "ari/password-drift"),
      "22": ("Unexpected server response: 404", "ari/repeated-general")}, []),
    ("[general] twice, a misspelt key and a wrong password",
     lambda one, two: files(one, user="readonly = no\n", env_password=two, more=TWICE),
     {"16": ("Unexpected server response: 404", "ari/unknown-user-key"),
      "22": ("Unexpected server response: 404", "ari/repeated-general")}, ["--unsafe-fixes"]),
    ("a misspelt key", lambda one, two: files(one, user="readonly = no\n"),
     {"16": ("Unexpected server response: 404", "ari/unknown-user-key"),
      "22": ("Unexpected server response: 401", "ari/unknown-user-key")}, ["--unsafe-fixes"]),
    ("another port", lambda one, two: files(one, http="bindport = 8090\n"),
     {"16": ("ECONNREFUSED", "ari/url-port"), "22": ("ECONNREFUSED", "ari/url-port")}, []),
    ("ARI switched off", lambda one, two: {path: text.replace(b"enabled = yes\npretty", b"enabled = ye\npretty")
                                           for path, text in files(one).items()},
     {"16": ("Unexpected server response: 404", "ari/enabled-boolean"),
      "22": ("Unexpected server response: 404", "ari/enabled-boolean")}, ["--unsafe-fixes"]),
]


def tell_tales(story, one, two):
    for name, broken, complaints, options in TALES:
        symptom, rule = complaints[story.version]
        story.begin(name, broken(one, two))
        story.check(f"the backend logs {symptom}", story.logged(symptom), story.log())
        story.diagnose(rule, story.log())
        status, said = story.mend(*options)
        story.check("--fix --run-handlers --verify ends with status 0", status == 0, said)
        story.sound()


def dialer(story, one, two):
    """ari-client takes its process with it: pm2 says `online` and starts it again and again."""
    story.begin("a crash loop of ari-client", files(one, env_password=two))
    story.run(PM2, "start", f"{PLACE}/backend/dialer.js", "--name", "dialer", "--cwd", f"{PLACE}/backend")
    story.check("the dialer logs what it died of", story.logged("401 : undefined http://", "dialer"), story.log("dialer"))
    story.diagnose("ari/password-drift", story.log("dialer"))
    story.handlers(app="dialer")
    status, said = story.mend()
    story.check("the dialer is mended too", status == 0, said)
    story.check("the dialer has started", story.logged("[dialer] started", "dialer"), story.log("dialer"))
    story.tale = "pm2 says online of an app that crashes"
    with open(f"{PLACE}/backend/dialer.js", "w") as file:
        file.write("setTimeout(() => { throw new Error('out of luck'); }, 1500);\n")
    lay_out(files(one, env_password=two))
    status, said = story.mend()
    story.check("a crash loop is a handler's failure: status 6", status == 6, said)
    _, listed = story.run(PM2, "jlist")
    story.check("pm2 itself has no complaint", '"errored"' not in listed, listed)
    story.run(PM2, "delete", "dialer")
    story.handlers()
    status, said = story.mend()
    story.check("with the right app the pending handler succeeds", status == 0, said)
    story.sound()


def started_broken(story, one, two):
    """16 that has started with a broken file can't be helped by any reload."""
    story.begin("started with a broken file", files(one, user="readonly = no\n", env_password=two))
    story.handlers(restart=False)
    status, said = story.mend("--unsafe-fixes")
    if story.version == "16":
        story.check("16 must be started again: status 6", status == 6, said)
        story.check("it says so", "must be started again" in said, said)
        status, said = story.lint()
        story.check("later runs say that changes are not loaded", "not loaded" in said, said)
        story.handlers()
        status, said = story.mend()
    story.check("then all is well", status == 0, said)
    story.sound()


def broken_at_reload(story, one, two):
    """Of a file that it can't read 16 complains once and then says `reloaded successfully`; 22 says so at once. Both go on
    with what they had."""
    story.begin("broken at a reload", files(one))
    story.check("the backend is connected at first", story.connected(), story.log())
    broken = files(two)
    broken[f"{ETC}/ari.conf"] = b"password = x\n" + broken[f"{ETC}/ari.conf"]
    lay_out(broken)
    said = [story.server.command("module reload res_ari") for _ in range(2)]
    story.check("the server says that it has read the broken file", "reloaded successfully" in said[1], said)
    status, said = story.run(story.arilint, "verify", *PATHS)
    story.check("verify is not taken in", status == 6 and "401" in said, said)
    status, said = story.mend()
    story.check("--fix takes the line out that Asterisk refuses", status == 0 and "ari/refused" in said, said)
    with open(f"{ETC}/ari.conf") as file:
        first = file.readline()
    story.check("the line is a comment", first.startswith(";password = x"), first)
    story.sound()


def wrong_command(story, one, two):
    """The console exits with 0 whatever has happened."""
    story.begin("a module that is none", files(one, env_password=two, more=TWICE))
    story.handlers(reload="ari")
    status = subprocess.run([CONSOLE, "-rx", "module reload ari"], stdout=subprocess.DEVNULL).returncode
    story.check("the console says nothing by its status", status == 0, status)
    status, said = story.mend()
    story.check("arilint does: status 6", status == 6 and "No such module" in said, said)
    story.handlers()
    status, said = story.mend()
    story.check("then all is well", status == 0, said)
    story.sound()


def open_socket(story, one, two):
    """A WebSocket that is open stays so when the password changes: the backend looks sound until its next connect."""
    story.begin("an open WebSocket survives a new password", files(one))
    story.check("the backend is connected at first", story.connected(), story.log())
    lay_out(files(two, env_password=one))
    story.server.command("module reload res_ari")
    time.sleep(3)
    story.check("the backend has noticed nothing", "Unexpected server response" not in story.log(), story.log())
    story.check("the server shows it as connected", "call-center" in story.server.command("ari show apps"))
    status, said = story.run(story.arilint, "verify", *PATHS)
    story.check("verify tells the truth", status == 6 and "ari/password-drift" in said, said)
    status, said = story.mend()
    story.check("then all is well", status == 0, said)
    story.sound()


def rollback(story, one, two):
    """When the new state does not work the old one is put back, loaded and tried again."""
    story.begin("back to the old files", files(one, more=TWICE if story.version == "16" else ""))
    before = {path: open(path, "rb").read() for path in files(one)}
    broken = dict(before)
    broken[ENV] = before[ENV] + b"ASTERISK_ARI_PASSWORD=" + two.encode() + b"\n"
    lay_out(broken)
    story.handlers(app="nobody")
    status, said = story.mend("--on-failure", "rollback")
    story.check("a failure with --on-failure rollback: status 6", status == 6, said)
    story.check("the files are as they were", all(open(path, "rb").read() == text for path, text in broken.items()))


def tell(version, root, modules, arilint, passwords):
    alone(root)
    with open(passwords) as file:
        one, two = file.read().split()
    story = Story(version, root, modules, arilint, [one, two])
    try:
        story.tale = "a set-up that works"
        lay_out(files(one))
        story.server.start()
        story.run(PM2, "start", f"{PLACE}/backend/backend.js", "--name", APP, "--cwd", f"{PLACE}/backend")
        for part in (tell_tales, dialer, started_broken, broken_at_reload, wrong_command, open_socket, rollback):
            part(story, one, two)
    except (Dead, subprocess.TimeoutExpired) as error:
        story.check("all programs answer", False, error)
    finally:
        story.run(PM2, "kill")
        story.server.stop()
    print(json.dumps([story.passed, story.failed]))


def main():
    roots, modules, arilint = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        passwords = [secrets.token_urlsafe(18) for _ in range(2)]
        with open(f"{folder}/passwords", "w") as file:
            file.write("\n".join(passwords))
        started = []
        for version in VERSIONS:
            # With a process table of its own, whatever pm2 leaves behind ends with the story.
            command = ["unshare", "--pid", "--mount-proc", "--fork", "--kill-child",
                       "strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=execve,execveat", "-e", "signal=none", "-v",
                       "-s", "1000000", "-o", f"{folder}/trace-{version}", sys.executable, "-B", __file__, "--tell",
                       version, f"{roots}/{version}", modules, arilint, f"{folder}/passwords"]
            started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        passed = failed = 0
        for version, process in zip(VERSIONS, started):
            *lines, last = process.communicate()[0].splitlines() or [""]
            print("\n".join(lines))
            try:
                counts = json.loads(last)
            except ValueError:
                print(f"{last}\nFAIL Asterisk {version}: the story has no end, status {process.returncode}")
                counts = [0, 1]
            passed, failed = passed + counts[0], failed + counts[1]
            with open(f"{folder}/trace-{version}", errors="replace") as trace:
                lines = trace.readlines()
            seen = [line for line in lines if any(password in line for password in passwords)]
            passed, failed = passed + (len(lines) > 100 and not seen), failed + (len(lines) <= 100 or bool(seen))
            print(f"Asterisk {version}: {counts[0]} passed, {counts[1]} failed; {len(lines)} programs started, "
                  f"{len(seen)} with a password")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--tell":
        tell(*sys.argv[2:])
    else:
        sys.exit(main())
