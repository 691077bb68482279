"""What stands between things: lists, directions, dropped subjects, denials, groups, tables, headings."""

from __future__ import annotations

import pytest
from tests.reading.marked import marked, relations, triples


def test_lists_are_spread_over_both_ends() -> None:
    text = (
        "【Enterprise 北坤高分子】和【Enterprise 鹏力科技】、【Enterprise 华工机床】、【Enterprise 永裕肉禽】抢抓商机,"
        "新上【Product 熔喷布】和【Product 口罩生产线】,缓解压力。"
    )
    found = relations(text)
    assert len(found) == 8
    assert {row.predicate for row in found} == {"produces"}
    assert {row.evidence.exact for row in found} == {
        "北坤高分子和鹏力科技、华工机床、永裕肉禽抢抓商机,新上熔喷布和口罩生产线"
    }


def test_two_firms_in_two_parks_respectively() -> None:
    text = "【Enterprise 睿涛公司】、【Enterprise 仁和公司】分别落户【Park 城北园】、【Park 城南园】。"
    assert triples(text) == ["仁和公司 locatedIn 城南园", "睿涛公司 locatedIn 城北园"]


def test_the_firms_of_a_park_point_by_point() -> None:
    text = (
        "【Park 城北园】内有企业61户。其中,投资3亿元的【Enterprise 睿涛公司】已经达产;【Enterprise 仁和公司】产销两旺。"
    )
    located = ["仁和公司 locatedIn 城北园", "睿涛公司 locatedIn 城北园"]
    assert triples(text) == located
    assert triples(text.replace("内有企业61户", "占地80亩")) == []
    begun = "【Park 城北园】已入驻的企业有【Enterprise 睿涛公司】,占地80亩;【Enterprise 仁和公司】投入1000万元。"
    assert triples(begun) == located


def test_a_list_of_works_goes_on_over_one_that_is_not_named() -> None:
    text = "【Enterprise 睿涛公司】将建设【Project 铝箔基地】、生态生产基地、【Project 锂盐基地】等功能区。"
    assert triples(text) == ["睿涛公司 builds 铝箔基地", "睿涛公司 builds 锂盐基地"]


def test_works_each_with_its_firm_in_brackets() -> None:
    text = "【Project 铝箔项目】(【Enterprise 睿涛公司】)、【Project 锂盐项目】(【Enterprise 仁和公司】)试产。"
    assert triples(text) == ["~ 仁和公司 involves 锂盐项目", "~ 睿涛公司 involves 铝箔项目"]


@pytest.mark.parametrize(
    "text",
    [
        "由【Enterprise 睿涛公司】投资建设的【Project 铸造项目】,占地80亩。",
        "【Project 铸造项目】由【Enterprise 睿涛公司】投资3亿元建设。",
        "【Project 铸造项目】总投资3亿元,由【Enterprise 睿涛公司】承建。",
        "【Enterprise 睿涛公司】投资3亿元的【Project 铸造项目】开工。",
        "【Enterprise 睿涛公司】在城北投资3亿元建设【Project 铸造项目】。",
        "【Enterprise 睿涛公司】落地两年,今年又投资3亿元建设【Project 铸造项目】。",
        "【Enterprise 睿涛公司】订单增加。该公司投资3亿元新上【Project 铸造项目】。",
        "县政府与【Enterprise 睿涛公司】签订【Project 铸造项目】投资协议。",
        "【Project 铸造项目】,建设单位:【Enterprise 睿涛公司】。",
        "【Project 铸造项目】:【Enterprise 睿涛公司】投资建设,总投资3亿元。",
        "县里成功引进【Enterprise 睿涛公司】,投资3亿元建设【Project 铸造项目】。",
        "县政府与【Enterprise 睿涛公司】签订投资协议,建设【Project 铸造项目】。",
        "【Enterprise 睿涛公司】董事长说:“我们将投资3亿元建设【Project 铸造项目】。”",
        "【Project 铸造项目】是【Enterprise 睿涛公司】在城北投资的重点项目。",
        "【Enterprise 睿涛公司】与开发区管委会签约投资兴建【Project 铸造项目】。",
        "【Enterprise 睿涛公司】(民营企业)投资3亿元、占地80亩的【Project 铸造项目】已竣工。",
    ],
)
def test_a_firm_and_its_work_however_it_is_said(text: str) -> None:
    assert triples(text) == ["睿涛公司 builds 铸造项目"]


@pytest.mark.parametrize(
    "text",
    [
        "【Enterprise 睿涛公司】没有投资【Project 铸造项目】。",
        "【Enterprise 睿涛公司】取消投资建设【Project 铸造项目】。",
        "【Enterprise 睿涛公司】投资建设【Project 铸造项目】的计划已终止。",
        "【Enterprise 睿涛公司】放弃建设【Project 铸造项目】。",
        "【Enterprise 睿涛公司】订单增加,【Project 铸造项目】开工。",
        "【Enterprise 睿涛公司】负责人参加了【Project 铸造项目】开工仪式。",
        "县领导先后到【Enterprise 睿涛公司】、【Project 铸造项目】、【Park 城北园】调研。",
        "一是支持【Enterprise 睿涛公司】做大做强。二是建设【Park 城北园】。",
        "【Enterprise 睿涛公司】从【Park 城北园】迁出。",
        "投资3亿元的【Project 铸造项目】、【Enterprise 睿涛公司】二期、投资5亿元的【Project 轴承项目】开工。",
    ],
)
def test_what_is_denied_or_only_near_is_no_relation(text: str) -> None:
    assert triples(text) == []


