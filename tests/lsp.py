#!/usr/bin/env python3
"""The language server as a client sees it that speaks the protocol byte by byte, well and badly: its base, open texts, what is
found in them, and what is offered to be done. ARILINT and BUILD are the program under test and its folder."""
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

from harness import check, finish

ARILINT = os.path.abspath(os.environ.get("ARILINT", "build/arilint"))
LONGEST = 120  # seconds, until an answer counts as lost
OURS, OTHER = "Gz7qLw93kPd2", "Wr0ngPass77x"
RESOLVES = {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}
ABLE = {"textDocument": {"codeAction": RESOLVES, "publishDiagnostics": {"relatedInformation": True}},
        "workspace": {"workspaceEdit": {"documentChanges": True}, "applyEdit": True}}
FILES = {
    "etc/asterisk/ari.conf": f"[general]\nenabled = yes\n\n[backend]\ntype = user\npassword = {OURS}\n",
    "etc/asterisk/http.conf": "[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = 8088\n",
    "backend/.env": f"ARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend\nARI_PASSWORD={OTHER}\nARI_APP=crm\n",
}
DRIFT = "ari/password-drift"


class Editor:
    """One server and what it has said."""

    def __init__(self, files=None, words=(), initialize=True, **asked):
        self.root = pathlib.Path(tempfile.mkdtemp()).resolve()
        for path, text in (FILES if files is None else files).items():
            self.write(path, text)
        self.errors = tempfile.TemporaryFile()
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen([ARILINT, "lsp", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        cwd=self.root, env=environment)
        self.number, self.heard, self.bytes, self.versions = 0, [], b"", {}
        if initialize:
            asked = {"processId": os.getpid(), "rootUri": self.root.as_uri(), "capabilities": ABLE, **asked}
            self.greeting = self.ask("initialize", asked)
            self.tell("initialized", {})

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def uri(self, path):
        return (self.root / path).as_uri()

    # --- the wire

    def send(self, data):
        try:
            self.process.stdin.write(data)
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def say(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode() if isinstance(message, dict) else message
        self.send(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def listen(self, seconds=LONGEST):
        """The next message, or None when the server has ended or says nothing."""
        end = time.monotonic() + seconds
        while True:
            head, found, rest = self.bytes.partition(b"\r\n\r\n")
            length = int(head.split(b":")[1]) if found else 0
            if found and len(rest) >= length:
                self.bytes = rest[length:]
                message = json.loads(rest[:length])
                self.heard.append(message)
                return message
            if not select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                return None
            data = os.read(self.process.stdout.fileno(), 65536)
            if not data:
                return None
            self.bytes += data

    def tell(self, method, params=None):
        self.say({"method": method, "params": params})

    def request(self, method, params=None):
        self.number += 1
        self.say({"id": self.number, "method": method, "params": params})
        return self.number

    def answer_to(self, number):
        message = {}
        while message is not None and not (message.get("id") == number and "method" not in message):
            message = self.listen()
        return message or {}

    def ask(self, method, params=None):
        return self.answer_to(self.request(method, params))

    def result(self, method, params=None):
        return self.ask(method, params).get("result")

    # --- texts

    def open(self, path, text=None):
        self.versions[path] = 1
        text = (self.root / path).read_text() if text is None else text
        self.tell("textDocument/didOpen", {"textDocument": {"uri": self.uri(path), "languageId": "x", "version": 1, "text": text}})

    def change(self, path, *changes):
        self.versions[path] += 1
        self.tell("textDocument/didChange", {"textDocument": {"uri": self.uri(path), "version": self.versions[path]},
                                             "contentChanges": list(changes)})

    def close(self, path):
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(path)}})

    def settle(self):
        """Hears all that the server has to say: it sleeps only when nothing is left to be done."""
        self.ask("none/settled")
        while self.process.poll() is None:
            asleep = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"
            if not self.listen(0 if asleep else 0.01) and asleep:
                return

    def found(self, path):
        """What was published last of a text, None: nothing."""
        self.settle()
        told = [message["params"] for message in self.heard if message.get("method") == "textDocument/publishDiagnostics"]
        told = [params for params in told if params["uri"] == self.uri(path)]
        return told[-1]["diagnostics"] if told else None

    def rules(self, path):
        return sorted(one["code"] for one in self.found(path) or [])

    def actions(self, path, line, **context):
        place = {"line": line, "character": 0}
        return self.result("textDocument/codeAction", {"textDocument": {"uri": self.uri(path)}, "range": {"start": place, "end": place},
                                                       "context": {"diagnostics": [], **context}}) or []

    # --- the end

    def hang_up(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def wait(self):
        self.hang_up()
        while self.listen() is not None:
            pass
        return self.process.wait(LONGEST)

    def leave(self):
        self.ask("shutdown")
        self.tell("exit")
        return self.wait()

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.hang_up()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.root)

    def told(self):
        """All that was said, and standard error."""
        self.errors.seek(0)
        return json.dumps(self.heard, ensure_ascii=False) + self.errors.read().decode(errors="replace")


def whole(text):
    return {"text": text}


def part(line, start, end, text, last=None):
    return {"range": {"start": {"line": line, "character": start}, "end": {"line": line if last is None else last, "character": end}},
            "text": text}


def apply(text, edits):
    """Edits in UTF-16 of a text whose lines end in line feeds."""
    units = text.encode("utf-16-le")
    lines = [0]
    for at in range(0, len(units), 2):
        if units[at:at + 2] == b"\n\0":
            lines.append(at + 2)
    for edit in sorted(edits, key=lambda one: (one["range"]["start"]["line"], one["range"]["start"]["character"]), reverse=True):
        start, end = (lines[edit["range"][side]["line"]] + 2 * edit["range"][side]["character"] for side in ("start", "end"))
        units = units[:start] + edit["newText"].encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")


