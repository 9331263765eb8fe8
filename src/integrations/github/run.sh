#!/usr/bin/env bash
# The step of the action: annotations go into the log, a SARIF report into a file that the next step uploads, what people
# read to the page of the run. Its environment is GitHub's own, and what ../ci/run.sh takes.
set -eu
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
reports=$(mktemp -d "${RUNNER_TEMP:?is set by GitHub}/arilint.XXXXXX")
status=0
cd "${GITHUB_WORKSPACE:?is set by GitHub}"
"$here/../ci/run.sh" --format github --format sarif --output "$reports/arilint.sarif" --format markdown \
	--output "$reports/summary.md" || status=$?
[ ! -e "$reports/arilint.sarif" ] || echo "sarif=$reports/arilint.sarif" >> "$GITHUB_OUTPUT"
[ ! -e "$reports/summary.md" ] || cat "$reports/summary.md" >> "$GITHUB_STEP_SUMMARY"
exit $status
