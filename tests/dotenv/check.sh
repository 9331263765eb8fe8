#!/usr/bin/env bash
# Holds the .env readers against the programs they stand for: check.sh BUILD. SEED, FILES and VALUES in the environment
# choose the run. The programs are kept in build/dotenv and used again.
set -eu
cd "$(dirname "$0")/../.."
tests/dotenv/consumers.sh build/dotenv
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/dotenv/check.py "$1/arilint" "$1/dotenv/write_values" "$PWD/build/dotenv"