# --- the base

def error(message):
    return message.get("error", {}).get("code")


def test_life():
    with Editor(initialize=False) as editor:
        check(error(editor.ask("textDocument/codeAction", {})) == -32002, "a request before initialize is not refused as such")
        editor.tell("textDocument/didOpen", {})
        check("capabilities" in editor.result("initialize", {"capabilities": {}}), "initialize says no capabilities")
        check(error(editor.ask("initialize", {"capabilities": {}})) == -32600, "a second initialize is not refused")
        check(error(editor.ask("none/such", {})) == -32601, "an unknown request is not refused as such")
        check(error(editor.ask("textDocument/didOpen", {})) == -32601, "a notification is taken for a request")
        editor.tell("$/setTrace", {"value": "verbose"})
        editor.tell("$/none", 7)
        editor.tell("workspace/didChangeConfiguration", {"settings": None})
        editor.say({"id": 99, "result": None})
        check(editor.ask("shutdown").get("result", 0) is None, "shutdown is not answered with null")
        check(error(editor.ask("textDocument/codeAction", {})) == -32600, "a request after shutdown is not refused")
        editor.tell("exit")
        check(editor.wait() == 0, "exit after shutdown does not end with 0")
    with Editor() as editor:
        editor.tell("exit")
        check(editor.wait() == 1, "exit without shutdown does not end with 1")
    with Editor() as editor:
        check(editor.wait() == 1, "the end of the input without exit does not end with 1")
    with Editor(initialize=False) as editor:
        check(editor.wait() == 1, "no input at all does not end with 1")
    for words, status in ((["--help"], 0), (["--version"], 0), (["--fix"], 2), (["file"], 2), (["--lang", "xx"], None)):
        run = subprocess.run([ARILINT, "lsp", *words], input=b"", capture_output=True, timeout=LONGEST, check=False)
        check(run.returncode == status or status is None, f"arilint lsp {words} ends with {run.returncode}")


def test_dying_client():
    with Editor() as editor:
        editor.open("backend/.env")
        editor.process.stdout.close()
        for _ in range(200):
            editor.request("textDocument/codeAction", {})
        editor.hang_up()
        check(editor.process.wait(LONGEST) == 1, "a client that no longer reads is no orderly end")
    with Editor(initialize=False) as editor:
        child = subprocess.Popen(["sleep", "600"])
        editor.ask("initialize", {"processId": child.pid, "capabilities": {}})
        child.kill()
        child.wait()
        check(editor.process.wait(LONGEST) == 1, "the server outlives the process of its editor")


HEADERS = [  # bytes, what is answered (an error's code, a result or nothing), whether the server goes on
    (b"Content-Length: 2\r\n\r\n{}", -32600, True),
    (b"Content-Length: 4\r\n\r\nnull", -32700, True),
    (b"Content-Length: 2\r\n\r\n[]", -32600, True),
    (b"Content-Length: 0\r\n\r\n", -32700, True),
    (b"content-LENGTH:2\r\n\r\n{}", -32600, True),
    (b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}", -32600, True),
    (b"Content-Length: 3\r\n\r\n{\"\xff", -32700, True),
    (b"Content-Length: 9\r\n\r\n{\"id\":{}}", None, True),
    (b"Content-Length: 24\r\n\r\n{\"id\":{},\"method\":\"abc\"}", -32600, True),
    (b"Content-Length: 14\r\n\r\n{\"method\":1.5}", -32600, True),
    (b"Content-Length: 300\r\n\r\n" + b"[" * 300, -32700, True),
    (b"Content-Length: 70000000\r\n\r\n" + b" " * 70000000, -32600, True),
    (b"\r\n\r\n{}", -32700, False),
    (b"Content-Length: -5\r\n\r\n", -32700, False),
    (b"Content-Length: +5\r\n\r\n", -32700, False),
    (b"Content-Length: 5x\r\n\r\n", -32700, False),
    (b"Content-Length: 99999999999999999999999\r\n\r\n", -32700, False),
    (b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", -32700, False),
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", -32700, False),
    (b"x" * 9000, -32700, False),
]


def test_framing():
    for data, wanted, goes_on in HEADERS:
        with Editor() as editor:
            editor.send(data)
            if wanted is not None:
                message = editor.listen() or {}
                check(error(message) == wanted and message.get("id", 0) is None, f"{data[:40]}: answered with {message}")
            if goes_on:
                check(editor.leave() == 0, f"{data[:40]}: the server does not go on")
            else:
                check(editor.wait() == 1, f"{data[:40]}: no orderly end")
    with Editor() as editor:
        for byte in b"Content-Length: 44\r\n\r\n" + b'{"jsonrpc":"2.0","id":"a","method":"none/x"}':
            editor.send(bytes([byte]))
        check(error(editor.answer_to("a")) == -32601, "a message that comes byte by byte is not understood")
        editor.send(b"Content-Length: 4000\r\n\r\n{\"jsonrpc\"")
        check(editor.wait() == 1, "half a message is no orderly end")


def test_cancelling():
    with Editor() as editor:
        editor.open("backend/.env")
        first = editor.request("none/first")
        many = [editor.request("none/second") for _ in range(20)]
        editor.tell("$/cancelRequest", {"id": many[-1]})
        editor.tell("$/cancelRequest", {"id": 12345})
        editor.tell("$/cancelRequest", None)
        editor.settle()
        codes = {message["id"]: error(message) for message in editor.heard if "id" in message}
        check(codes.get(first) == -32601 and codes.get(many[-1]) in (-32800, -32601), f"cancelled: {codes}")
    # What comes in one piece is read ahead of the first answer.
    with Editor() as editor:
        bodies = [{"id": 1000, "method": "none/x"}, {"id": "b", "method": "none/y"}, {"method": "$/cancelRequest", "params": {"id": "b"}}]
        data = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in (json.dumps(one).encode() for one in bodies))
        editor.send(data)
        codes = {message["id"]: error(message) for message in (editor.listen(), editor.listen())}
        check(codes == {1000: -32601, "b": -32800}, f"a request is not cancelled before its turn: {codes}")


