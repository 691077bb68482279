"""What the rules of names do beyond their tables, each with its counter-example: classes, edges, groups told apart."""

import pytest

from kg.facts import Entity
from kg.reading.pipeline import read_layers, read_things


def things(text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in read_things(read_layers(text.encode(), article_id="row"))}


def of(text: str, *kinds: str) -> set[str]:
    return {name for name, entity in things(text).items() if entity.type in kinds}


PROJECTS = [
    pytest.param("推进睿涛铸造、仁和萃取等一批强链补链项目。", "强链补链项目", id="behind-several-of-a-list"),
    pytest.param("睿涛铸造项目等业态融合项目签约。", "业态融合项目", id="behind-and-so-on"),
    pytest.param("睿涛铸造项目投产,为睿涛县钢铁产业链下游项目。", "睿涛县钢铁产业链下游项目", id="said-of-another"),
    pytest.param("另外一个项目为社会事业项目,总投资2亿元。", "社会事业项目", id="one-of-them-is"),
    pytest.param("包括100个投资亿元以上资源深加工项目。", "亿元以上资源深加工项目", id="counted"),
    pytest.param("睿涛水泥一项目投产。", "睿涛水泥一项目", id="one-project"),
    pytest.param("签订涉及睿涛深加工、仁和加工等13个项目。", "睿涛深加工", id="fields-of-works"),
]


@pytest.mark.parametrize(("text", "name"), PROJECTS)
def test_a_class_of_works_is_no_project(text, name):
    assert name not in of(text, "Project")


WORKS = [
    pytest.param("推进一批重点项目,睿涛铸造项目开工。", "睿涛铸造项目", id="not-the-class"),
    pytest.param("签约的项目为睿涛铸造项目。", "睿涛铸造项目", id="no-other-before"),
    pytest.param(
        "开工的有睿涛铸造项目、鹿邑相约大酒店建设项目、仁和萃取项目。",
        "鹿邑相约大酒店建设项目",
        id="verb-within-a-list",
    ),
    pytest.param("年产10万个车厢的睿涛车厢厂生产项目签约。", "睿涛车厢厂生产项目", id="pieces-are-no-group"),
]


@pytest.mark.parametrize(("text", "name"), WORKS)
def test_a_work_is_a_project(text, name):
    assert name in of(text, "Project")


def test_a_long_list_of_works_is_a_group_whatever_its_count():
    text = "集中开工的睿涛铸造项目、仁和萃取项目、永裕加工项目、鹏力印刷项目5个重点项目,总投资近21亿元。"
    (group,) = of(text, "ProjectGroup")
    assert group.startswith("睿涛铸造项目")
    assert group.endswith("5个重点项目")


def test_groups_begun_and_signed_are_two():
    assert len(of("新签约项目22个,新开工项目22个。", "ProjectGroup")) == 2
    assert len(of("新签约项目22个,总投资3亿元。这22个项目涉及农业。", "ProjectGroup")) == 1


def test_a_known_firm_takes_its_form():
    assert of("金锣集团投资3亿元。", "Enterprise") == {"金锣集团"}
    assert of("金锣投资3亿元。", "Enterprise") == {"金锣"}


def test_a_project_named_by_its_owner_alone_is_the_owners_only_one():
    found = things("金锣集团生猪加工一体化项目签约。金锣集团项目占地30亩。")
    assert "金锣集团项目" in found["金锣集团生猪加工一体化项目"].aliases
    found = things("金锣集团生猪加工一体化项目、金锣集团冷链仓储项目签约。金锣集团项目占地30亩。")
    assert "金锣集团项目" not in found["金锣集团生猪加工一体化项目"].aliases


FIRMS = [
    pytest.param(
        "项目由深圳商会旗下紫金县龙和汇联合投资发展有限公司建设。",
        "紫金县龙和汇联合投资发展有限公司",
        id="place-before",
    ),
    pytest.param("广安高新区福佳机械有限公司订单增加。", "福佳机械有限公司", id="park-before"),
    pytest.param("睿涛联合投资发展有限公司订单增加。", "睿涛联合投资发展有限公司", id="brand-before"),
    pytest.param("江苏省投资睿涛机械有限公司。", "睿涛机械有限公司", id="firm-of-its-own"),
    pytest.param("深圳市联合组建仁和机械有限公司。", "仁和机械有限公司", id="verb-before"),
]


@pytest.mark.parametrize(("text", "name"), FIRMS)
def test_where_a_firm_of_legal_form_begins(text, name):
    assert of(text, "Enterprise") == {name}


def test_a_park_is_no_title_where_its_noun_phrase_goes_on():
    assert "明港产业集聚区" in of("该企业为明港产业集聚区钢铁产业链核心环节。", "Park")
    assert "国际农产品物流园区" not in of("全县将成为服务全省的国际农产品物流园区。", "Park")


