"""A page asks the same number of queries of a small dataset and of a large one."""

import datetime as dt
import re

import pytest

from datasets import Draft, gold_source, nquads_of, second_draft, store_of
from kg.settings import load
from kg.store import open_store
from kg.store.local import LocalStore
from kg.web import create_app

PAGES = {
    "/": 3,
    "/things?type=Enterprise": 2,
    "/page/enterprise/hua-gong-ji-chuang-667f83fa": 2,
    "/page/group/xin-kai-gong-chan-ye-xiang-mu-926603ad": 2,
    "/page/article/longsha-2020-08-27/observation/2310-2317": 4,
    "/articles/longsha-2020-08-27": 3,
    "/articles/longsha-2020-08-27?start=2303&end=2317": 3,
    "/queries/observations": 1,
    "/search?q=龙沙": 0,
    "/network": 4,
}


def crowd(number):
    """Articles of their own, in which many firms build for the first article's firm."""
    for place in range(number):
        text = f"第{place}公司为华工机床建设厂房{place}项目。" + "".join(
            f"子项{place}之{part}投资3亿元。" for part in range(10)
        )
        draft = Draft(text, f"crowd-{place}", f"文章{place}", dt.date(2021, 1, 1))
        firm, other = draft.thing("Enterprise", f"第{place}公司"), draft.thing("Enterprise", "华工机床")
        project = draft.thing("Project", f"厂房{place}项目")
        draft.relation(firm, "builds", project, f"第{place}公司为华工机床建设厂房{place}项目")
        draft.relation(firm, "supplies", other, f"第{place}公司为华工机床建设")
        yield draft.source()


@pytest.fixture(scope="module")
def apps():
    made = []
    for more in ([second_draft().source()], list(crowd(40))):
        store = open_store("memory:")
        store.replace_default(nquads_of(gold_source(), *more))
        made.append(create_app(load({}, result_cache=0), store))
    return made


def count_queries(app, path, monkeypatch):
    """Count the queries of the second view: what is kept for a version of the dataset is there by then."""
    asked = []
    query = LocalStore.query

    def counted(self, text, **more):
        asked.append(text)
        return query(self, text, **more)

    headers = {"Accept": "text/html"}
    assert app.test_client().get(path, headers=headers).status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(LocalStore, "query", counted)
        app.test_client().get(path, headers=headers)
    return len(asked)


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow(apps, path, monkeypatch):
    small, large = (count_queries(app, path, monkeypatch) for app in apps)
    assert small == large <= PAGES[path]


def test_a_kept_page_asks_none(monkeypatch):
    store = open_store("memory:")
    store.replace_default(nquads_of(gold_source()))
    app = create_app(load({}), store)
    for path in PAGES:
        assert count_queries(app, path, monkeypatch) == 0, path


def test_who_turns_the_pages_of_a_table_asks_its_query_once(monkeypatch):
    store = open_store("memory:")
    store.replace_default(nquads_of(gold_source()))
    client, asked = create_app(load({}), store).test_client(), []
    query = LocalStore.query

    def counted(self, text, **more):
        asked.append(text)
        return query(self, text, **more)

    def rows_of(address):
        page = client.get(address, headers={"Accept": "text/html"})
        assert page.status_code == 200
        return re.findall(r'class="quote" href="([^"]+)"', page.get_data(as_text=True))

    monkeypatch.setattr(LocalStore, "query", counted)
    first, second, upward, downward = (
        rows_of(f"/queries/observations?{more}") for more in ("", "page=2", "sort=low", "sort=-low")
    )
    assert sum("?periodStart" in text for text in asked) == 1
    assert first
    assert second
    assert len({tuple(rows) for rows in (first, second, upward, downward)}) == 4
    store.update("DELETE WHERE { ?fact a <https://w3id.org/district-kg/ontology#Observation> }")
    assert rows_of("/queries/observations?page=1") == []


def test_a_hub_is_paged():
    names = [f"厂房{number:03}项目" for number in range(130)]
    draft = Draft("甲公司建设" + "、".join(names) + "。", "hub", "枢纽")
    firm = draft.thing("Enterprise", "甲公司")
    for name in names:
        draft.relation(firm, "builds", draft.thing("Project", name), name)
    client = create_app(load({}), store_of(draft.source())).test_client()
    path = client.get("/suggest?q=甲公司").json["suggestions"][0]["path"]
    pages = [client.get(f"{path}?page={number}", headers={"Accept": "text/html"}) for number in (1, 2)]
    first, second = (page.get_data(as_text=True) for page in pages)
    shown = [sum(f">{name}<" in page for name in names) for page in (first, second)]
    assert shown == [100, 30]
    assert ('rel="next"' in first, 'rel="next"' in second) == (True, False)
