"""A seeded slice of `benchmarks/soak.py`: faults are injected, nothing leaks, nothing acknowledged is lost."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import soak


def test_mixed_requests_with_faults_leave_nothing_behind():
    early, late, left = soak.run(requests=2500, seed=3)
    assert late["acknowledged"] > 10
    assert "500" not in late["statuses"]
    assert late["processes"] <= early["processes"] + 8
    assert late["files"] <= early["files"] + 100
    assert late["MiB"] <= early["MiB"] + 150
    assert not left
