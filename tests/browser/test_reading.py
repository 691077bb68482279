"""Articles, the network, charts and the search box, alive in a browser."""

import pytest
from playwright.sync_api import expect

ARTICLE = "/articles/longsha-2020-08-27"
LIT = "name => [...(CSS.highlights.get(name) ?? [])].map((range) => range.toString())"


def test_every_fact_of_the_list_lights_up_its_own_words(open_page, longsha):
    page = open_page(ARTICLE)
    facts = page.locator("li[data-start]")
    for at in range(0, facts.count(), 25):
        fact = facts.nth(at)
        if not fact.is_visible():
            continue
        fact.hover()
        start, end = (int(fact.get_attribute(f"data-{name}")) for name in ("start", "end"))
        assert page.evaluate(LIT, "pointed") == [longsha[start:end]]


def test_a_chosen_fact_is_marked_and_stands_in_the_address(open_page):
    page = open_page(ARTICLE)
    fact = page.locator("li[data-start]", has_text="1700万元").first
    fact.get_by_role("link").first.click()
    assert any("1700万元" in words for words in page.evaluate(LIT, "chosen"))
    assert "start=" in page.url
    page.reload()
    expect(page.locator("mark.chosen").first).to_be_in_viewport()


def test_a_chosen_thing_lights_up_all_its_words_and_leaves_its_facts(open_page):
    page = open_page(ARTICLE)
    page.get_by_label("Light up all the words of").select_option(label="华工机床有限责任公司")
    lit = page.evaluate(LIT, "thing")
    assert len(lit) > 2
    facts = page.locator("li[data-things]:visible")
    assert facts.count() == len(lit)
    assert all("华工机床" in text for text in facts.all_text_contents())


def test_a_click_in_the_text_finds_the_fact(open_page):
    page = open_page(ARTICLE)
    page.locator("mark.figure", has_text="33.81亿元").click()
    assert any("33.81亿元" in words for words in page.evaluate(LIT, "chosen"))
    expect(page.locator("li[data-chosen]").first).to_be_in_viewport()


def test_without_javascript_a_fact_opens_the_article_at_its_words(open_page):
    page = open_page(ARTICLE, java_script_enabled=False)
    page.locator("li[data-start] a", has_text="1700万元").first.click()
    expect(page.locator("mark.chosen").first).to_be_in_viewport()


def test_the_keyboard_goes_through_the_suggestions(open_page, violations):
    page = open_page("/")
    page.locator("#q").press_sequentially("huagong", delay=20)
    page.get_by_role("option", name="华工机床").wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).count() == 1
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.type("j")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/enterprise/**")
    assert "华工机床" in page.locator("h1").text_content()


def test_without_javascript_the_search_finds_the_same(open_page):
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", "华工")
    page.keyboard.press("Enter")
    expect(page.locator("main").get_by_role("link", name="华工机床").first).to_be_visible()


def test_the_network_draws_its_table_and_a_tie_shows_its_quote(open_page):
    page = open_page("/network")
    expect(page.locator(".graph canvas").first).to_be_visible()
    edges = page.evaluate("JSON.parse(document.querySelector('#network-data').textContent).edges")
    rows = page.locator("main table tbody tr")
    assert len(edges) == rows.count() > 5
    page.wait_for_timeout(600)
    place = page.evaluate(
        """() => {
          const cy = document.querySelector(".graph")._cyreg.cy;
          cy.edges()[0].emit("tap");
          return cy.edges()[0].data("quotes")[0];
        }"""
    )
    quote = page.locator(".chosen a.quote").first
    assert quote.text_content() == place["exact"]
    quote.click()
    page.wait_for_url("**/articles/**start=*")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_filters_of_the_network_narrow_it(open_page, scripts):
    page = open_page("/network", java_script_enabled=scripts)
    everything = page.locator("main table tbody tr").count()
    page.get_by_label("Stated or inferred").select_option("false")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**asserted=false**")
    rows = page.locator("main table tbody tr")
    assert 0 < rows.count() < everything
    assert all("inferred" in text for text in rows.all_text_contents())


def test_a_chart_comes_alive_and_is_a_picture_without_javascript(open_page):
    page = open_page("/queries/employment")
    expect(page.locator("figure.chart svg text").first).to_be_visible()
    plain = open_page("/queries/employment", java_script_enabled=False)
    assert plain.locator("figure.chart img").evaluate("picture => picture.complete && picture.naturalWidth > 200")


def test_copy_gives_the_citation(open_page):
    page = open_page("/search?q=华工机床", permissions=["clipboard-read", "clipboard-write"])
    page.locator("main").get_by_role("link", name="华工机床").first.click()
    page.locator("button[data-copy='#citation']").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#citation").text_content().strip()
    assert "黑龙江日报" in copied


@pytest.mark.parametrize("scripts", [True, False])
def test_a_pasted_article_shows_its_facts_at_once(open_page, longsha, scripts):
    page = open_page("/extract", java_script_enabled=scripts)
    page.locator("textarea[name=text]").fill(longsha)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("mark.figure", has_text="33.81亿元").first).to_be_visible(timeout=30_000)
    fact = page.locator(".beside li", has_text="33.81亿元").first
    expect(fact).to_be_visible()
    if scripts:
        fact.hover()
        assert any("33.81亿元" in words for words in page.evaluate(LIT, "pointed"))