def test_encodings():
    line = "ARI_APP='😀é' # ü"
    for offered, chosen, width in ((None, "utf-16", 2), (["utf-16"], "utf-16", 2), (["utf-32", "utf-8"], "utf-8", 4), (["utf-32"], "utf-32", 1)):
        general = {"positionEncodings": offered} if offered else {}
        with Editor(capabilities={**ABLE, "general": general}) as editor:
            check(editor.greeting["result"]["capabilities"]["positionEncoding"] == chosen, f"{offered}: not {chosen}")
            editor.open("backend/.env", f"# 😀\r\n{line}\r\n{FILES['backend/.env']}")
            # The letter behind the face is replaced, and then a face is put before the password that differs.
            accent = {"utf-8": 2}.get(chosen, 1)
            editor.change("backend/.env", part(1, 9 + width, 9 + width + accent, "a"), part(4, 13, 13, "😀"))
            found = [one for one in editor.found("backend/.env") if one["code"] == DRIFT]
            told = editor.result("textDocument/hover", place(editor, "backend/.env", 4, 14 + width))
            check(told["range"]["end"]["character"] == 13 + width + len(OTHER), f"{offered}: told of {told['range']}")
            places = [(one["range"]["start"], one["range"]["end"]["character"]) for one in found]
            check(places == [({"line": 4, "character": 13}, 13 + width + len(OTHER))], f"{offered}: {places}")


# --- texts

def test_texts():
    with Editor() as editor:
        editor.open("backend/.env")
        check(editor.rules("backend/.env") == [DRIFT], f"opened: {editor.rules('backend/.env')}")
        editor.change("backend/.env", part(2, 13, 13 + len(OTHER), OURS))
        check(editor.rules("backend/.env") == [], "what is typed is not judged")
        editor.change("backend/.env", whole(FILES["backend/.env"]))
        check(editor.rules("backend/.env") == [DRIFT], "a whole new text is not judged")
        editor.open("etc/asterisk/ari.conf")
        editor.change("etc/asterisk/ari.conf", part(5, 11, 99, OTHER))
        check(editor.rules("backend/.env") == [], "the unsaved text of another file is not judged by")
        editor.close("etc/asterisk/ari.conf")
        check(editor.rules("backend/.env") == [DRIFT], "a closed text stands for its file still")
        check(editor.found("etc/asterisk/ari.conf") == [], "nothing is taken back of a closed text")
        editor.write("etc/asterisk/ari.conf", FILES["etc/asterisk/ari.conf"].replace(OURS, OTHER))
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": editor.uri("etc/asterisk/ari.conf"), "type": 2}]})
        check(editor.rules("backend/.env") == [], "a changed file is not read again")
        (editor.root / "etc/asterisk/ari.conf").unlink()
        editor.tell("textDocument/didSave", {"textDocument": {"uri": editor.uri("backend/.env")}})
        check(editor.rules("backend/.env") == [], "a file that is gone is judged by")
        editor.change("backend/.env", part(99, 99, 99, "ARI_PASSWORD=x\n"), part(-1, -5, 0, "# first\n"), {"text": 7}, {"range": 3, "text": "A=1\n"})
        editor.tell("textDocument/didChange", {"textDocument": {"uri": "file:///none"}, "contentChanges": [whole("x")]})
        editor.tell("textDocument/didClose", None)
        check(editor.leave() == 0, "odd changes end the server")


def test_odd_texts():
    with Editor() as editor:
        for uri in ("untitled:Untitled-1", "file:", "file://", "file://else/where", "http://x/.env", "file:///%00/.env", "file:///%zz/.env", "x"):
            editor.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "x", "version": 1, "text": "A=1\n"}})
        editor.tell("textDocument/didOpen", {"textDocument": {"uri": 7, "text": []}})
        editor.open("new/.env", "A=1\0B\r\rARI_PASSWORD=\x7f")
        editor.open("backend/.env", FILES["backend/.env"])
        check(editor.rules("backend/.env") == [DRIFT], "odd names hide a good one")
        check(editor.leave() == 0, "odd names end the server")
    with Editor() as editor:
        big = "# " + "x" * 1022 + "\n"
        editor.open("backend/.env", big * 8192 + FILES["backend/.env"])
        check(editor.rules("backend/.env") == [DRIFT], "megabytes are not judged")
        editor.change("backend/.env", part(0, 0, 0, "", 8192))
        check([one["range"]["start"]["line"] for one in editor.found("backend/.env")] == [2], "megabytes are not taken out")
    # An included text that is open and not saved.
    users = "[backend]\ntype = user\npassword = %s\n"
    files = {**FILES, "etc/asterisk/ari.conf": "[general]\nenabled = yes\n#include users.inc\n", "etc/asterisk/users.inc": users % OURS}
    with Editor(files) as editor:
        editor.open("backend/.env")
        check(editor.rules("backend/.env") == [DRIFT], "an included file is not read")
        editor.open("etc/asterisk/users.inc", users % OTHER)
        check(editor.rules("backend/.env") == [], "the unsaved text of an included file is not judged by")


