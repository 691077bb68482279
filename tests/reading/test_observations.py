"""Figures tied to what they measure and what they are about, by small texts in the ways of the genre."""

from datetime import date

import pytest
from tests.reading.linking import DISTRICT, HEAD, link, thing, told

from kg.facts import EntityType
from kg.reading.layers import Layers
from kg.reading.linking.observations import link_observations
from kg.reading.numbers.periods import find_periods
from kg.reading.numbers.quantities import find_quantities
from kg.reading.text.article import read_article


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "项目预计总投资33.81亿元,年度计划投资7.18亿元,已完成投资0.3亿元,投资完成率4.17%",
            ["总投资", "年度计划投资", "完成投资", "投资完成率"],
        ),
        ("规上工业增加值同比增长10.1%", ["规上工业增加值同比增长"]),
        ("实现产值115.1亿元,同比增长5.51%", ["产值", "产值同比增长"]),
        (
            "社会消费品零售总额增长6.9%,增速较一季度加快2.2个百分点",
            ["社会消费品零售总额增长", "社会消费品零售总额增速较一季度加快"],
        ),
        ("为46户困难家庭发放补贴31.2万元", ["困难家庭", "发放补贴"]),
        ("发放失业保险金1.86万人次3043.03万元", ["发放失业保险金", "发放失业保险金"]),
        ("已有2420人享受退休待遇", ["享受退休待遇"]),
        ("带动2000余人就业", ["带动就业"]),
        ("预计解决近900名群众就业", ["解决群众就业"]),
        ("建成一条年产300吨菊花茶生产线", ["菊花茶生产线", "年产菊花茶"]),
        ("新建一个占地50亩的新厂区", ["新厂区", "占地"]),
        ("先后建成了3000吨粗苯、2万吨硅铁等生产线", ["粗苯", "硅铁"]),
        ("启动6万平方米里弄房屋修缮", ["里弄房屋"]),
        ("园内建有标准化鸽舍12栋共4000平方米", ["标准化鸽舍", "标准化鸽舍面积"]),
        ("建成日处理100吨垃圾处理中心", ["日处理"]),
        (
            "一般公共预算收入和支出分别达5亿元、20亿元,分别增长7%、1%",
            ["一般公共预算收入", "一般公共预算支出", "一般公共预算收入增长", "一般公共预算支出增长"],
        ),
        ("税收收入40亿元,同口径下降8%", ["税收收入", "税收收入同口径下降"]),
        ("6个项目集中开工", ["集中开工项目"]),
        ("签约企业125家、投产84家", ["签约企业", "投产企业"]),
        ("达产后可年产60万台工程机械液压件", ["年产工程机械液压件"]),
        ("完成投资5亿元,占年计划投资的64.49%", ["完成投资", "占年计划投资"]),
        (
            "外贸出口3亿元,利用内资5亿元,同比分别增长10%和20%",
            ["外贸出口", "利用内资", "外贸出口同比增长", "利用内资同比增长"],
        ),
        ("分别高于市考任务、全市平均水平0.8、0.3个百分点", ["高于市考任务", "高于全市平均水平"]),
        ("固定资产投资(500万元以上)完成11.27亿元", ["固定资产投资"]),
        ("三次产业结构比为25.7:26.8:47.5", ["三次产业结构比"] * 3),
        ("城镇、农村居民人均可支配收入分别达1元、2元", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
        ("城镇、农村居民可支配收入分别达1元、2元", ["城镇居民可支配收入", "农村居民可支配收入"]),
        ("新增、净增市场主体分别达100户、50户", ["新增市场主体", "净增市场主体"]),
        ("金融机构存、贷款余额分别达3亿元、5亿元", ["金融机构存款余额", "金融机构贷款余额"]),
        ("工业总产值跃上500亿元台阶", ["工业总产值"]),
        ("超额完成40所的年度目标任务", ["年度目标任务"]),
        ("安排1000万元对口帮扶资金", ["对口帮扶资金"]),
        ("安排7.5万元用于养老保险接续", ["安排资金"]),
        ("第一期工程规划的394亩土地现已到位", ["规划土地"]),
        ("购置202座的移动看台、篮球架1套", ["购置移动看台", "篮球架"]),
        ("形成40万套服装和床上用品生产能力", ["服装和床上用品生产能力"]),
        ("保障1.29万人饮水安全", ["保障饮水安全"]),
        ("一条投资600万元的茶叶加工生产线正在安装", ["茶叶加工生产线", "投资"]),
        ("百分之二十的产品将销往国外", ["产品销往国外"]),
        ("六成以上的在建项目投向了新兴产业", ["在建项目投向新兴产业"]),
        ("新增财力的85%投向民生", ["新增财力投向民生"]),
        ("70%以上的贫困家庭靠务工脱贫", ["贫困家庭靠务工脱贫"]),
        ("占比63.3%的电力供应业同比增长6.5%", ["电力供应业占比", "电力供应业同比增长"]),
        (
            "财政收入2亿元,增长26.4%,高于年初人代会12%的目标14.4个百分点",
            ["财政收入", "财政收入增长", "年初人代会目标", "高于年初人代会目标"],
        ),
        (
            "工业增加值、固定资产投资分别是26亿元和64亿元,同比增长23%和21%",
            ["工业增加值", "固定资产投资", "工业增加值同比增长", "固定资产投资同比增长"],
        ),
        ("规上工业实现增加值,同比增长12.5%", ["规上工业增加值同比增长"]),
        ("签约亿元以上项目和签约总金额同比分别增长26%和24%", ["签约亿元以上项目同比增长", "签约总金额同比增长"]),
        ("出生率22.11‰,比上年上升4.04个千分点", ["出生率", "出生率比上年上升"]),
        ("引进项目单体投资量达4.7亿元,而去年同期为2.8亿元", ["引进项目单体投资量", "引进项目单体投资量"]),
        ("5648户18388名建档立卡贫困户脱贫", ["建档立卡贫困户", "建档立卡贫困户"]),
        ("分别给予5万元、10万元、20万元奖励", ["奖励", "奖励", "奖励"]),
        ("为751名6-9岁学龄儿童开展服务", ["学龄儿童"]),
        ("人口64万,辖11镇", ["人口", "镇"]),
        ("续建日供水7.5万吨水厂、3124米供水隧洞", ["日供水", "供水隧洞"]),
        ("城乡居民人均可支配收入分别增长6%、9%", ["城镇居民人均可支配收入增长", "农村居民人均可支配收入增长"]),
        ("肉、蛋、奶产量分别为3万吨、2万吨、1万吨", ["肉产量", "蛋产量", "奶产量"]),
        ("奶牛、猪和家禽存栏分别为2万头、3万头和4万只", ["奶牛存栏", "猪存栏", "家禽存栏"]),
        ("春季学期共发放7601人次759.82万元", ["发放人次", "发放资金"]),
        ("全年竣工40万平方米", ["竣工面积"]),
        ("实现20个贫困村退出、11000人脱贫", ["贫困村", "脱贫"]),
        ("甲厂房生产项目总投资:6亿元;占地面积:30亩", ["总投资", "占地面积"]),
        ("将在产业区建设1.2万平方米的标准厂房", ["标准厂房"]),
        ("产业园位于县城西南1公里", ["距离"]),
        ("规模以上服务业实现营业收入5亿元", ["规模以上服务业营业收入"]),
        ("全年房地产投资完成20亿元", ["房地产投资"]),
        ("药材种植规模由原来的几亩地扩大到现在的70亩", ["药材种植规模"]),
        ("新建、改建城乡污水管网95公里", ["新建、改建城乡污水管网"]),
        ("家禽存栏138万羽、出栏412万羽", ["家禽存栏", "家禽出栏"]),
        (
            "接待游客5万人次,旅游总收入6亿元,同比下降3%和4%",
            ["接待游客", "旅游总收入", "接待游客同比下降", "旅游总收入同比下降"],
        ),
        ("新开工还迁房及公建60万平方米,50万平方米主体竣工", ["新开工还迁房及公建", "主体竣工面积"]),
        ("完成了32万平方米的旧住房修缮和改造工程", ["旧住房修缮和改造"]),
        ("投产后可以形成14亿元以上的销售", ["销售"]),
        ("推进10件40项民生实事", ["民生实事", "民生实事"]),
        ("年产值可以达到6个亿", ["年产值"]),
        ("全县实现GDP50亿元,年产PVC60万吨", ["GDP", "年产PVC"]),
        ("三次产业比为10:45:45", ["三次产业比"] * 3),
        ("惠及1.2万人", ["惠及人数"]),
        ("生产总值132亿元,是2011年的1.54倍,年均增长10%", ["生产总值", "生产总值为2011年的倍数", "生产总值年均增长"]),
        ("财政收入由2016年的9亿元增加至2021年的20亿元", ["财政收入", "财政收入"]),
        ("产业园距县城4公里", ["距离"]),
        ("全长3.2公里、宽24米", ["全长", "宽度"]),
    ],
)
def test_indicators(text, indicators):
    assert [found.indicator for found in link(text)] == indicators


