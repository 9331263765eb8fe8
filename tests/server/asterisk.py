"""A real Asterisk with ARI and HTTP, started as often as a test wants in a root of its own."""

import ctypes
import fcntl
import os
import re
import signal
import socket
import struct
import subprocess
import time

# Where everything of a test lies, under the same path within the server's root and outside of it.
PLACE = "/srv"
ETC = f"{PLACE}/etc/asterisk"
CONSOLE = f"{PLACE}/asterisk"
# Who runs the server: a number that nobody else on the machine has.
OWNER = 55038
START_SECONDS = 60
CLONE_NEWNS, CLONE_NEWNET = 0x20000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
MODULES = """res_sorcery_config res_http_websocket res_websocket_client res_stasis res_stasis_answer res_stasis_device_state
res_stasis_playback res_stasis_recording res_stasis_snoop res_ari_model res_ari res_ari_applications res_ari_asterisk
res_ari_bridges res_ari_channels res_ari_device_states res_ari_endpoints res_ari_events res_ari_playbacks
res_ari_recordings res_ari_sounds""".split()


class Dead(Exception):
    """The server does not start, or gives no answer in time."""


def system(result):
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def empty(folder):
    os.makedirs(folder, exist_ok=True)
    system(LIBC.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, b"mode=0755"))


def alone(root):
    """From here on this process and its children have a network of their own, with nothing but loopback, and a PLACE that
    nobody else sees and that goes with them. So ports are those of real life, and nothing is left behind."""
    system(LIBC.unshare(CLONE_NEWNS | CLONE_NEWNET))
    system(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
    empty(PLACE)
    os.makedirs(root + PLACE, exist_ok=True)
    system(LIBC.mount(PLACE.encode(), (root + PLACE).encode(), None, MS_BIND, None))
    with socket.socket() as any_socket:
        request = struct.pack("16sh", b"lo", 0).ljust(40, b"\0")
        flags = struct.unpack_from("16xh", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))[0]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP).ljust(40, b"\0"))
    # Whatever ends the parent ends this process too, and with it everything it has started.
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Asterisk:
    """To be used behind alone(). Its caller puts ari.conf and http.conf into ETC."""

    def __init__(self, version, root):
        self.version = version
        self.root = root
        self.process = None
        for folder in ("etc/asterisk", "run", "log", "spool", "db", "keys"):
            os.makedirs(f"{PLACE}/{folder}", exist_ok=True)
        for folder in ("run", "log", "spool", "db", "keys"):
            os.chown(f"{PLACE}/{folder}", OWNER, OWNER)
        folders = {"astetcdir": "etc/asterisk", "astrundir": "run", "astlogdir": "log", "astspooldir": "spool",
                   "astdbdir": "db", "astkeydir": "keys", "astcachedir": "spool"}
        files = {
            "asterisk.conf": "[directories]\n"
            + "".join(f"{name} => {PLACE}/{folder}\n" for name, folder in folders.items())
            + "astdatadir => /usr/share/asterisk\nastvarlibdir => /usr/share/asterisk\n"
            + "[options]\nlive_dangerously = no\n",
            "etc/asterisk/modules.conf": "[modules]\nautoload = no\n" + "".join(
                f"load = {name}.so\n" for name in MODULES if name != "res_websocket_client" or version != "16"),
            "etc/asterisk/logger.conf": "[general]\ndateformat = %F %T\n[logfiles]\nmessages = notice,warning,error\n",
        }
        for name, text in files.items():
            with open(f"{PLACE}/{name}", "w") as file:
                file.write(text)
        with open(CONSOLE, "w") as file:
            file.write(f'#!/bin/sh\nexec chroot "{root}" /usr/sbin/asterisk -C {PLACE}/asterisk.conf "$@"\n')
        os.chmod(CONSOLE, 0o755)

    def start(self):
        def enter():
            os.chroot(self.root)
            os.chdir(PLACE)
            os.setgroups([])
            os.setgid(OWNER)
            os.setuid(OWNER)
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

        for name in ("messages", "output"):
            with open(f"{PLACE}/log/{name}", "w"):
                os.chown(f"{PLACE}/log/{name}", OWNER, OWNER)
        with open(os.devnull) as nothing, open(f"{PLACE}/log/output", "w") as output:
            self.process = subprocess.Popen(
                ["/usr/sbin/asterisk", "-f", "-C", f"{PLACE}/asterisk.conf"],
                env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": PLACE},
                stdin=nothing, stdout=output, stderr=output, preexec_fn=enter)
        end = time.monotonic() + START_SECONDS
        while "Asterisk has fully booted" not in self.command("core waitfullybooted"):
            if self.process.poll() is not None or time.monotonic() > end:
                raise Dead(f"Asterisk {self.version} does not start: {self.log()[-2000:]}")
            time.sleep(0.05)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        self.process = None
        for name in ("asterisk.ctl", "asterisk.pid"):
            if os.path.exists(f"{PLACE}/run/{name}"):
                os.unlink(f"{PLACE}/run/{name}")

    def restart(self):
        self.stop()
        self.start()

    def command(self, line):
        """What the server's console prints."""
        try:
            result = subprocess.run([CONSOLE, "-rx", line], stdin=subprocess.DEVNULL, timeout=30,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired:
            raise Dead(f"Asterisk {self.version} does not answer `{line}`")
        return result.stdout.decode(errors="replace")

    def release(self):
        """As --target takes it: asterisk=22.10."""
        return "asterisk=" + re.search(r"Asterisk (\d+\.\d+)", self.command("core show version"))[1]

    def log(self):
        text = ""
        for name in ("output", "messages"):
            with open(f"{PLACE}/log/{name}", errors="replace") as file:
                text += file.read()
        return text
