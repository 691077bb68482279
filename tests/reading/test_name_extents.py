"""How far names reach: parts listed within a work, adverbs and persons outside it, roads that bear a place's name."""

import pytest

from kg.facts import Entity
from kg.reading.pipeline import extract, read_layers, read_things


def things(text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in read_things(read_layers(text.encode(), article_id="row"))}


def of(text: str, *kinds: str) -> set[str]:
    return {name for name, entity in things(text).items() if entity.type in kinds}


WHOLE = [
    pytest.param(
        "总投资3亿元的睿涛集团电动车研发、制造及销售项目开工。", "睿涛集团电动车研发、制造及销售项目", id="parts-listed"
    ),
    pytest.param(
        "睿涛公司签约的生物医药养殖加工和药食同源食品基地项目。",
        "生物医药养殖加工和药食同源食品基地项目",
        id="parts-joined",
    ),
    pytest.param(
        "睿涛有限公司60万吨PVC、60万吨烧碱产业综合项目开工。",
        "睿涛有限公司60万吨PVC、60万吨烧碱产业综合项目",
        id="two-outputs",
    ),
    pytest.param("睿涛食品基地暨重点实验室建设项目开工。", "睿涛食品基地暨重点实验室建设项目", id="and-of-titles"),
    pytest.param(
        "睿涛制药有限公司制药及新药研发生产基地项目开工。",
        "睿涛制药有限公司制药及新药研发生产基地项目",
        id="behind-a-firm",
    ),
    pytest.param("睿涛公司投资5亿元建设水产品养殖及加工项目。", "水产品养殖及加工项目", id="object-of-money"),
    pytest.param(
        "签约睿涛高新区年产 2万台车辆制造及配套项目。",
        "睿涛高新区年产 2万台车辆制造及配套项目",
        id="space-before-a-figure",
    ),
    pytest.param("睿憨—磨丁合作区标准厂房建设项目开工。", "睿憨—磨丁合作区标准厂房建设项目", id="dash-within"),
    pytest.param("新开工年产160万吨大机焦、120万吨能源储备基地等项目。", "120万吨能源储备基地", id="verb-compounded"),
    pytest.param(
        "推进睿涛叶片、仁和铅酸蓄电池处置及利用等大项目。", "仁和铅酸蓄电池处置及利用", id="verb-ends-element"
    ),
    pytest.param(
        "包括睿涛农牧年屠宰30万头生猪场和10万套种鸡场建设两个重大项目。",
        "10万套种鸡场建设",
        id="closed-list-of-outputs",
    ),
    pytest.param(
        "签约总投资2亿元的睿涛铸造、总投资3亿元的仁和翔鹤萃取等项目。", "仁和翔鹤萃取", id="price-before-each"
    ),
    pytest.param("签订总投资3亿元的农业机械制造等8个项目。", "农业机械制造", id="plain-but-priced"),
    pytest.param("建成睿涛幼儿园。", "睿涛幼儿园", id="completed-site"),
    pytest.param("睿涛有限公司的高档石英精深加工生产线项目完工。", "高档石英精深加工生产线项目", id="a-firm-has-it"),
    pytest.param("总投资9亿元的博兴水库开工。", "博兴水库", id="priced-site"),
    pytest.param("推进睿涛铸造项目、唐城工业园污水处理厂等项目。", "唐城工业园污水处理厂", id="a-park's-plant"),
    pytest.param("总投资0.3亿元的蒲州镇高标准设施葡萄项目开工。", "蒲州镇高标准设施葡萄项目", id="standard-of-a-noun"),
    pytest.param("睿涛铸造、永裕萃取等一批过亿元工业技改项目开工。", "永裕萃取", id="class-with-a-threshold"),
    pytest.param("30万吨睿涛铜冶炼、真丝面料生产等4个项目获批。", "真丝面料生产", id="beside-a-named-work"),
    pytest.param("建设睿涛铸造项目、同翎彩印生产线项目。", "同翎彩印生产线项目", id="and-in-a-brand"),
]