def test_an_intention_stands_with_low_confidence_a_plan_with_high() -> None:
    (intended,) = relations("【Enterprise 睿涛公司】有意投资建设【Project 铸造项目】。")
    (planned,) = relations("【Enterprise 睿涛公司】拟投资建设【Project 铸造项目】。")
    assert (intended.confidence, planned.confidence) == ("low", "high")


def test_a_work_that_bears_a_firms_name_is_inferred() -> None:
    (found,) = relations("【Enterprise 云杉科技】订单增加。【Project 云杉智能传感器项目】开工。")
    assert (found.predicate, found.asserted, found.origin) == ("involves", False, "inferred")
    assert found.evidence.exact == "云杉智能传感器项目"
    assert [span.exact for span in found.context] == ["云杉科技"]


def test_what_is_stated_needs_no_inference() -> None:
    text = "【Enterprise 云杉科技】投资3亿元建设【Project 云杉智能传感器项目】。"
    assert triples(text) == ["云杉科技 builds 云杉智能传感器项目"]


def test_an_ordinary_word_is_no_brand() -> None:
    assert triples("【Enterprise 现代农业公司】订单增加。【Project 现代服务业项目】开工。") == []


def test_the_subject_of_the_clause_before_is_carried_over_not_past_another() -> None:
    text = "【Enterprise 睿涛公司】位于城北,主要生产【Product 阀门】。【Enterprise 仁和公司】生产【Product 轴承】。"
    assert triples(text) == ["仁和公司 produces 轴承", "睿涛公司 produces 阀门"]


def test_all_of_a_clause_settle_together() -> None:
    text = "【Enterprise 睿涛】【Project 铸造项目】、【Enterprise 仁和】【Project 轴承项目】相继落户【Park 城北园】。"
    assert triples(text) == [
        "~ 仁和 involves 轴承项目",
        "~ 睿涛 involves 铸造项目",
        "轴承项目 locatedIn 城北园",
        "铸造项目 locatedIn 城北园",
    ]


def test_the_output_is_the_works_where_one_was_named_since() -> None:
    text = "【Enterprise 睿涛公司】投资建设【Project 铸造项目】,达产后年产【Product 阀门】3万套。"
    assert triples(text) == ["睿涛公司 builds 铸造项目", "铸造项目 produces 阀门"]


def test_a_body_builds_the_group_of_an_open_list_and_the_works_of_a_closed_one() -> None:
    opened = "【District 北林区】启动【Project 铸造项目】、【Project 轴承项目】等【ProjectGroup 12个项目】建设。"
    closed = "【District 北林区】建设【Project 铸造项目】和【Project 轴承项目】【ProjectGroup 两个项目】。"
    assert [line for line in triples(opened) if "builds" in line] == ["北林区 builds 12个项目"]
    assert [line for line in triples(closed) if "builds" in line] == [
        "北林区 builds 轴承项目",
        "北林区 builds 铸造项目",
    ]


def test_what_a_group_counts_is_its_part() -> None:
    text = "现场签约【ProjectGroup 2个项目】。其中【Project 铸造项目】、【Project 轴承项目】入驻【Park 城北园】。"
    assert triples(text) == [
        "轴承项目 locatedIn 城北园",
        "轴承项目 partOf 2个项目",
        "铸造项目 locatedIn 城北园",
        "铸造项目 partOf 2个项目",
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "【ProjectGroup 项目14个】,其中【ProjectGroup 现场签约2个】,一个是投资10亿元的【Project 铸造项目】。",
            ["现场签约2个 partOf 项目14个", "铸造项目 partOf 现场签约2个"],
        ),
        (
            "在【ProjectGroup 6个开工项目】中,【ProjectGroup 产业项目4个】,总投资3亿元;【ProjectGroup 民生项目2个】。",
            ["产业项目4个 partOf 6个开工项目", "民生项目2个 partOf 6个开工项目"],
        ),
        (
            "【ProjectGroup 签约项目35个】,其中【ProjectGroup 亿元项目4个】;【ProjectGroup 开工项目15个】。",
            ["亿元项目4个 partOf 签约项目35个"],
        ),
        (
            "【Project 汉麻项目】进展顺利,【Project 一期纤维项目】投产,【Project 二期板材项目】开工。",
            ["一期纤维项目 partOf 汉麻项目", "二期板材项目 partOf 汉麻项目"],
        ),
    ],
)
def test_parts_of_groups_and_phases_of_works(text: str, parts: list[str]) -> None:
    assert triples(text) == parts


def test_a_heading_names_the_programme_of_its_measures() -> None:
    text = (
        "【District 龙沙区】召开会议。\n\n巩固提升【Programme 社会保障工程】。"
        "【Measure 为困难家庭发放补贴】13万元。\n\n第二段。"
    )
    (found,) = [row for row in relations(text) if row.predicate == "partOfProgramme"]
    assert found.evidence.exact == "为困难家庭发放补贴13万元"
    assert [span.exact for span in found.context] == ["社会保障工程"]


def test_a_measure_under_no_heading_is_the_acting_districts_by_inference() -> None:
    assert triples("【District 龙沙区】改善民生。【Measure 发放救助金】13万元。") == ["~ 龙沙区 implements 发放救助金"]


def test_every_quote_is_in_the_text_traditional_characters_too() -> None:
    text = "【Enterprise 聖豐集團】計劃投資100億元建設【Project 科技小鎮項目】。\r\n該公司生產【Product 閥門】。"
    layers, _ = marked(text)
    found = relations(text)
    assert {row.predicate for row in found} == {"builds", "produces"}
    for row in found:
        for span in (row.evidence, *row.context):
            assert layers.article.text[span.start : span.end] == span.exact


def test_a_text_without_names_has_no_relations() -> None:
    assert relations("今年以来,投资建设步伐加快,落户项目增多。") == ()
