"""What a text names becomes things: each once, under its fullest name, individuals apart from classes."""

import pytest

from kg.reading.names.aliases import abbreviates, join, leading_place, short_forms
from kg.reading.pipeline import extract, read_layers, read_things
from kg.reading.vocabulary.occurrences import apart, blanked, occurrences
from kg.reading.vocabulary.tokens import words


def things(text):
    return read_things(read_layers(text.encode("utf-8"), article_id="t"))


def named(text, kind):
    return [entity.name for entity in things(text) if entity.type == kind]


def test_a_firm_named_three_ways_is_one_thing_under_its_fullest_name():
    (firm,) = [
        row for row in things("睿涛食品有限公司投产。睿涛食品订单增加,睿涛扩建厂房。") if row.type == "Enterprise"
    ]
    assert firm.name == "睿涛食品有限公司"
    assert firm.aliases == ("睿涛", "睿涛食品")
    assert [mention.exact for mention in firm.mentions] == ["睿涛食品有限公司", "睿涛食品", "睿涛"]


def test_a_mention_inside_a_longer_name_counts_and_never_twice_in_its_own():
    firm = next(
        row for row in things("联享农业集团公司开园。联享农业现代服务产业园项目开工。") if row.type == "Enterprise"
    )
    assert [mention.exact for mention in firm.mentions] == ["联享农业集团公司", "联享农业"]


@pytest.mark.parametrize(
    "text",
    [
        "培育农业龙头企业、家庭农场、合作社等经营主体。",
        "督促物业公司做好环境整治,扶持中小企业。",
        "加快推进产业项目建设,抓好重点项目。",
        "推进传统产业转型升级,建设标准化厂房。",
        "公司应当依法纳税,有限责任公司的股东对公司承担责任。",
        "床前明月光,疑是地上霜。",
        "中国女排以3比1战胜巴西队。",
    ],
)
def test_classes_and_other_genres_name_no_individual(text):
    kinds = {"Enterprise", "Project", "ProjectGroup", "Programme", "Park", "Product"}
    assert [row.name for row in things(text) if row.type in kinds] == []


def test_a_list_is_spread_and_its_last_noun_says_what_its_elements_are():
    text = "引进睿涛传媒、仁和翔鹤、驰久板簧等12家企业,袜业纱线生产、精铸阀门加工等15个重点项目投产。"
    assert named(text, "Enterprise") == ["睿涛传媒", "仁和翔鹤", "驰久板簧"]
    assert named(text, "Project") == ["袜业纱线生产", "精铸阀门加工"]
    assert named(text, "ProjectGroup") == ["袜业纱线生产、精铸阀门加工等15个重点项目"]


def test_a_firms_name_used_for_its_project_is_a_project():
    assert named("汇鼎酒业、睿涛食品、永裕肉禽3个项目签约落户。", "Project") == ["汇鼎酒业", "睿涛食品", "永裕肉禽"]
    assert named("开工项目3个,包括宁德聚能、睿涛科技、浙江银轮。", "Project") == ["宁德聚能", "睿涛科技", "浙江银轮"]


def test_a_list_of_goods_names_no_firm():
    assert named("引进新型家电面板、高强度五金制品等多类型生产企业。", "Enterprise") == []


def test_a_site_being_built_is_a_project_and_keeps_its_kind():
    (site,) = [row for row in things("新建睿涛小学南校区,改善办学条件。") if row.type == "Project"]
    assert (site.name, site.also_types) == ("睿涛小学南校区", ("Facility",))


def test_two_counts_of_one_size_and_kind_are_one_group():
    (group,) = [row for row in things("全市6个项目集中开工。在6个开工项目中,产业项目4个。") if row.name == "6个项目"]
    assert [mention.exact for mention in group.mentions] == ["6个项目", "6个开工项目"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去年新落户工业园区项目达39个。", "工业园区项目达39个"),
        ("新建项目开工18个。", "新建项目开工18个"),
        ("精心办好10件惠民实事。", "10件惠民实事"),
    ],
)
def test_a_counted_class_is_a_group_and_no_project(text, name):
    found = [(row.type, row.name) for row in things(text) if row.type in ("Project", "ProjectGroup")]
    assert found == [("ProjectGroup", name)]


