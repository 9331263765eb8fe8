"""Loads .env files with docker create --env-file: each_docker.py PROGRAM < LIST; see ../README.md.

The engine is a stand-in on a socket: it keeps what the command line program sends it.
"""
import http.server
import json
import os
import socketserver
import sys
import tempfile
import threading

from each import PRESET, line, run


class Engine(http.server.BaseHTTPRequestHandler):
    variables = []

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Api-Version", "1.43")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        self.answer(200, b"OK")

    do_HEAD = do_GET

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        Engine.variables = request.get("Env") or []
        self.answer(201, json.dumps({"Id": "0" * 64, "Warnings": []}).encode())

    def address_string(self):
        return "client"

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


def create(program, path):
    Engine.variables = []
    environment = {**PRESET, "HOME": os.getcwd(), "DOCKER_HOST": "unix://" + os.getcwd() + "/socket"}
    if run([program, "create", "--env-file", path, "image"], environment) is None:
        return "ERROR"
    return line(entry.split("=", 1) for entry in Engine.variables)


def main():
    paths = sys.stdin.read().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        server = Server(folder + "/socket", Engine)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in paths:
            print(create(sys.argv[1], path), flush=True)


if __name__ == "__main__":
    main()
