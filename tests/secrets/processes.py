#!/usr/bin/env python3
"""No planted secret is to be seen while programs run: processes.py, with ARILINT, SECRETS= of them (4) and SEED= (1).

Handlers, a server that arilint-verify asks, and a log that has not ended yet look into /proc: at the words, the environment, the
names and the open files of the handlers and of all that started them, of arilint and of arilint-verify. Handlers and the server
say the secret in every disguise, too, and what arilint makes of that is searched. As root it has an /etc of its own for handlers."""
import fcntl
import itertools
import os
import pathlib
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from harness import check, finish
from property import ARI, ARILINT, BROKEN, DISGUISES, ENV, HTTP, MIDDLES, draw, in_asterisk, in_env, is_out

COUNT = int(os.environ.get("SECRETS", "4"))
# What started them and they themselves, up to this process, as root or its user may see it; then what the file `said` holds.
WITNESS = """#!/usr/bin/python3 -I
import os, sys
pid, seen = os.getpid(), b""
while pid not in (0, 1, {test}):
    for name in ("cmdline", "environ", "comm", "status"):
        try:
            seen += open(f"/proc/{{pid}}/{{name}}", "rb").read() + b"\\n"
        except OSError:
            pass
    try:
        seen += b"".join(os.readlink(f"/proc/{{pid}}/fd/{{fd}}").encode() + b"\\n" for fd in os.listdir(f"/proc/{{pid}}/fd"))
    except OSError:
        pass
    pid = int(open(f"/proc/{{pid}}/stat").read().rpartition(")")[2].split()[1])
open(f"{folder}/seen/{{os.getpid()}}", "wb").write(seen)
sys.stdout.write(open("{folder}/said").read())
sys.exit(int(open("{folder}/status").read()))
"""
HANDLERS = """arilint: 1
handlers:
  backend:
    run: [{0}, restart]
    state: {{run: [{0}, jlist], forbid: nothing}}
  ari: {{run: [{0}, reload]}}
  http: {{run: [{0}, reload]}}
"""
counts = {"places in /proc": 0, "outputs": 0}


def own_etc(folder):
    """As root handlers are defined in /etc alone."""
    etc = folder / "etc"
    etc.mkdir()
    for name in ("passwd", "group", "ld.so.cache"):
        if os.path.exists(f"/etc/{name}"):
            shutil.copy(f"/etc/{name}", etc)
    for name in ("alternatives", "ssl"):
        if os.path.exists(f"/etc/{name}"):
            shutil.copytree(f"/etc/{name}", etc / name, symlinks=True)
    subprocess.run(["mount", "--bind", etc, "/etc"], check=True)


def make_program(path, text):
    path.write_text(text)
    path.chmod(0o755)
    return path


