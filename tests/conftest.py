"""What every test may use."""

from pathlib import Path

import hypothesis
import pytest

# No timing is asserted, and a failure is the same failure on the next run; `--hypothesis-profile random` looks further.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.register_profile("random", deadline=None)
hypothesis.settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "data" / "articles" / "longsha-2020-08-27.txt"


@pytest.fixture(scope="session")
def longsha() -> str:
    """The text of the first article, decoded as the project decodes it: nothing stripped or normalised."""
    return ARTICLE.read_bytes().decode("utf-8")


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what a test measured: the properties named "figure" that it recorded."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figure" and report.when == "call":
                terminalreporter.write_line(str(value))
