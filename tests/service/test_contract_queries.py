"""The seven queries of the contract over the gold of the first article, and the arithmetic over drafts."""

import csv
import io
from decimal import Decimal

import pytest

from datasets import Draft, gold_source, gold_store, store_of
from kg import resources
from kg.service.canned import EVIDENCE_COLUMNS, load
from kg.store.formats import CSV

LEADING = {
    "enterprises-projects": "enterprise enterpriseLabel relation project projectLabel asserted",
    "observations": "subject subjectLabel indicator low high comparator unit period status",
    "entities": "entity type label altLabels mentions",
    "programmes-measures": "programme programmeLabel section measure measureLabel",
    "project-investment": "project projectLabel total planned completed statedRate computedRate",
    "employment": "source sourceLabel low high comparator status participants",
    "arithmetic-checks": "check stated computed difference agreement",
}


@pytest.fixture(scope="module")
def catalogue():
    return load([resources.queries()])


@pytest.fixture(scope="module")
def store():
    return gold_store()


def ask(store, catalogue, query, /, **values):
    body = store.query(catalogue.get(query).bind(values), syntax=CSV).body.decode()
    return list(csv.DictReader(io.StringIO(body, newline="")))


@pytest.fixture(scope="module")
def rows(store, catalogue):
    return lambda query, /, **values: ask(store, catalogue, query, **values)


@pytest.mark.parametrize("name", LEADING)
def test_the_columns_are_the_contracts(catalogue, name):
    leading = tuple(LEADING[name].split())
    assert catalogue.get(name).columns[: len(leading) + 6] == leading + EVIDENCE_COLUMNS


def test_there_are_twenty_queries_and_more_each_answers_untouched(catalogue, store):
    assert len(catalogue) >= 20
    quiet = {query.name for query in catalogue if not ask(store, catalogue, query.name)}
    assert quiet <= {"numbers-that-disagree"}


def test_every_row_of_every_query_quotes_the_text(catalogue, store):
    text = gold_source().text
    for query in catalogue:
        if not set(EVIDENCE_COLUMNS) <= set(query.columns):
            continue
        for row in ask(store, catalogue, query.name):
            start, end = int(row["start"]), int(row["end"])
            assert row["evidenceUrl"].endswith(f"?start={start}&end={end}"), query.name
            assert row["origin"] in {"stated", "inferred", "curated", "reference"}
            if row["article"].endswith("longsha-2020-08-27"):
                assert text[start:end] == row["quote"], query.name


def test_no_query_says_a_row_twice(catalogue, store):
    for query in catalogue:
        listed = [tuple(row.values()) for row in ask(store, catalogue, query.name)]
        assert len(listed) == len(set(listed)), query.name


def test_the_firms_of_the_article_and_their_projects(rows):
    ties = {
        (row["enterpriseLabel"], row["relation"], row["projectLabel"], row["asserted"])
        for row in rows("enterprises-projects")
    }
    for firm in ("北坤高分子", "鹏力科技", "永裕肉禽"):
        assert (firm, "produces", "口罩生产线", "true") in ties
        assert (firm, "produces", "熔喷布生产原料", "true") in ties
    assert ("联享农业集团公司", "involves", "联享农业现代服务产业园项目", "false") in ties
    inferred = rows("enterprises-projects", asserted="false")
    assert inferred
    assert all(row["asserted"] == "false" for row in inferred)


def test_every_figure_of_the_gold_is_one_row(rows):
    gold = gold_source().facts.observations
    listed = [row for row in rows("observations") if row["article"].endswith("2020-08-27")]
    assert len(listed) == len(gold)
    wanted = sorted((o.number.exact, o.low or "", o.high or "", o.comparator, o.unit, o.status) for o in gold)
    assert sorted((r["number"], r["low"], r["high"], r["comparator"], r["unit"], r["status"]) for r in listed) == wanted


def test_figures_are_chosen_by_number_status_and_period(rows):
    large = rows("observations", least="3000000000", status="planned")
    assert {row["number"] for row in large} == {"33.81亿元", "32.68亿元", "110.26亿元"}
    first_half = rows("observations", until="2020-01-01", **{"from": "2020-06-01"})
    assert "1148.5万元" in {row["number"] for row in first_half}
    assert all(row["period"] for row in first_half)


