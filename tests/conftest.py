"""What every test may use."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "data" / "articles" / "longsha-2020-08-27.txt"


@pytest.fixture(scope="session")
def longsha() -> str:
    """The text of the first article, decoded as the project decodes it: nothing stripped or normalised."""
    return ARTICLE.read_bytes().decode("utf-8")
