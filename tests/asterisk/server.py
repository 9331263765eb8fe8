"""A real Asterisk in its own root, asked over its manager interface (AMI) what it reads in a configuration file."""

import ctypes
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import time

NOBODY = 65534
ANSWER_SECONDS = 10
MOST_MEMORY = 2 << 30
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Dead(Exception):
    """The server gave no answer in time, or has gone."""


class Server:
    """`etc` is the server's configuration folder. It has the same path inside and outside of the root, so that an
    absolute name in an #include means one file to the server and to whoever reads along outside."""

    def __init__(self, version, root):
        self.version = version
        self.root = os.path.realpath(root)
        self.etc = self.root + "/conf"
        self.process = None
        self.socket = None
        self.buffer = b""

    def start(self):
        self._make_folders()
        port, password = free_port(), secrets.token_hex(16)
        settings = {
            "manager.conf": f"[general]\nenabled=yes\nbindaddr=127.0.0.1\nport={port}\n"
            f"[check]\nsecret={password}\nread=\nwrite=config\nwritetimeout=10000\n",
            "modules.conf": "[modules]\nautoload=no\n",
            "logger.conf": "[logfiles]\n",
        }
        for name, text in settings.items():
            with open(f"{self.etc}/{name}", "w") as file:
                file.write(text)
        self._spawn()
        self._log_in(port, password)
        self.empty()

    def _make_folders(self):
        inside = self.root + self.etc
        for folder in (inside, self.root + "/run"):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
        os.chown(self.root + "/run", NOBODY, NOBODY)
        if not os.path.islink(self.etc):
            os.symlink("." + self.etc, self.etc)
        folders = {name: "/run" for name in "astcachedir astdbdir astkeydir astrundir astlogdir astspooldir".split()}
        folders |= {"astetcdir": self.etc, "astvarlibdir": "/usr/share/asterisk", "astdatadir": "/usr/share/asterisk"}
        with open(self.root + "/run/asterisk.conf", "w") as file:
            file.write("[directories]\n")
            file.writelines(f"{name} => {path}\n" for name, path in folders.items())
            file.write("[options]\nlive_dangerously = no\n")

    def _spawn(self):
        def enter():
            os.chroot(self.root)
            os.chdir("/")
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            # Whatever ends this process ends the server; asked for last, as changing the user takes it back.
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

        with open(self.root + ".server.log", "wb") as log:
            self.process = subprocess.Popen(
                ["/usr/sbin/asterisk", "-f", "-C", "/run/asterisk.conf"],
                env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin", "HOME": "/run"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=enter,
            )

    def _log_in(self, port, password):
        end = time.monotonic() + 30
        while self.socket is None:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS)
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise Dead(f"Asterisk {self.version} does not start; see {self.root}.server.log")
                time.sleep(0.05)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._take(b"\r\n")
        self._send(Action="Login", Username="check", Secret=password, Events="off")
        answer = self._take(b"\r\n\r\n")
        if not answer.startswith(b"Response: Success"):
            raise Dead(f"Asterisk {self.version} refuses the login: {answer!r}")

    def stop(self):
        if self.socket:
            self.socket.close()
        if self.process:
            self.process.kill()
            self.process.wait()
        self.socket = self.process = None
        self.buffer = b""

    def restart(self):
        self.stop()
        self.start()

    def empty(self):
        """Leaves nothing in the configuration folder."""
        for entry in os.scandir(self.etc):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)

    def ask(self, name):
        """Asks for a file below `etc`; read_answer() must follow."""
        self._send(Action="GetConfig", Filename=name, Filter="TEMPLATES=include")

    def read_answer(self):
        """The sections as a list of (name, is it a template, [(key, value)...]), all bytes; None: it refuses the file."""
        return parse(self._take(b"\r\n\r\n"))

    def _send(self, **headers):
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        try:
            self.socket.sendall(lines.encode() + b"\r\n")
        except OSError as error:
            raise Dead(str(error))

    def _take(self, end):
        deadline = time.monotonic() + ANSWER_SECONDS
        start = 0
        while (at := self.buffer.find(end, start)) < 0:
            start = max(0, len(self.buffer) - len(end) + 1)
            self.socket.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                more = self.socket.recv(1 << 20)
            except OSError:
                raise Dead("no answer, it hangs")
            if not more:
                raise Dead("the connection is closed, it has crashed")
            self.buffer += more
        answer, self.buffer = self.buffer[:at], self.buffer[at + len(end) :]
        return answer


def parse(answer):
    """An answer holds what stands in the file as it is, without any escape. It can be parsed all the same: nothing that
    is read from a file holds a line feed, so CR LF always ends a header (a name may end in a CR of its own, which then
    is the first of two); and a key holds no `=` but as its first byte, when `\\=` began its line. Control bytes and what
    is no UTF-8 come through unchanged."""
    lines = answer.split(b"\r\n")
    if lines[0] != b"Response: Success":
        message = next(line for line in lines if line.startswith(b"Message: "))
        if message == b"Message: Config file has invalid format":
            return None
        raise Dead(f"unexpected answer {answer!r}")
    sections = []
    for line in lines:
        header, _, value = line.partition(b": ")
        kind = header.partition(b"-")[0]
        if kind == b"Category":
            sections.append((value, False, []))
        elif kind == b"IsTemplate":
            sections[-1] = (sections[-1][0], value == b"1", sections[-1][2])
        elif kind == b"Line":
            at = value.index(b"=", 1)
            sections[-1][2].append((value[:at], value[at + 1 :]))
    return sections


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
