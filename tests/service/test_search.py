import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pypinyin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets import Draft, empty_store, gold_store, store_of
from kg.errors import BusyError, StoreError
from kg.service import indexer, search
from kg.service.indexed import Name
from kg.service.search import Index, index
from kg.service.spelling import expression, fold, spoken
from kg.store.engine.client import EngineStore
from kg.store.engine.engine import Engine, Limits


@pytest.fixture(scope="module")
def found():
    return index(gold_store())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("龙沙", "龙沙"),
        ("龍沙區", "齐齐哈尔市龙沙区"),
        ("机床", "华工机床"),
        ("工机床", "华工机床"),
        ("hgjc", "华工机床"),
        ("huagong", "华工机床"),
        ("HuaGong JiChuang", "华工机床"),
        ("jichuang", "华工机床"),
        ("联享农业", "联享农业集团公司"),
        ("５ｇ视商", "5G视商"),
        ("禾速 传媒", "禾速传媒"),
        ("宝", "宝钢"),
        ("bg", "宝钢"),
    ],
)
def test_any_part_of_a_name_finds_it(found, typed, first):
    assert any(first in hit.label or hit.label in first for hit in found.names(typed)[:3]), found.names(typed)


def test_an_alias_finds_the_thing(found):
    assert "齐齐哈尔市5G视商科技产业园" in {hit.label for hit in found.names("5G视商产业园")}


def test_the_exact_name_comes_first_and_an_exact_alias_too(found):
    assert found.names("龙沙区")[0].label == "齐齐哈尔市龙沙区"
    assert found.names("禾速传媒")[0].label == "禾速传媒"


def test_articles_and_quotes_are_found(found):
    assert any("NewsArticle" in hit.type for hit in found.names("稳工业"))
    quotes = found.quotes("低保金")
    assert quotes
    assert all("低保金" in hit.text for hit in quotes)
    assert "/articles/longsha-2020-08-27?start=" in quotes[0].page


@pytest.mark.parametrize(
    "typed", ["", " ", "*", '"', "AND", "NEAR(", "a:b", "^", "'; DROP TABLE names", "\x00", "🏭", "(" * 300]
)
def test_what_a_person_types_is_never_a_command(found, typed):
    found.names(typed)
    found.quotes(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_search(found, typed):
    found.names(typed)
    found.quotes(typed)


NAME = st.text(st.sampled_from("龙沙区华工机床0123abc"), min_size=2, max_size=12)


@given(NAME, st.data())
def test_every_stretch_of_a_chinese_name_finds_it(name, data):
    own = Index()
    own._prepare()
    own._write([Name("urn:x", "urn:t", (name,), ())], [])
    start = data.draw(st.integers(0, len(name) - 2))
    stretch = name[start : data.draw(st.integers(start + 2, len(name)))]
    whole_runs = all(not char.isascii() for char in stretch)
    assert not whole_runs or [hit.label for hit in own.names(stretch)] == [name]


def test_an_empty_dataset_finds_nothing():
    assert index(empty_store()).names("龙沙") == []


def test_a_changed_dataset_is_indexed_again():
    store = empty_store()
    assert index(store).names("乙公司") == []
    draft = Draft("乙公司。", "draft", "草稿")
    draft.thing("Enterprise", "乙公司")
    store.replace_default(store_of(draft.source()).export(), replace=True)
    assert [hit.label for hit in index(store).names("乙公司")] == ["乙公司"]


def test_folding_and_pinyin():
    assert fold("ＡＢ龍") == "ab龙"
    assert spoken("宝钢") == "baogang gang bg g"
    assert spoken("长" * 30) == ""
    assert expression("龙沙区 x", either=True) == '"龙沙 沙区" OR "x" *'


def test_spelling_is_that_of_whole_names():
    for name in ("5G视商产业园", "10亿元项目3个", "银行", "绿色 Café 厂", "、"):
        full, first = ([said for said in said_by(name, style) if said.strip()] for style in ("NORMAL", "FIRST_LETTER"))
        starts = ["".join(parts[place:]) for parts in (full, first) for place in range(len(parts))]
        assert spoken(name) == " ".join(dict.fromkeys(starts)).lower()


def said_by(name, style):
    return pypinyin.lazy_pinyin(name, style=pypinyin.Style[style], errors="default")


COMPANIES = [f"{one}{other}公司" for one in "甲乙丙丁" for other in "东南西北"]
KG, LABEL = "https://w3id.org/district-kg/ontology#", "http://www.w3.org/2000/01/rdf-schema#label"


def triples_of(name):
    return f'<urn:{name}> a <{KG}Enterprise> ; <{LABEL}> "{name}" .'


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["INSERT", "DELETE"]), st.sampled_from(COMPANIES)), max_size=6))
def test_an_index_that_followed_changes_finds_what_a_new_one_finds(changes):
    store = changed_store()
    for verb, name in changes:
        store.update(f"{verb} DATA {{ {triples_of(name)} }}")
        followed = index(store)
        assert bool(followed.names(name)) == (verb == "INSERT")
    new = Index()
    new.follow(store)
    for text in ("公司", "甲", "东公司", "gs", "新建学校"):
        assert index(store).names(text) == new.names(text)
        assert index(store).quotes(text) == new.quotes(text)