def test_things_have_their_other_names_and_all_their_mentions(rows):
    named = rows("entities", name="龙沙")
    district = [row for row in named if row["type"] == "District"]
    assert {(row["label"], row["altLabels"]) for row in district} == {("齐齐哈尔市龙沙区", "龙沙|龙沙区")}
    assert all(int(row["mentions"]) == len(district) for row in district)
    assert all("Enterprise" in row["type"] for row in rows("entities", type="Enterprise"))


def test_measures_stand_under_their_programme_and_heading(rows):
    found = {(row["programmeLabel"], row["measureLabel"]): row["section"] for row in rows("programmes-measures")}
    assert found["社会保障工程", "为城乡低保家庭发放低保金"] == "巩固提升社会保障工程"


def test_investment_brings_the_figures_of_a_group_together(rows):
    found = {row["projectLabel"]: row for row in rows("project-investment")}
    names = ("total", "planned", "completed", "statedRate", "computedRate")
    assert [found["新开工产业项目"][name] for name in names] == [
        "3381000000",
        "718000000",
        "30000000",
        "4.17",
        "4.1783",
    ]
    assert [found["续建产业项目"][name] for name in names] == ["3268000000", "693000000", "165000000", "23.8", "23.81"]


def test_jobs_list_those_who_share_a_number(rows):
    shared = [row for row in rows("employment") if row["low"] == "4200"]
    assert [row["participants"] for row in shared] == ["忆影传媒|禾速传媒|联享农业集团公司|齐齐哈尔市5G视商科技产业园"]
    assert {row["low"] for row in rows("employment")} >= {"760", "500", "2600", "2500", "10000", "2000"}


def test_the_article_s_own_sums_are_done_again(rows):
    found = {row["stated"]: row for row in rows("arithmetic-checks")}
    assert (found["4.17"]["computed"], found["4.17"]["difference"], found["4.17"]["agreement"]) == (
        "4.1783",
        "0.0083",
        "truncated",
    )
    assert (found["23.8"]["computed"], found["23.8"]["agreement"]) == ("23.81", "rounded")
    assert (found["78"]["computed"], found["78"]["agreement"]) == ("78", "exact")
    assert len(found) == 3
    assert {row["inputs"].count("?start=") for row in found.values()} == {2}


def rate_draft(rate, planned, done, *, planned_low, done_low):
    text = f"项目年度计划投资{planned},已完成投资{done},投资完成率{rate}%。"
    draft = Draft(text, "draft", "草稿")
    thing = draft.thing("Project", "项目")
    money = {"unit": "CNY"}
    draft.figure(
        thing,
        "年度计划投资",
        planned,
        f"年度计划投资{planned}",
        low=planned_low,
        high=planned_low,
        status="planned",
        **money,
    )
    draft.figure(thing, "完成投资", done, f"已完成投资{done}", low=done_low, high=done_low, **money)
    draft.figure(thing, "投资完成率", f"{rate}%", f"投资完成率{rate}%", low=rate, high=rate, unit="percent")
    return draft


@pytest.mark.parametrize(
    ("rate", "agreement"),
    [("25", "exact"), ("25.0", "exact"), ("24", "no"), ("30", "no")],
)
def test_a_rate_of_exact_inputs(catalogue, rate, agreement):
    draft = rate_draft(rate, "400元", "100元", planned_low="400", done_low="100")
    assert [row["agreement"] for row in ask(store_of(draft.source()), catalogue, "arithmetic-checks")] == [agreement]


@pytest.mark.parametrize(
    ("rate", "agreement"),
    [
        ("42.86", "rounded"),
        ("42.85", "truncated"),
        ("43", "rounded"),
        ("42", "truncated"),
        ("42.3", "within-inputs"),
        ("45", "no"),
    ],
)
def test_a_rate_of_rounded_inputs(catalogue, rate, agreement):
    draft = rate_draft(rate, "7.0亿元", "3.0亿元", planned_low="700000000", done_low="300000000")
    assert [row["agreement"] for row in ask(store_of(draft.source()), catalogue, "arithmetic-checks")] == [agreement]


