"""From a number to its sentence and back: evidence, citation, correction, tables, forms, downloads, print."""

import csv
import io
import tomllib

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}}
FACT = "/page/article/longsha-2020-08-27/observation/2310-2317"
GROUP = "/page/group/xin-kai-gong-chan-ye-xiang-mu-926603ad"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desk", "phone"])
def test_the_address_of_a_quote_opens_the_article_at_its_words(open_page, scripts, settings):
    page = open_page("/", java_script_enabled=scripts, **settings)
    rows = list(csv.DictReader(io.StringIO(page.request.get("/queries/employment.csv").text(), newline="")))
    for row in (rows[0], rows[-1]):
        page.goto(row["evidenceUrl"].replace("https://w3id.org/district-kg", ""))
        page.settle()
        marked = page.locator("mark.chosen")
        expect(marked.first).to_be_in_viewport()
        assert "".join(marked.all_text_contents()) == row["quote"]


def test_a_figure_leads_to_its_sentence_and_to_its_own_page(open_page):
    page = open_page(GROUP, locale="zh-CN")
    page.get_by_role("link", name="33.81亿元").first.click()
    expect(page.locator("mark.chosen").first).to_be_in_viewport()
    page.get_by_role("link", name="新开工产业项目：总投资 33.81亿元").first.click()
    assert page.locator("h1").text_content().startswith("新开工产业项目：总投资 33.81亿元")
    said = dict(
        zip(page.locator(".said th").all_text_contents(), page.locator(".said td").all_text_contents(), strict=True)
    )
    assert (said["下界"], said["单位"], said["状态"]) == ("3,381,000,000", "元", "计划")
    assert "项目预计总投资33.81亿元" in said["引自"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_fact_is_reported_with_a_ready_correction(open_page, scripts):
    page = open_page(FACT, java_script_enabled=scripts, permissions=["clipboard-read", "clipboard-write"])
    with page.expect_download() as waiting:
        page.locator("a[download='correction.toml']").click()
    written = waiting.value.path().read_text(encoding="utf-8")
    row = tomllib.loads(written)["correction"][0]
    assert (row["kind"], row["quote"]) == ("observation", "项目预计总投资33.81亿元")
    assert row["target"] == {"number": "33.81亿元"}
    if scripts:
        page.locator("button[data-copy='#correction']").click()
        assert page.evaluate("navigator.clipboard.readText()") == written.strip()


def test_a_fact_is_cited_with_its_quote_newspaper_date_and_link(open_page):
    page = open_page(FACT, permissions=["clipboard-read", "clipboard-write"])
    page.locator("button[data-copy='#citation']").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    for part in (
        "项目预计总投资33.81亿元",
        "黑龙江日报",
        "2020-08-27",
        "/articles/longsha-2020-08-27?start=2303&end=2317",
    ):
        assert part in copied


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["desk", "phone"])
def test_a_heading_sorts_the_table_and_again_turns_it(open_page, settings):
    page = open_page("/queries/observations", java_script_enabled=False, **settings)
    cells = page.locator("td.number[data-name=low]")
    for order in (False, True):
        page.locator("thead").get_by_role("link", name="low").click()
        low = [float(text.replace(",", "")) for text in cells.all_text_contents() if text]
        assert low == sorted(low, reverse=order)
    page.get_by_role("link", name="next").click()
    assert "page=2" in page.url
    assert "sort=-low" in page.url


def test_on_a_phone_each_cell_says_the_name_of_its_column(open_page):
    page = open_page("/queries/employment", locale="zh-CN", **PHONE)
    cell = page.locator("tbody tr").first.locator("td").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"来源"'
    assert page.locator("tbody tr").first.bounding_box()["width"] < 390


@pytest.mark.parametrize("scripts", [True, False])
def test_a_form_narrows_its_answer_and_keeps_a_wrong_value(open_page, scripts):
    page = open_page("/queries/observations", java_script_enabled=scripts)
    page.get_by_label("status").select_option("planned")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**status=planned**")
    assert set(page.locator("td[data-name=status]").all_text_contents()) == {"planned"}
    page.get_by_label("at least").fill("many")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("least")
    assert page.get_by_label("at least").input_value() == "many"
    assert page.get_by_label("status").input_value() == "planned"


def test_the_sparql_of_an_answer_opens_in_the_workbench_and_answers_the_same(open_page):
    page = open_page("/queries/employment?status=planned")
    rows = page.locator("tbody tr").count()
    page.locator("summary", has_text="SPARQL").last.click()
    page.get_by_role("link", name="Open in the workbench").click()
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#status")).to_contain_text(f"{rows} rows in")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("button", "held"), [("Turtle", "kg:Enterprise"), ("JSON", '"sections"'), ("CSV", "")])
def test_what_was_pasted_is_downloaded(open_page, longsha, scripts, button, held):
    page = open_page("/extract", java_script_enabled=scripts)
    page.locator("textarea[name=text]").fill(longsha[190:1500])
    page.get_by_role("button", name="Read it").click()
    page.locator(".article").wait_for(timeout=30_000)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    assert held in waiting.value.path().read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("typed", ["龍沙", "lsq", "longsha", "龙沙"])
def test_the_box_suggests_whatever_way_a_name_is_typed(open_page, typed):
    page = open_page("/things", locale="zh-CN")
    page.locator("#q").press_sequentially(typed, delay=20)
    expect(page.get_by_role("option", name="龙沙").first).to_be_visible()


@pytest.mark.parametrize("path", [GROUP, FACT, "/articles/longsha-2020-08-27"])
def test_on_paper_there_is_the_content_and_no_control(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")
    expect(page.locator("header.site")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("form:visible, button:visible, .pager:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#fff"
