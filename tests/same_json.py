#!/usr/bin/env python3
"""Compares files of JSON: a line of standard input names two, with a tab between. Prints `same` or `different` for each
line: whether both hold one document, and the same one but for the order of members."""
import json
import sys


def document(path):
    with open(path, "rb") as file:
        return json.dumps(json.load(file), sort_keys=True)


for line in sys.stdin:
    expected, seen = line.rstrip("\n").split("\t")
    try:
        same = document(seen) == document(expected)
    except (OSError, ValueError):
        same = False
    print("same" if same else "different")
