"""What whole texts say their figures are about: each figure with the name of its subject."""

import pytest

from kg.reading.pipeline import extract


def subjects(text: str) -> dict[str, str]:
    facts = extract(f"{text}\n".encode(), article_id="a")
    names = {row.id: row.name for row in facts.entities}
    return {row.number.exact: names.get(row.subject or "", "") for row in facts.observations}


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        ("睿涛铸造项目,由睿涛机械有限公司投资建设,占地50亩。", "50亩", "睿涛铸造项目"),
        ("睿涛机械有限公司,现有员工50人。睿涛铸造项目开工。", "50人", "睿涛机械有限公司"),
        ("睿涛铸造项目开工。项目拟建设一个示范产业园。项目总投资5亿元。", "5亿元", "睿涛铸造项目"),
        ("睿涛铸造项目占地50亩,配备曙光发电项目,年产钢材5万吨。", "5万吨", "睿涛铸造项目"),
        ("睿涛铸造项目占地50亩,项目建成后将带动全县5万亩蔬菜种植。", "5万亩", "睿涛铸造项目"),
        ("睿涛铸造项目占地50亩,项目建成后,预计年接待游客5万人次。", "5万人次", "睿涛铸造项目"),
        ("甘南县举行活动。“去年产量达到800万件。”睿涛服饰有限公司厂长李某说。", "800万件", "睿涛服饰有限公司"),
        ("甘南县举行活动。“这个项目占地80亩。”睿涛服饰有限公司厂长李某说。", "80亩", "甘南县"),
        ("睿涛服饰有限公司董事长李某告诉记者,2020年公司实现产值6000万元。", "6000万元", "睿涛服饰有限公司"),
        ("甘南县加快发展。睿涛集团以生产零部件为主,2021年企业生产总值达5亿元。", "5亿元", "睿涛集团"),
        ("甘南县加快发展。睿涛集团以生产零部件为主,规上工业增加值达5亿元。", "5亿元", "甘南县"),
    ],
)
def test_what_a_figure_is_about(text, number, subject):
    assert subjects(text)[number] == subject


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全县开工重点项目67个,截至8月底,已竣工54个。", 1),
        ("全县引进的34个项目中,合同类项目11个。", 1),
        ("全县新开工工业项目12个,竣工工业项目10个。", 0),
        ("全县签约项目共73个。签约的工业项目33个,签约的农业项目40个。", 2),
        ("全县位于甲镇的项目2个,总投资5亿元;工业项目3个,总投资4亿元;农业项目1个;商贸项目1个。", 0),
    ],
)
def test_counts_that_are_parts_of_a_count(text, parts):
    facts = extract(f"{text}\n".encode(), article_id="a")
    assert sum(row.part_of is not None for row in facts.observations) == parts