def test_a_measure_is_named_without_its_figures_and_keeps_its_words():
    (measure,) = [row for row in things("为3509户城乡低保家庭发放低保金1148.5万元。") if row.type == "Measure"]
    assert measure.name == "为城乡低保家庭发放低保金"
    assert [mention.exact for mention in measure.mentions] == ["为3509户城乡低保家庭发放低保金"]


def test_a_table_names_by_its_headers():
    text = "项目名称|建设单位|总投资(万元)\n表面处理中心|睿涛工坊|15000\n智能仓储园|仁和区管委会|26000\n合计||41000\n"
    assert named(text, "Project") == ["表面处理中心", "智能仓储园"]
    assert named(text, "Enterprise") == ["睿涛工坊"]
    assert named(text, "PublicBody") == ["仁和区管委会"]


def test_the_text_speaks_for_its_district_and_for_the_park_where_it_names_none():
    layers = read_layers("龙沙区召开会议。全区企业复工,全市表彰。".encode(), article_id="t")
    names = {row.id: row.name for row in read_things(layers)}
    assert names[layers.acting] == "龙沙区"
    layers = read_layers("开发区入驻企业86家。".encode(), article_id="t")
    names = {row.id: row.name for row in read_things(layers)}
    assert names[layers.acting] == "开发区"


def test_traditional_characters_and_full_width_signs_are_read_and_quoted_as_they_stand():
    text = "貴州省好之味精品農業開發有限公司，位於冊亨縣巧馬工業園。"
    found = {row.type: row.name for row in things(text)}
    assert found["Enterprise"] == "貴州省好之味精品農業開發有限公司"
    assert found["Park"] == "冊亨縣巧馬工業園"


def test_reading_is_the_same_twice(longsha):
    data = longsha.encode("utf-8")
    assert extract(data, article_id="a") == extract(data, article_id="a")


def test_every_mention_is_the_text(longsha):
    for entity in things(longsha):
        assert entity.mentions
        assert all(longsha[span.start : span.end] == span.exact for span in entity.mentions)


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("5G视商产业园", "齐齐哈尔市5G视商科技产业园", True),
        ("鹤城主题公园", "鹤城公园主题游乐园", True),
        ("特色旅游商业街项目", "滨江路特色旅游商业街项目", True),
        ("现代服务业产业园", "齐齐哈尔市5G视商科技产业园", False),
        ("睿涛项目", "睿涛铸造产业园一期项目", False),
    ],
)
def test_abbreviations(short, full, same):
    assert abbreviates(short, full) is same


def test_a_short_form_of_two_things_is_neither():
    names = [("睿涛食品有限公司", "Enterprise"), ("睿涛食品集团", "Enterprise"), ("睿涛食品", "Enterprise")]
    assert join(names)["睿涛食品"] == "睿涛食品"


def test_places_before_a_name():
    assert leading_place("齐齐哈尔市龙沙区睿涛项目") == "齐齐哈尔市龙沙区"
    assert leading_place("睿涛项目") == ""
    assert "一正药业" in dict(short_forms("湖北一正药业", "Enterprise"))


def test_words_cover_the_text_without_gap():
    text = "新开工睿涛水环境(棲凤湖)项目,总投资33.81亿元。"
    tokens = words(text, 0, len(text))
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens[1:]] == [token.end for token in tokens[:-1]]


def test_occurrences_overlap_and_can_be_set_apart_and_blanked():
    text = "联享农业集团公司"
    found = occurrences(text, ["联享农业", "联享农业集团公司", "农业", "无"])
    assert found["农业"] == [(2, 4)]
    assert found["无"] == []
    assert apart(found, ["联享农业", "联享农业集团公司"]) == ((0, 8),)
    assert blanked("甲乙丙丁", [(1, 3), (2, 3)]) == "甲\n\n丁"


@pytest.mark.parametrize(
    ("text", "park"),
    [
        ("睿涛产业园位于仁和工业园,总投资2亿元,项目建筑面积3万平方米。", "睿涛产业园"),
        ("睿涛产业园投产。仁和工业园总投资2亿元,项目建筑面积3万平方米。", "仁和工业园"),
    ],
)
def test_a_park_in_which_another_lies_is_not_what_the_project_means(text, park):
    facts = extract(text.encode("utf-8"), article_id="t")
    names = {row.id: row.name for row in facts.entities}
    assert [names.get(row.subject or "") for row in facts.observations] == [park, park]
