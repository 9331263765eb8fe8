#!/usr/bin/env python3
"""keystrokes.py ARILINT...: how long the language server takes to answer a keystroke in files of 2,000 lines.
An ari.conf of 400 users and a .env are open; ROUNDS times (5) a user is typed into the one and a few variables into the other,
byte by byte, and each time what is published of that file is waited for. Several programs get each keystroke one after the
other, so that a noisy moment meets all alike. Prints milliseconds, on the clock and of the server's time on the processor;
compare the ratios: the median of the first program to that of this one."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

CONF = "[general]\nenabled = yes\npretty = no\nallowed_origins = http://localhost:3000\n\n" + "".join(
    f"[backend{n}]\ntype = user\nread_only = no\npassword = Example{n * 7919 % 1000003}\n\n" for n in range(1, 401)) + "; end\n"
ENV = "# The telephone side of this backend\nARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend7\nARI_PASSWORD=Example55433\n" \
    "ARI_APP=call-center\n\n" + "".join(f"FEATURE_{n}_LIMIT={n * 31 % 977}\n" for n in range(1994))
TEXTS = {"etc/ari.conf": CONF, "backend/.env": ENV, "etc/http.conf": "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 8088\n"}
# Where it is typed, behind which text, and what.
TYPED = {
    "etc/ari.conf": ("[backend200]", "[crm]\ntype = user\nread_only = yes\npassword_format = plain ; as it is\npassword = Gq7#kPz2xW\n\n"),
    "backend/.env": ("FEATURE_1000_LIMIT", "# Another address\nCRM_URL=http://127.0.0.1:8089/ari\nCRM_TOKEN='d8f1 2c77' # of the CRM\nexport DEBUG=false\n"),
}


class Server:
    def __init__(self, arilint, root):
        self.name, self.root = arilint, root
        self.process = subprocess.Popen([os.path.abspath(arilint), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
        self.tell("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}}, number=1)
        self.listen()
        self.tell("initialized", {})

    def tell(self, method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params, **({"id": number} if number else {})}
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def listen(self):
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            if line.startswith(b"Content-Length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit(f"keystrokes.py: {self.name} has ended")
        return self.process.stdout.read(length)

    def await_findings(self, path):
        uri = json.dumps(self.uri(path)).encode()
        while b"publishDiagnostics" not in (message := self.listen())[:80] or uri not in message[:400]:
            pass

    def uri(self, path):
        return (self.root / path).as_uri()

    def open(self, path, text):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": self.uri(path), "languageId": "x", "version": 1, "text": text}})
        self.await_findings(path)

    def change(self, path, change):
        """(time on the clock, time on the processor), in milliseconds."""
        before, start = self.processor(), time.monotonic_ns()
        self.tell("textDocument/didChange", {"textDocument": {"uri": self.uri(path), "version": 2}, "contentChanges": [change]})
        self.await_findings(path)
        wall = time.monotonic_ns() - start
        return wall / 1e6, (self.processor() - before) / 1e6

    def processor(self):
        """Nanoseconds, once the server waits for more."""
        folder = pathlib.Path(f"/proc/{self.process.pid}")
        while (folder / "stat").read_text().rsplit(") ", 1)[1][0] != "S":
            time.sleep(0.0002)
        return int((folder / "schedstat").read_text().split()[0])

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def place_of(text, offset):
    return {"line": text.count("\n", 0, offset), "character": offset - (text.rfind("\n", 0, offset) + 1)}


def type_into(servers, path, behind, typed):
    """Types it and takes it away again; the times of each keystroke, for each server."""
    text, times = TEXTS[path], [[] for _ in servers]
    at = text.index(behind)
    for i, byte in enumerate(typed):
        place = place_of(text[:at] + typed, at + i)
        for server, own in zip(servers, times):
            own.append(server.change(path, {"range": {"start": place, "end": place}, "text": byte}))
    for server in servers:
        server.change(path, {"text": text})
    return times


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def report(servers, path, times):
    print(f"\n{f'A keystroke in {path}':<34}" + "".join(f"{name:>15}" for name in ("median ms", "99 % ms", "median cpu ms", "99 % cpu ms", "ratio")))
    first = percentile([cpu for _, cpu in times[0]], 0.5)
    for server, own in zip(servers, times):
        wall, cpu = zip(*own)
        row = [percentile(values, part) for values in (wall, cpu) for part in (0.5, 0.99)]
        print(f"{server.name[-33:]:<34}" + "".join(f"{value:15.3f}" for value in row) + f"{first / row[2]:15.2f}")


def main():
    rounds = int(os.environ.get("ROUNDS", 5))
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder).resolve()
        for path, text in TEXTS.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text)
        servers = [Server(arilint, root) for arilint in sys.argv[1:]]
        for server in servers:
            for path in TYPED:
                server.open(path, TEXTS[path])
        for path, (behind, typed) in TYPED.items():
            times = [[] for _ in servers]
            for _ in range(rounds):
                for own, more in zip(times, type_into(servers, path, behind, typed)):
                    own += more
            report(servers, path, times)
        for server in servers:
            server.end()


if __name__ == "__main__":
    main()
