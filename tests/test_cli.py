"""The command line as a user meets it: exit codes, one clear sentence, nothing lost."""

import io
import json
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import QB, RDF

from kg.cli import main
from kg.cli.building import Progress
from kg.cli.table import render
from kg.store import open_store

ARTICLE = "龙沙区:围绕产业抓项目\n2021-05-01 来源:某某日报\n\n  全区新建学校3所,总投资1.2亿元。\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the store in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(here: Path) -> Path:
    folder = here / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, "utf-8")
    return folder


def fails(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> str:
    """Run a command that must fail, and return its one sentence."""
    assert main(list(arguments)) == code
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    said = [line for line in printed.err.splitlines() if not line.startswith(("Usage:", "Try ")) and line]
    assert len(said) == 1, printed.err
    return said[0]


def exported(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["query", "entities", "--format", "csv"]) == 0
    return capsys.readouterr().out


def test_a_table_leaves_addresses_out() -> None:
    iri, many = "https://example.org/1", "https://example.org/1|https://example.org/2"
    row = {"a": ("uri", iri), "b": ("literal", many), "c": ("literal", "甲|乙"), "start": ("literal", "3")}
    bindings = [{name: {"type": kind, "value": value} for name, (kind, value) in row.items()}]
    drawn = render(json.dumps({"head": {"vars": list(row)}, "results": {"bindings": bindings}}).encode())
    assert [line.strip("│ ") for line in drawn.splitlines() if "│" in line] == ["c", "甲|乙"]
    assert drawn.endswith("1 row")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "plain text"),
        (b"\xff\xfe\xff\xff\x80\x80", "UTF-8"),
    ],
    ids=["empty", "blank", "binary", "no-encoding"],
)
def test_what_is_no_article_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], content: bytes, says: str
) -> None:
    (here / "bad.txt").write_bytes(content)
    assert says in fails(capsys, 1, "extract", "bad.txt")


def test_a_missing_article_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nowhere.txt" in fails(capsys, 1, "extract", "nowhere.txt")


def test_gb18030_is_read_and_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "gb.txt").write_bytes(ARTICLE.encode("gb18030"))
    assert main(["extract", "gb.txt"]) == 0
    printed = capsys.readouterr()
    assert "GB18030" in printed.err
    assert json.loads(printed.out)["article"]["published"] == "2021-05-01"


def test_an_article_without_a_date_has_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "undated.txt").write_text("龙沙区抓项目\n\n全区新建学校3所。\n", "utf-8")
    assert main(["extract", "undated.txt"]) == 0
    assert json.loads(capsys.readouterr().out)["article"]["published"] is None


def test_a_text_without_a_fact_says_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "poem.txt").write_text("The sea is calm to-night. The tide is full.\n", "utf-8")
    assert main(["extract", "poem.txt"]) == 0
    printed = capsys.readouterr()
    assert "No fact" in printed.err
    assert json.loads(printed.out)["observations"] == []


