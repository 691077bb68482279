"""The pages of facts: what each says in words, its evidence, and the correction that a reader sends in."""

import re
import tomllib

import pytest

from datasets import gold_store
from kg.service.prefixes import HEADER
from kg.settings import load
from kg.web import create_app

ARTICLE = "article/longsha-2020-08-27"


@pytest.fixture(scope="module")
def store():
    return gold_store()


@pytest.fixture(scope="module")
def client(store):
    return create_app(load({}), store).test_client()


def heading(client, name, language="zh"):
    html = client.get(f"/page/{name}", headers={"Accept": "text/html", "Accept-Language": language})
    assert html.status_code == 200
    return re.search(r"<h1><bdi>(.*?)</bdi>", html.get_data(as_text=True))[1]


def first(store, pattern):
    row = next(iter(store.select(f"{HEADER} SELECT ?it WHERE {{ {pattern} }} ORDER BY ?it LIMIT 1")))
    return row["it"].value.split("/id/")[1]


def test_a_fact_is_headed_by_what_it_says(client, store):
    name = first(store, '?it kg:predicate kg:delivers ; a kg:Statement ; kg:subject/rdfs:label ?l . FILTER(?l != "")')
    assert heading(client, name) == "华工机床有限责任公司 · 交付 · 宝钢"
    assert heading(client, name, "en") == "华工机床有限责任公司 · delivers to · 宝钢"
    assert heading(client, f"{ARTICLE}/observation/2310-2317") == "新开工产业项目：总投资 33.81亿元"
    assert heading(client, first(store, "?it a kg:Naming ; kg:subject/rdfs:label '宝钢'@zh-hans")) == "宝钢"
    assert heading(client, first(store, "?it a kg:UnreadNumber ; kg:reason 'round the clock'")) == "24小时"


def test_no_address_stands_where_a_name_or_a_quote_belongs(client):
    html = client.get(f"/page/{ARTICLE}/observation/2310-2317", headers={"Accept": "text/html"}).get_data(as_text=True)
    table = html[html.index('<table class="said">') : html.index("</table>")]
    texts = re.findall(r">([^<>]+)<", table)
    assert not [text for text in texts if "/words/" in text or text.startswith("http")]
    assert "项目预计总投资33.81亿元" in texts


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("?it a kg:Observation ; prov:wasQuotedFrom ?words", "observation"),
        ("?it a kg:Statement ; prov:wasQuotedFrom ?words", "relation"),
        ("?it a kg:Naming ; prov:wasQuotedFrom ?words", "entity"),
    ],
)
def test_every_kind_of_fact_has_a_correction_that_parses(client, store, pattern, kind):
    name = first(store, pattern)
    answer = client.get(f"/corrections/{name}.toml")
    assert answer.mimetype == "application/toml"
    row = tomllib.loads(answer.get_data(as_text=True))["correction"][0]
    assert row["kind"] == kind
    assert row["quote"]
    assert all(row["target"].values())


def test_what_is_no_fact_has_no_correction(client):
    assert client.get("/corrections/enterprise/none.toml").status_code == 404


def test_a_relation_reads_from_its_other_end_too(client):
    path = client.get("/suggest?q=智能化试样加工检测线").json["suggestions"][0]["path"]
    html = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"}).get_data(as_text=True)
    assert "developed by" in html