@pytest.mark.parametrize(("text", "name"), WHOLE)
def test_a_work_is_named_whole(text, name):
    assert name in of(text, "Project")


NO_WORK = [
    pytest.param("长江工业园厂房开园暨重大产业项目集中开工。", id="and-of-a-class"),
    pytest.param("举行睿涛产业项目推介。", id="spoken-of"),
    pytest.param("由睿涛公司党委副书记、副董事长、总经理樊睿作项目介绍。", id="persons"),
    pytest.param("2021年举行第二次项目集中签约。", id="a-turn"),
    pytest.param("天津增资扩产项目洽谈。", id="done-with-any-work"),
    pytest.param("睿涛县周家镇项目建设稳步推进。", id="a-town's-works"),
    pytest.param("加快物流园区建设项目。", id="a-kind-of-park"),
    pytest.param("推进“产业链”“拳头产品”等四大工程。", id="programmes-in-quotes"),
]


@pytest.mark.parametrize("text", NO_WORK)
def test_no_work_is_named(text):
    assert not of(text, "Project", "ProjectGroup")


def test_two_works_with_an_end_of_their_own_stay_two():
    assert of("总投资5亿元的睿涛养殖项目、永裕加工项目开工。", "Project") == {"睿涛养殖项目", "永裕加工项目"}


def test_quoted_members_of_great_works_are_programmes():
    assert of("推进“产业链”“拳头产品”等四大工程。", "Programme") == {"“产业链”", "“拳头产品”"}


PARKS = [
    pytest.param("在开发区睿涛科技园参观。", {"睿涛科技园"}, id="behind-a-bare-park"),
    pytest.param("综合产业园热度高。", set(), id="a-kind-of-park"),
    pytest.param("入驻“创业园”。", {"创业园"}, id="quoted"),
    pytest.param("睿涛产业园努力建成“千亿产业园”。", {"睿涛产业园"}, id="slogan"),
    pytest.param("按照管理模式同时管理睿涛产业园。", {"睿涛产业园"}, id="adverb"),
    pytest.param("图为睿涛县工业园的员工。", {"睿涛县工业园"}, id="caption"),
    pytest.param("高河街道金东产业园内有企业。金东产业园建成。", {"高河街道金东产业园"}, id="town-before-it"),
    pytest.param("三水工业园开工。三水工业园区投产。", {"三水工业园区"}, id="longer-suffix"),
    pytest.param(
        "晋江经济开发区投产。晋江经济开发区英林园区开工。", {"晋江经济开发区", "晋江经济开发区英林园区"}, id="part"
    ),
]


@pytest.mark.parametrize(("text", "names"), PARKS)
def test_parks_are_told_apart(text, names):
    assert of(text, "Park", "Project") == names


FIRMS = [
    pytest.param("湖北鑫资再生资源集团有限公司投产。鑫资集团订单增加。", "鑫资集团", id="group"),
    pytest.param("安康高科生物科技有限公司投产。高科生物订单增加。", "高科生物", id="trade-cut-short"),
]


@pytest.mark.parametrize(("text", "alias"), FIRMS)
def test_a_firm_is_called_by_how_its_name_begins(text, alias):
    (firm,) = (entity for entity in things(text).values() if entity.type == "Enterprise")
    assert alias in firm.aliases


def test_a_works_that_only_a_project_bears_is_no_firm():
    assert of("睿涛药业海口新建制药厂项目开工。", "Enterprise") == {"睿涛药业"}
    assert of("睿涛制药厂开工。", "Enterprise") == {"睿涛制药厂"}


def test_a_firm_begins_behind_the_district_it_stands_in():
    assert of("走进龙沙区黑龙江睿涛豆业有限公司。", "Enterprise") == {"黑龙江睿涛豆业有限公司"}


