"""The page of one article: whole, self-contained, and deaf to what an article's words would have it do."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import Entity, Facts, Observation, Relation, Span, UnreadNumber
from kg.reading.layers import Period
from kg.reading.text.article import read_article
from kg.reading.view import render_html
from kg.reading.view.segments import Mark, segments

HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(2)>

云杉科技</article></style>{{ 7 * 7 }}{% raw %}完成投资3亿元&amp;<!-- javascript:alert(3) ' " `
"""


class Page(HTMLParser):
    """What a browser would see: tags, ids, links, and the words of the article."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.hrefs, self.attributes, self.words = [], [], [], [], []
        self.inside = 0
        self.feed(data.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        names = dict(attrs)
        self.ids += [names["id"]] if "id" in names else []
        self.hrefs += [names["href"]] if "href" in names else []
        self.inside += tag == "article"

    def handle_endtag(self, tag):
        self.inside -= tag == "article"

    def handle_data(self, data):
        if self.inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def quote(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), exact=words)


def hostile_facts(article) -> Facts:
    text, evil = article.text, "</script><img src=x onerror=alert(4)>"
    firm = quote(text, "云杉科技")
    return Facts(
        article=article.head,
        entities=(Entity(id="e1", type="Enterprise", name=evil, aliases=(evil,), mentions=(firm,), rule=evil),),
        observations=(
            Observation(
                id="o1",
                subject="e1",
                indicator=evil,
                low="300000000",
                high="300000000",
                comparator="eq",
                unit=evil,
                number=quote(text, "3亿元"),
                evidence=quote(text, "完成投资3亿元"),
                rule=evil,
            ),
        ),
        relations=(Relation(id="r1", subject="e1", predicate="involves", object="e1", evidence=firm, rule=evil),),
        unread=(UnreadNumber(start=14, end=15, exact=text[14:15], reason=evil, rule=evil),),
    )


def test_hostile_words_stay_words():
    article = read_article(HOSTILE.encode(), article_id='"><script>alert(5)</script>')
    data = render_html(article, hostile_facts(article))
    page = Page(data)
    assert page.text == HOSTILE
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
    assert "49" not in page.text


def test_nothing_is_fetched(longsha):
    article = read_article(longsha.encode(), article_id="a")
    data = render_html(article, Facts(article=article.head)).decode()
    page = Page(data.encode())
    assert all(href.startswith("#") for href in page.hrefs)
    assert not {"link", "img", "iframe", "object", "embed", "base", "form"} & set(page.tags)
    assert "url(" not in data
    assert "@import" not in data


def test_the_policy_admits_only_the_pages_own_style_and_script(longsha):
    article = read_article(longsha.encode(), article_id="a")
    data = render_html(article, Facts(article=article.head)).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', data).group(1).replace("&#39;", "'")
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*)</{tag}>", data, re.DOTALL).group(1)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


def test_every_fact_can_be_reached_from_the_text_and_back():
    article = read_article(HOSTILE.encode(), article_id="a")
    page = Page(render_html(article, hostile_facts(article)))
    assert {"e1", "o1", "r1", "u1"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert {href[1:] for href in page.hrefs} <= set(page.ids)
    assert {"#e1", "#o1", "#u1"} <= set(page.hrefs)
    assert {"e1", "o1", "r1", "u1"} <= {value for name, value in page.attributes if name == "data-show"}


def test_a_text_without_facts_says_so(longsha):
    article = read_article(longsha.encode(), article_id="a")
    assert "未从本文读出事实。" in render_html(article, Facts(article=article.head)).decode()


def test_periods_and_headings_are_seen(longsha):
    article = read_article(longsha.encode(), article_id="a")
    start = longsha.index("上半年")
    period = Period(start=start, end=start + 3, begins=None, ends=None, rule="half")
    data = render_html(article, Facts(article=article.head), (period,)).decode()
    assert '<span class="period">上半年</span>' in data
    assert re.search(r'class="[^"]*heading[^"]*"', data)


MARKS = st.builds(
    lambda start, length, layer, leaf: Mark(start, start + length, layer, "f", leaf),
    st.integers(0, 40),
    st.integers(0, 12),
    st.sampled_from(["quantity", "name Park", "evidence", "unread"]),
    st.booleans(),
)


@given(st.text(max_size=50), st.lists(MARKS, max_size=12))
def test_segments_are_the_text_whatever_the_marks(text, found):
    inside = [mark for mark in found if mark.end <= len(text)]
    cut = list(segments(text, inside))
    assert "".join(segment.text for segment in cut) == text
    leaves = [mark for mark in inside if mark.leaf and mark.start < mark.end]
    assert sum(len(segment.text) for segment in cut if segment.link) == len(
        {place for mark in leaves for place in range(mark.start, mark.end)}
    )


@pytest.mark.parametrize("text", ["甲\r\n乙3个\r\n", "全角１２个\u3000🙂\xa0完\n"])
def test_the_words_on_the_page_are_the_words_of_the_file(text):
    article = read_article(text.encode(), article_id="a")
    assert Page(render_html(article, Facts(article=article.head))).text == text