class Round:
    def __init__(self, folder, secret):
        self.folder, self.secret = folder, secret
        self.said = "\n".join(disguise(secret) for disguise in {**DISGUISES, **BROKEN}.values()) + "\n"
        (folder / "seen").mkdir(parents=True)
        self.witness = make_program(folder / "witness", WITNESS.format(folder=folder, test=os.getpid()))
        self.say(0)

    def say(self, status, said=None):
        (self.folder / "said").write_text(self.said if said is None else said)
        (self.folder / "status").write_text(str(status))

    def lay(self, port=1):
        """Files that need a fix, and whose password is right."""
        tree = self.folder / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        (tree / "ari.conf").write_text(ARI % ("", in_asterisk(self.secret), "[general]\npretty = no\n"))
        (tree / "http.conf").write_text(HTTP.replace("bindport = 1", f"bindport = {port}"))
        (tree / ".env").write_text(ENV.replace(":1/", f":{port}/") % ("ARI_PASSWORD=wrong\n", in_env(self.secret)))
        return tree

    def look(self, where, text):
        counts["places in /proc"] += 1
        check(not is_out(self.secret, text), f"{where}: {self.secret!r} is in {text[:2000]!r}")

    def look_at_seen(self, where, least):
        seen = sorted((self.folder / "seen").iterdir())
        check(len(seen) >= least, f"{where}: only {len(seen)} programs were run")
        for path in seen:
            self.look(where, path.read_bytes())
            path.unlink()

    def run(self, *words, least=0):
        where = " ".join(map(str, words))
        done = subprocess.run([ARILINT, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              cwd=self.folder, timeout=120)
        counts["outputs"] += 1
        check(not is_out(self.secret, done.stdout), f"{where} shows {self.secret!r}: {done.stdout.decode('utf-8', 'replace')[:3000]}")
        self.look_at_seen(where, least)

    # --- those that look ---

    def handlers(self):
        for status, form in itertools.product((0, 1), ("text", "json")):
            tree, state = self.lay(), self.folder / f"state{status}{form}"
            self.say(status)
            self.run("--isolated", "--fix", "--run-handlers", "--state-dir", state, "--format", form, tree, least=1)
            self.run("undo", "--run-handlers", "--state-dir", state, least=1)

    def server(self):
        """One that says what it was told, and the secret, while it looks at all that this process has started."""
        def serve(listener):
            while True:
                try:
                    connection = listener.accept()[0]
                except OSError:
                    return
                with connection:
                    asked = connection.recv(65536)
                    for pid in descendants(os.getpid()):
                        self.look("arilint-verify at work", read_process(pid))
                    told = b" ".join(line.strip() for line in asked.split(b"\n") if b"uthorization" in line)
                    told += b" " + " ".join(self.said.split("\n")).encode()
                    connection.sendall(b"HTTP/1.1 401 No\r\nServer: " + told + b"\r\nWWW-Authenticate: Basic realm=\"" + told +
                                       b"\"\r\nConnection: close\r\n\r\n" + told)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=serve, args=(listener,))
            thread.start()
            tree = self.lay(listener.getsockname()[1])
            before = counts["places in /proc"]
            for form in ("text", "json", "nagios", "prometheus"):
                self.run("verify", "--isolated", "--format", form, tree)
            check(counts["places in /proc"] > before, "nobody has asked the server")
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()

    def log(self):
        """It knows the secret and waits for a line."""
        words = [ARILINT, "diagnose", "--isolated", "--with", self.lay(), "-"]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder) as running:
            running.stdin.write(f"Unexpected server response: 401 {self.said}".encode())
            running.stdin.flush()
            for _ in range(1000):
                if not struct.unpack("i", fcntl.ioctl(running.stdin, termios.FIONREAD, b"\0" * 4))[0]:
                    break
                time.sleep(0.02)
            self.look("diagnose at work", read_process(running.pid))
            output = running.communicate(timeout=120)[0]
        counts["outputs"] += 1
        check(b"401" in output and not is_out(self.secret, output), f"diagnose shows {self.secret!r}: {output[:3000]!r}")


def descendants(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            children = [int(word) for word in (task / "children").read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)] if os.path.exists(f"/proc/{child}") else []
    return found


def read_process(pid):
    """What stands in /proc of a process, as far as it may be read: its memory is not asked for."""
    seen = b""
    for name in ("cmdline", "environ", "comm", "status"):
        try:
            seen += pathlib.Path(f"/proc/{pid}/{name}").read_bytes() + b"\n"
        except OSError:
            continue
    return seen


def main():
    if os.geteuid() == 0 and "OWN_ETC" not in os.environ:
        os.execvpe("unshare", ["unshare", "-m", sys.executable, *sys.argv], dict(os.environ, OWN_ETC="yes"))
    rng = random.Random(os.environ.get("SEED", "1"))
    with tempfile.TemporaryDirectory(prefix="arilint-secrets.") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        definitions = folder / "config" / "arilint" / "handlers.d"
        if os.geteuid() == 0:
            own_etc(folder)
            definitions = pathlib.Path("/etc/arilint/handlers.d")
        definitions.mkdir(parents=True)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
        for number in range(COUNT):
            this = Round(folder / str(number), draw(rng, MIDDLES[number % len(MIDDLES)]))
            (definitions / "test.yaml").write_text(HANDLERS.format(this.witness))
            for part in (this.handlers, this.server, this.log):
                part()
        if os.geteuid() == 0:
            subprocess.run(["umount", "/etc"], check=True)
    print(f"{COUNT} secrets, {len(DISGUISES) + len(BROKEN)} disguises: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    finish()


if __name__ == "__main__":
    main()
