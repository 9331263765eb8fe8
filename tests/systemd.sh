#!/usr/bin/env bash
# The units of src/integrations/systemd: systemd understands them, they give the program no more than it needs, and what
# the service runs reports and changes nothing. No systemd needs to run.
. "$(dirname "$0")/harness.sh"

units=$repository/src/integrations/systemd
highest_exposure=15 # in tenths: 1.5 of 10

mkdir "$scratch/units"
for unit in arilint.service arilint.timer arilint.path; do
	sed "s#/usr/local/bin/arilint#$arilint#; s#^Documentation=.*##" "$units/$unit" > "$scratch/units/$unit"
done
for unit in service timer path; do
	run systemd-analyze verify --man=no "$scratch/units/arilint.$unit"
	check "arilint.$unit: systemd-analyze verify: $(cat "$scratch/out" "$scratch/err")" \
		test "$status" = 0 -a ! -s "$scratch/err" -a ! -s "$scratch/out"
done

# `--threshold` is the highest exposure that passes.
run systemd-analyze security --offline=true --threshold=$highest_exposure --no-pager "$scratch/units/arilint.service"
check "arilint.service is exposed more than $highest_exposure tenths: $(tail -n 1 "$scratch/out")" test "$status" = 0
for setting in NoNewPrivileges=yes ProtectSystem=strict PrivateNetwork=yes SuccessExitStatus=1; do
	check "arilint.service lacks $setting" grep -qx "$setting" "$units/arilint.service"
done

# What it runs: as given, in a folder with faults.
command=$(sed -n 's/^ExecStart=//p' "$units/arilint.service")
check 'the service fixes something' bash -c '[[ "$1" != *--fix* && "$1" != *--run* ]]' - "$command"
cp -r "$repository/fixtures/call-center/broken" "$scratch/broken"
snapshot times "$scratch/broken" > "$scratch/before"
(cd "$scratch/broken" && run env -i $(sed "s#/usr/local/bin/arilint#$arilint#" <<< "$command") && echo "$status" > "$scratch/status")
check "the service's command ends with $(cat "$scratch/status")" test "$(cat "$scratch/status")" = 1
snapshot times "$scratch/broken" > "$scratch/after"
check 'the service changes files' cmp -s "$scratch/before" "$scratch/after"

check 'the timer starts another unit' test -z "$(grep '^Unit=' "$units/arilint.timer" "$units/arilint.path")"
finish
