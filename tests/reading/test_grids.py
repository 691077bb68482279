"""Tables of every layout: which cells there are, and what their figures say."""

import pytest
from tests.reading.linking import DISTRICT, HEAD, link

from kg.facts import EntityType
from kg.reading.text.article import read_article

BARRED = """县(市、区) |
项目数量 |
户数 |
年度目标(万元) |
全区小计: |
10 |
546 |
30 |
甲镇 |
7 |
379 |
20 |
乙镇 |
3 |
167 |
10 |
"""
ONE_LINE = """| 单位:个、万元 | 指标名称 | 本月 | 同比% | 累计 |
| 企业单位数 | 43 | 5.5 | 43 | 工业总产值 | 3097 | -3.3 | 16185 | 其中:规模以上 | 2067 | 3.4 | 10869 |
"""
SPACED = """表2主要农产品产量
单位:吨
产品名称 产量 比上年增长%
粮食 21774 0.99
其中:稻谷 19179 1.02
蔬菜 50523 -1.7
"""
UNITS = """指标 单位 总量 增长(%)
地区生产总值 亿元 123.4 7.8
其中:第一产业 亿元 12.5 3.1
新增就业 人 2300 -2
"""
UPRIGHT = """主要工业产品产量
产品名称
单位
产量
同比±%
产品名称
单位
产量
同比±%
白   酒
千升
15366
307.48
饲料
1272
原煤
万吨
45.1
-42.89
家具
万件
1.1
"""
REGULAR = """部分行业情况
行业
产值(亿元)
同比(%)
化工
4.54
-57.2
橡胶
10.65
-10.8
通用设备
3.61
-37.2
"""


def columns(body: str, *named: tuple[EntityType, str]) -> list[tuple[str | None, str, str | None, str, str]]:
    """What each figure of a table is about, its indicator, its value, unit and status."""
    return [(row.subject, row.indicator, row.low, row.unit, row.status) for row in link(body, DISTRICT, *named)]


def test_a_table_with_a_cell_a_line_is_read_by_its_columns():
    found = columns(BARRED, ("District", "甲镇"), ("District", "乙镇"))
    assert found == [
        ("甲区", "项目数量", "10", "个", "actual"),
        ("甲区", "户数", "546", "户", "actual"),
        ("甲区", "年度目标", "300000", "CNY", "planned"),
        ("甲镇", "项目数量", "7", "个", "actual"),
        ("甲镇", "户数", "379", "户", "actual"),
        ("甲镇", "年度目标", "200000", "CNY", "planned"),
        ("乙镇", "项目数量", "3", "个", "actual"),
        ("乙镇", "户数", "167", "户", "actual"),
        ("乙镇", "年度目标", "100000", "CNY", "planned"),
    ]


def test_the_rows_of_a_table_are_parts_of_its_row_of_sums():
    found = link(BARRED, DISTRICT, ("District", "甲镇"), ("District", "乙镇"))
    assert [row.part_of for row in found] == [None, None, None, *[row.id for row in found[:3]] * 2]


def test_a_table_of_indicators_on_one_line_is_read_by_its_rows():
    assert columns(ONE_LINE) == [
        ("甲区", "企业单位数", "43", "个", "actual"),
        ("甲区", "企业单位数同比增长", "5.5", "percent", "actual"),
        ("甲区", "企业单位数", "43", "个", "actual"),
        ("甲区", "工业总产值", "30970000", "CNY", "actual"),
        ("甲区", "工业总产值同比增长", "-3.3", "percent", "actual"),
        ("甲区", "工业总产值", "161850000", "CNY", "actual"),
        ("甲区", "规模以上工业总产值", "20670000", "CNY", "actual"),
        ("甲区", "规模以上工业总产值同比增长", "3.4", "percent", "actual"),
        ("甲区", "规模以上工业总产值", "108690000", "CNY", "actual"),
    ]


def test_a_table_whose_cells_a_blank_parts_takes_its_unit_from_the_caption():
    assert columns(SPACED) == [
        ("甲区", "粮食产量", "21774", "t", "actual"),
        ("甲区", "粮食产量比上年增长", "0.99", "percent", "actual"),
        ("甲区", "稻谷产量", "19179", "t", "actual"),
        ("甲区", "稻谷产量比上年增长", "1.02", "percent", "actual"),
        ("甲区", "蔬菜产量", "50523", "t", "actual"),
        ("甲区", "蔬菜产量比上年增长", "-1.7", "percent", "actual"),
    ]