def parts_draft(whole, parts, *, unit="个"):
    listed = "、".join(f"{name}{number}" for name, number, _ in parts)
    text = f"共有项目{whole[0]},其中{listed}。"
    draft = Draft(text, "draft", "草稿")
    thing = draft.thing("ProjectGroup", "项目")
    total = draft.figure(thing, "项目", whole[0], f"共有项目{whole[0]}", low=whole[1], high=whole[1], unit=unit)
    for name, number, low in parts:
        draft.figure(thing, name, number, f"{name}{number}", low=low, high=low, unit=unit, part_of=total)
    return draft


@pytest.mark.parametrize(
    ("numbers", "unit", "judged"),
    [
        ((("78个", "78"), [("专项", "33个", "33"), ("一般", "45个", "45")]), "个", ("exact", "0")),
        ((("78个", "78"), [("专项", "33个", "33"), ("一般", "44个", "44")]), "个", ("no", "-1")),
        (
            (("7.8亿元", "780000000"), [("甲", "3.31亿元", "331000000"), ("乙", "4.46亿元", "446000000")]),
            "CNY",
            ("rounded", "-3000000"),
        ),
        (
            (("7.8亿元", "780000000"), [("甲", "3.3亿元", "330000000"), ("乙", "4.6亿元", "460000000")]),
            "CNY",
            ("within-inputs", "10000000"),
        ),
        (
            (("7.8亿元", "780000000"), [("甲", "3.3亿元", "330000000"), ("乙", "5.6亿元", "560000000")]),
            "CNY",
            ("no", "110000000"),
        ),
    ],
)
def test_a_total_and_its_parts(catalogue, numbers, unit, judged):
    found = ask(store_of(parts_draft(*numbers, unit=unit).source()), catalogue, "arithmetic-checks")
    assert [(row["agreement"], row["difference"]) for row in found] == [judged]


@pytest.mark.parametrize(("share", "agreement"), [("30", "exact"), ("31", "no")])
def test_a_share_of_a_whole(catalogue, share, agreement):
    draft = Draft(f"总投资10元，其中工业投资3元，工业投资占比{share}%。", "draft", "草稿")
    thing = draft.thing("Project", "投资")
    whole = draft.figure(thing, "总投资", "10元", "总投资10元", low="10", high="10", unit="CNY")
    draft.figure(thing, "工业投资", "3元", "工业投资3元", low="3", high="3", unit="CNY", part_of=whole)
    percent = f"{share}%"
    draft.figure(thing, "工业投资占比", percent, f"工业投资占比{percent}", low=share, high=share, unit="percent")
    found = ask(store_of(draft.source()), catalogue, "arithmetic-checks")
    assert [(row["check"], row["agreement"]) for row in found] == [
        ("投资：工业投资占比 = 工业投资 ÷ 总投资", agreement)
    ]


def test_numbers_that_disagree_are_told_once(catalogue):
    draft = Draft(
        "甲项目投资3元。乙项目投资3元。甲项目投资5元。甲项目计划投资7元。甲项目面积9平方米。", "draft", "草稿"
    )
    first, second = draft.thing("Project", "甲项目"), draft.thing("Project", "乙项目")
    draft.figure(first, "投资", "3元", "甲项目投资3元", low="3", high="3", unit="CNY")
    draft.figure(second, "投资", "3元", "乙项目投资3元", low="3", high="3", unit="CNY")
    draft.figure(first, "投资", "5元", "甲项目投资5元", low="5", high="5", unit="CNY")
    draft.figure(first, "投资", "7元", "甲项目计划投资7元", low="7", high="7", unit="CNY", status="planned")
    draft.figure(first, "面积", "9平方米", "甲项目面积9平方米", low="9", high="9", unit="m2")
    found = ask(store_of(draft.source()), catalogue, "numbers-that-disagree")
    assert [(row["subjectLabel"], {row["low"], row["otherLow"]}) for row in found] == [("甲项目", {"3", "5"})]


def test_one_stated_part_is_no_sum(catalogue):
    draft = parts_draft(("78个", "78"), [("专项", "33个", "33")])
    assert ask(store_of(draft.source()), catalogue, "arithmetic-checks") == []


def test_a_rate_is_computed_with_two_more_decimals_than_stated(rows):
    for row in rows("arithmetic-checks"):
        places = len(row["stated"].partition(".")[2])
        assert len(row["computed"].partition(".")[2]) <= places + 2
        assert Decimal(row["computed"]) - Decimal(row["stated"]) == Decimal(row["difference"])