def test_a_works_ceremony_does_not_hide_the_work():
    assert of("举行睿涛铸造项目签约仪式。", "Project", "Event") == {"睿涛铸造项目"}
    assert of("举行睿涛县重点项目签约仪式。", "Project", "Event") == {"睿涛县重点项目签约仪式"}


def test_money_makes_a_plain_work_a_particular_one():
    assert of("总投资10亿元的生态农业综合开发项目签约。", "Project") == {"生态农业综合开发项目"}
    assert not of("总投资10亿元的重点产业项目签约。", "Project")


def test_capacities_joined_by_and_stand_in_one_name():
    name = "年产5万吨新型涂料及3000万平方米新型防水卷材生产项目"
    assert of(f"{name}开工。", "Project") == {name}
    assert name not in of("年产5万吨新型涂料,3000万平方米新型防水卷材生产项目开工。", "Project")


def test_a_park_with_the_park_it_lies_in_is_the_same():
    found = things("大观经济开发区环保涂料产业园投产。环保涂料产业园占地30亩。")
    assert "环保涂料产业园" in found["大观经济开发区环保涂料产业园"].aliases
    found = things("大观经济开发区环保涂料产业园投产。防水涂料产业园占地30亩。")
    assert "防水涂料产业园" not in found["大观经济开发区环保涂料产业园"].aliases


def test_a_list_of_works_may_join_two_within_one_element():
    text = "致信有限公司饮片生产项目、百消丹保健食品及王老吉饮料生产项目、仁和萃取项目等开工。"
    assert "百消丹保健食品及王老吉饮料生产项目" in of(text, "Project")
    text = "致信有限公司饮片生产项目、百消丹保健食品项目及王老吉饮料生产项目等开工。"
    assert {"百消丹保健食品项目", "王老吉饮料生产项目"} <= of(text, "Project")


def test_what_a_list_is_of_may_stand_behind_an_attribute():
    text = "有华赛包装年产8亿只瓶盖生产线、华鑫科技年产150万套高档服装和1万台电动缝纫机等再投资的“二期”项目。"
    assert "华鑫科技年产150万套高档服装和1万台电动缝纫机" in of(text, "Project")


def test_a_slogan_counts_and_names_no_project():
    assert not of("新增纳入省调度第四期“三个一批”项目总量88个。", "Project")
    assert of("“睿涛·将军城”项目开工。", "Project")


def test_a_newsroom_is_no_firm():
    assert not of("睿涛新闻传媒集团记者李明报道。", "Enterprise")
    assert of("睿涛新闻传媒集团投资3亿元。", "Enterprise") == {"睿涛新闻传媒集团"}


def test_a_park_in_a_works_name_is_named_too():
    assert "紫城工业园" in of("紫城工业园公共服务区建设项目开工。", "Park")
    assert not of("睿涛产业园项目开工。", "Park")


def test_the_capital_of_a_trade():
    assert "安国数字中药都项目" in of("安国数字中药都项目开工。", "Project")
    assert not of("各镇都项目化推进。", "Project")


def test_products_behind_the_figures_of_a_list():
    text = "睿涛机械有限公司具备年产汽车缸盖20万件、摩托车缸头100万件、铝合金铸件7000余吨的生产能力。"
    assert of(text, "Product") == {"汽车缸盖", "摩托车缸头", "铝合金铸件"}
    assert not of("睿涛机械有限公司年产值20万元、税收100万元。", "Product")


def test_a_numbered_heading_names_the_work_that_it_carries_out():
    text = "一、完善公共服务设施。新增集中供热面积10万平方米。\n二、实施护城河污水截污工程。投资3000万元。\n"
    assert "护城河污水截污工程" in of(text, "Project")
    assert not of("一、实施就业惠民工程。发放补贴3000万元。\n二、完善设施。新增供热面积10万平方米。\n", "Project")


def test_a_firm_between_known_firms_of_a_list():
    assert "中创新航" in of("引进宁德时代、中创新航、亿纬锂能等头部企业落户。", "Enterprise")
    assert of("引进宁德时代、创新人才、亿纬锂能等。", "Enterprise") == {"宁德时代", "亿纬锂能"}


def test_firms_listed_behind_their_count_and_before_their_works():
    assert "晶澳太阳能" in of("新增小巨人企业3家,分别是天和磁材、金蒙汇磁和晶澳太阳能。", "Enterprise")
    text = "贵州振华新材料有限公司、贵州安达能源股份有限公司等企业新建扩建项目进展顺利。"
    assert of(text, "Enterprise") == {"贵州振华新材料有限公司", "贵州安达能源股份有限公司"}


def test_a_work_begins_behind_the_place_that_it_is_built_in():
    assert of("该公司将投资15亿元在高新区建设绿色建材生产基地项目。", "Project") == {"绿色建材生产基地项目"}
    assert of("睿涛木业有限公司扩建年产8000吨炭化木技改项目。", "Project") == {"年产8000吨炭化木技改项目"}
    assert of("睿涛木业有限公司建设项目开工。", "Project") == {"睿涛木业有限公司建设项目"}
    assert of("高新区建设路改造工程开工。", "Project") == {"高新区建设路改造工程"}


