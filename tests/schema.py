#!/usr/bin/python3
"""Holds `arilint schema rules` against packs: schema.py SCHEMA GOOD... -- BROKEN...

Each pack is looked at as an editor would that takes `yes` and 12 for what YAML says they are, and as texts, as arilint does.
Prints a line for each fault of a good pack, then the number of broken ones that it rejects."""
import json
import sys

import jsonschema
import yaml


def read(path):
    for loader in yaml.SafeLoader, yaml.BaseLoader:
        with open(path, encoding="utf-8") as file:
            yield yaml.load(file, loader)


def faults(validator, path):
    try:
        packs = list(read(path))
    except yaml.YAMLError:
        return []  # no schema is needed to reject it
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}"
            for pack in packs for fault in validator.iter_errors(pack)]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    split = sys.argv.index("--")
    for path in sys.argv[2:split]:
        for fault in faults(validator, path):
            print(f"{path}: {fault}")
    print(sum(bool(faults(validator, path)) for path in sys.argv[split + 1:]))


main()