STARTS = [
    pytest.param("山东中益粮业有限公司投产。", "山东中益粮业有限公司", id="middle"),
    pytest.param("莘县和香源食品厂投产。", "莘县和香源食品厂", id="and"),
    pytest.param("四川宝利丰科技投产。", "四川宝利丰科技", id="place-and-three-characters"),
    pytest.param("中荷环保投资5亿元。", "中荷环保", id="two-characters-of-a-word-of-place"),
    pytest.param("四川溧都食品有限公司投产。", "四川溧都食品有限公司", id="all"),
]


@pytest.mark.parametrize(("text", "name"), STARTS)
def test_a_firm_begins_with_its_place(text, name):
    assert of(text, "Enterprise") == {name}


def test_firms_of_a_list_are_firms_whatever_they_make():
    text = "形成了以恒盛实业、禾丰牧业、凯利达等规模企业产业集聚。"
    assert {"恒盛实业", "禾丰牧业", "凯利达"} <= of(text, "Enterprise")


def test_a_park_is_what_is_made_of_something():
    assert of("把园区打造成睿涛临港产业基地。", "Park") == {"睿涛临港产业基地"}


def test_a_park_is_called_by_the_end_of_its_name():
    found = things("企业已入驻经济产业园。走进江州区蔗糖循环经济产业园。")
    assert "经济产业园" in found["江州区蔗糖循环经济产业园"].aliases
    assert not of("企业已入驻经济产业园。", "Park")


PARK_FORMS = [
    pytest.param("利辛经开区多点发力。利辛经济开发区产值增长。", "利辛经济开发区", "利辛经开区", id="in-short"),
    pytest.param("县开发区产值增长。海盐经济开发区投产。", "海盐经济开发区", "县开发区", id="the-county's"),
    pytest.param(
        "入驻蔗糖产业园区。江州区蔗糖产业园投产。", "江州区蔗糖产业园", "蔗糖产业园区", id="district-and-suffix"
    ),
]


@pytest.mark.parametrize(("text", "name", "alias"), PARK_FORMS)
def test_a_park_has_short_forms(text, name, alias):
    assert alias in things(text)[name].aliases


def test_two_areas_of_two_places_are_two_parks():
    assert of("利辛经开区发力。安徽亳州经济开发区产值增长。", "Park") == {"利辛经开区", "安徽亳州经济开发区"}


def test_points_of_a_list_of_works_are_works():
    text = (
        "八项民生实事项目分别为:\n环境整治提升工程。为践行绿色理念,增设垃圾桶。\n政务大厅功能提升项目。项目提升服务。"
    )
    assert {"环境整治提升工程", "政务大厅功能提升项目"} <= of(text, "Project")


def test_a_list_that_names_few_of_a_counted_set_is_that_set():
    text = "9个产业项目集中开工。睿涛县科多生产线等9个产业项目总投资3亿元。"
    assert of(text, "ProjectGroup") == {"9个产业项目"}
    assert len(of("3个项目开工。睿涛铸造项目、永裕萃取项目等3个项目投产。", "ProjectGroup")) == 2


def test_agreements_are_named_without_what_is_done_with_them():
    assert of("已正式签订招商协议150个。", "ProjectGroup") == {"招商协议150个"}


def test_a_town_acts_that_says_so():
    text = "我乡发展工业。我乡新建项目9个。我乡招商引资。莘县睿涛食品有限公司投产。"
    facts = extract(text.encode(), article_id="row")
    (count,) = (row for row in facts.observations if row.unit.startswith("个"))
    assert {entity.id: entity.name for entity in facts.entities}[count.subject] == "我乡"


def test_coming_to_a_works_names_none():
    assert not of("施工单位正陆续进厂,许多企业来这里建厂。", "Enterprise")


def test_an_ordinary_word_is_no_firm():
    assert not of("掀起招商的火热浪潮。", "Enterprise")
    assert of("引进华为、浪潮等企业。", "Enterprise") == {"华为", "浪潮"}