def changed_store():
    draft = Draft("乙公司新建学校2所。", "draft", "草稿")
    draft.relation(draft.thing("Enterprise", "乙公司"), "builds", draft.thing("Facility", "学校"), "乙公司新建学校")
    return store_of(draft.source())


def test_a_quote_that_went_is_found_no_more():
    store = changed_store()
    assert [hit.text for hit in index(store).quotes("新建学校")] == ["乙公司新建学校"]
    store.update("DELETE WHERE { ?fact <http://www.w3.org/ns/prov#wasQuotedFrom> ?words }")
    assert index(store).quotes("新建学校") == []


@pytest.fixture
def engine():
    started = Engine(None, Limits(query_timeout=10))
    yield started
    started.stop()


def test_the_processes_of_a_service_share_one_index(engine, monkeypatch):
    mine, other = engine.store, EngineStore(engine.folder, 10)
    mine.update(f"INSERT DATA {{ {triples_of('甲东公司')} <{KG}Enterprise> <{IN_SCHEME}> <{KG}types> }}")
    assert [hit.label for hit in index(mine).names("甲东")] == ["甲东公司"]
    monkeypatch.setattr(EngineStore, "query", None)  # whoever comes later asks the dataset nothing
    assert [hit.label for hit in index(other).names("甲东")] == ["甲东公司"]
    other.close()


IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"


def test_an_index_is_made_before_anyone_searches_and_after_changes(engine, monkeypatch):
    monkeypatch.setattr(indexer, "_SMALL", 0)
    file = engine.folder / "search.sqlite"
    with indexer.Indexer(engine.store, 10):
        for name in ("甲东公司", "乙西公司"):
            engine.store.update(f"INSERT DATA {{ {triples_of(name)} <{KG}Enterprise> <{IN_SCHEME}> <{KG}types> }}")
            assert within_a_minute(lambda name=name: file.exists() and Index(file).names(name))


def within_a_minute(holds):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(BusyError, StoreError):  # its tables are not there yet
            if holds():
                return True
        time.sleep(0.05)
    return False


def test_who_waits_too_long_for_an_index_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(search, "_PATIENCE", 0.01)
    file = tmp_path / "search.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as elsewhere:
        elsewhere.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="still being made"):
            Index(file).follow(empty_store())


def test_an_index_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(StoreError, match="cannot be written or read"):
        Index(tmp_path / "nowhere" / "search.sqlite")


def test_an_indexer_whose_service_was_killed_as_it_started_ends_at_once(tmp_path):
    command = [sys.executable, "-m", "kg.service.indexer", str(tmp_path), "10", str(os.getppid())]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert list(tmp_path.iterdir()) == []
