#!/usr/bin/env bash
# Has programs of others read the reports, `consumers.sh FOLDER BUILD`: schemas, validators and readers from npm, which FOLDER
# keeps, and xmllint. Nothing is installed and no script of a package runs.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
"$here/../npm.sh" check-reports "$1" @microsoft/jest-sarif@1.0.0-beta.0 @microsoft/sarif-multitool-linux@5.7.0 \
	@umbrelladocs/rdformat-validator@1.0.1 codeclimate-types@0.3.1 typescript@5.9.3 junit2json@4.0.0 @actions/core@3.0.1 \
	markdown-it@14.1.0 ajv@8.20.0 ajv-formats@3.0.1 ajv-draft-04@1.0.0 @action-validator/core@0.6.0 @action-validator/cli@0.6.0
to=$(cd "$1" && pwd)
ARILINT=$2/arilint exec python3 -B "$here/consumers.py" "$to/node_modules"
