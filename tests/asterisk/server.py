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

# The configuration folder, and the server's own one, within the root.
ETC = "/conf"
RUN = "/run"
UNREADABLE = "/unreadable"
ARILINT = "/usr/bin/arilint"
NOBODY = 65534
ANSWER_SECONDS = 10
MOST_MEMORY = 2 << 30
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


class Dead(Exception):
    """The server gave no answer in time, or has gone."""


def enter(root, arilint):
    """Locks this process into a server's root, as nobody, for good: no input can make it, arilint or the server reach
    anything else. Whatever ends the parent ends it too."""
    for folder in (ETC, RUN):
        shutil.rmtree(root + folder, ignore_errors=True)
        os.mkdir(root + folder)
        os.chown(root + folder, NOBODY, NOBODY)
    shutil.copy(arilint, root + ARILINT)
    with open(root + UNREADABLE, "wb"):
        os.chmod(root + UNREADABLE, 0)
    os.chroot(root)
    os.chdir(ETC)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    os.umask(0o022)
    # Asked for last, as changing the user takes it back.
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def empty_folder():
    """Leaves nothing in the configuration folder."""
    for entry in os.scandir(ETC):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)


class Server:
    """To be used behind enter(). Loads no module: AMI is a part of the program itself."""

    def __init__(self, version, nothing):
        self.version = version
        self.nothing = nothing
        self.process = None
        self.socket = None
        self.buffer = b""

    def start(self):
        empty_folder()
        port, password = free_port(), secrets.token_hex(16)
        folders = {name: RUN for name in "astcachedir astdbdir astkeydir astrundir astlogdir astspooldir".split()}
        folders |= {"astetcdir": ETC, "astvarlibdir": "/usr/share/asterisk", "astdatadir": "/usr/share/asterisk"}
        files = {
            f"{RUN}/asterisk.conf": "[directories]\n"
            + "".join(f"{name} => {path}\n" for name, path in folders.items())
            + "[options]\nlive_dangerously = no\n",
            f"{ETC}/modules.conf": "[modules]\nautoload = no\n",
            f"{ETC}/logger.conf": "[logfiles]\n",
            f"{ETC}/manager.conf": f"[general]\nenabled = yes\nbindaddr = 127.0.0.1\nport = {port}\n"
            f"[check]\nsecret = {password}\nread =\nwrite = config\nwritetimeout = 10000\n",
        }
        for path, text in files.items():
            with open(path, "w") as file:
                file.write(text)
        self._spawn()
        self._log_in(port, password)
        empty_folder()

    def _spawn(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

        with open(f"{RUN}/output", "wb") as output:
            self.process = subprocess.Popen(
                ["/usr/sbin/asterisk", "-f", "-C", f"{RUN}/asterisk.conf"],
                env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin", "HOME": RUN},
                stdin=self.nothing,
                stdout=output,
                stderr=output,
                preexec_fn=limit,
            )

    def _log_in(self, port, password):
        end = time.monotonic() + 30
        while self.socket is None:
            probe = socket.socket()
            try:
                probe.connect(("127.0.0.1", port))
                self.socket = probe
            except OSError:
                probe.close()
                if self.process.poll() is not None or time.monotonic() > end:
                    with open(f"{RUN}/output", errors="replace") as output:
                        raise Dead(f"it does not start: {output.read()[-2000:]}")
                time.sleep(0.05)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._take(b"\r\n")
        self._send(Action="Login", Username="check", Secret=password, Events="off")
        answer = self._take(b"\r\n\r\n")
        if not answer.startswith(b"Response: Success"):
            raise Dead(f"it refuses the login: {answer!r}")

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

    def read(self, name):
        """The sections of a file below ETC: a list of (name, is it a template, [(key, value)...]), all in bytes; None
        when the server refuses the file."""
        self._send(Action="GetConfig", Filename=name, Filter="TEMPLATES=include")
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
            except TimeoutError:
                raise Dead("no answer, it hangs")
            except OSError as error:
                raise Dead(str(error))
            if not more:
                raise Dead(f"it has ended with status {self.process.wait(ANSWER_SECONDS)}")
            self.buffer += more
        answer, self.buffer = self.buffer[:at], self.buffer[at + len(end) :]
        return answer


def parse(answer):
    """An answer holds what stands in the file as it is, without any escape. It can be parsed all the same: nothing that
    is read from a file holds a line feed, so CR LF always ends a header (a name may end in a CR of its own, which then
    is the first of two); and a key holds no `=` but as its first byte, when `\\=` began its line. Control bytes and
    what is no UTF-8 come through unchanged."""
    lines = answer.split(b"\r\n")
    if lines[0] != b"Response: Success":
        if b"Message: Config file has invalid format" in lines:
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