def test_a_table_takes_the_unit_of_a_row_from_its_cell():
    found = [row[1:4] for row in columns(UNITS)]
    assert found[0] == ("地区生产总值", "12340000000", "CNY")
    assert found[1] == ("地区生产总值增长", "7.8", "percent")
    assert found[4] == ("新增就业", "2300", "人")
    assert found[5][1:] == ("-2", "percent")


@pytest.mark.parametrize(
    "text",
    ["第一排 第二排 第三排\n甲区新闻 2 3\n", "| 甲 | 乙 | 3 | 丙 | 丁 | 4 |\n", "甲 |\n乙 |\n3 |\n"],
)
def test_blanks_and_bars_alone_make_no_table(text):
    assert read_article(f"{HEAD}{text}".encode(), article_id="a").cells == ()


TWO_HEADS = """指标名称 | 2021年实绩 | 区年度目标(%) | |
绝对值 (亿元) | 增幅 (%) | ||
地区生产总值 | 2022.6 | 11.3 | 8 |
固定资产投资(亿元) | — | 14.2 | 7 |
新引进人才数(人) | 36927 | 10.3 | — |
"""


def test_a_header_of_two_rows_names_its_columns_and_a_label_its_unit():
    found = [row[1:] for row in columns(TWO_HEADS)]
    assert found == [
        ("地区生产总值", "202260000000", "CNY", "actual"),
        ("地区生产总值增幅", "11.3", "percent", "actual"),
        ("地区生产总值区年度目标", "8", "percent", "planned"),
        ("固定资产投资增幅", "14.2", "percent", "actual"),
        ("固定资产投资区年度目标", "7", "percent", "planned"),
        ("新引进人才数", "36927", "人", "actual"),
        ("新引进人才数增幅", "10.3", "percent", "actual"),
    ]


def test_a_figure_in_a_table_quotes_its_row_and_the_head_of_its_column():
    found = link(TWO_HEADS, DISTRICT)
    assert found[1].evidence.exact == "地区生产总值 | 2022.6 | 11.3"
    assert [span.exact for span in found[2].context] == ["区年度目标(%)"]
    stacked = link(BARRED, DISTRICT, ("District", "甲镇"), ("District", "乙镇"))
    assert stacked[4].evidence.exact == "甲镇 |\n7 |\n379"
    assert "户数" in [span.exact for span in stacked[4].context]


def test_a_table_of_one_cell_a_line_may_lack_units_and_last_figures():
    assert columns(UPRIGHT) == [
        ("甲区", "白酒产量", "15366", "千升", "actual"),
        ("甲区", "白酒产量同比增长", "307.48", "percent", "actual"),
        ("甲区", "原煤产量", "451000", "t", "actual"),
        ("甲区", "原煤产量同比增长", "-42.89", "percent", "actual"),
        ("甲区", "家具产量", "11000", "件", "actual"),
    ]


def test_a_table_of_one_cell_a_line_without_units_has_rows_of_one_length():
    assert [row[1:4] for row in columns(REGULAR)] == [
        ("化工产值", "454000000", "CNY"),
        ("化工产值同比增长", "-57.2", "percent"),
        ("橡胶产值", "1065000000", "CNY"),
        ("橡胶产值同比增长", "-10.8", "percent"),
        ("通用设备产值", "361000000", "CNY"),
        ("通用设备产值同比增长", "-37.2", "percent"),
    ]


def test_short_lines_with_a_figure_here_and_there_are_no_table():
    article = read_article(
        "甲区新闻\n办公室\n电话\n12345\n地址\n甲路\n邮编\n161005\n网站\n首页\n".encode(), article_id="a"
    )
    assert not article.cells


SHIFTED = """表1粮食产量情况 | |||
播种面积 (千公顷) | 单位面积产量 (公斤/公顷) | 总产量 (万吨) | |
全年粮食 | 1134.5 | 5482.9 | 621.5 |
一、分季节 | |||
1、夏粮 | 276.3 | 5096.0 | 141.2 |
"""


def test_a_header_without_a_cell_over_the_labels_and_a_caption_of_its_own_line():
    found = link(SHIFTED, DISTRICT)
    assert [(row.number.exact, row.unit, row.per) for row in found] == [
        ("1134.5", "ha", None),
        ("5482.9", "kg", "公顷"),
        ("621.5", "t", None),
        ("276.3", "ha", None),
        ("5096.0", "kg", "公顷"),
        ("141.2", "t", None),
    ]


SPANNED = """单位:万元
乡镇|财政收入|||固定资产投资||
|任务|完成|占任务|完成|同比
甲镇|1200|680|56.7|23500|12.3
乙镇|800|320|40.0|12000|-5.6
"""


