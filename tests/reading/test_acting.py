"""Which place a text speaks for: renamed ones, those without their level, and a park that has no name."""

import pytest

from kg.reading.pipeline import read_layers, read_things


def acting(text):
    layers = read_layers(text.encode("utf-8"), article_id="t")
    things = {row.id: row for row in read_things(layers)}
    return things[layers.acting].name if layers.acting else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("今年我区有重点项目11个。区委向哈尔滨市委报告双城区重点项目建设情况。", "双城区"),
        ("会上签约17个项目。各界人士前来宣恩投资兴业。宣恩创业态势好。", "宣恩"),
        ("高台讯 10月16日,睿涛冷链项目开工。", "高台"),
        ("我县加快工业园区建设。园区建设实现新突破,入驻睿涛工业园区的2家企业投产。", "我县"),
        ("龙港市举行活动。市委表示,项目建设加快。", "龙港市"),
        ("在县委的正确领导和县人大的监督下,全县财政收入14亿元,增长4%。", "全县"),
        ("在区委、区政府的领导下,全区产值增长9%。四大新区占比过半,航空经开区产值增长8%。", "全区"),
        ("永州3月28日讯(记者 谭成)道县新增就业1826人。全县失业率为2.8%。", "道县"),
        ("曾都抓住机遇,推进技改。去年入驻曾都经济开发区的企业投产。湖北圆通增资。", "曾都"),
        ("湖北竹溪发展食用菌。去年竹溪扶持农户300户。", "竹溪"),
        ("一年来全县举办活动482场。北京专家来院出诊。全县就业稳定。", "全县"),
        (
            "今年以来,连城镇创新方法。新签约项目2个,分别是:投资8亿元的固镇县睿涛木业项目;投资3亿元的加油站项目。",
            "连城镇",
        ),
        ("1-3月份,园区实现工业总产值17亿元。睿涛零部件产业园等9个重点项目开工。", "园区"),
        ("今年上半年,我县新增就业4500人,鹤龙湖等6个示范点建设加快。", "我县"),
        ("汉沽区日前确定今年十项工作。\n改造正阳里、惠阳里两片旧居民区。", "汉沽区"),
        ("上半年,庐阳稳步向上\n2023-08-02 来源:庐阳发布\n今年上半年,我区新入库项目24个。", "庐阳"),
        ("涉县公布十件实事。\n铺设将军大道(龙山电厂至状元街)供热管网4公里。", "涉县"),
    ],
)
def test_the_place_that_a_text_speaks_for(text, name):
    assert acting(text) == name


def test_a_place_that_only_stands_in_a_list_is_not_what_a_text_speaks_for():
    assert acting("全市规上工业平稳。分县区看,东湖县、清水区、石门市分别增长9.1%、8.4%和3.7%。") != "石门市"


@pytest.mark.parametrize(
    "text",
    [
        "搭建高台,唱响大戏。",
        "大连区域经济发展加快。",
        "宣恩玉米公司和宣恩食品公司投产。",
        "领导和县人大的监督。",
        "做大新区经济。",
    ],
)
def test_words_that_name_no_place(text):
    assert acting(text) in {None, "大连"}
