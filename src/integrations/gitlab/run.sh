#!/usr/bin/env bash
# The job of the template: the findings go into its log, and as reports of code quality and tests to the merge request. Its
# environment is GitLab's own, and what ../ci/run.sh takes.
set -eu
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cd "${CI_PROJECT_DIR:?is set by GitLab}"
exec "$here/../ci/run.sh" --format text --format gitlab --output gl-code-quality-report.json --format junit --output arilint.xml
