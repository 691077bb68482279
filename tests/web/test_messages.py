"""Whatever a page says in English it says in Chinese."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import render_template_string

import kg.web
from datasets import gold_store
from kg.settings import load
from kg.web import create_app
from kg.web.present import _INVERSE_OUTSIDE, _OUTSIDE

WEB = Path(kg.web.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}


@pytest.fixture(scope="module")
def chinese():
    with (WEB / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale="zh_Hans") if message.id}


@pytest.fixture(scope="module")
def app():
    return create_app(load({}), gold_store())


def words_of(query):
    names = set(query.columns)
    for name in query.columns:
        if f"{name}Label" not in names and name not in {"start", "end", "evidenceUrl", "otherUrl"}:
            yield re.sub("[A-Z]", lambda match: " " + match[0].lower(), name.removesuffix("Label"))


def test_every_message_has_its_chinese(chinese):
    found = {message for _, _, message, *_ in extract_from_dir(str(WEB), method_map=METHODS, keywords=KEYWORDS)}
    flat = {part for message in found for part in (message if isinstance(message, tuple) else (message,))}
    known = {part for message in chinese for part in (message if isinstance(message, tuple) else (message,))}
    assert len(flat) > 100
    assert flat - known == set()


def test_every_column_tag_and_property_has_its_chinese(chinese):
    queries = list(create_app(load({}), gold_store()).extensions["kg.queries"])
    wanted = {word for query in queries for word in words_of(query)} | {tag for query in queries for tag in query.tags}
    assert wanted | {*_OUTSIDE.values(), *_INVERSE_OUTSIDE.values()} <= set(chinese)


def test_a_chinese_description_names_a_column_as_its_page_does(app, chinese):
    named = 0
    for query in app.extensions["kg.queries"]:
        for name in set(re.findall("[A-Za-z]+", query.description_zh)) & set(query.columns):
            title = chinese[re.sub("[A-Z]", lambda match: " " + match[0].lower(), name)]
            assert re.search(f"{title}”?（{name}）", query.description_zh), (query.name, name)
            named += 1
    assert named > 5


def test_no_translation_is_empty_or_loses_a_placeholder(chinese):
    for message, string in chinese.items():
        texts = message if isinstance(message, tuple) else (message,)
        strings = string if isinstance(string, (tuple, list)) else (string,)
        assert all(strings), message
        places = set(re.findall(r"%\(\w+\)s|%\(\w+\)d|\{\w+\}", texts[-1]))
        assert all(set(re.findall(r"%\(\w+\)s|%\(\w+\)d|\{\w+\}", one)) == places for one in strings), message


def test_what_is_no_message_of_ours_is_escaped(app):
    with app.test_request_context("/", headers={"Accept-Language": "zh"}):
        shown = render_template_string("{{ _(reason) }}", reason="<b>50%</b> & more")
        assert shown == "&lt;b&gt;50%&lt;/b&gt; &amp; more"
        assert render_template_string("{{ _('“%(text)s” in names and quotes', text='<i>') }}").count("&lt;i&gt;") == 1
