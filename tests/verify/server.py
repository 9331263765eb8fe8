#!/usr/bin/python3
"""Servers on loopback, each with an answer of its own: server.py CERTIFICATE LOG prints a line "NAME PORT" for each of
them, then an empty line, and serves until it is ended. LOG gets a line for each request."""
import base64
import hashlib
import socket
import ssl
import sys
import threading
import time

PARTS = '{"build": {}, "system": {"version": "22.10.1"}, "config": {"name": "x"}, "status": {}}'
HTML = "<html><body><h1>Not Found</h1></body></html>"
REALM = 'WWW-Authenticate: Basic realm="Asterisk REST Interface"'
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LOG_LOCK = threading.Lock()


def answer(status, body="", *headers, server="Asterisk/22.10.1", kind="application/json"):
    lines = [f"HTTP/1.1 {status} Words", *headers, f"Content-Type: {kind}", f"Content-Length: {len(body.encode())}"]
    if server:
        lines.append(f"Server: {server}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def message(status, words, *headers, **more):
    return answer(status, '{"message": "%s"}' % words, *headers, **more)


def header(request, name):
    for line in request.split(b"\r\n"):
        if line.lower().startswith(name.lower() + b":"):
            return line.split(b":", 1)[1].strip()
    return b""


def websocket(connection, request, accept=None, close=True, before=b""):
    right = base64.b64encode(hashlib.sha1(header(request, b"Sec-WebSocket-Key") + GUID).digest())
    connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       b"Sec-WebSocket-Accept: " + (accept or right) + b"\r\n\r\n" + before)
    frame = connection.recv(8)
    mask, body = frame[2:6], frame[6:8]
    sound = frame[:2] == b"\x88\x82" and bytes(a ^ b for a, b in zip(body, mask)) == b"\x03\xe8"
    if close and sound:
        connection.sendall(b"\x88\x02\x03\xe8")


def asterisk(connection, request, info=PARTS, **websocket_options):
    """What a sound Asterisk says."""
    path = request.split(b" ")[1]
    if path.startswith(b"/ari/events"):
        websocket(connection, request, **websocket_options)
    elif b"//" in path:
        connection.sendall(message(405, "Invalid method"))
    elif path == b"/ari/asterisk/info":
        connection.sendall(answer(200, info))
    elif path == b"/ari/endpoints":
        connection.sendall(answer(200, "[]"))
    elif path.startswith(b"/ari/applications/"):
        connection.sendall(answer(200, '{"name": "shop"}'))
    elif request.startswith(b"POST /ari/channels?"):
        connection.sendall(answer(200, '{"id": "x"}'))
    elif request.startswith(b"DELETE /ari/channels/"):
        connection.sendall(answer(204))
    else:
        connection.sendall(message(404, "Resource not found"))


def same(data):
    return lambda connection, request: connection.sendall(data)


def endless(start, part):
    def serve(connection, request):
        connection.sendall(start)
        while True:
            connection.sendall(part)
    return serve


def drip(connection, request):
    for byte in answer(200, PARTS):
        connection.sendall(bytes([byte]))
        time.sleep(0.3)


def silent(connection, request):
    time.sleep(600)


def echo(connection, request):
    """Sends back all that it knows of the client."""
    basic = header(request, b"Authorization").split(b" ")[-1]
    known = base64.b64decode(basic).decode()
    inner = known.replace("\\", "\\\\").replace('"', '\\"')
    html = known.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    connection.sendall(message(500, inner + " " + html + " " + basic.decode(), f"WWW-Authenticate: Basic realm=\"{html}\"",
                               f"Location: http://{basic.decode()}/", server=known))


SERVERS = {
    "sound": asterisk,
    "incomplete": lambda c, r: asterisk(c, r, info='{"build": {}, "system": {}}'),
    "not-json": lambda c, r: asterisk(c, r, info="{]"),
    "deep-json": lambda c, r: asterisk(c, r, info="[" * 5000),
    "html": same(answer(200, HTML, server="nginx", kind="text/html")),
    "401": same(message(401, "Authentication required", REALM)),
    "other-realm": same(message(401, "Who are you?", 'WWW-Authenticate: Basic realm="Router"', server="lighttpd")),
    "no-realm": same(message(401, "Authentication required")),
    "403": same(message(403, "Forbidden")),
    "404": same(answer(404, HTML, kind="text/html")),
    "404-other": same(answer(404, HTML, server="nginx", kind="text/html")),
    "405": same(message(405, "Invalid method")),
    "400": same(message(400, "app is missing")),
    "503": same(message(503, "shutting down")),
    "redirect": same(answer(302, "", "Location: http://127.0.0.1:1/steal")),
    "not-http": same(b"SSH-2.0-OpenSSH_9.2\r\n" * 4),
    "short-bytes": same(b"\x00"),
    "closed": lambda c, r: None,
    "endless-header": endless(b"HTTP/1.1 200 OK\r\n", b"X-Long: " + b"a" * 4000 + b"\r\n"),
    "endless-line": endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a" * 4096),
    "endless-100": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "huge-body": endless(b"HTTP/1.1 200 OK\r\nServer: Asterisk\r\nContent-Type: application/json\r\n\r\n[", b"1," * 2048),
    "drip": drip,
    "silent": silent,
    "echo": echo,
    "bad-accept": lambda c, r: asterisk(c, r, accept=b"AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    "no-close": lambda c, r: asterisk(c, r, close=False),
    "events-first": lambda c, r: asterisk(c, r, before=b"\x81\x02{}" + b"\x81\x7e\x01\x00" + b"x" * 256),
    "endless-frame": lambda c, r: asterisk(c, r, before=b"\x81\x7f" + b"\xff" * 8),
    "no-backend": lambda c, r: c.sendall(message(404, "Application not found")) if b"/applications/" in r else asterisk(c, r),
    "call-refused": lambda c, r: c.sendall(message(500, "Allocation failed")) if r.startswith((b"POST", b"DELETE")) else asterisk(c, r),
}


def read_request(connection):
    request = b""
    connection.settimeout(600)
    while b"\r\n\r\n" not in request and len(request) < 65536:
        more = connection.recv(4096)
        request += more
        if not more or request.startswith(b"\x16"):
            break
    return request


def handle(name, connection, tls, log):
    try:
        if tls:
            connection = tls.wrap_socket(connection, server_side=True)
        request = read_request(connection)
        with LOG_LOCK:
            log.write(name + " " + request.split(b"\r\n")[0].decode(errors="replace") + "\n")
            log.flush()
        if request.startswith(b"\x16"):
            connection.sendall(message(400, "Bad Request"))
        elif request:
            SERVERS.get(name, asterisk)(connection, request)
    except (OSError, ssl.SSLError, IndexError):
        pass
    finally:
        connection.close()


def listen(name, tls, log):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(16)
    print(name, listener.getsockname()[1])

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=handle, args=(name, connection, tls, log), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    return listener


def main():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(sys.argv[1])
    with open(sys.argv[2], "a") as log:
        listeners = [listen(name, None, log) for name in SERVERS]
        listeners.append(listen("tls", tls, log))
        refused = socket.socket()
        refused.bind(("127.0.0.1", 0))
        print("refused", refused.getsockname()[1])
        print(flush=True)
        threading.Event().wait()


main()
