"""Every page as a person without JavaScript meets it: in both languages, whole, and clear when something is wrong."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

from datasets import BASE, Draft, empty_store, gold_source, gold_store, nquads_of, store_of
from kg.settings import load
from kg.store import open_store
from kg.web import create_app

GROUP = "/page/group/xin-kai-gong-chan-ye-xiang-mu-926603ad"
ARTICLE = "/articles/longsha-2020-08-27"
PAGES = [
    "/",
    "/things",
    "/things?type=Enterprise",
    GROUP,
    "/page/article/longsha-2020-08-27/observation/2310-2317",
    "/articles",
    ARTICLE,
    ARTICLE + "?start=2303&end=2317",
    "/queries",
    "/queries/observations",
    "/queries/arithmetic-checks",
    "/search",
    "/search?q=龙沙",
    "/extract",
    "/ontology",
    "/network",
    "/workbench",
]


class Page(HTMLParser):
    """What a page holds: its links, headings, scripts, handlers, ids and visible text."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.inline, self.open, self.text, self.json = [], [], [], [], [], []
        self.attributes = []
        self._script = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        if "id" in named:
            self.ids.append(named["id"])
        if tag == "style" or "style" in named or any(name.startswith("on") for name in named):
            self.inline.append((tag, attrs))
        if tag == "script":
            self._script = named.get("type", "")
            if "src" not in named and not self._script.endswith("json"):
                self.inline.append((tag, attrs))

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = None

    def handle_data(self, data):
        (self.json if self._script else self.text).append(data)

    @property
    def words(self):
        return re.sub(r"\s+", " ", "".join(self.text))


def client_of(store, **settings):
    return create_app(load({}, **settings), store).test_client()


@pytest.fixture(scope="module")
def app():
    return create_app(load({}), gold_store())


@pytest.fixture
def client(app):
    return app.test_client()


def get(client, path, language="zh", **headers):
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    return client.get(path, headers={"Accept": accept, "Accept-Language": language, **headers})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(client, path, language):
    response = get(client, path, language)
    page = Page(response.get_data(as_text=True))
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    assert response.headers["Content-Language"] == {"zh": "zh-Hans", "en": "en"}[language]
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].replace(" ", "").split(","))
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
    assert response.get_data(as_text=True).count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_an_outside_host_for_anything(client, path):
    page = Page(get(client, path).get_data(as_text=True))
    fetched = [value for tag, name, value in page.attributes if name == "src" or (tag == "link" and name == "href")]
    kept = [value for value in fetched if not value.startswith("/")]
    assert all(value.startswith(BASE) for value in kept)  # the canonical addresses: named, never fetched


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_keeps_the_page(client, path):
    page = Page(get(client, path, "zh").get_data(as_text=True))
    other = next(link for link in page.links if "lang=en" in link)
    parts, wanted = urlsplit(other), urlsplit(path)
    assert parts.path == quote(wanted.path)
    response = client.get(other, headers={"Accept": "text/html", "Accept-Language": "zh"})
    assert response.headers["Content-Language"] == "en"
    assert "lang=en" in response.headers["Set-Cookie"]


def test_the_chosen_language_is_kept(client):
    client.get("/?lang=en", headers={"Accept-Language": "zh"})
    assert client.get("/queries", headers={"Accept-Language": "zh"}).headers["Content-Language"] == "en"


def test_every_inner_link_leads_somewhere(client):
    seen, waiting = set(), ["/", GROUP, ARTICLE, "/queries/observations", "/ontology", "/network"]
    for path in list(waiting):
        waiting += Page(get(client, path).get_data(as_text=True)).links
    for link in waiting:
        path = link.split("#")[0]
        if not path.startswith("/") or path in seen or "lang=" in path or path == "/.well-known/void":
            continue
        seen.add(path)
        if len(seen) > 250:
            break
        assert get(client, path).status_code in {200, 303}, path
    assert len(seen) > 100


def test_a_thing_shows_its_figures_statements_and_their_words(client):
    page = Page(get(client, GROUP).get_data(as_text=True))
    for said in (
        "新开工产业项目",
        "33.81亿元",
        "3,381,000,000 元",
        "总投资",
        "计划",
        "联享农业现代服务产业园项目",
        "投资完成率",
    ):
        assert said in page.words
    assert ARTICLE + "?start=2303&end=2317#chosen" in page.links