def test_money_stays_with_the_project_named_before():
    text = "甲公司建设的乙项目,总投资11300万元,总建筑面积9264平方米。"
    assert told(text, DISTRICT, ("Enterprise", "甲公司"), ("Project", "乙项目")) == [
        ("乙项目", "总投资"),
        ("乙项目", "总建筑面积"),
    ]


@pytest.mark.parametrize(
    "text",
    ["甲公司投资20亿元建设乙项目", "投资20亿元的乙项目开工", "总投资20亿元,占地5亩的乙项目开工"],
)
def test_money_before_its_project(text):
    found = link(text, DISTRICT, ("Enterprise", "甲公司"), ("Project", "乙项目"))
    assert found[0].subject == "乙项目"
    assert found[0].status == "planned"


def test_a_set_is_the_subject_of_its_money_and_the_district_has_the_set():
    text = "甲区谋划重点项目425个、总投资1104亿元。"
    count, money = link(text, DISTRICT, ("ProjectGroup", "重点项目425个"))
    assert (count.subject, count.counts) == ("甲区", "重点项目425个")
    assert (money.subject, money.counts, money.status) == ("重点项目425个", None, "planned")


def test_parts_are_tied_to_their_whole():
    text = "甲区共有78个项目,其中:谋划专项项目33个,谋划一般项目45个。"
    groups: list[tuple[EntityType, str]] = [
        ("ProjectGroup", name) for name in ("78个项目", "专项项目33个", "一般项目45个")
    ]
    whole, *parts = link(text, DISTRICT, *groups)
    assert [part.part_of for part in parts] == [whole.id, whole.id]
    assert {part.subject for part in parts} == {"78个项目"}


