"""A canned query that runs away in a real service: its page says so, in the reader's language, and stays whole."""

import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from service_process import TOKEN, Service

LIMIT, SLACK = 1.0, 10.0
DATA = "".join(f'<urn:s{i}> <urn:p{i % 7}> "齐 {i}" .\n' for i in range(1500))
RUNAWAY = """#+ summary: Every way to meet
#+ summary-zh: 所有的相遇
#+ description: A query that no machine ends.
#+ description-zh: 没有机器能做完的查询。
#+ tags:
#+   - figures
#+ parameters:
#+   word: {label: word, label-zh: 词}
#+ defaults:
#+   - word: 齐

SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONTAINS(STR(?c), ?_word)) }
"""


class Form(HTMLParser):
    """Takes what the fields of a page hold, and what its alert says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str | None] = {}
        self.alert = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "input":
            self.fields[given.get("name", "")] = given.get("value")
        self._inside = self._inside or given.get("role") == "alert"

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "p"

    def handle_data(self, data):
        self.alert += data if self._inside else ""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder = tmp_path_factory.mktemp("queries")
    (folder / "every-meeting.rq").write_text(RUNAWAY, "utf-8")
    running = Service(KG_QUERY_TIMEOUT=str(LIMIT), KG_QUERIES=str(folder))
    put = running.ask("PUT", "/graph-store?default", DATA, Content_Type="text/turtle", Authorization=f"Bearer {TOKEN}")
    assert put.status == 204
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "查询超过了本服务允许的时间，已被停止。"), ("en", "stopped at the limit of 1 s")]
)
def test_a_runaway_is_stopped_and_its_form_stays_filled(service, language, said):
    begun = time.monotonic()
    path = "/queries/every-meeting?" + urlencode({"word": "齐 1", "lang": language})
    answer = service.ask("GET", path, Accept="text/html")
    assert answer.status == 503
    assert time.monotonic() - begun < LIMIT + SLACK
    page = Form(answer.body.decode())
    assert said in page.alert
    assert page.fields["word"] == "齐 1"
    assert service.ask("GET", "/queries", Accept="text/html").status == 200


def test_a_runaway_of_the_workbench_keeps_its_query(service):
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    path = "/workbench?" + urlencode({"query": text, "run": "1", "lang": "zh"})
    answer = service.ask("GET", path, Accept="text/html")
    assert answer.status == 503
    assert "已被停止" in Form(answer.body.decode()).alert
    assert f">{text}</textarea>" in answer.body.decode()