def test_a_shared_figure_stands_apart(client):
    hits = client.get("/suggest?q=禾速传媒").json["suggestions"]
    page = Page(get(client, hits[0]["path"]).get_data(as_text=True))
    assert "与其他事物共有的数字" in page.words
    assert "4200余人" in page.words


def test_linked_data_by_accept(client):
    name = GROUP.removeprefix("/page/")
    for accept, place in {
        "text/html": f"/page/{name}",
        "*/*": f"/page/{name}",
        "text/turtle": f"/data/{name}.ttl",
        "application/ld+json": f"/data/{name}.jsonld",
        "application/n-triples": f"/data/{name}.nt",
        "application/rdf+xml;q=0.9, text/html;q=0.1": f"/data/{name}.rdf",
    }.items():
        response = client.get(f"/id/{name}", headers={"Accept": accept})
        assert (response.status_code, response.headers["Location"]) == (303, place)
        assert "Accept" in response.headers["Vary"]
    assert client.get(f"/id/{name}", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("extension", "media_type"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
    ],
)
def test_descriptions_parse_and_are_about_the_thing(client, extension, media_type):
    name = GROUP.removeprefix("/page/")
    response = client.get(f"/data/{name}.{extension}")
    assert response.mimetype == media_type
    quads = list(ox.parse(response.data, format=ox.RdfFormat.from_media_type(media_type)))
    iri = f"{BASE}id/{name}"
    assert any(quad.subject.value == iri for quad in quads)
    neighbours = {quad.subject.value for quad in quads}
    assert not [iri for iri in neighbours if "/statement/" in iri or "/observation/" in iri or "/naming/" in iri]


def test_a_merged_address_leads_to_the_thing_it_became(client):
    store = gold_store()
    became = GROUP.removeprefix("/page/")
    gone = f"<{BASE}id/enterprise/gone> <http://purl.org/dc/terms/isReplacedBy> <{BASE}id/{became}>"
    store.update(f"INSERT DATA {{ {gone} }}")
    response = get(client_of(store), "/page/enterprise/gone")
    assert (response.status_code, response.headers["Location"]) == (301, GROUP)


def test_a_fact_has_its_own_description_with_its_words(client):
    body = client.get("/data/article/longsha-2020-08-27/observation/2310-2317.nt").get_data(as_text=True)
    assert "项目预计总投资33.81亿元" in body
    assert "TextQuoteSelector" in body


def test_a_page_names_its_alternates_and_holds_json_ld(client):
    response = get(client, GROUP)
    assert (
        f'</data/{GROUP.removeprefix("/page/")}.ttl>; rel="alternate"; type="text/turtle"' in response.headers["Link"]
    )
    data = json.loads("".join(Page(response.get_data(as_text=True)).json).strip())
    assert data["name"] == "新开工产业项目"
    assert data["@id"] == BASE + "id/" + GROUP.removeprefix("/page/")


def test_the_base_is_never_taken_from_the_host(client):
    response = client.get(GROUP, headers={"Host": "evil.example", "Accept": "text/html"})
    assert "evil.example" not in response.get_data(as_text=True)
    assert (
        client.get("/id/" + GROUP.removeprefix("/page/"), headers={"Host": "evil.example"})
        .headers["Location"]
        .startswith("/")
    )


def test_another_base_moves_every_iri_and_no_path():
    store = open_store("memory:")
    store.replace_default(nquads_of(gold_source(), base="http://data.example/"))
    own = client_of(store, base_iri="http://data.example/")
    assert "http://data.example/id/group/" in get(own, GROUP).get_data(as_text=True)
    rows = own.get("/queries/observations.csv").get_data(as_text=True)
    assert "http://data.example/articles/longsha-2020-08-27?start=" in rows


def test_the_marked_text_is_the_text(client):
    html = get(client, ARTICLE + "?start=2303&end=2317").get_data(as_text=True)
    article = html[html.index('<div class="article"') :]
    article = article[article.index(">") + 1 : article.index("</div>")]
    assert "".join(Page(article).text) == gold_source().text
    chosen = re.findall(r'<mark class="[^"]*chosen[^"]*"[^>]*>([^<]*)</mark>', article)
    assert "".join(chosen) == "项目预计总投资33.81亿元"
    assert article.count('id="chosen"') == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("start=a&end=3", "start"),
        ("start=3", "end"),
        ("end=3", "start"),
        ("start=-1&end=3", "start"),
        ("start=9&end=3", "end"),
        ("start=3&end=3", "end"),
        ("start=1&end=999999", "end"),
        ("start=１&end=3", "start"),
        ("start=1&end=99999999999999999999", "end"),
    ],
)
def test_bad_offsets_are_told(client, query, names):
    response = client.get(f"{ARTICLE}?{query}")
    assert response.status_code == 400
    assert response.json["parameter"] == names


