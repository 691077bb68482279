"""What a page says of an error it says in Chinese too: the sentences raised, and why a number is left unread."""

import ast
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import kg.reading
import kg.service
import kg.web
from datasets import gold_store
from kg.errors import QueryError
from kg.service.parameters import TYPES
from kg.settings import load
from kg.store import unparsed
from kg.store.standard import syntax
from kg.web import create_app

WEB, SERVICE = Path(kg.web.__file__).parent, Path(kg.service.__file__).parent
READING = Path(kg.reading.__file__).parent
TOLD = {"ArticleError", "ParameterError", "NotFoundError", "TooLargeError", "_error"}
# These answer programs only, or tell of the protocol.
PROGRAMS = {"requests.py", "terms.py", "discovery.py", "ontology_page.py", "report.py"}
HEADERS = {"Accept": "text/html", "Accept-Language": "zh"}


@pytest.fixture(scope="module")
def chinese():
    with (WEB / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale="zh_Hans") if message.id}


@pytest.fixture(scope="module")
def client():
    return create_app(load({}), gold_store()).test_client()


def sentences():
    """Yield the file and the sentence of each error that a page may tell; None where it is no plain text."""
    for path in (*WEB.glob("*.py"), *SERVICE.glob("*.py"), READING / "text" / "article.py"):
        if path.name in PROGRAMS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            name = getattr(called, "id", getattr(called, "attr", ""))
            if isinstance(node, ast.Call) and name in TOLD and node.args:
                given = node.args[0]
                if not isinstance(given, ast.Name):  # a name holds a sentence that stands as text elsewhere
                    yield path.name, given.value if isinstance(given, ast.Constant) else None


def test_every_sentence_that_a_page_tells_has_its_chinese(chinese):
    found = list(sentences())
    assert len(found) > 10
    assert [(file, text) for file, text in found if text not in chinese] == []


def test_what_is_said_of_a_text_that_does_not_parse_has_its_chinese(chinese):
    said = [unparsed.SAID, unparsed.UNDECLARED, unparsed.MISPLACED, unparsed.ENDS, unparsed.REFUSED, syntax.MISREAD]
    assert [sentence for sentence in said if sentence not in chinese] == []


def test_a_parameters_sentences_have_their_chinese(chinese):
    assert {sentence for _, sentence in TYPES.values()} <= set(chinese)


def test_every_reason_of_an_unread_number_has_its_chinese(chinese):
    found = set()

    def look(value):
        if isinstance(value, dict):
            if isinstance(value.get("reason"), str):
                found.add(value["reason"])
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)

    for path in (Path(kg.__file__).parent / "reading" / "tables").glob("*.toml"):
        look(tomllib.loads(path.read_text(encoding="utf-8")))
    assert len(found) > 10
    assert found - set(chinese) == set()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/queries/observations?least=many", "least 要填数字"),
        ("/queries/observations?colour=red", "没有参数"),
        ("/queries/observations?status=done", "只能取"),
        ("/queries/none", "没有名为"),
        ("/articles/none", "没有文章"),
        ("/page/enterprise/none", "数据集中没有"),
        ("/things?type=None", "没有类型"),
        ("/none", "这个地址没有内容"),
        ("/network?amount=many", "amount"),
        ("/things?type=Enterprise&page=0", "page"),
        ("/articles/longsha-2020-08-27?start=a&end=3", "start"),
        ("/workbench?run=1&query=SELECT", "第 1 行第 7 列无法解析：文本到此结束"),
        ("/workbench?run=1&query=ASK{?s+rdfs:label+?o}", "前缀 rdfs: 没有声明"),
    ],
)
def test_a_chinese_page_tells_an_error_in_chinese(client, path, said):
    response = client.get(path, headers=HEADERS)
    assert response.status_code in {400, 404}
    told = response.get_data(as_text=True).split('class="problem">')[1].split("</p>")[0]
    assert said in told
    assert any("一" <= char <= "龥" for char in told)


def test_a_program_is_told_in_english_whatever_its_language(client):
    answer = client.get("/queries/observations.csv?least=many", headers={**HEADERS, "Accept": "application/json"})
    assert answer.json["detail"] == "least takes a decimal number such as 12.5, not 'many'."


def test_the_engines_own_words_stand_apart_and_in_their_language(client, monkeypatch):
    def fails(*_args, **_more):
        raise QueryError("The query cannot be evaluated: <boom>.")

    monkeypatch.setattr(type(client.application.extensions["kg"].store), "query", fails)
    page = client.get("/workbench?run=1&query=ASK{}", headers=HEADERS).get_data(as_text=True)
    alert = page.split('class="problem">')[1].split("</p>")[0]
    sentence, _, detail = alert.partition("<br>")
    assert sentence == "这个查询无法回答。"
    assert detail == '<span class="muted" lang="en">The query cannot be evaluated: &lt;boom&gt;.</span>'
    english = {"Accept": "text/html", "Accept-Language": "en"}
    page = client.get("/workbench?run=1&query=ASK{}", headers=english).get_data(as_text=True)
    assert 'class="problem">The query cannot be evaluated: &lt;boom&gt;.</p>' in page


def test_a_pasted_text_that_is_none_is_told_in_chinese(client):
    page = client.post("/extract", data={"text": " \n "}, headers=HEADERS)
    assert page.status_code == 422
    assert 'role="alert" class="problem">' in page.get_data(as_text=True)
    assert ">内容为空" in page.get_data(as_text=True)