PLACES = [
    pytest.param("完成莘县路改造。", set(), id="road"),
    pytest.param("完成遂平县路网改造。", {"遂平县"}, id="roads-of-a-county"),
    pytest.param("各地深化州市联动。", set(), id="by-chance"),
    pytest.param("坚持产业兴县。", set(), id="slogan"),
    pytest.param("每月开展专家进社区活动。", set(), id="verb-before-a-level"),
    pytest.param("杜尔伯特县召开会议。", {"杜尔伯特县"}, id="autonomous-county"),
    pytest.param("临夏州召开会议。", {"临夏州"}, id="autonomous-prefecture"),
]


@pytest.mark.parametrize(("text", "names"), PLACES)
def test_a_place_is_read_where_it_is_meant(text, names):
    assert of(text, "District") == names


def members(text: str) -> set[str]:
    facts = extract(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in facts.entities}
    return {names[row.subject] for row in facts.relations if row.predicate == "partOf"}


def test_members_go_on_over_commas():
    text = "集中签约的项目共2个。分别是总投资5亿元的睿涛铸造项目,总投资3亿元的永裕萃取项目。"
    assert members(text) == {"睿涛铸造项目", "永裕萃取项目"}
    assert members("集中签约的项目共2个。睿涛铸造项目开工,总投资3亿元的永裕萃取项目投产。") == set()


def test_members_that_firms_have_are_members():
    text = "推动21项重点项目开工,包括睿涛有限公司的高档石英生产项目、永裕有限公司的运动鞋技改项目等。"
    assert members(text) == {"高档石英生产项目", "运动鞋技改项目"}
    assert members("推动21项重点项目开工。睿涛有限公司的高档石英生产项目受到好评。") == set()


def located(text: str) -> set[tuple[str, str]]:
    facts = extract(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in facts.entities}
    return {(names[row.subject], names[row.object]) for row in facts.relations if row.predicate == "locatedIn"}


def test_a_park_lies_in_the_narrowest_district_of_its_name():
    found = located("位于梧州市万秀区睿涛工业集中区的企业投产。")
    assert ("梧州市万秀区睿涛工业集中区", "万秀区") in found
    assert ("梧州市万秀区睿涛工业集中区", "梧州市") not in found


def test_firms_told_of_among_counted_works_are_part_of_them():
    facts = extract("新建项目6个。其中睿涛有限公司,投资2亿元;永裕有限公司,投资3亿元。".encode(), article_id="row")
    names = {entity.id: entity.name for entity in facts.entities}
    found = {names[row.object] for row in facts.relations if row.rule == "firm-behind-colon"}
    assert found == {"睿涛有限公司", "永裕有限公司"}


def test_members_behind_a_colon_are_one_a_point():
    text = "签约的8个项目分别是:1、睿涛食品有限公司投资10亿元建设睿涛生猪项目;2、永裕萃取项目。"
    assert members(text) == {"睿涛生猪项目", "永裕萃取项目"}
    assert members("签约8个项目。他说:睿涛生猪项目开工;永裕萃取项目投产。") == set()


def test_a_town_that_opens_a_clause_and_has_something_is_one():
    assert of("分乡镇看:西天尾镇实现产值86.8亿元;新度镇实现产值19.5亿元。", "District") == {"西天尾镇", "新度镇"}


def test_what_a_bracket_calls_a_firm_for_short_is_the_firm():
    text = "睿涛光伏科技有限责任公司(以下简称“金太阳公司”)开工,金太阳公司今年产值5亿元。"
    (firm,) = (row for row in things(text).values() if row.type == "Enterprise")
    assert firm.name == "睿涛光伏科技有限责任公司"
    assert "金太阳公司" in firm.aliases
    assert [span.exact for span in firm.mentions][-1] == "金太阳公司"


def test_a_known_firm_takes_the_province_or_city_before_it():
    assert "江苏恒瑞医药" in of("江苏恒瑞医药、扬子江药业集团参会。", "Enterprise")
    assert "华为" in of("区长在上海华为考察。", "Enterprise")
