#!/usr/bin/env python3
"""`--watch`: a round for each change of the files, and no other; ARILINT is the program under test."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import queue
import time

from harness import check, finish
from terminal import Terminal

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARILINT = os.path.realpath(os.environ["ARILINT"])
USER = "[general]\nenabled = yes\n[x]\ntype = user\npassword = {}\n"
CLIENT = "ARI_USER=x\nARI_PASSWORD=long-enough-1\n"
LIMIT = 120  # seconds; it ends what hangs
QUIET = 1.5  # seconds in which nothing may be told


class Watch:
    def __init__(self, folder, *words):
        self.process = subprocess.Popen([ARILINT, "--watch", *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env=dict(os.environ, HOME=str(folder), LC_ALL="C.UTF-8"))
        self.lines = queue.Queue()
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def comes_to(self, rules):
        """Whether the rules of a document to come are these: on a busy machine a file may be seen half written before."""
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            try:
                document = json.loads(self.lines.get(timeout=LIMIT))
            except queue.Empty:
                return False
            if sorted(found["rule"] for found in document["diagnostics"]) == rules: return True
        return False

    def is_quiet(self):
        time.sleep(QUIET)
        return self.lines.empty()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(LIMIT)
        return status, self.process.stderr.read()


def replace(path, text):
    """As editors do."""
    other = path.with_name("." + path.name + ".new")
    other.write_text(text)
    other.rename(path)


def check_rounds(folder):
    (folder / "asterisk").mkdir()
    ari, env = folder / "asterisk" / "ari.conf", folder / ".env"
    ari.write_text(USER.format("long-enough-1"))
    env.write_text(CLIENT)
    watch = Watch(folder, "--isolated", ".")
    check(watch.comes_to([]), "the first round")
    check(watch.is_quiet(), "a round without a change")
    replace(ari, USER.format("long-enough-2"))
    check(watch.comes_to(["ari/password-drift"]), "a file that is replaced")
    for _ in range(5):
        env.write_text(CLIENT.replace("enough-1", "enough-2"))
    check(watch.comes_to([]) and watch.is_quiet(), "a file that is written into, often")
    for name in (".ari.conf.swp", "ari.conf~", "4913"):
        (ari.parent / name).write_text("x")
    (folder / "new").mkdir()
    env.touch()
    check(watch.is_quiet(), "what is no file of the run, or the same")
    (folder / "new" / ".env").write_text("A=1\nA=2\n")
    check(watch.comes_to(["dotenv/repeated-key"]), "a new file in a new folder")
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / ".env").write_text("A=1\nA=2\n")
    check(watch.comes_to(["dotenv/repeated-key"] * 2), "a file of a tree that comes at once")
    shutil.rmtree(folder / "a")
    (folder / "new").rename(folder / "node_modules")
    check(watch.comes_to([]), "folders that go")
    (folder / ".arilint.yaml").write_text("arilint: 1\n")
    ari.chmod(0)
    ari.chmod(0o644)
    check(watch.is_quiet(), "what this run does not go by")
    ari.unlink()
    check(watch.comes_to([]), "a file that goes")
    ari.write_text(USER.format("long-enough-3"))
    check(watch.comes_to(["ari/password-drift"]), "a file that comes back")
    status, told = watch.end()
    check(status == 1 and not told, f"the exit status of the last round: {status} {told}")


def check_named(folder):
    """Files that are named, that a link leads to, that come later; the configuration."""
    (folder / "there").mkdir()
    (folder / "here").mkdir()
    (folder / "there" / "ari.conf").write_text(USER.format("long-enough-1"))
    (folder / "here" / "ari.conf").symlink_to("../there/ari.conf")
    configuration = folder / "own.yaml"
    configuration.write_text("arilint: 1\n")
    watch = Watch(folder, "--config", "own.yaml", "here/ari.conf", "later/.env")
    check(watch.comes_to(["arilint/unreadable"]), "a file that is not there")
    (folder / "later").mkdir()
    (folder / "later" / ".env").write_text(CLIENT)
    check(watch.comes_to([]), "a file that comes, with its folder")
    replace(folder / "there" / "ari.conf", USER.format("long-enough-2"))
    check(watch.comes_to(["ari/password-drift"]), "what a link leads to")
    configuration.write_text("arilint: 1\nrules: {ari/password-drift: ignore}\n")
    check(watch.comes_to([]), "the configuration")
    configuration.write_text("arilint: 1\nrulez: {}\n")
    check(watch.comes_to(["arilint/configuration"]), "a fault of the configuration")
    configuration.write_text("arilint: 1\n")
    check(watch.comes_to(["ari/password-drift"]), "a fault of the configuration that goes")
    check(watch.end(signal.SIGINT)[0] == 1, "SIGINT")


def check_ends(folder):
    (folder / ".env").write_text(CLIENT)
    for words, told in ((["--fix"], "--watch is for a run that only looks"), (["--diff"], "--watch is for"), (["-"], "--watch is for"),
                        (["--target", "nonsense"], "--target takes"), (["--format", "json", "--output", "x"], "without --output")):
        done = subprocess.run([ARILINT, "--isolated", "--watch", *words, "."], cwd=folder, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, check=False, timeout=LIMIT)
        check(done.returncode == 2 and told in done.stderr, f"{words}: {done.returncode} {done.stderr}")
    watch = Watch(folder, "--isolated", "--format", "concise", ".")
    (folder / ".env").write_text("A=1\nA=2\n")
    check("dotenv/repeated-key" in watch.lines.get(timeout=LIMIT), "another format")
    check(watch.end()[0] == 1, "the end in another format")
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run([ARILINT, "--isolated", "--watch", "."], cwd=folder, stdin=subprocess.DEVNULL, stdout=full,
                              stderr=subprocess.PIPE, check=False, timeout=LIMIT)
    check(done.returncode == 8, f"standard output is full: {done.returncode}")


def check_none_left(folder):
    """Where the system gives no more watches, it looks once and says so."""
    without = ["unshare", "-Ur", "sh", "-c", "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"", "-"]
    (folder / ".env").write_text("A=1\nA=2\n")
    if subprocess.run([*without, "true"], capture_output=True, check=False).returncode:
        print("skipped: no watches left: no user namespaces here")
        return
    done = subprocess.run([*without, ARILINT, "--isolated", "--watch", "."], cwd=folder, stdin=subprocess.DEVNULL, text=True,
                          capture_output=True, check=False, timeout=LIMIT)
    check(done.returncode == 1 and "nothing can be watched: Too many open files" in done.stderr and "repeated-key" in done.stdout,
          f"no watches left: {done.returncode} {done.stdout} {done.stderr}")


def words_of(path):
    try:
        return path.read_text(errors="replace")
    except OSError:  # it has ended
        return ""


def check_terminal(folder):
    (folder / "ari.conf").write_text(USER.format("long-enough-1"))
    (folder / ".env").write_text(CLIENT)
    ready = "watching for changes; Ctrl-C ends it\n"
    terminal = Terminal([ARILINT, "--watch", "--isolated", str(folder)], folder, dict(os.environ, HOME=str(folder), TERM="xterm"))
    terminal.wait_for(lambda shown: ready in shown)
    first = terminal.shown
    check(first.startswith("\033[H\033[2J") and "no faults found in 2 files" in first, f"the first screen: {first!r}")
    replace(folder / "ari.conf", USER.format("long-enough-2"))
    terminal.wait_for(lambda shown: shown.count(ready) == 2)
    second = terminal.shown[len(first):]
    check(second.startswith("\033[H\033[2J") and "\033[1;31merror" in second, f"the second screen: {second!r}")
    check("long-enough" not in terminal.shown and "<secret:" in second, "a secret is shown")
    terminal.type("\x03")
    status = terminal.end()
    check(status == 1, f"Ctrl-C: {status}")
    left = [path.parent.name for path in pathlib.Path("/proc").glob("[0-9]*/cmdline") if str(folder) in words_of(path)]
    check(not left, f"processes are left: {left}")


def main():
    for part in (check_rounds, check_named, check_ends, check_none_left, check_terminal):
        with tempfile.TemporaryDirectory(prefix="arilint-watch.") as name:
            part(pathlib.Path(name))
    finish()


if __name__ == "__main__":
    main()
