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
        ("甘南县举行活动。“我村蔬菜种植面积500亩。”东山社区党支部书记李某说。", "500亩", "东山社区"),
        ("睿涛服饰有限公司成立了曙光种植合作社。该公司现有员工50人。", "50人", "睿涛服饰有限公司"),
        ("我乡坚持工业立乡。睿涛服饰有限公司落户甘南县。全乡工商税收385万元。", "385万元", "我乡"),
        ("睿涛工业园建成。睿涛工业园区位于甘南县。\n园区年产值达50亿元。", "50亿元", "睿涛工业园区"),
        ("甘南县工业平稳。睿涛工业园3月份实现产值2亿元。县直工业3月份实现产值3亿元。", "3亿元", "甘南县"),
        ("甘南县加快建设曙光铸造项目;新建信号基站100处。", "100处", "甘南县"),
        ("甘南县承接重点项目12个,其中新建项目6个,续建项目5个。其中新建项目完成投资2亿元。", "2亿元", "新建项目6个"),
        ("甘南县承接重点项目12个。全县重点项目中,完成投资5亿元。重点项目建设加快。", "5亿元", "重点项目12个"),
        ("甘南县有6个新开工项目,其中3个项目已开工建设,开工率达50%。", "50%", "6个新开工项目"),
        ("睿涛工业园建成。2012年,项目区吸纳员工800人。", "800人", "睿涛工业园"),
        ("睿涛铸造项目开工。县里投资2亿元,完成了睿涛工业园基础设施,目前已落户企业32家。", "32家", "睿涛工业园"),
        ("甘南县召开会议。甘南县在天津、深圳等地开展招商,签约项目45个。", "45个", "甘南县"),
        ("甘南县加快发展。刘店村修建道路。该村总计投资75万元。", "75万元", "刘店村"),
        ("睿涛纺织有限公司落户甘南县工业园。该项目占地50亩。", "50亩", "睿涛纺织有限公司"),
        ("甘南县公布实事。新建幼儿园项目。今年拟实施新建幼儿园项目。项目占地12亩。", "12亩", "新建幼儿园项目"),
        ("甘南县公布实事。推进重点项目。今年拟实施重点项目。各地占地12亩。", "12亩", "甘南县"),
        ("全县推进实事:睿涛广场项目开工,完成投资26万元;建成干果基地7万亩。", "7万亩", "全县"),
        ("甘南县推进实事:睿涛广场项目开工,投资26万元;甲路等2条堤防治理工程,已完成5公里。", "5公里", "甘南县"),
        ("甘南县睿涛包材项目开工,占地25亩,总投资2亿元。预估亩均产值144万元。", "144万元", "甘南县睿涛包材项目"),
        ("睿涛开发区发挥优势。睿涛开发区引进项目34个。开工项目12个。", "12个", "睿涛开发区"),
    ],
)
def test_what_a_figure_is_about(text, number, subject):
    assert subjects(text)[number] == subject


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全县开工重点项目67个,截至8月底,已竣工54个。", 1),
        ("全县引进的34个项目中,合同类项目11个。", 1),
        ("全县安排项目323个,其中新开工项目148个,已开工95个。", 2),
        ("全县安排项目142个,总投资362亿元,年度投资163亿元,目前已开工85个。", 1),
        ("全县新开工工业项目12个,竣工工业项目10个。", 0),
        ("全县签约项目共73个。签约的工业项目33个,签约的农业项目40个。", 2),
        ("全县位于甲镇的项目2个,总投资5亿元;工业项目3个,总投资4亿元;农业项目1个;商贸项目1个。", 0),
    ],
)
def test_counts_that_are_parts_of_a_count(text, parts):
    facts = extract(f"{text}\n".encode(), article_id="a")
    assert sum(row.part_of is not None for row in facts.observations) == parts


