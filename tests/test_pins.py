"""What the project says it needs is pinned, and no pin names where it comes from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", name, maxsplit=1)[0]).lower()


def pinned(*files: str) -> set[str]:
    lines = [line for file in files for line in (ROOT / file).read_text("utf-8").splitlines()]
    return {normal(line) for line in lines if "==" in line}


def test_every_requirement_is_pinned() -> None:
    wanted = {normal(name) for name in PROJECT["project"]["dependencies"]}
    assert wanted <= pinned("requirements.txt"), wanted - pinned("requirements.txt")
    development = {normal(name) for name in PROJECT["dependency-groups"]["dev"]}
    both = pinned("requirements.txt", "requirements-dev.txt")
    assert development <= both, development - both


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt", "frontend/package-lock.json"])
def test_no_pin_names_a_registry(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|files\.pythonhosted|registry\.", text)