def test_sums_tie_parts_that_no_word_ties():
    text = "甲区有316个重点项目。分类看,产业项目172个,民生项目144个。"
    groups: list[tuple[EntityType, str]] = [
        ("ProjectGroup", name) for name in ("316个重点项目", "产业项目172个", "民生项目144个")
    ]
    whole, *parts = link(text, DISTRICT, *groups)
    assert [part.part_of for part in parts] == [whole.id, whole.id]


def test_a_joint_figure_lists_its_participants():
    text = "通过甲园、乙园、丙园等提供就业4200余人"
    named: list[tuple[EntityType, str]] = [("Park", name) for name in ("甲园", "乙园", "丙园")]
    (found,) = link(text, DISTRICT, *named)
    assert found.participants == ("甲园", "乙园", "丙园")
    assert found.subject == "甲区"


def test_each_of_two_firms_has_its_own_figure_under_a_respectively():
    text = "甲公司、乙公司分别完成投资3亿元和5亿元"
    found = link(text, DISTRICT, ("Enterprise", "甲公司"), ("Enterprise", "乙公司"))
    assert [(row.subject, row.participants) for row in found] == [("甲公司", ()), ("乙公司", ())]


def test_a_figure_of_a_place_leaves_the_firm_named_before():
    text = "甲园新建厂房2.8万平方米,规上工业增加值增长6%。"
    assert [subject for subject, _ in told(text, DISTRICT, ("Park", "甲园"))] == ["甲园", "甲区"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("计划招录公务员25人", "planned"),
        ("建成后可带动就业300人", "planned"),
        ("力争全年完成投资6亿元", "planned"),
        ("已实现营业收入3000万元", "actual"),
        ("截至目前,拆除违建987处", "actual"),
        ("正在建设标准厂房3栋", "ongoing"),
        ("完成投资5亿元", "actual"),
        ("项目总投资5亿元", "planned"),
        ("预计:财政收入5亿元", "planned"),
        ("目前年纯收入可达30万元", "actual"),
        ("争取资金125万元对供水工程进行维修,现已全面完成", "actual"),
        ("下达全区危房改造任务118户", "planned"),
        ("近3年,全市企业共投资2500亿元", "actual"),
        ("免费开展创业培训12期", "actual"),
    ],
)
def test_status(text, status):
    assert link(text)[0].status == status