def test_standard_input_is_read(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
    assert main(["extract", "-"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["article"]["id"] == "stdin"


def test_an_unreadable_article_is_left_out_and_the_rest_published(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article / "two.txt").write_bytes(b"")
    assert main(["build", "--articles", str(article)]) == 1
    assert "left out two.txt" in capsys.readouterr().err
    assert "龙沙区" in exported(capsys)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_stopped_says_so_and_leaves_nothing_but_what_was_read(
    article: Path, how: signal.Signals
) -> None:
    """Many more articles stand behind the first that is read: the build is still at work then."""
    words = next(article.glob("*.txt")).read_text(encoding="utf-8")
    for number in range(200):
        (article / f"more{number}.txt").write_text(f"{words}\n投资{number + 1}亿元。", encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", "--articles", str(article)]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's background job is born deaf to it
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heard)  # noqa: PLW1509
    while running.poll() is None and not list(Path(".kg").glob("facts/*/*.json")):
        time.sleep(0.05)
    running.send_signal(how)
    _, told = running.communicate(timeout=60)
    said = "kg: stopped; nothing was published. What was read is kept: build again to go on from there."
    assert told.strip().splitlines()[-1] == said
    assert running.returncode == 130
    assert sorted(path.name for path in Path(".kg").iterdir()) == ["facts", "store"]


def test_how_far_a_large_build_is_stands_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        for number in range(1, 1001):
            progress("reading", number, 1000, "a")
        progress("inferring", 0, 0, "")
        progress("checking", 700, 1400, "")
        progress("checking", 1400, 1400, "")
    told = capsys.readouterr().err.splitlines()
    assert told[:3] == ["kg: reading 1 of 1,000", "kg: reading 100 of 1,000", "kg: reading 200 of 1,000"]
    assert told[10:] == [
        "kg: reading 1,000 of 1,000",
        "kg: inferring",
        "kg: checking 700 of 1,400",
        "kg: checking 1,400 of 1,400",
    ]


def test_strict_publishes_nothing_where_an_article_is_unreadable(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (article / "two.txt").write_bytes(b"")
    assert "two.txt" in fails(capsys, 1, "build", "--articles", str(article), "--strict")
    assert len(exported(capsys).splitlines()) == 1


def test_the_cube_is_taken_home_alone(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "run `kg build` first" in fails(capsys, 1, "export", "--view", "cube")
    assert main(["build", "--articles", str(article)]) == 0
    assert main(["export", "--view", "cube", "--format", "turtle", "--output", "cube.ttl"]) == 0
    graph = rdflib.Graph().parse("cube.ttl")
    points = set(graph.subjects(RDF.type, QB.Observation))
    assert points
    assert all(graph.value(point, QB.dataSet) is not None for point in points)
    assert set(graph.subjects(RDF.type, QB.DataStructureDefinition))
    capsys.readouterr()
    assert "not as csv" in fails(capsys, 2, "export", "--view", "cube", "--format", "csv", "--output", "tables")


def test_a_malformed_correction_publishes_nothing(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--articles", str(article)]) == 0
    before = exported(capsys)
    corrections = article.parent / "corrections"
    corrections.mkdir()
    (corrections / "one.toml").write_text("[[correction]]\nnonsense = 1\n", "utf-8")
    said = fails(capsys, 1, "build", "--articles", str(article), "--corrections", str(corrections))
    assert "one.toml" in said
    assert exported(capsys) == before


def test_a_broken_query_is_named_with_its_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = here / "queries"
    folder.mkdir()
    head = "#+ summary: a\n#+ summary-zh: 甲\n#+ description: b\n#+ description-zh: 乙\n"
    (folder / "broken.rq").write_text(head + "SELECT * WHERE { ?s ?p }\n", "utf-8")
    said = fails(capsys, 1, "query", "broken", "--queries", str(folder))
    assert "broken.rq" in said
    assert "line 6" in said


def test_a_store_that_cannot_be_written_is_named(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (article.parent / "file").write_text("in the way")
    said = fails(capsys, 1, "build", "--articles", str(article), "--store", "oxigraph:file/store")
    assert "file" in said


def test_a_port_in_use_is_said_before_anything_is_built(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in fails(capsys, 1, "serve", "--port", str(port))
    assert not (here / ".kg").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--articles", "nowhere"],
        ["serve", "--port", "0"],
        ["extract"],
        ["extract", "x.txt", "--format", "docx"],
        ["query", "entities", "nonsense"],
        ["query", "entities", "--type"],
        ["query", "observations", "--least", "many"],
        ["query", "--store", "nonsense:"],
        ["evaluate", "nowhere"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_code_2(here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    if arguments == ["query", "--store", "nonsense:"]:
        arguments = ["query", "entities", "--store", "nonsense:"]
    fails(capsys, 2, *arguments)


def test_an_endpoint_that_is_not_there_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = fails(capsys, 1, "query", "entities", "--endpoint", "http://127.0.0.1:9/sparql")
    assert "127.0.0.1:9" in said


def test_a_setting_that_cannot_be_used_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_QUERY_TIMEOUT", "soon")
    assert "KG_QUERY_TIMEOUT" in fails(capsys, 2, "build")


@pytest.mark.parametrize("form", ["nquads", "turtle", "jsonld"])
def test_a_reader_who_has_seen_enough_of_an_export_is_no_failure(here: Path, form: str) -> None:
    store = open_store("oxigraph:store")
    store.replace_default(b"".join(b'<urn:s> <urn:p> "%d" .\n' % number for number in range(200_000)))
    store.close()
    command = [sys.executable, "-m", "kg", "export", "--store", "oxigraph:store", "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
