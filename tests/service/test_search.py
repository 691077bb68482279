import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import Draft, empty_store, gold_store, store_of
from kg.service.search import Index, _pairs, expression, fold, index, spoken


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
    own.fill([(_pairs(name), "", "", "urn:x", "urn:t", name, name)], [])
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
