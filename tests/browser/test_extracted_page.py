"""The self-contained page of `kg extract --format html`, opened from a file: by mouse, by keyboard, on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from kg.facts import from_json
from kg.reading.text.article import read_article
from kg.reading.view import render_html

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    gold = Path(__file__).parents[1] / "gold" / "synthetic" / "county-report"
    article = read_article(gold.with_suffix(".txt").read_bytes(), article_id="county-report")
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(render_html(article, from_json(gold.with_suffix(".json").read_bytes())))
    return path.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page in a fresh context; at the end nothing else was asked for and the console is clean."""
    contexts, asked, said = [], [], []

    def open_page(**settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda message: said.append(message.text))
        context.on("weberror", lambda error: said.append(str(error.error)))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.partition("#")[0] for url in asked} <= {address}
    assert said == []


def test_a_number_shows_its_card_and_its_words(visit):
    page = visit()
    page.get_by_role("article").get_by_text("52.8亿元").click()
    card = page.locator(".card.lit")
    expect(card).to_contain_text("总投资")
    expect(card).to_contain_text("5,280,000,000 CNY")
    expect(card).to_be_in_viewport()
    assert "52.8亿元" in "".join(page.locator("#text .lit").all_text_contents())


def test_a_card_leads_back_into_the_text(visit):
    page = visit()
    page.locator(".card.relation", has_text="恒越铝业 builds").get_by_text("show in the text").click()
    lit = page.locator("#text .lit")
    expect(lit.first).to_be_in_viewport()
    assert "".join(lit.all_text_contents()).startswith("恒越铝业")


def test_the_keyboard_is_enough(visit):
    page = visit()
    page.locator("#text").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card = page.locator(".card.lit")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('mark')")


def test_a_layer_can_be_switched_off(visit):
    page = visit()
    number = page.get_by_role("article").get_by_text("52.8亿元")
    line = "element => getComputedStyle(element).textDecorationLine"
    assert number.evaluate(line) != "none"
    page.get_by_label("figures").uncheck()
    assert number.evaluate(line) == "none"


def test_on_a_phone_the_card_comes_up_from_below(visit):
    page = visit(**PHONE)
    number = page.get_by_role("article").get_by_text("52.8亿元")
    number.click()
    expect(page.locator(".card.lit")).to_be_in_viewport()
    expect(number).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_everything_is_there(visit):
    page = visit(java_script_enabled=False)
    page.get_by_role("article").get_by_text("52.8亿元").click()
    expect(page.locator(".card:target")).to_contain_text("总投资")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(visit, axe, scheme):
    page = visit(color_scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found] == []