def test_set_up():
    configuration = "arilint: 1\nexclude: [backend]\n"
    with Editor({**FILES, ".arilint.yaml": configuration}) as editor:
        editor.open("backend/.env")
        check(editor.rules("backend/.env") == [], "what the configuration excludes is judged")
        editor.write(".arilint.yaml", "arilint: 1\nexclud: [backend]\n")
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": editor.uri(".arilint.yaml"), "type": 2}]})
        check(editor.rules(".arilint.yaml") != [], "a fault of the configuration is not told")
        (editor.root / ".arilint.yaml").unlink()
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": editor.uri(".arilint.yaml"), "type": 3}]})
        check(editor.rules(".arilint.yaml") == [], "a mended configuration is still faulty")
        check(editor.rules("backend/.env") == [DRIFT], "a configuration that is gone is gone by")
    with Editor(capabilities={"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}) as editor:
        editor.open("backend/.env")
        editor.found("backend/.env")
        asked = [message for message in editor.heard if message.get("method") == "client/registerCapability"]
        globs = [one["globPattern"] for message in asked for one in message["params"]["registrations"][0]["registerOptions"]["watchers"]]
        check("**/.env" in globs and "**/ari.conf" in globs and "**/.arilint.yaml" in globs, f"watched: {globs}")
        check("**/ari_custom.conf" in globs or "**/*_custom.conf" in globs, f"no parts are watched: {globs}")
    with Editor(words=["--select", "none"]) as editor:
        editor.open("backend/.env")
        check(editor.rules("backend/.env") == [], "--select is not heeded")
    with Editor(words=["--target", "asterisc=1"]) as editor:
        editor.open("backend/.env")
        editor.found("backend/.env")
        check("asterisc" in json.dumps([one for one in editor.heard if one.get("method") == "window/showMessage"]), "a wrong option is not told")


def test_languages():
    words = {}
    for locale in ("en", "uz", "ru-RU", "uz_UZ.UTF-8", "fr"):
        with Editor(locale=locale) as editor:
            editor.open("backend/.env")
            words[locale] = editor.found("backend/.env")[0]["message"].split("\n")[0]
    check(words["en"] == words["fr"] and words["uz"] == words["uz_UZ.UTF-8"], f"languages: {words}")
    check(len({words["en"], words["uz"], words["ru-RU"]}) == 3 and any("а" <= letter <= "я" for letter in words["ru-RU"]), f"languages: {words}")
    with Editor(locale="uz", words=["--lang", "ru"]) as editor:
        editor.open("backend/.env")
        check(editor.found("backend/.env")[0]["message"].split("\n")[0] == words["ru-RU"], "--lang does not come first")


# --- actions

def edits_of(editor, action, path):
    done = editor.ask("codeAction/resolve", action)
    changes = done.get("result", {}).get("edit", {}).get("documentChanges", [])
    check([one["textDocument"] for one in changes] == [{"uri": editor.uri(path), "version": editor.versions[path]}], f"resolved: {done}")
    return changes[0]["edits"] if changes else []


def test_actions():
    path = "backend/.env"
    with Editor() as editor:
        editor.open(path)
        found = editor.found(path)
        actions = editor.actions(path, 2, diagnostics=found)
        check([one["kind"] for one in actions] == ["quickfix", "quickfix", "source.fixAll.arilint"], f"offered: {actions}")
        check(actions[0].get("isPreferred") and actions[0]["diagnostics"] == found, f"offered: {actions[0]}")
        check(OURS not in editor.told() and OTHER not in editor.told(), "a secret is shown before an action is chosen")
        text = FILES[path]
        for number in (0, 2):
            check(apply(text, edits_of(editor, actions[number], path)) == text.replace(OTHER, OURS), f"{actions[number]['title']}: another text")
        silenced = apply(text, edits_of(editor, actions[1], path))
        check(silenced.splitlines()[2].startswith(f"# arilint: ignore[{DRIFT}] "), f"silenced: {silenced}")
        editor.change(path, whole(silenced))
        check(editor.rules(path) == [], f"a comment does not silence: {editor.rules(path)}")
        check(error(editor.ask("codeAction/resolve", actions[0])) == -32801, "an action of an older text is made")
        check(editor.actions(path, 2) == [], f"nothing is wrong, and offered is {editor.actions(path, 2)}")
        check(editor.actions(path, 0) == [], "an action of another line is offered")
        editor.change(path, whole(text))
        for only, kinds in ((["quickfix"], ["quickfix", "quickfix"]), (["source"], ["source.fixAll.arilint"]), (["source.fixAll"], ["source.fixAll.arilint"]),
                            (["refactor"], []), (["sourc"], [])):
            offered = [one["kind"] for one in editor.actions(path, 2, only=only)]
            check(offered == kinds, f"only {only}: {offered}")
        for params in (None, {}, {"data": None}, {"data": {"deed": "fix"}}, {"data": {"deed": "none", "uri": editor.uri(path), "version": 3}}):
            check(error(editor.ask("codeAction/resolve", params)) == -32602, f"{params} is an action")
        wrong = {"deed": "fix", "uri": editor.uri(path), "version": editor.versions[path], "rule": DRIFT, "start": 1, "end": 2}
        check(error(editor.ask("codeAction/resolve", {"data": wrong})) == -32803, "a finding that is not there is mended")
        check(editor.leave() == 0, "actions end the server")


def test_commands():
    path = "backend/.env"
    with Editor(capabilities={"workspace": {"applyEdit": True}}) as editor:
        editor.open(path)
        actions = editor.actions(path, 2)
        check(OURS not in editor.told(), "an editor that resolves nothing is shown a secret")
        check(editor.result("workspace/executeCommand", actions[0]["command"]) is None, "a command is refused")
        asked = [one for one in editor.heard if one.get("method") == "workspace/applyEdit"]
        changes = asked[0]["params"]["edit"]["changes"] if asked else {}
        check(apply(FILES[path], changes.get(editor.uri(path), [])) == FILES[path].replace(OTHER, OURS), f"asked to apply: {asked}")
        check(error(editor.ask("workspace/executeCommand", {"command": "rm"})) == -32602, "an unknown command is run")


def test_proof():
    """What --fix would leave out no editor is given; a file that is not there yet is given no secret of another one."""
    path = "backend/.env"
    with Editor() as editor:
        shutil.rmtree(editor.root / "backend")
        editor.open(path, FILES[path])
        check(editor.rules(path) == [DRIFT], "a new text is not judged")
        kinds = [one["title"] for one in editor.actions(path, 2)]
        check(len(kinds) == 1 and kinds[0].startswith("Ignore "), f"offered of a new file: {kinds}")
        forged = {"deed": "fix", "uri": editor.uri(path), "version": 1, "rule": DRIFT}
        span = FILES[path].index(OTHER)
        done = editor.ask("codeAction/resolve", {"data": {**forged, "start": span, "end": span + len(OTHER)}})
        check(error(done) == -32803 and OURS not in editor.told(), f"a new file gets a secret: {done}")
        done = editor.ask("codeAction/resolve", {"data": {**forged, "deed": "fix-all"}})
        check(OURS not in editor.told(), f"a new file gets a secret by all fixes: {done}")


def ask_all(editor, path, line):
    for method in ASKING:
        for character in (2, 13, 15, 25):
            editor.ask(f"textDocument/{method}", {**place(editor, path, line, character), "context": {"includeDeclaration": True}})


def test_secrets():
    """Of secrets that were typed, changed, refused and faulty nothing is ever said but in an edit."""
    path = "backend/.env"
    with Editor(locale="ru") as editor:
        editor.open(path)
        editor.open("etc/asterisk/ari.conf")
        secret = ""
        for letter in "Vq7xNw3kTz9m":
            secret += letter
            editor.change(path, part(2, 13, 99, secret))
            editor.actions(path, 2)
            ask_all(editor, path, 2)
        for text in (f"ARI_PASSWORD='{secret}", f"ARI_PASSWORD={secret}\nARI_PASSWORD={secret}x\n", f"ARI_URL=http://backend:{secret}@127.0.0.1:8088/ari\n",
                     f"# ARI_PASSWORD={secret}\n", f"export ARI_PASSWORD = \"{secret}\"\n"):
            editor.change(path, whole(text))
            editor.found(path)
            for line in range(3):
                editor.actions(path, line)
                ask_all(editor, path, line)
        said = editor.told()
        check(secret[:4] not in said and OURS not in said and OTHER not in said, "a secret is said")


# --- what stands where

USERS = f"[other](base)\npassword = {OTHER}\n"
MANY = {
    **FILES,
    "etc/asterisk/ari.conf": f"[general]\nenabled = yes\n\n[base](!)\ntype = user\n[backend](base)\npassword = {OURS}\n#include \"users.inc\"\n",
    "etc/asterisk/users.inc": USERS,
    "etc/asterisk/pjsip.conf": "[100]\ntype = endpoint\nauth = 100a\naors = 100\n\n[100a]\ntype = auth\nusername = 100\npassword = Xk4Wm29qTz\n\n[100]\ntype = aor\n",
    "second/.env": f"ARI_URL=http://127.0.0.1:8088/ari\nARI_USERNAME=backend\nexport ARI_PASSWORD='{OTHER}'\n",
}
ARI, HTTP, PJSIP, ENV, SECOND, INCLUDED = "etc/asterisk/ari.conf", "etc/asterisk/http.conf", "etc/asterisk/pjsip.conf", "backend/.env", "second/.env", "etc/asterisk/users.inc"


def lines_of(editor, locations):
    return [(one["uri"].removeprefix(editor.root.as_uri() + "/"), one["range"]["start"]["line"]) for one in locations or []]


def place(editor, path, line, character):
    return {"textDocument": {"uri": editor.uri(path)}, "position": {"line": line, "character": character}}


DEFINITIONS = [  # a place, and where its definitions are
    ((ENV, 2, 3), [(ARI, 6)]),              # ARI_PASSWORD
    ((ENV, 2, 20), [(ARI, 6)]),             # and its value
    ((ENV, 1, 0), [(ARI, 5)]),              # ARI_USERNAME: a section
    ((ENV, 0, 9), [(HTTP, 3), (HTTP, 2)]),  # ARI_URL: port and address
    ((ENV, 3, 0), []),                      # ARI_APP
    ((SECOND, 2, 9), [(ARI, 6)]),
    ((ARI, 6, 0), [(ENV, 2), (SECOND, 2)]),
    ((ARI, 5, 3), [(ENV, 1), (SECOND, 1)]),
    ((ARI, 5, 11), [(ARI, 3)]),             # (base)
    ((ARI, 7, 12), [(INCLUDED, 0)]),
    ((ARI, 4, 9), []),                      # type = user
    ((ARI, 2, 0), []), ((ARI, 99, 99), []),
    ((INCLUDED, 0, 10), [(ARI, 3)]),        # a template of the file that includes it
    ((HTTP, 3, 0), [(ENV, 0), (SECOND, 0)]),
    ((PJSIP, 2, 8), [(PJSIP, 5)]),          # auth = 100a
    ((PJSIP, 3, 8), [(PJSIP, 0), (PJSIP, 10)]),
    ((PJSIP, 0, 2), [(PJSIP, 10)]),         # [100]: the other one of that name
]
REFERENCES = [
    ((ENV, 2, 3), [(ENV, 2), (ARI, 6), (SECOND, 2)]),
    ((ARI, 6, 12), [(ARI, 6), (ENV, 2), (SECOND, 2)]),
    ((ARI, 5, 3), [(ARI, 5), (ENV, 1), (SECOND, 1)]),
    ((ARI, 3, 1), [(ARI, 3), (ARI, 5), (INCLUDED, 0)]),  # [base](!)
    ((PJSIP, 5, 3), [(PJSIP, 5), (PJSIP, 2)]),
    ((ARI, 2, 0), []),
]


def test_places():
    with Editor(MANY) as editor:
        for path in (ENV, ARI, HTTP, PJSIP, SECOND, INCLUDED):
            editor.open(path)
        for (path, line, character), wanted in DEFINITIONS:
            found = lines_of(editor, editor.result("textDocument/definition", place(editor, path, line, character)))
            check(found == wanted, f"defined of {path}:{line}:{character}: {found}")
        for (path, line, character), wanted in REFERENCES:
            for declares in (True, False):
                params = {**place(editor, path, line, character), "context": {"includeDeclaration": declares}}
                found = lines_of(editor, editor.result("textDocument/references", params))
                check(found == (wanted if declares else wanted[1:]), f"referred to {path}:{line}:{character}, {declares}: {found}")
        editor.close(ARI)
        check(lines_of(editor, editor.result("textDocument/definition", place(editor, ENV, 2, 3))) == [(ARI, 6)], "a closed file is not gone to")


def outline(symbols):
    return [(one["name"], [child["name"] for child in one.get("children", [])]) for one in symbols or []]


def within(inner, outer):
    key = lambda spot: (spot["line"], spot["character"])
    return key(outer["start"]) <= key(inner["start"]) and key(inner["end"]) <= key(outer["end"])


def test_symbols():
    nested = {**ABLE, "textDocument": {**ABLE["textDocument"], "documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}}
    wanted = {
        ARI: [("general", ["enabled"]), ("base", ["type"]), ("backend", ["password"])],
        ENV: [("ARI_URL", []), ("ARI_USERNAME", []), ("ARI_PASSWORD", []), ("ARI_APP", [])],
        INCLUDED: [("other", ["password"])],
        PJSIP: [("100", ["type", "auth", "aors"]), ("100a", ["type", "username", "password"]), ("100", ["type"])],
    }
    with Editor(MANY, capabilities=nested) as editor:
        for path, names in wanted.items():
            editor.open(path)
            symbols = editor.result("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(path)}})
            check(outline(symbols) == names, f"symbols of {path}: {symbols}")
            pairs = [(one, child) for one in symbols for child in one.get("children", [])]
            check(all(within(one["selectionRange"], one["range"]) for one in symbols), f"{path}: a name is out of its symbol")
            check(all(within(child["range"], one["range"]) for one, child in pairs), f"{path}: a key is out of its section")
        editor.change(PJSIP, whole("[100\ntype = endpoint\nauth"))
        check(editor.result("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(PJSIP)}}) is not None, "half a text has no symbols")
        editor.change(ENV, whole(f"{OTHER}\nARI_PASSWORD={OURS}\n{OURS}=1\n"))
        said = json.dumps(editor.result("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(ENV)}}))
        check(OTHER not in said and OURS not in said and "ARI_PASSWORD" in said, f"a secret is among the symbols: {said}")
    with Editor(MANY) as editor:
        editor.open(ARI)
        flat = editor.result("textDocument/documentSymbol", {"textDocument": {"uri": editor.uri(ARI)}})
        names = [(one["name"], one.get("containerName")) for one in flat]
        check(("password", "backend") in names and ("base", None) in names, f"flat symbols: {names}")
        check(all(one["location"]["uri"] == editor.uri(ARI) for one in flat), "a symbol is in no file")


HOVERED = {
    **MANY,
    ARI: MANY[ARI] + "[general](+)\nallowed_origins = *\nread_only = `ls` [x](http://x/) <b>\n",
    "backend/.env": f"ARI_URL=http://backend:{OURS}@127.0.0.1:8088/ari\nARI_USERNAME=backend\nARI_PASSWORD={OTHER}\nARI_APP=crm # the app\n",
    "backend/.env.local": "ARI_APP=other\n",
    ".arilint.yaml": "arilint: 1\nreaders: {'backend/.env*': [dotenv, docker, bash]}\n",
}
HOVERS = [  # a place, and what is told there
    ((ENV, 2, 3), ["`ARI_PASSWORD`", "the password with which the backend logs in to ARI", "- dotenv, docker, bash: `<secret:", f"- compared with `{ARI}:7`", "- `ari/password-drift`: "]),
    ((ENV, 0, 3), ["- dotenv, docker, bash: `http://<secret:", "@127.0.0.1:8088/ari`", f"- compared with `{HTTP}:4`", "- checked: `ari/url-port`: "]),
    ((ENV, 3, 9), ["- dotenv, bash: `crm`", "- docker: `crm # the app`", "- `backend/.env.local` is read over this file"]),
    ((ARI, 4, 1), ["`type` `[base]`", "- asterisk: `user`", "- taken over by `[backend]`"]),
    ((ARI, 5, 3), ["`[backend]`", f"- `type = user` from `{ARI}:5`", "- `password = <secret:"]),
    ((ARI, 9, 1), ["`allowed_origins` `[general]`", "- asterisk: `*`"]),
    ((ARI, 10, 1), ["`ls` [x](http://x/) <b>", "'read_only'"]),
    ((INCLUDED, 1, 1), ["`password` `[other]`", f"- included by `{ARI}`"]),
    ((PJSIP, 8, 1), ["`password` `[100a]`", "- asterisk: `<secret:"]),
]


def test_hover():
    for formats, kind in ((["markdown", "plaintext"], "markdown"), (["plaintext", "markdown"], "plaintext"), (None, "plaintext")):
        able = {"hover": {"contentFormat": formats}} if formats else {}
        with Editor(HOVERED, capabilities={"textDocument": able}) as editor:
            for path in HOVERED:
                editor.open(path)
            for (path, line, character), wanted in HOVERS:
                told = editor.result("textDocument/hover", place(editor, path, line, character)) or {"contents": {"kind": kind, "value": ""}}
                check(told["contents"]["kind"] == kind, f"told in {told['contents']['kind']}")
                text = told["contents"]["value"]
                bare = str if kind == "markdown" else lambda words: words.replace("`", "")
                lacking = [words for words in wanted if bare(words) not in bare(text)]
                check(not lacking, f"{path}:{line}:{character}: lacks {lacking} in {text}")
            for spot in ((ARI, 2, 0), (ARI, 5, 12), (ARI, 7, 3), (ARI, 99, 0)):
                check(editor.result("textDocument/hover", place(editor, *spot)) is None, f"something is told at {spot}")
            said = json.dumps([one for one in editor.heard if "contents" in str(one.get("result"))])
            check(OURS not in said and OTHER not in said and "Xk4Wm29qTz" not in said, "a secret is told")
    with Editor({**FILES, ARI: "; a line\n" * 50000 + FILES[ARI]}) as editor:
        editor.open(ENV)
        told = [editor.result("textDocument/hover", place(editor, ENV, 2, 3)) for _ in range(5)]
        check(all(one and one == told[0] and f"{ARI}:50006" in one["contents"]["value"] for one in told), f"told again is something else: {told}")
    words = set()
    for locale in ("en", "uz", "ru"):
        with Editor(MANY, locale=locale) as editor:
            editor.open(ENV)
            words.update(editor.result("textDocument/hover", place(editor, ENV, 2, 3))["contents"]["value"].split("\n")[2:6:3])
            words.add(editor.actions(ENV, 2, only=["source"])[0]["title"])
            refused = editor.ask("codeAction/resolve", {"data": {"deed": "none"}})["error"]["message"]
            words.add(refused)
    check(len(words) == 12, f"not said in three languages: {words}")


COMPOSE, MANAGER, DIALPLAN = "docker-compose.yml", "etc/asterisk/manager.conf", "etc/asterisk/extensions.conf"
GENERAL = "[general]\nenabled = yes\n"
CLIENT = "ARI_URL=http://127.0.0.1:8088/ari\n"
COMPLETIONS = [  # a text whose end is the cursor, what is offered there among others (all of it: a tuple), what is not
    (ARI, "[general]\nen", ("enabled",), []),
    (ARI, "[general]\n", ["enabled", "pretty", "allowed_origins"], ["password", "read_only"]),
    (ARI, "[general]\nenabled = ", ["yes", "no"], ["enabled"]),
    (ARI, "[general]\n#include users.inc\n[x]\n#include \"users.inc\"\nread", ("read_only",), []),
    (ARI, "[general]\nenabled = y", ("yes", "y"), []),
    (ARI, GENERAL + "[x]\n", ["type", "password", "read_only"], ["enabled"]),
    (ARI, GENERAL + "[x]\ntype=", ("user", "outbound_websocket"), []),
    (ARI, GENERAL + "[x]\ntype = user\npassword_format = ", ("plain", "crypt"), []),
    (ARI, GENERAL + "[x]\ntype = user\npassword = ", (), []),
    (ARI, GENERAL + "[x](!)\nread", ("read_only",), []),
    (ARI, GENERAL + "[x](!)\ntype = user\n[y](", ("x",), []),
    (ARI, GENERAL + "[x](!)\n[z](!)\n[y](x,", ("x", "z"), []),
    (ARI, GENERAL + "; en", (), []), (ARI, "en", (), []), (ARI, GENERAL + "[x", (), []), (ARI, GENERAL + "[y](x)", (), []),
    (HTTP, "[general]\nbind", ("bindport", "bindaddr"), []),
    (HTTP, "[general]\nbindport = ", ("8088",), []),
    (HTTP, "[general]\ntlsenable => ", ["yes", "no"], []),
    (PJSIP, "[100]\ntype = ", ["endpoint", "aor", "auth", "transport"], ["user"]),
    (PJSIP, "[100]\ntype = endpoint\n", ["context", "aors", "auth"], ["max_contacts", "contxt"]),
    (PJSIP, "[100]\ntype = aor\nmax_", ("max_contacts",), []),
    (MANAGER, GENERAL + "[admin]\nsecret = x1\n[general](+)\np", ["port"], []),
    (MANAGER, "[general]\nenabled = ", ["yes", "no"], []),
    (MANAGER, GENERAL + "[admin]\n", ["secret", "read", "write"], ["webenabled"]),
    (PJSIP, "[100]\n", ("type",), []),
    (ENV, "", ["ARI_URL", "ARI_PASSWORD", "ARI_USERNAME"], []),
    (ENV, CLIENT + "ARI_PASS", ["ARI_PASSWORD"], ["ARI_URL"]),
    (ENV, CLIENT + "export ARI_P", ["ARI_PASSWORD"], ["ARI_URL"]),
    (ENV, CLIENT + "ARI_USERNAME=", ("backend",), []),
    (ENV, CLIENT + "ARI_USERNAME='ba", ("backend",), []),
    (ENV, CLIENT + "ARI_PASSWORD=", (), []),
    (ENV, CLIENT + "ARI_USERNAME=backend\nARI_APP=", ("crm",), []),
    (ENV, "# ARI", (), []),
    (COMPOSE, "services:\n  app:\n    image: x\n    environment:\n      ARI_US", (), []),
    (COMPOSE, "services:\n  app:\n    image: x\n    environment:\n      ARI_URL: http://127.0.0.1:8088/ari\n      ARI_USERNAME: ", (), []),
]


def complete(editor, path, text):
    lines = text.split("\n")
    editor.open(path, text)
    return sorted(editor.result("textDocument/completion", place(editor, path, len(lines) - 1, len(lines[-1]))) or [], key=lambda one: one["sortText"])


def test_completion():
    for words, wanted in (([], True), (["--target", "asterisk=16.28"], False), (["--target", "asterisk=23.5"], True)):
        with Editor(words=words) as editor:
            labels = [one["label"] for one in complete(editor, ARI, GENERAL + "[x]\ntype = user\n")]
            check(("permit" in labels) == wanted and "password" in labels, f"for {words}: {labels}")
    files = {**FILES, COMPOSE: "", MANAGER: GENERAL, INCLUDED: "", PJSIP: "", DIALPLAN: "[default]\nexten => 1,1,Stasis(crm)\n"}
    with Editor(files) as editor:
        for path, text, wanted, unwanted in COMPLETIONS:
            items = complete(editor, path, text)
            labels = [one["label"] for one in items]
            fits = sorted(labels) == sorted(wanted) if isinstance(wanted, tuple) else not set(wanted) - set(labels)
            check(fits and not set(unwanted) & set(labels) and len(labels) == len(set(labels)), f"{text!r} is completed by {labels}")
            editor.open(path, files[path])
        editor.open(ARI, "[general]\nenabled=yes\n#include users.inc\n")
        labels = [one["label"] for one in complete(editor, INCLUDED, "[y]\ntype = user\nread")]
        check(labels == ["read_only"], f"in an included file: {labels}")
        item = complete(editor, ARI, "[general]\nenabled=yes\nallowed")[0]
        check(apply("[general]\nenabled=yes\nallowed", [item["textEdit"]]) == "[general]\nenabled=yes\nallowed_origins=", f"not as above: {item}")
        item = complete(editor, ARI, "[general]\n  en")[0]
        check(apply("[general]\n  en", [item["textEdit"]]) == "[general]\n  enabled = ", f"another text: {item}")
        told = item["documentation"]["value"]
        check(item["detail"] == "without it: yes" and told.startswith("whether ARI is on") and "`yes`" in told, f"nothing is told of it: {item}")
        editor.open(ARI, files[ARI] + "[one # two]\ntype = user\npassword = x\n[three'four]\ntype = user\n")
        labels = [one["label"] for one in complete(editor, ENV, CLIENT + "ARI_USERNAME=")]
        check(labels == ["backend", "three'four"], f"offered is what the reader cuts: {labels}")
        item = next(one for one in complete(editor, ENV, CLIENT + "ARI_PASSW") if one["label"] == "ARI_PASSWORD")
        check(item.get("documentation", {}).get("value") == "the password with which the backend logs in to ARI", f"nothing is told of it: {item}")
        editor.open(ARI, files[ARI])
        labels = [one["label"] for one in complete(editor, ENV, "ARI_URL=http://127.0.0.1:8088/ari\nA")]
        check(labels.index("ARI_PASSWORD") < labels.index("ARI_URL"), "what is there already is offered first")
        text = f"ARI_PASSWORD={OTHER}\nARI_USERNAME=é😀"
        editor.change(ENV, whole(text))
        check(editor.result("textDocument/completion", place(editor, ENV, 1, 16)) == [], "a place behind two units is another")
        editor.change(ENV, whole("A='x\nARI\n'\n"))
        check(editor.result("textDocument/completion", place(editor, ENV, 1, 3)) == [], "a line of a value is completed")
        editor.change(ENV, whole(CLIENT + "ARI_USERNAME= # 😀"))
        items = editor.result("textDocument/completion", place(editor, ENV, 1, 13))
        check([one["textEdit"]["newText"] for one in items] == ["backend"], f"before a comment: {items}")
        check(OURS not in editor.told() and OTHER not in editor.told(), "a secret is offered")


ASKING = ["definition", "references", "documentSymbol", "hover", "completion"]


def test_asking_oddly():
    """No request about a place ends the server, whatever it is about, and each is answered."""
    odd = [None, {}, [], {"textDocument": None}, {"textDocument": {"uri": 7}}, {"textDocument": {"uri": "file:///none"}, "position": 7}]
    with Editor(MANY) as editor:
        editor.open(ENV)
        editor.tell("textDocument/didOpen", {"textDocument": {"uri": "untitled:one", "version": 1, "text": "A=1\n"}})
        for method in ASKING:
            for params in odd:
                check(error(editor.ask(f"textDocument/{method}", params)) == -32602, f"{method}: {params} is answered")
            for position in (None, {}, {"line": -1, "character": -1}, {"line": 10**12, "character": 10**12}, {"line": "0"}, [1, 2]):
                done = editor.ask(f"textDocument/{method}", {"textDocument": {"uri": editor.uri(ENV)}, "position": position})
                check("result" in done, f"{method} at {position}: {done}")
            check(editor.result(f"textDocument/{method}", {"textDocument": {"uri": "untitled:one"}}) is None, f"{method}: a text without a file is one")
        for text in ("", "[", "=\n=", "ARI_PASSWORD", "ARI_PASSWORD=\"", "\0\r\r\n\u2028", "[a](b,,!)\n[b](a)\n" * 50, "A=1\n" * 100000):
            for path in (ENV, ARI):
                editor.open(path, text)
                for method in ASKING:
                    for spot in ((0, 0), (0, 1), (1, 1), (99, 3)):
                        done = editor.ask(f"textDocument/{method}", {**place(editor, path, *spot), "context": {"includeDeclaration": True}})
                        check("result" in done, f"{method} of {text[:20]!r}: {done}")
        check(editor.leave() == 0, "odd questions end the server")
    with Editor(MANY) as editor:
        editor.open(ENV)
        for _ in range(50):
            for method in ASKING:
                editor.request(f"textDocument/{method}", place(editor, ENV, 2, 3))
        editor.process.stdout.close()
        editor.hang_up()
        check(editor.process.wait(LONGEST) == 1, "a client that no longer reads is no orderly end")


def main():
    for test in (test_places, test_symbols, test_hover, test_completion, test_asking_oddly, test_life, test_dying_client, test_framing, test_cancelling, test_encodings, test_texts, test_odd_texts, test_set_up,
                 test_languages, test_actions, test_commands, test_proof, test_secrets):
        test()


main()
finish()
