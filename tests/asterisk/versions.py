"""Both servers at once, each asked by a process of its own."""

import collections
import concurrent.futures
import multiprocessing

VERSIONS = ["16", "22"]


def check_versions(check_version, print_counts, roots, *arguments):
    """Calls check_version(VERSION, ROOT, *arguments) for each and prints what they counted; returns the exit status. No
    process comes back from the root that it enters, hence one for each."""
    processes = multiprocessing.get_context("spawn")
    pools = [concurrent.futures.ProcessPoolExecutor(1, processes) for _ in VERSIONS]
    results = [pool.submit(check_version, version, f"{roots}/{version}", *arguments)
               for pool, version in zip(pools, VERSIONS)]
    total = collections.Counter()
    for version, result in zip(VERSIONS, results):
        try:
            counts = result.result()
        except concurrent.futures.process.BrokenProcessPool:
            counts = collections.Counter(failed=1)
            print(f"FAIL Asterisk {version}: the process that asks it has died")
        print_counts(version, counts)
        total += counts
    print(f"{total['passed']} passed, {total['failed']} failed")
    return 1 if total["failed"] or not total["passed"] else 0