@pytest.mark.parametrize(
    ("text", "number", "indicator", "status"),
    [
        ("2009-02-11\n甘南县扩大规模。到2011年,重点建设项目4个。", "4个", "重点建设项目", "planned"),
        ("2009-02-11\n甘南县扩大规模。到2008年,重点建设项目4个。", "4个", "重点建设项目", "actual"),
        ("甘南县睿涛项目占地5亩。项目年产值20亿元,实现利税2亿元。", "2亿元", "利税", "planned"),
        ("甘南县睿涛项目占地5亩。项目年产值20亿元,已实现利税2亿元。", "2亿元", "利税", "actual"),
        ("甘南县开工项目4个,其中港区30亿元睿涛小镇项目、5亿元杰源物流项目。", "5亿元", "投资", "planned"),
        ("甘南县睿涛公司现有年10万吨鲜奶加工能力。", "10万吨", "鲜奶加工能力", "actual"),
        ("甘南县GDP同比增长8.7%。这个8.7%来之不易。", "8.7%", "GDP同比增长", "actual"),
    ],
)
def test_what_a_figure_is_called_and_whether_it_is_planned(text, number, indicator, status):
    facts = extract(f"{text}\n".encode(), article_id="a")
    found = [row for row in facts.observations if row.number.exact == number]
    assert {(row.indicator, row.status) for row in found} == {(indicator, status)}


@pytest.mark.parametrize(
    ("text", "number", "indicator", "status"),
    [
        ("甘南县还将在年内建立康复站30个,完成家庭改造300户。", "300户", "家庭改造", "planned"),
        ("甘南县建立康复站30个,完成家庭改造300户。", "300户", "家庭改造", "actual"),
        ("甘南县投达产项目5个。", "5个", "投达产项目", "actual"),
        ("甘南县投资420万元,建成养老服务中心。", "420万元", "投资", "actual"),
        ("甘南县睿涛项目投资420万元,建成后年产值3亿元。", "420万元", "投资", "planned"),
        ("甘南县完成28条道路大修和12公里架空线入地工程。", "12公里", "架空线入地工程", "actual"),
    ],
)
def test_what_is_done_and_what_is_to_be_done(text, number, indicator, status):
    facts = extract(f"{text}\n".encode(), article_id="a")
    found = [row for row in facts.observations if row.number.exact == number]
    assert {(row.indicator, row.status) for row in found} == {(indicator, status)}


def test_a_park_that_is_divided_stays_the_one_spoken_of():
    text = "甘南县经济开发区发展快。该开发区面积21平方公里,分为睿涛工业园和杰源工业园。目前,园区规模达到8平方公里。"
    assert subjects(text)["8平方公里"] == "甘南县经济开发区"


@pytest.mark.parametrize(
    ("text", "number", "indicator", "status"),
    [
        ("甘南县力争全年签约项目80个,实现到账外资1.5亿美元。", "1.5亿美元", "到账外资", "planned"),
        ("甘南县新开工项目45个,完成年度目标的90%。", "90%", "完成年度目标", "actual"),
        ("甘南县争取资金120万元,新建小水窖300口。", "120万元", "争取资金", "actual"),
        ("2019年,甘南县计划实现收入2亿元;完成固定资产投资3000万元。", "3000万元", "固定资产投资", "planned"),
        ("甘南县总装机容量265万千瓦,其中光伏155万千瓦。", "155万千瓦", "光伏装机", "actual"),
        ("甘南县规模企业210家,从业人员3.2万人。", "3.2万人", "从业人员", "actual"),
    ],
)
def test_plans_that_reach_over_a_list(text, number, indicator, status):
    facts = extract(f"{text}\n".encode(), article_id="a")
    found = [row for row in facts.observations if row.number.exact == number]
    assert {(row.indicator, row.status) for row in found} == {(indicator, status)}


@pytest.mark.parametrize(
    ("text", "number", "subject"),
    [
        ("甘南县睿涛水厂项目总投资1.2亿元,占地35亩。目前主体厂房已封顶,设备安装完成60%。", "60%", "甘南县睿涛水厂项目"),
        ("近年来,大营镇以党支部领办合作社为抓手,流转土地1.2万亩。", "1.2万亩", "大营镇"),
    ],
)
def test_progress_and_towns_that_act(text, number, subject):
    assert subjects(text)[number] == subject
