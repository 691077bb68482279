"""The reference pages say what the program does now."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "docs"
_spec = importlib.util.spec_from_file_location("make_reference", FOLDER / "make_reference.py")
make_reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_reference)


@pytest.mark.parametrize("name", make_reference.PAGES)
def test_the_page_is_in_step(name: str) -> None:
    written = (FOLDER / "reference" / name).read_text("utf-8")
    assert written == make_reference.page(name), "run: python docs/make_reference.py"


def test_every_path_says_what_it_is() -> None:
    rows = [line for line in make_reference.page("paths.md").splitlines() if line.startswith("| `/")]
    assert rows
    assert not [row for row in rows if row.endswith("|  |")]