def test_a_part_of_what_is_planned():
    assert [found.status for found in link("总投资5亿元,其中固定资产投资4亿元")] == ["planned", "planned"]
    assert [found.status for found in link("总投资5亿元,其中已完成固定资产投资4亿元")] == ["planned", "actual"]


def test_what_goes_on_from_the_sum_of_a_work_that_stands():
    texts = ("投资8000万元的甲路改造工程竣工通车,惠及群众3万人", "投资8000万元的甲路改造工程,惠及群众3万人")
    done, planned = (link(text, ("Project", "甲路改造工程")) for text in texts)
    assert (done[1].status, planned[1].status) == ("actual", "planned")


def test_each_end_of_a_change_has_its_own_period():
    found = link("财政收入由2016年的9亿元增加至2021年的20亿元")
    assert [row.period for row in found] == ["2016年", "2021年"]
    assert [row.period for row in link("2016年生产总值132亿元,是2011年的1.54倍")] == ["2016年", "2016年"]


def test_a_list_of_what_is_planned():
    assert [found.status for found in link("计划招录公务员25人,教师30人;已招录医生5人")] == [
        "planned",
        "planned",
        "actual",
    ]


def test_periods_reach_over_commas_only():
    found = link("1-5月已实现营业收入1470万元,带动就业760余人;新建厂房3座。")
    assert [row.period for row in found] == ["1-5月", "1-5月", None]
    assert found[0].period_end == date(2020, 5, 31)


def test_what_a_figure_is_set_against_is_no_period():
    assert link("工业增加值增速较一季度加快0.6个百分点")[0].period is None


def test_cells_of_a_table():
    text = "甲区项目进度表\n项目名称|总投资(万元)|占地(亩)\n乙项目|45000|120\n丙项目|18000|65\n"
    found = link(text, DISTRICT, ("Project", "乙项目"), ("Project", "丙项目"))
    assert [(row.subject, row.indicator, row.low, row.unit) for row in found] == [
        ("乙项目", "总投资", "450000000", "CNY"),
        ("乙项目", "占地", "120", "mu"),
        ("丙项目", "总投资", "180000000", "CNY"),
        ("丙项目", "占地", "65", "mu"),
    ]


@pytest.mark.parametrize("bar", ["", "|\n"], ids=["told by their shape", "parted by lone bars"])
def test_a_table_that_stands_one_cell_a_line(bar):
    rows = [("地区", "户数", "投资(万元)"), ("乙镇", "67", "45"), ("丙镇", "3", "18.5")]
    text = "各镇进度如下。\n" + "".join(bar + "".join(f"{cell} |\n" for cell in row) for row in rows)
    found = link(text, DISTRICT, ("District", "乙镇"), ("District", "丙镇"))
    assert [(row.subject, row.indicator, row.low, row.unit) for row in found] == [
        ("乙镇", "户数", "67", "户"),
        ("乙镇", "投资", "450000", "CNY"),
        ("丙镇", "户数", "3", "户"),
        ("丙镇", "投资", "185000", "CNY"),
    ]


def test_rows_that_say_what_they_measure_and_in_what():
    text = "主要指标\n指标|单位|绝对数|比上年增长(%)\n粮食产量|万吨|80.3|2.4\n财政收入|亿元|7.5|1.3\n"
    assert [(row.indicator, row.low, row.unit) for row in link(text, DISTRICT)] == [
        ("粮食产量", "803000", "t"),
        ("粮食产量比上年增长", "2.4", "percent"),
        ("财政收入", "750000000", "CNY"),
        ("财政收入比上年增长", "1.3", "percent"),
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("规上企业由26家充实到60家", ["规上企业", "规上企业"]),
        ("引进项目35个,其中投资亿元以上的12个,5000万元以上的8个", ["引进项目", "投资亿元以上项目", "5000万元以上项目"]),
        ("地区生产总值完成602亿元,首次突破600亿元大关", ["地区生产总值", "地区生产总值"]),
        (
            "工业投资增长9%,占投资的比重为41%;民间投资增长8%,比上月提高0.4个百分点",
            ["工业投资增长", "占投资的比重", "民间投资增长", "民间投资比上月提高"],
        ),
    ],
)
def test_figures_that_go_on_from_the_one_before(text, indicators):
    assert [row.indicator for row in link(text, DISTRICT)] == indicators


