"""Loads .env files with programs that read one file in a process: each.py KIND WORD... < LIST; see ../README.md.

The program runs in an empty folder, for a few seconds at most, and as nobody when root starts this: a .env file that
a shell reads is a script.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

PRESET = {"OUTER": "outerval"}
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
SET_BY_SHELLS = {"PATH", "PWD", "OLDPWD", "SHLVL", "_", "HOME", "LOGNAME"}


def encode(text):
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def line(variables):
    return " ".join(["OK"] + [encode(name).hex() + "=" + encode(value).hex() for name, value in variables])


def run(words, environment, **options):
    """The program's output, or None when it failed."""
    try:
        done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=20, **options)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def shell(path, program):
    """The environment that a program started behind the file finds."""
    script = "ulimit -t 5; ulimit -f 0; set -a; . " + path + " > /dev/null; exec /usr/bin/env -0"
    output = run([program, "-c", script], {**PRESET, "PATH": "/nonexistent", "HOME": "/nonexistent"}, **NOBODY)
    # What a redirection made would be found by the next file's patterns.
    for made in os.scandir():
        shutil.rmtree(made.path) if made.is_dir(follow_symlinks=False) else os.remove(made.path)
    if output is None:
        return "ERROR"
    pairs = [entry.split(b"=", 1) for entry in output.split(b"\0") if b"=" in entry]
    preset = {encode(name): encode(value) for name, value in PRESET.items()}
    return line((name, value) for name, value in pairs
                if name.decode("latin-1") not in SET_BY_SHELLS and preset.get(name) != value)


def direnv(path, program):
    output = run([program, "dotenv", "json", path], {**PRESET, "HOME": "/nonexistent"})
    return "ERROR" if output is None else line(json.loads(output).items())


def node(path, program, script):
    output = run([program, "--env-file=" + path, script, "none"], PRESET)
    return "ERROR" if output is None else output.decode().strip()


def compose(path, program):
    with open("compose.json", "w") as file:
        json.dump({"services": {"s": {"image": "i", "env_file": [path]}}}, file)
    output = run([program, "-p", "p", "-f", "compose.json", "config", "--format", "json"],
                 {**PRESET, "HOME": "/nonexistent"})
    if output is None:
        return "ERROR"
    variables = json.loads(output)["services"]["s"].get("environment") or {}
    return line((name, value.replace("$$", "$")) for name, value in variables.items())


KINDS = {"shell": shell, "direnv": direnv, "node": node, "compose": compose}


def main():
    kind, *words = sys.argv[1:]
    paths = sys.stdin.read().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        if NOBODY:
            os.chown(folder, NOBODY["user"], NOBODY["group"])
        os.chdir(folder)
        for path in paths:
            print(KINDS[kind](path, *words), flush=True)


if __name__ == "__main__":
    main()
