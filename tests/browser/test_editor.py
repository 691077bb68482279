"""The workbench: an editor over a form that works without it."""

import json
import re

import pytest
from playwright.sync_api import expect

PREFIX = "PREFIX kg: <https://w3id.org/district-kg/ontology#>\n"
FIRMS = PREFIX + "SELECT ?firm ?figure ?low WHERE { ?figure kg:subject ?firm ; kg:low ?low . ?firm a kg:Enterprise }"


def write(page, text, *, line=None, column=None):
    """Put a query into the editor, and the cursor at a place (counted from 1)."""
    page.evaluate(
        """([text, line, column]) => {
          const editor = document.querySelector(".CodeMirror").CodeMirror;
          editor.setValue(text);
          if (line) editor.setCursor({ line: line - 1, ch: column - 1 });
          editor.focus();
        }""",
        [text, line, column],
    )


def written(page):
    return page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def run(page, text):
    write(page, text)
    page.get_by_role("button", name="Run").click()


def test_without_javascript_the_form_answers_with_a_table(open_page):
    page = open_page("/workbench", java_script_enabled=False)
    page.fill("textarea[name=query]", PREFIX + "SELECT ?firm WHERE { ?firm a kg:Enterprise }")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table.results tbody tr").first).to_be_visible()
    assert page.get_by_role("link", name="华工机床").get_attribute("href").startswith("/page/enterprise/")
    assert "run=1" in page.url


def test_without_javascript_a_wrong_query_stays_and_the_page_says_where_it_breaks(open_page):
    page = open_page("/workbench?run=1&query=SELECT+%3Fs+WHERE+%7B%0A+%3Fs+%3Fp+.%7D", java_script_enabled=False)
    assert "line 2" in page.locator("#answer [role=alert]").text_content()
    assert page.locator("textarea").input_value() == "SELECT ?s WHERE {\n ?s ?p .}"


def test_the_answer_as_table_graph_chart_and_raw(open_page, violations):
    page = open_page("/workbench")
    run(page, FIRMS)
    expect(page.locator("table.results tbody tr").first).to_be_visible()
    assert re.search(r"\d+ rows in [\d.]+ s", page.locator("#status").text_content())
    firm = page.get_by_role("link", name="禾速传媒").first
    assert firm.get_attribute("href").startswith("/page/")
    page.get_by_role("tab", name="Graph").click()
    expect(page.locator(".graph canvas").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="Chart").click()
    expect(page.locator(".chart svg text", has_text="禾速传媒").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="Raw").click()
    assert json.loads(page.locator("pre.raw").text_content())["head"]["vars"] == ["firm", "figure", "low"]


def test_the_tabs_move_with_the_arrows(open_page):
    page = open_page("/workbench?run=1")
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Raw")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Raw")).to_be_focused()


def test_a_heading_sorts_numbers_as_numbers(open_page):
    page = open_page("/workbench")
    run(page, FIRMS)
    page.get_by_role("button", name="low").click()
    low = [float(text) for text in page.locator("table.results td.number").all_text_contents()]
    assert low == sorted(low)
    assert len(set(low)) > 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ASK { ?s ?p ?o }", "Yes"),
        (PREFIX + "CONSTRUCT { ?f a kg:Enterprise } WHERE { ?f a kg:Enterprise }", "华工机床"),
    ],
)
def test_every_form_of_query_is_answered(open_page, query, said):
    page = open_page("/workbench")
    run(page, query)
    expect(page.locator("#answer")).to_contain_text(said)


def test_an_error_is_marked_where_it_stands(open_page, violations):
    page = open_page("/workbench")
    run(page, "SELECT ?s WHERE {\n  ?s ?p ) .\n}")
    expect(page.locator("#answer [role=alert]")).to_contain_text("line 2")
    assert page.locator(".error-line").count() == 1
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line") == 1
    assert violations(page) == []
    write(page, "SELECT ?s WHERE {\n  ?s ?p ?o .\n}")
    expect(page.locator(".error-line")).to_have_count(0)


@pytest.mark.parametrize(
    ("before", "typed", "expected"),
    [
        ("?s a ", "企业", "?s a kg:Enterprise"),
        ("?s a ", "kg:Enterp", "?s a kg:Enterprise"),
        ("?s ", "kg:countedN", "?s kg:countedNoun"),
        ("?s kg:subject ", "华工机床", "?s kg:subject <https://w3id.org/district-kg/id/"),
    ],
    ids=["class-by-label", "class-by-name", "property", "thing-by-label"],
)
def test_the_graphs_own_terms_are_completed(open_page, before, typed, expected):
    page = open_page("/workbench")
    write(page, f"{PREFIX}SELECT ?s {{\n{before}\n}}", line=3, column=len(before) + 1)
    page.keyboard.type(typed, delay=30)
    page.locator(".CodeMirror-hint").first.wait_for()
    page.settle()
    page.keyboard.press("Enter")
    assert expected in written(page)


def test_a_known_prefix_declares_itself(open_page):
    page = open_page("/workbench")
    write(page, "SELECT ?s {\n ?s a \n}", line=2, column=7)
    page.keyboard.type("kg:", delay=30)
    page.settle()
    assert written(page).startswith("PREFIX kg: <https://w3id.org/district-kg/ontology#>")


def test_the_query_stands_in_the_address_and_comes_back_with_it(open_page):
    page = open_page("/workbench")
    run(page, "ASK { ?s ?p ?o }")
    page.wait_for_url("**/workbench?query=ASK*")
    page.reload()
    assert written(page) == "ASK { ?s ?p ?o }"


def test_an_example_is_taken_and_answers(open_page):
    page = open_page("/workbench")
    page.locator("#example").select_option("employment")
    page.get_by_role("button", name="Take it").click()
    page.get_by_role("button", name="Run").click()
    expect(page.locator("table.results tbody tr").first).to_be_visible()


def test_tab_leaves_the_editor(open_page):
    page = open_page("/workbench")
    write(page, "ASK {}", line=1, column=1)
    page.keyboard.press("Tab")
    assert written(page) == "ASK {}"
    assert page.evaluate("document.activeElement.textContent") == "Run"


def test_cancel_stops_the_query_in_the_service(open_page):
    page = open_page("/workbench")
    run(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    expect(page.locator("#status")).to_contain_text("Running")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#status")).to_contain_text("Cancelled after")
    page.settle()
    metrics = page.request.get("/metrics").text()
    stopped = re.search(r'kg_queries_stopped_total{cause="cancelled"} (\d+)', metrics)
    assert int(stopped[1]) > 0
    run(page, "ASK { ?s ?p ?o }")
    expect(page.locator("#answer")).to_contain_text("Yes")
