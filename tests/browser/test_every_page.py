"""Every page, in both languages, light and dark, on a phone and a desk, with and without JavaScript."""

import pytest

from datasets import gold_store
from kg import resources
from kg.service.canned import load
from kg.service.prefixes import HEADER

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Every page in both languages at both widths; light and dark, with scripts and plain, each at both widths.
WAYS = {
    "zh-phone": {"locale": "zh-CN", "viewport": PHONE},
    "zh-desk-dark-plain": {"locale": "zh-CN", "viewport": DESK, "color_scheme": "dark"},
    "en-phone-dark-plain": {"locale": "en-GB", "viewport": PHONE, "color_scheme": "dark"},
    "en-desk": {"locale": "en-GB", "viewport": DESK},
}
FIXED = (
    "/",
    "/articles",
    "/articles/longsha-2020-08-27",
    "/articles/longsha-2020-08-27?start=1861&end=1906",
    "/things",
    "/things?type=Enterprise",
    "/network",
    "/network?asserted=false",
    "/queries",
    "/queries/employment",
    "/queries/enterprises-projects",
    "/queries/observations?indicator=none",
    "/workbench",
    "/workbench?run=1",
    "/workbench?run=1&query=SELECT",
    "/search?q=%E5%8D%8E%E5%B7%A5",
    "/search?q=nothing+at+all",
    "/extract",
    "/ontology",
    "/no/such/page",
)
KINDS = (
    *("Enterprise", "Project", "ProjectGroup", "District", "Measure", "Programme", "PublicBody", "Facility", "Park"),
    *("Product", "Industry", "Event", "System", "Observation", "Statement", "Naming", "UnreadNumber", "Section"),
)
QUERIES = tuple(f"/queries/{query.name}" for query in load([resources.queries()]))


def things() -> list[str]:
    """One page for each kind of thing and fact: the first of its IRIs that some statement names."""
    store = gold_store()
    first = HEADER + "SELECT (MIN(?thing) AS ?one) WHERE { ?thing a kg:%s }"
    rows = [next(iter(store.select(first % kind))) for kind in KINDS]
    iris = [row["one"].value for row in rows if "one" in row]
    assert len(iris) > len(KINDS) - 3
    store.close()
    return ["/page/" + iri.split("/id/")[1] for iri in iris]


@pytest.mark.parametrize("way", WAYS)
def test_every_page_is_accessible_and_fits(open_page, violations, way):
    page = open_page("/", **WAYS[way])
    assert _broken(page, violations, way, (*FIXED, *things())) == {}


@pytest.mark.parametrize("way", ["zh-phone", "en-desk"])
def test_every_question_is_accessible_and_fits(open_page, violations, way):
    page = open_page("/", **WAYS[way])
    assert _broken(page, violations, way, QUERIES) == {}


def _broken(page, violations, way, paths):
    if way.endswith("plain"):  # scripts are kept away, not switched off: axe-core is one
        page.route("**/*.js*", lambda route: route.abort())
    found = {}
    for path in paths:
        page.goto(path)
        page.settle()
        problems = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append("wider than the screen")
        if problems:
            found[path] = problems
    return found


@pytest.mark.parametrize(("locale", "tag"), [("zh-CN", "zh-Hans"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_page_speaks_the_readers_language(open_page, locale, tag):
    page = open_page("/workbench", locale=locale)
    assert page.locator("html").get_attribute("lang") == tag


@pytest.mark.parametrize("scripts", [True, False])
def test_the_switch_keeps_the_page_and_the_choice(open_page, scripts):
    page = open_page("/network?relation=produces", locale="zh-CN", java_script_enabled=scripts)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/network?relation=produces&lang=en")
    page.goto("/workbench")
    assert page.locator("h1").text_content() == "Workbench"


def test_the_reader_chooses_light_or_dark_and_keeps_it(open_page):
    page = open_page("/queries/employment", color_scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/network")
    page.settle()
    assert page.evaluate(paper) == dark
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(paper) == light