def test_a_header_may_span_several_columns_of_the_row_below_it():
    found = columns(SPANNED, ("District", "甲镇"), ("District", "乙镇"))
    assert found[:5] == [
        ("甲镇", "财政收入任务", "12000000", "CNY", "planned"),
        ("甲镇", "财政收入", "6800000", "CNY", "actual"),
        ("甲镇", "财政收入占任务", "56.7", "percent", "actual"),
        ("甲镇", "固定资产投资", "235000000", "CNY", "actual"),
        ("甲镇", "固定资产投资同比", "12.3", "percent", "actual"),
    ]


LISTED = """序号|项目名称|建设单位|建设内容及规模|总投资(万元)
1|睿涛加工项目|睿涛公司|建设厂房3万平方米,购置设备200台|32000
2|雨污分流工程|县住建局|改造管网45公里|18000
合计||||50000|
"""


def test_a_list_of_works_in_a_table_is_about_the_works_whatever_numbers_them():
    found = columns(LISTED, ("Project", "睿涛加工项目"), ("Project", "雨污分流工程"))
    assert found == [
        ("睿涛加工项目", "建设厂房", "30000", "m2", "planned"),
        ("睿涛加工项目", "购置设备", "200", "台", "planned"),
        ("睿涛加工项目", "总投资", "320000000", "CNY", "planned"),
        ("雨污分流工程", "改造管网", "45", "km", "planned"),
        ("雨污分流工程", "总投资", "180000000", "CNY", "planned"),
        ("甲区", "总投资", "500000000", "CNY", "planned"),
    ]


YEARS = """指标名称 计量单位 2022年 2021年 增长(%)
粮食播种面积 公顷 45200 44800 0.9
粮食总产量 吨 312500 305600 2.3
生猪出栏 万头 32.6 30.1 8.3
"""


def test_columns_may_be_years():
    found = [(row.number.exact, row.unit, row.period) for row in link(YEARS, DISTRICT)]
    assert found[:3] == [("45200", "ha", "2022年"), ("44800", "ha", "2021年"), ("0.9", "percent", None)]


HEADED = """工业产值|本月|增长%|累计|累计增长
装备制造业|2340183|16.50|21242484|24.84
"""


def test_a_first_column_headed_by_a_statistic_says_what_grows():
    found = [(row.number.exact, row.indicator) for row in link(HEADED, DISTRICT)]
    assert found == [("16.50", "装备制造业工业产值增长"), ("24.84", "装备制造业工业产值累计增长")]


NUMBERED = """民生实事进度
序号

项目内容

当前进度

牵头单位

1

建设农村路55公里。

95%

县交通局

2

建成中小学3所,新增学位3800位。

57%(甲镇偏慢)

县教育局
"""


def test_the_rows_of_a_numbered_table_begin_with_their_numbers_and_hold_sentences():
    found = [(row.indicator, row.number.exact) for row in link(NUMBERED, DISTRICT)]
    assert found == [
        ("建设农村路", "55公里"),
        ("当前进度", "95%"),
        ("建成中小学", "3所"),
        ("新增学位", "3800位"),
        ("当前进度", "57%"),
    ]
    kinds = {line.kind for line in read_article(f"{HEAD}{NUMBERED}".encode(), article_id="a").sentences}
    assert kinds >= {"table", "body"}


BROKEN_HEADS = """主要数据
总量

(亿元)

比上年同期

增长(%)

地区生产总值

193.31

-5.7

按产业分

第一产业

34.52

1.7

农业

20.5

2.1
"""


def test_heads_broken_over_two_lines_stand_over_rows_that_lone_labels_part():
    assert [row[1:4] for row in columns(BROKEN_HEADS)] == [
        ("地区生产总值", "19331000000", "CNY"),
        ("地区生产总值比上年同期增长", "-5.7", "percent"),
        ("第一产业", "3452000000", "CNY"),
        ("第一产业比上年同期增长", "1.7", "percent"),
        ("农业", "2050000000", "CNY"),
        ("农业比上年同期增长", "2.1", "percent"),
    ]


PARTS = """2015年人口
单位:万人
指标 | 年末数 | 比重(%) |
年末户籍人口 | 86.33 | |
年末常住人口 | 60.2 | |
其中:城镇 | 21.89 | 25.36 |
乡村 | 64.44 | 74.64 |
其中:0-17岁 | 18.10 | 20.97 |
18-59岁 | 54.88 | 63.57 |
60周岁及以上 | 13.35 | 15.46 |
"""


def test_rows_behind_an_among_are_parts_of_the_row_that_they_make_up():
    found = [row for row in link(PARTS, DISTRICT) if row.unit != "percent"]
    whole = found[0]
    assert whole.number.exact == "86.33"
    assert [row.part_of == whole.id for row in found] == [False, False, True, True, True, True, True]
