"""Loads .env files with python-dotenv or python-decouple: load.py KIND FOLDER < LIST; see ../README.md."""
import logging
import os
import sys

PRESET = {"OUTER": "outerval"}


def load_dotenv(path):
    import dotenv
    dotenv.load_dotenv(path)
    return {name: value for name, value in os.environ.items() if PRESET.get(name) != value}


def load_decouple(path):
    import decouple
    config = decouple.Config(decouple.RepositoryEnv(path))
    return {name: config(name) for name in config.repository.data if name not in PRESET}


def word(*texts):
    return "=".join(text.encode("utf-8", "surrogateescape").hex() for text in texts)


def main():
    kind, folder = sys.argv[1:]
    sys.path.insert(0, folder)
    logging.disable()
    load = {"dotenv": load_dotenv, "decouple": load_decouple}[kind]
    for path in sys.stdin.read().splitlines():
        os.environ.clear()
        os.environ.update(PRESET)
        try:
            print(" ".join(["OK"] + [word(*item) for item in load(path).items()]), flush=True)
        except (ValueError, OSError):
            print("ERROR", flush=True)


if __name__ == "__main__":
    main()
