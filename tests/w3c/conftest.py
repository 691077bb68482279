"""One service for all suites."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from service_process import Service  # noqa: E402


@pytest.fixture(scope="session")
def service():
    running = Service(KG_QUERY_TIMEOUT="20", KG_RESULT_CACHE="0")
    running.holds = None  # what the last case put in
    yield running
    running.stop()
