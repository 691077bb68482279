"""What holds for every table of rules, whoever reads it."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import kg.reading

TABLES = sorted((Path(kg.reading.__file__).parent / "tables").glob("*.toml"))
TESTS = Path(__file__).parent


def rows(table: Path) -> list[dict]:
    return tomllib.loads(table.read_text("utf-8")).get("row", [])


def test_an_id_names_one_row():
    ids = Counter(row["id"] for table in TABLES for row in rows(table))
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_row_has_examples_that_differ(table):
    for row in rows(table):
        assert row["yes"].strip(), row["id"]
        assert row["no"].strip(), row["id"]
        assert row["yes"] != row["no"], row["id"]


@pytest.mark.parametrize("table", [table for table in TABLES if rows(table)], ids=lambda table: table.stem)
def test_some_test_runs_the_examples(table):
    one = re.sub("(?<=x)es$|s$", "", table.stem.rpartition("_")[2])
    named = re.compile(rf'"{table.stem}"|\b(?:{table.stem}|{one})_rows\(')
    sources = [path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    assert any(named.search(source) for source in sources)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_some_code_reads_the_table(table):
    package = Path(kg.reading.__file__).parent
    named = re.compile(rf"[\"/ ]{table.stem}(?:\"|\.toml)")
    assert any(named.search(path.read_text("utf-8")) for path in package.rglob("*.py"))
