"""Figures of progress lists and of task lists: what each is called, what it is about, whether it is planned."""

import pytest

from kg.reading.pipeline import extract


def observed(text):
    facts = extract(text.encode("utf-8"), article_id="t")
    names = {row.id: row.name for row in facts.entities}
    return [(row.number.exact, row.indicator, names.get(row.subject or ""), row.status) for row in facts.observations]


def test_counts_of_what_was_done_and_their_degree_in_brackets():
    found = observed("萧县民生工程进展。2个养老机构建设已完成1个(50%),126条黑臭水体治理已完成120条(95%)。")
    assert [row[:2] for row in found] == [
        ("2个", "养老机构"),
        ("1个", "完成"),
        ("50%", "完成率"),
        ("126条", "黑臭水体治理"),
        ("120条", "黑臭水体治理"),
        ("95%", "完成率"),
    ]


def test_tasks_that_someone_answers_for_are_planned_and_serve_their_number():
    text = (
        "一、改善学校就餐条件。新建学校食堂20处。(区教体局负责) 二、扩大法律援助覆盖面。"
        "补助标准由280元提高到320元。(区司法局负责)"
    )
    assert observed(text) == [
        ("20处", "新建学校食堂", "改善学校就餐条件", "planned"),
        ("280元", "补助标准", "扩大法律援助覆盖面", "actual"),
        ("320元", "补助标准", "扩大法律援助覆盖面", "planned"),
    ]


def test_a_report_in_brackets_of_one_person_is_no_plan():
    assert observed("茶陵县新建学校食堂20处。(张三负责人介绍)")[0][3] == "actual"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("茶陵县签约项目19个,其中亿元以上工业项目11个,合同引资104亿元。", "签约项目19个"),
        ("茶陵县签约项目19个;工业项目有11个,总投资104亿元。", "工业项目有11个"),
    ],
)
def test_money_behind_a_part_is_of_the_whole_unless_semicolons_part_them(text, subject):
    assert observed(text)[-1][2] == subject


def test_projects_at_the_head_of_the_next_sentence_are_the_whole_set():
    text = "茶陵县签约项目12个,总投资36亿元,其中10亿元以上项目1个。项目全部达产后,预计可实现年产值52亿元。"
    assert observed(text)[-1][1:] == ("年产值", "签约项目12个", "planned")


def test_a_firm_that_only_builds_the_project_does_not_take_its_figures():
    text = "睿涛铸造项目进展顺利。该项目由江苏华锐集团有限公司投资18亿元建设,占地320亩。"
    assert {row[2] for row in observed(text)} == {"睿涛铸造项目"}


def test_what_stands_under_goals_is_planned():
    found = observed("茶陵县新增企业11家,总数达到68家。2021年主要目标是:地区生产总值增长7%以上。新增企业8家。")
    assert [(row[1], row[3]) for row in found] == [
        ("新增企业", "actual"),
        ("企业总数", "actual"),
        ("地区生产总值增长", "planned"),
        ("新增企业", "planned"),
    ]


def test_a_day_is_no_period_of_a_sum_that_describes_a_work():
    facts = extract("10月16日,总投资2亿元的睿涛铸造项目开工。".encode(), article_id="t")
    assert facts.observations[0].period is None


def test_money_in_a_title_is_of_the_project_that_the_text_gives_it():
    text = "8亿元大项目落户茶陵县\n茶陵县举行签约仪式。睿涛铸造项目总投资8亿元,占地30亩。"
    assert {row[2] for row in observed(text) if row[0] == "8亿元"} == {"睿涛铸造项目"}


def test_brackets_and_semicolons_end_what_is_a_part():
    text = "茶陵县引进1亿元及以上项目5个,其中10亿元及以上项目1个;安仁县引进1亿元及以上项目3个。"
    facts = extract(text.encode("utf-8"), article_id="t")
    assert [row.part_of for row in facts.observations] == [None, facts.observations[0].id, None]


def test_a_goal_is_named_by_what_it_is_a_goal_of():
    assert [row[1] for row in observed("茶陵县实现工业总产值17亿元,完成年任务75亿元的23.7%。")] == [
        "工业总产值",
        "工业总产值年任务",
        "完成年任务",
    ]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("到2011年,萧县玉米产业集群重点建设项目4个,年可实现收入51亿元。", ["planned", "planned"]),
        ("到2000年底,萧县农业增加值占46%。", ["actual"]),
        ("今年要确保萧县新增就业5000人,新建学校3所。", ["planned", "planned"]),
        ("萧县原计划投资5亿元,实际投资6.2亿元。", ["planned", "actual"]),
        ("到2008年,萧县累计建成项目4个。", ["actual"]),
        ("萧县立达360万只铝轮毂和10万吨铝锭项目、甲厂15万吨阳极项目等项目扎实推进。", ["planned"] * 3),
        ("萧县立达360万只铝轮毂项目竣工投产。", ["actual"]),
        ("截至7月末,萧县启动十大民生工程共44项。", ["actual"]),
        ("萧县车间里,1100多名工人正在操作设备。", ["actual"]),
        ("2020年2月,萧县去年投资1.8亿元上马二期工程。", ["actual"]),
        ("萧县企业计划再招聘200多名员工。", ["planned"]),
        ("萧县朝着年产50万吨目标迈进。", ["planned"]),
        ("萧县达成用工意向900余人。", ["actual"]),
        ("萧县规上工业增加值高于预期目标增速(4.5%)2个百分点。", ["planned", "actual"]),
        ("萧县新闻\n2010-05-21 来源:甲报\n萧县2001年5月投资1.3亿元启动园区建设。", ["actual"]),
        ("萧县该厂现已投入生产,年加工蓖麻可达2万吨。", ["actual"]),
        ("萧县计划通过10年努力,实现产值100亿元。", ["planned"]),
    ],
)
def test_planned_or_done_by_the_turn_of_the_sentence(text, statuses):
    assert [row[3] for row in observed(text)] == statuses


def test_what_stands_before_the_line_of_its_progress_is_the_plan():
    text = "萧县学校建设项目\n新建1幢综合楼,建筑面积2400平方米。\n进展情况:累计完成1层浇筑。\n"
    assert [row[3] for row in observed(text)] == ["planned", "planned", "actual"]
