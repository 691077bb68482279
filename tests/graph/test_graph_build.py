import errno
import fcntl
import hashlib
import os
import shutil
import socket
import sys
from dataclasses import replace
from urllib.parse import quote

import msgspec
import pyoxigraph as ox
import pytest
from graph_drafts import BASE, GOLD, SECOND, Draft, second_draft

from kg import lines, resources
from kg.errors import ArticleError, BuildError, CorrectionError, OntologyError, StoreError, ValidationError
from kg.facts import from_json
from kg.graph.building import article, gather, readers
from kg.graph.building import build as build_module
from kg.graph.building.build import Folders, Options, build
from kg.graph.checks import partition
from kg.graph.identity.register import added
from kg.graph.rdf import working

OPTIONS = Options(base_iri=BASE)


class Store:
    """Keeps what was published."""

    def __init__(self):
        self.published = []

    def replace_default(self, nquads, *, replace=False):
        self.published.append((nquads.read_bytes(), replace))


@pytest.fixture
def make(tmp_path_factory):
    """Make a graph; return what is told of it, and its N-Quads."""

    def made(folders, **more):
        built = build_module.make(folders, tmp_path_factory.mktemp("build"), base_iri=BASE, **more)
        return built, built.nquads.read_bytes()

    return made


@pytest.fixture
def folders(tmp_path, longsha):
    """The first article alone; its corrections and addresses left aside."""
    for name in ("articles", "corrections", "identifiers"):
        (tmp_path / name).mkdir()
    (tmp_path / "articles" / "longsha-2020-08-27.txt").write_text(longsha, "utf-8")
    return Folders(
        articles=[tmp_path / "articles"],
        corrections=[tmp_path / "corrections"],
        ontology=resources.ontology(),
        reference=resources.reference(),
        identifiers=tmp_path / "identifiers",
    )


@pytest.fixture
def annotated(monkeypatch):
    """Read the articles by their annotations, so that what is tested here does not hang on the rules of reading."""
    known = {
        "longsha-2020-08-27": lambda: from_json(GOLD.read_bytes()),
        "longsha-2021-04-12": lambda: second_draft().facts(),
        "upside-down": lambda: upside_down().facts(),
    }

    def extract(data, article_id):
        if article_id not in known:
            raise ArticleError("there is nothing to read here.")
        facts = known[article_id]()
        head = msgspec.structs.replace(facts.article, sha256=hashlib.sha256(data).hexdigest())
        return msgspec.structs.replace(facts, article=head)

    monkeypatch.setattr(article, "_extract", extract)
    here = lambda paths, kept, _: (article.read_one(path, kept) for path in paths)  # noqa: E731
    monkeypatch.setattr(gather, "read_by_processes", here)


BAD = "华工机床总投资3亿至5亿元。新建学校2所。"


def upside_down():
    """An article whose one range ends before it begins: no reading makes it, so it stands for a fault of the rules."""
    draft = Draft(text=BAD, article="upside-down", title=None)
    firm = draft.thing("Enterprise", "华工机床")
    bounds = {"low": "500000000", "high": "300000000", "comparator": "range", "unit": "CNY"}
    draft.figure(firm, "总投资", "3亿至5亿元", "总投资3亿至5亿元", **bounds)
    return draft


@pytest.fixture
def two(folders, annotated, make):
    """The first article and another, and beside them one whose facts do not conform."""
    (folders.articles[0] / "longsha-2021-04-12.txt").write_text(SECOND, "utf-8")
    _, sound = make(folders)
    (folders.articles[0] / "upside-down.txt").write_text(BAD, "utf-8")
    return sound


def test_an_article_whose_facts_do_not_conform_is_left_out_and_the_rest_published(folders, two):
    store = Store()
    built = build(store, folders, options=OPTIONS)
    ((name, why),) = built.left_out
    assert name == "upside-down.txt"
    assert why.startswith("what was read from it does not conform: “总投资3亿至5亿元”: ")
    assert store.published == [(two, False)]


def test_strict_publishes_nothing_where_facts_do_not_conform(folders, two):
    store = Store()
    with pytest.raises(ArticleError, match=r"upside-down\.txt: what was read .*Nothing was published"):
        build(store, folders, options=replace(OPTIONS, strict=True))
    assert store.published == []


def test_where_most_articles_do_not_conform_it_is_not_they_that_are_at_fault(folders, two):
    for name in ("longsha-2020-08-27", "longsha-2021-04-12"):
        (folders.articles[0] / f"{name}.txt").unlink()
    store = Store()
    with pytest.raises(ValidationError, match="does not conform"):
        build(store, folders, options=OPTIONS)
    assert store.published == []