def test_a_work_with_an_and_begins_behind_what_is_invested_in_it():
    assert of("牧原公司投资5.6亿元的饲料及种猪繁育一体化项目。", "Project") == {"饲料及种猪繁育一体化项目"}
    assert of("推进饲料及种猪繁育一体化项目。", "Project") == {"种猪繁育一体化项目"}


def test_a_firm_by_its_brand_and_company_is_the_same():
    found = things("安徽金田高新材料股份有限公司投产。金田公司订单增加。")
    assert "金田公司" in found["安徽金田高新材料股份有限公司"].aliases
    assert "银田公司" in things("安徽金田高新材料股份有限公司投产。银田公司订单增加。")


def test_a_verb_ends_an_element_of_a_list_as_a_noun():
    text = "敖东集团智能化生产基地、凯莱英有限公司原料药扩产、华康药业现代中药产业园等工业项目有序推进。"
    assert "凯莱英有限公司原料药扩产" in of(text, "Project")
    assert "原料药扩产" not in of("凯莱英有限公司原料药扩产,投资3亿元。", "Project")


def test_a_firm_of_a_known_word_opens_a_work_of_a_list():
    assert "中天科技" in of("桐昆集团聚酯项目、中天科技海缆扩能项目等加紧建设。", "Enterprise")
    assert not of("高端科技海缆扩能项目加紧建设。", "Enterprise")


def test_an_app_behind_a_firm_is_the_firms():
    assert of("该项目由印尼金光集团APP投资。", "Enterprise", "System") == {"印尼金光集团"}
    assert of("开发“睿涛通”APP。", "System") == {"“睿涛通”APP"}


def test_this_project_is_the_project_named_before_the_park_that_it_lies_in():
    text = "睿涛精密铸造项目在鸠江经济开发区投产。该项目总投资18亿元。"
    layers = read_layers(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in read_things(layers)}
    assert [names[row.entity] for row in layers.mentions if row.rule == "that-project"] == ["睿涛精密铸造项目"]
    text = "鸠江经济产业园总投资3亿元。该项目占地30亩。"
    layers = read_layers(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in read_things(layers)}
    assert [names[row.entity] for row in layers.mentions if row.rule == "that-project"] == ["鸠江经济产业园"]


def test_a_firm_in_a_works_name_is_the_firm_spoken_of():
    text = "建设单位为建龙钢铁有限公司。\n康乃尔化学30万吨MDI项目开工。企业累计完成投资46亿元。\n"
    layers = read_layers(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in read_things(layers)}
    assert [names[row.entity] for row in layers.mentions if row.rule == "the-firm"] == ["康乃尔化学"]


def test_a_brand_behind_a_place():
    assert "深圳前海港通能源" in of("深圳前海港通能源投资1.8亿元。", "Enterprise")
    assert of("发展深圳前海新能源。", "Enterprise") == set()


def test_the_mark_of_a_list_number_is_no_part_of_a_name():
    assert "建龙哈达湾产业园项目" in of("一、进展\n2.建龙哈达湾产业园项目开工。", "Project")


def test_sites_that_are_offered_are_works():
    text = "发布的十大招商场景分别为:杜山国际冷链物流中心、泽林现代农业示范基地。"
    assert of(text, "Project") == {"杜山国际冷链物流中心", "泽林现代农业示范基地"}
    assert not of("现有园区分别为:杜山国际冷链物流中心、泽林现代农业示范基地。", "Project")


def test_a_plain_part_behind_an_and_is_no_work_of_its_own():
    text = "鑫力达高端智能装备及百吨级智能装备组件等续建项目推进。"
    assert of(f"宝镁轻合金、{text}", "Project") >= {"鑫力达高端智能装备及百吨级智能装备组件"}
    assert "鑫力达高端装备" in of("宝镁轻合金、鑫力达高端装备及仁和翔鹤组件等续建项目推进。", "Project")


def test_a_group_by_its_trade_or_by_the_model():
    assert of("远景科技集团投资3亿元。", "Enterprise") == {"远景科技集团"}
    assert not of("组建大型集团。", "Enterprise")


def test_a_county_before_a_capacity_is_no_firm():
    assert not of("西山县200兆瓦渔光互补光伏电站项目开工。", "Enterprise")
    assert "西山县200兆瓦渔光互补光伏电站项目" in of("西山县200兆瓦渔光互补光伏电站项目开工。", "Project")


def test_animals_of_a_capacity_are_no_group():
    text = "与正大集团签约年出栏100万头生猪全产业链项目。"
    assert of(text, "Project", "ProjectGroup") == {"年出栏100万头生猪全产业链项目"}