def test_the_whole_year_is_the_one_that_the_heading_looks_back_at():
    found = link("一、2018年工作回顾\n全区经济平稳。\n全年引进企业6家。\n")
    assert [(row.period, row.period_start) for row in found] == [("全年", date(2018, 1, 1))]


def test_traditional_characters_stay_as_written():
    (found,) = link("新開工項目15個,")
    assert (found.indicator, found.unit) == ("新開工項目", "個")


def test_every_quantity_becomes_one_observation_with_spans_that_quote():
    text = "甲区新开工乙项目等15个。项目预计总投资33.81亿元,家庭医生签约率达到35%以上,单套设备售价1700万元。"
    article = read_article(f"{HEAD}{text}\n".encode(), article_id="a")
    found = link(text, DISTRICT, ("Project", "乙项目"))
    assert len(found) == 4
    for row in found:
        for span in (row.number, row.evidence, *row.context):
            assert article.text[span.start : span.end] == span.exact
    assert found[-1].per == "套"


PARKS: tuple[tuple[EntityType, str], ...] = (("Park", "睿涛产业园"), ("Park", "仁和经济园区"))


def test_a_park_in_which_a_park_lies_is_not_gone_on_about():
    assert told("睿涛产业园位于仁和经济园区,总投资2.1亿元", *PARKS) == [("睿涛产业园", "总投资")]
    assert told("睿涛产业园投产,仁和经济园区总投资2.1亿元", *PARKS) == [("仁和经济园区", "总投资")]


def test_a_set_told_by_what_became_of_it_is_what_the_sentence_is_about():
    body = "甲区第一批签约项目43个。全区谋划项目69个,总投资133亿元。参加本次签约活动的项目,当年完成投资16亿元"
    sets: tuple[tuple[EntityType, str], ...] = (("ProjectGroup", "签约项目43个"), ("ProjectGroup", "项目69个"))
    assert [row.subject for row in link(body, DISTRICT, *sets)][-1] == "签约项目43个"
    assert [row.subject for row in link(body.replace("签约活动", "观摩"), DISTRICT, *sets)][-1] != "签约项目43个"


def test_a_sum_of_counts_cuts_no_list():
    sets = tuple(("ProjectGroup", name) for name in ("项目7个", "2个甲项目", "5个乙项目", "4个丙项目"))
    parts = [row.part_of for row in link("谋划项目7个。这些是2个甲项目,5个乙项目。", *sets)]
    assert parts == [None, "o1", "o1"]
    parts = [row.part_of for row in link("谋划项目7个。这些是2个甲项目,5个乙项目,4个丙项目。", *sets)]
    assert parts == [None, None, None, None]


def test_a_further_report_speaks_for_its_own_district():
    places: tuple[tuple[EntityType, str], ...] = (DISTRICT, ("District", "乙区"))
    assert [row.subject for row in link("甲区新增就业900人。\n又讯 记者从乙区获悉,新增就业800人。", *places)] == [
        "甲区",
        "乙区",
    ]
    assert [row.subject for row in link("甲区新增就业900人。\n记者从乙区获悉,新增就业800人。", *places)] == [
        "甲区",
        "甲区",
    ]


def test_an_article_is_about_the_work_of_its_title():
    article = read_article(
        "睿涛工业园启用\n2020-08-27 来源:甲报\n睿涛工业园启用。\n预计解决800名群众就业。\n".encode(), article_id="a"
    )
    layers = Layers(article=article, periods=find_periods(article))
    layers.quantities, layers.numbers = find_quantities(article, layers.periods)
    named: list[tuple[EntityType, str]] = [("Park", "睿涛工业园")]
    (found,) = link_observations(layers, [thing(article.text, kind, name) for kind, name in named])
    assert found.subject == "睿涛工业园"


def test_a_line_spoken_of_goes_on_over_commas():
    line: tuple[tuple[EntityType, str], ...] = (DISTRICT, ("Product", "天然提取物生产线"))
    body = "甲区建成天然提取物生产线。该生产线将采用自有技术,形成叶绿素100吨"
    assert told(body, *line) == [("天然提取物生产线", "叶绿素")]
    assert told(body.replace("该生产线将", "全区"), *line) == [("甲区", "叶绿素")]