def test_a_build_publishes_once_and_gives_the_same_bytes_twice(folders, annotated):
    store = Store()
    first = build(store, folders, options=OPTIONS)
    build(store, folders, options=OPTIONS)
    nquads = store.published[0][0]
    assert store.published == [(nquads, False)] * 2
    assert first.digest == hashlib.sha256(nquads).hexdigest()
    dataset = ox.Dataset(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert "".join(sorted(f"{quad} .\n" for quad in dataset)).encode() == nquads
    assert first.triples == sum(quad.graph_name == ox.DefaultGraph() for quad in dataset)


def test_a_build_in_small_pieces_gives_the_same_bytes(folders, two, make, monkeypatch):
    """Many sorted files, a database on disk and many parts: what thousands of articles make of a build."""
    (folders.articles[0] / "upside-down.txt").unlink()
    monkeypatch.setattr(lines, "_RUN", 20_000)
    monkeypatch.setattr(working, "_SMALL", 0)
    monkeypatch.setattr(working, "_KNOWN", 10)
    monkeypatch.setattr(partition.Partition.parts, "__defaults__", (500,))
    built, nquads = make(folders)
    assert nquads == two
    assert (built.nquads.parent / "draft" / "graph" / "CURRENT").is_file()


def test_a_build_leaves_nothing_behind_but_what_was_read(folders, annotated, tmp_path):
    kept = tmp_path / "work" / "facts"
    build(Store(), folders, options=replace(OPTIONS, kept=kept))
    assert [path.name for path in kept.parent.iterdir()] == ["facts"]


def test_what_a_killed_build_left_is_removed_by_the_next_one(folders, annotated, tmp_path):
    work = tmp_path / "work"
    left, young, running = (work / f"kg-build-{name}" for name in ("left", "young", "running"))
    for folder in (left, young, running):
        folder.mkdir(parents=True)
    for folder in (left, running):
        os.utime(folder, (0, 0))
    handle = os.open(running, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    build(Store(), folders, options=replace(OPTIONS, kept=work / "facts"))
    os.close(handle)
    assert sorted(path.name for path in work.iterdir()) == ["facts", "kg-build-running", "kg-build-young"]


def test_a_full_disk_is_told_and_nothing_is_published(folders, annotated, monkeypatch):
    def write(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(lines.Runs, "_flush", write)
    store = Store()
    with pytest.raises(BuildError, match="disk is full"):
        build(store, folders, options=OPTIONS)
    assert store.published == []


def test_a_full_disk_is_no_fault_of_the_articles(folders, annotated, monkeypatch, tmp_path):
    def write(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(article.Path, "write_bytes", write)
    with pytest.raises(BuildError, match=r"cannot be kept in .*No space left"):
        build(Store(), folders, options=replace(OPTIONS, kept=tmp_path / "kept"))


def test_the_statistics_view_is_published_as_the_description_lists_it(folders, annotated, make):
    built = ox.Store()
    built.load(make(folders)[1], format=ox.RdfFormat.N_QUADS)
    (listed,) = built.query(
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
        "PREFIX void: <http://rdfs.org/ns/void#> PREFIX kg: <https://w3id.org/district-kg/ontology#> "
        "SELECT ?view ?triples ?address { ?dataset a void:Dataset ; dcterms:hasPart ?view . "
        "?view a kg:View ; void:triples ?triples ; dcat:distribution/dcat:accessURL ?address }"
    )
    assert list(built.named_graphs()) == [listed["view"]]
    points = list(built.quads_for_pattern(None, None, None, listed["view"]))
    assert len(points) == int(listed["triples"].value) > 1000
    assert listed["address"].value == f"{BASE}graph-store?graph={quote(listed['view'].value, safe='')}"


def test_the_reading_itself_is_built(folders, make):
    built, _ = make(folders)
    assert built.articles == ("longsha-2020-08-27",)
    assert built.left_out == ()
    assert built.facts > 100


def test_an_unreadable_article_is_left_out_and_told(folders, annotated):
    (folders.articles[0] / "broken.txt").write_bytes(b"\x00\x01\x02")
    store, seen = Store(), []
    built = build(store, folders, options=OPTIONS, progress=lambda *step: seen.append(step))
    assert [name for name, _ in built.left_out] == ["broken.txt"]
    assert built.left_out[0][1].endswith(".")
    assert len(store.published) == 1
    assert seen[:2] == [("reading", 1, 2, "broken"), ("reading", 2, 2, "longsha-2020-08-27")]
    steps = ["reading", "relating", "inferring", "checking", "publishing", "published"]
    assert list(dict.fromkeys(step for step, *_ in seen)) == steps
    assert seen[-3][1] == seen[-3][2] == built.triples


def test_strict_publishes_nothing_where_an_article_is_unreadable(folders, annotated):
    (folders.articles[0] / "broken.txt").write_bytes(b"\x00")
    store = Store()
    with pytest.raises(ArticleError, match=r"broken\.txt: .*Nothing was published"):
        build(store, folders, options=replace(OPTIONS, strict=True))
    assert store.published == []


def test_quotations_that_are_not_in_the_text_leave_the_article_out(folders, annotated, make):
    (folders.articles[0] / "longsha-2020-08-27.txt").write_text("龙沙区的另一篇文章。", "utf-8")
    built, _ = make(folders)
    assert "quotations are not in the text" in built.left_out[0][1]


@pytest.mark.parametrize(
    ("correction", "error"),
    [("[[correction]\n", CorrectionError), ('[[correction]]\nid = "a"\n', CorrectionError)],
)
def test_a_malformed_correction_publishes_nothing(folders, annotated, correction, error):
    (folders.corrections[0] / "longsha-2020-08-27.toml").write_text(correction, "utf-8")
    store = Store()
    with pytest.raises(error, match=r"longsha-2020-08-27\.toml"):
        build(store, folders, options=OPTIONS)
    assert store.published == []


def test_a_correction_of_an_article_that_is_not_built_waits(folders, annotated, make):
    _, before = make(folders)
    (folders.corrections[0] / "other.toml").write_text("", "utf-8")
    assert make(folders)[1] == before


def test_a_broken_ontology_publishes_nothing(folders, annotated, tmp_path):
    copy = tmp_path / "ontology"
    shutil.copytree(folders.ontology, copy)
    (copy / "core.ttl").write_text("kg:x a", "utf-8")
    store = Store()
    with pytest.raises(OntologyError, match=r"core\.ttl, line 1"):
        build(store, replace(folders, ontology=copy), options=OPTIONS)
    assert store.published == []


def test_a_graph_that_does_not_conform_is_not_published(folders, annotated, tmp_path):
    copy = tmp_path / "ontology"
    shutil.copytree(folders.ontology, copy)
    shapes = copy / "shapes.ttl"
    impossible = "kgsh:Never a sh:NodeShape ; sh:targetClass kg:District ; sh:nodeKind sh:Literal .\n"
    shapes.write_text(shapes.read_text("utf-8") + impossible, "utf-8")
    store = Store()
    with pytest.raises(ValidationError, match="does not conform"):
        build(store, replace(folders, ontology=copy), options=OPTIONS)
    assert store.published == []


def test_a_store_that_fails_is_told(folders, annotated):
    class Full:
        def replace_default(self, *_, **__):
            raise StoreError("The disk is full.")

    with pytest.raises(StoreError, match="full"):
        build(Full(), folders, options=OPTIONS)


def test_replace_is_handed_to_the_store(folders, annotated):
    store = Store()
    build(store, folders, options=replace(OPTIONS, replace=True))
    assert store.published[0][1] is True


def test_a_second_article_keeps_every_address(folders, annotated, make):
    alone, _ = make(folders)
    (folders.identifiers / "things.csv").write_bytes(added(alone.register, alone.minted))
    (folders.articles[0] / "longsha-2021-04-12.txt").write_text(SECOND, "utf-8")
    both, nquads = make(folders)
    assert len(both.articles) == 2
    registered = {identifier.path for identifier in both.register.identifiers}
    assert all(f"<{BASE}id/{path}>".encode() in nquads for path in registered)
    assert not {identifier.path for identifier in both.minted} & registered


def test_facts_that_were_kept_are_not_read_again(folders, annotated, tmp_path, monkeypatch, make):
    kept = tmp_path / "kept"
    _, first = make(folders, kept=kept)

    def refuse(data, article_id):
        raise AssertionError(article_id)

    monkeypatch.setattr(article, "_extract", refuse)
    assert make(folders, kept=kept)[1] == first
    (place,) = kept.glob("*/*.json")
    place.write_bytes(b"{")
    with pytest.raises(AssertionError, match="longsha"):
        make(folders, kept=kept)


@pytest.fixture
def many(tmp_path):
    """As many articles as several processes read, and one that is none."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(gather._FEW):
        (folder / f"a{number}.txt").write_text(f"龙沙区新建学校{number + 2}所。\n", "utf-8")
    (folder / "broken.txt").write_bytes(b"\x00")
    return gather.article_files([folder])


def test_many_articles_are_read_by_several_processes(many, tmp_path):
    seen = []
    read = gather.read_all(many, kept=tmp_path / "kept", progress=lambda *step: seen.append(step))
    assert [result.path for result in read] == many
    assert [result.head is None for result in read] == [False] * gather._FEW + [True]
    assert [done for _, done, _, _ in seen] == list(range(1, gather._FEW + 2))
    text, facts = read[0].load()
    assert (text, facts.observations[0].low) == ("龙沙区新建学校2所。\n", "2")


DYING = """#!{python}
import os, runpy, signal, sys
from kg.graph.building import article
extract = article._extract
article._extract = lambda data, article_id: (
    os.kill(os.getpid(), signal.SIGKILL) if article_id == "endless" else extract(data, article_id)
)
sys.argv[1:] = sys.argv[3:]
runpy.run_module("kg.graph.building.readers", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def dying(tmp_path, monkeypatch):
    """Readers that are killed, as the kernel does where memory runs out, by the article called endless."""
    script = tmp_path / "python"
    script.write_text(DYING.format(python=sys.executable), "utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(readers.sys, "executable", str(script))


@pytest.mark.parametrize("count", [2, gather._FEW])
def test_an_article_whose_reader_is_killed_is_left_out_by_name_and_the_rest_read(many, dying, tmp_path, count):
    (many[0].parent / "endless.txt").write_text("龙沙区新建学校无数所。", "utf-8")
    paths = gather.article_files([many[0].parent])[-count - 2 :]
    assert len(paths) == count + 2
    read = gather.read_all(paths, kept=tmp_path / "kept")
    left_out = {result.path.stem: result.error for result in read if result.head is None}
    assert list(left_out) == ["broken", "endless"]
    assert left_out["endless"] == "the process that read it was killed, most likely because memory ran out."


@pytest.mark.parametrize("count", [2, gather._FEW + 1])
def test_what_is_no_file_is_left_out_and_not_waited_for(count, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(count):
        (folder / f"a{number}.txt").write_text(f"龙沙区新建学校{number + 2}所。\n", "utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to("gone")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(folder / "socket.txt"))
        read = gather.read_all(gather.article_files([folder]), kept=tmp_path / "kept")
    assert {result.path.stem: result.error for result in read if result.head is None} == {
        "device": "it cannot be read: it is a device, not an ordinary file.",
        "folder": "it cannot be read: it is a folder, not an ordinary file.",
        "nowhere": "it cannot be read: No such file or directory.",
        "pipe": "it cannot be read: it is a pipe, not an ordinary file.",
        "socket": "it cannot be read: it is a socket, not an ordinary file.",
    }
    assert sum(result.head is not None for result in read) == count


def test_where_no_reader_starts_the_build_ends(many, tmp_path, monkeypatch):
    monkeypatch.setattr(readers.sys, "executable", "/bin/false")
    with pytest.raises(BuildError, match=r"No article could be read: .*exit code 1"):
        gather.read_all(many, kept=tmp_path / "kept")


def test_a_disk_that_is_full_for_readers_ends_the_build(many, tmp_path):
    (tmp_path / "kept").write_text("no folder", "utf-8")
    with pytest.raises(BuildError, match="cannot be kept"):
        gather.read_all(many, kept=tmp_path / "kept")


def test_an_article_that_changed_since_it_was_read_ends_the_build(many, tmp_path):
    read = article.read_one(many[0], tmp_path / "kept")
    many[0].write_text("别的文章。", "utf-8")
    with pytest.raises(BuildError, match="was changed while the build ran"):
        read.load()


def test_two_articles_cannot_share_a_name(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("x", "utf-8")
    with pytest.raises(ArticleError, match="Two articles are called 'x'"):
        gather.article_files([tmp_path / "a", tmp_path / "b"])
    with pytest.raises(ArticleError, match="does not exist"):
        gather.article_files([tmp_path / "c"])


def test_the_description_counts_the_graph_with_itself_in_it(folders, annotated, make):
    built, nquads = make(folders)
    store = ox.Store()
    store.load(nquads, format=ox.RdfFormat.N_QUADS)
    prefix = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX prov: <http://www.w3.org/ns/prov#> "

    def number(query):
        return int(next(iter(store.query(prefix + query)))[0].value)

    assert number("SELECT ?n { ?d a void:Dataset ; void:triples ?n }") == built.triples
    wrong = """SELECT (COUNT(*) AS ?n) { { SELECT ?p (COUNT(*) AS ?told) { ?s ?p ?o } GROUP BY ?p }
        OPTIONAL { ?part void:property ?p ; void:triples ?counted } FILTER (!BOUND(?counted) || ?told != ?counted) }"""
    assert number(wrong) == 0
    wrong = """SELECT (COUNT(*) AS ?n) { { SELECT ?c (COUNT(*) AS ?told) { ?s a ?c } GROUP BY ?c }
        OPTIONAL { ?part void:class ?c ; void:entities ?counted } FILTER (!BOUND(?counted) || ?told != ?counted) }"""
    assert number(wrong) == 0
    assert number("SELECT (COUNT(DISTINCT ?f) AS ?n) { ?build prov:used ?f . ?f <https://schema.org/sha256> ?h }") > 5
