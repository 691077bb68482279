"""`kg diff` as a user meets it: two builds, a line a fact, the exit codes."""

import io
import sys

import pytest

from datasets import BASE, nquads_of, second_draft
from kg.cli import main
from kg.graph.views.export import read, write
from kg.store import open_store


@pytest.fixture(scope="module")
def build() -> bytes:
    return nquads_of(second_draft().source())


@pytest.fixture
def here(tmp_path, monkeypatch, build):
    """A folder with a build, and one in which a figure is another and a firm's relation is gone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.nq").write_bytes(build)
    lines = build.decode().splitlines(keepends=True)
    kept = [line.replace('"960000000"', '"970000000"') for line in lines if "involves" not in line]
    (tmp_path / "b.nq").write_text("".join(kept), "utf-8")
    return tmp_path


def test_what_came_and_went_is_told_in_order(here, capsys):
    assert main(["diff", "a.nq", "b.nq"]) == 0
    printed = capsys.readouterr()
    told = printed.out.splitlines()
    assert told[0] == "observations:"
    assert told[1].startswith("  ~ 一季度新开工的6个项目: 总投资 9.6亿元 (“项目总投资9.6亿元”")
    assert told[1].endswith("low 960000000 → 970000000, high 960000000 → 970000000")
    assert told[2] == "relations:"
    assert told[3].startswith(
        "  - 禾速传媒 involves 现代服务业产业园 (“禾速传媒入驻现代服务业产业园”, longsha-2021-04-12 "
    )
    assert "facts: 0 came, 1 went, 1 changed" in printed.err


def test_the_same_build_differs_in_nothing(here, capsys):
    assert main(["diff", "a.nq", "a.nq", "--exit-code"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "A and B are the same" in printed.err


def test_the_exit_code_tells_where_it_is_asked_to(here):
    assert main(["diff", "a.nq", "b.nq", "--exit-code"]) == 1


def test_another_form_a_store_and_standard_input_are_builds_too(here, capsys, build, monkeypatch):
    for form, extension in (("turtle", "ttl"), ("trig", "trig"), ("jsonld", "jsonld")):
        (here / f"same.{extension}").write_bytes(write(read(build), form, base_iri=BASE))
        assert main(["diff", "a.nq", f"same.{extension}", "--exit-code"]) == 0
    store = open_store("oxigraph:kept")
    store.replace_default(build)
    store.close()
    assert main(["diff", "oxigraph:kept", "a.nq", "--exit-code"]) == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(build)))
    assert main(["diff", "-", "b.nq", "--exit-code"]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.nq", "nowhere.nq"], "There is no file nowhere.nq"),
        (["oxigraph:nowhere", "a.nq"], "There is no store at nowhere"),
        (["a.nq", "notes.csv"], "notes.csv: A file of the kind .csv holds no RDF"),
        (["a.nq", "bad.ttl"], "bad.ttl: line 1: "),
        (["-", "-"], "not both"),
    ],
)
def test_what_is_no_build_is_told_in_one_sentence(here, capsys, arguments, says):
    (here / "notes.csv").write_text("no RDF", "utf-8")
    (here / "bad.ttl").write_text("<a> <b>", "utf-8")
    assert main(["diff", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"kg: {says}") or says in printed.err
    assert len(printed.err.splitlines()) == 1
    assert not (here / "nowhere").exists()