def test_firms_that_come_to_a_park_are_its_own():
    named: tuple[tuple[EntityType, str], ...] = (DISTRICT, ("Park", "睿涛工业园"), ("Enterprise", "仁和集团"))
    assert link("甲区建设睿涛工业园,仁和集团等20户企业入驻园区", *named)[0].subject == "睿涛工业园"
    assert link("甲区建设睿涛工业园。20户企业签约", *named)[0].subject == "甲区"


def test_a_system_named_before_has_no_figure_of_people():
    body = "加强劳动保障平台建设;帮助白内障患者复明31例"
    assert link(body, DISTRICT, ("System", "劳动保障平台"))[0].subject == "甲区"
    assert link("劳动保障平台总投资3亿元", DISTRICT, ("System", "劳动保障平台"))[0].subject == "劳动保障平台"


def test_a_park_that_a_sentence_opens_with_is_its_scene():
    assert link("在睿涛产业园,15栋厂房已封顶", DISTRICT, PARKS[0])[0].subject == "睿涛产业园"
    assert link("会议于睿涛产业园举行,15栋厂房已封顶", DISTRICT, PARKS[0])[0].subject != "睿涛产业园"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("服装行业实现产值23亿元,比增-2.8%", ("服装行业产值比增", "-2.8")),
        ("实现工业增加值65亿元,可比增长7.1%", ("工业增加值可比增长", "7.1")),
        ("实现产值214亿元,累计现价比增11%", ("产值现价比增", "11")),
        ("全社会固定资产投资 同比增长3.7%", ("全社会固定资产投资同比增长", "3.7")),
        ("对全区17所乡(镇)中心幼儿园提档升级", ("乡(镇)中心幼儿园", "17")),
    ],
)
def test_blanks_brackets_and_signs_are_parts_of_words(text, found):
    last = link(text, DISTRICT)[-1]
    assert (last.indicator, last.low) == found


def test_what_is_seen_from_a_place_is_the_places():
    found = link("黄石镇实现产值86亿元。从甲区十大行业来看:鞋革行业实现产值104亿元。", DISTRICT, ("District", "黄石镇"))
    assert [row.subject for row in found if row.unit == "CNY"] == ["黄石镇", "甲区"]


def test_a_work_in_a_heading_has_the_figures_under_it():
    text = "工作安排如下。\n一、集中供热扩建工程\n铺设主管网,全长4.3公里。\n二、道路硬化工程\n硬化道路10万平方米。"
    found = link(text, DISTRICT, ("Project", "集中供热扩建工程"), ("Project", "道路硬化工程"))
    assert [row.subject for row in found] == ["集中供热扩建工程", "道路硬化工程"]


def test_an_item_of_a_list_keeps_its_figures_from_the_items_before_others():
    text = "甲路改造工程投资3亿元;乙桥改造工程进展顺利;建成果园7万亩,其中核桃6万亩。"
    found = link(text, DISTRICT, ("Project", "甲路改造工程"), ("Project", "乙桥改造工程"))
    assert [row.subject for row in found] == ["甲路改造工程", "甲区", "甲区"]


def test_figures_that_describe_a_work_are_planned_whatever_is_under_way():
    text = "总投资3.75亿元、占地5万平方米的甲医药项目目前正在安装设备。"
    found = link(text, DISTRICT, ("Project", "甲医药项目"))
    assert [(row.subject, row.status, row.period) for row in found] == [("甲医药项目", "planned", None)] * 2


def test_a_sum_in_another_currency_is_of_the_one_before():
    found = link("人均地区生产总值19763元,按平均汇率计算为2865美元。", DISTRICT)
    assert [(row.indicator, row.unit) for row in found] == [("人均地区生产总值", "CNY"), ("人均地区生产总值", "USD")]


def test_a_quoted_speakers_own_firm_has_its_figures():
    text = "乙药业有限公司成立于2024年。\n“我们企业年设计加工能力是加工甘草2000吨。”经理说。"
    assert link(text, DISTRICT, ("Enterprise", "乙药业有限公司"))[-1].subject == "乙药业有限公司"