def test_only_quotes_are_shown_where_the_text_may_not_be():
    quotes = client_of(gold_store(), article_text="quotes")
    words = Page(get(quotes, ARTICLE + "?start=2303&end=2317").get_data(as_text=True)).words
    assert "项目预计总投资33.81亿元" in words
    assert "您当前的位置" not in words
    assert "关注东北网" not in Page(get(quotes, "/extract?example").get_data(as_text=True)).words


def test_a_text_that_is_no_longer_the_same_is_not_marked(tmp_path):
    (tmp_path / "longsha-2020-08-27.txt").write_text("另一篇文章", encoding="utf-8")
    other = client_of(gold_store(), articles=(tmp_path,))
    words = Page(get(other, ARTICLE).get_data(as_text=True)).words
    assert "另一篇文章" not in words
    assert "项目预计总投资33.81亿元" in words


@pytest.mark.parametrize(
    "path", ["/page/enterprise/none", "/articles/none", "/queries/none", "/things?type=None", "/none"]
)
def test_what_is_not_there_is_404_for_people_and_programs(client, path):
    assert get(client, path).status_code == 404
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def test_an_address_that_leads_nowhere_offers_what_is_like_it(client):
    page = Page(get(client, "/page/enterprise/hua-gong-ji-chuang-00000000").get_data(as_text=True))
    assert "华工机床" in page.words


@pytest.mark.parametrize("path", ["/things?type=Enterprise&page=0", GROUP + "?page=x", "/queries/entities?page=-1"])
def test_a_bad_page_number_is_told(client, path):
    assert get(client, path).status_code == 400


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(("/page", ARTICLE, "/things?"))])
def test_an_empty_graph_breaks_no_page(path):
    assert get(client_of(empty_store()), path).status_code == 200


HARD = ["龙" * 500, "<script>alert(1)</script><b>", "</script><!--", "שלום עולם", "\"'&=+-@", "a\u202eb"]


@pytest.mark.parametrize("name", HARD)
def test_hard_names_stay_text(name):
    draft = Draft(f"甲。{name}建设乙项目。", "draft", "草稿")
    firm = draft.thing("Enterprise", name)
    project = draft.thing("Project", "乙项目")
    draft.relation(firm, "builds", project, f"{name}建设乙项目")
    client = client_of(store_of(draft.source()))
    rows = client.get("/queries/enterprises-projects.json").json["results"]["bindings"]
    path = "/page/" + rows[0]["enterprise"]["value"].removeprefix(BASE + "id/")
    for place in (path, "/queries/enterprises-projects", "/things?type=Enterprise", "/articles/draft", "/network"):
        response = get(client, place)
        page = Page(response.get_data(as_text=True))
        assert response.status_code == 200
        assert page.inline == []
        assert name in "".join(page.text)


def test_the_ontology_has_every_term_once_and_comes_as_data(client):
    page = Page(get(client, "/ontology").get_data(as_text=True))
    assert {"Enterprise", "Observation", "subject", "builds", "planned"} <= set(page.ids)
    assert client.get("/ontology", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    assert b"kg:Enterprise" in client.get("/ontology.ttl").data
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_a_figure_that_many_articles_tell_of_a_thing_is_among_its_first_once():
    sources = []
    for number in range(3):
        draft = Draft("甲公司总投资3亿元，新建厂房5栋。", f"again-{number}", f"文章{number}")
        firm = draft.thing("Enterprise", "甲公司")
        draft.figure(firm, "总投资", "3亿元", "总投资3亿元", low="300000000", high="300000000", unit="CNY")
        draft.figure(firm, "厂房", "5栋", "新建厂房5栋", low="5", high="5", unit="栋")
        sources.append(draft.source())
    client = create_app(load({}), store_of(*sources)).test_client()
    path = client.get("/suggest?q=甲公司").json["suggestions"][0]["path"]
    page = client.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert re.findall(r'<a class="amount"[^>]*>([^<]+)<', page) == ["3亿元", "5栋"]
