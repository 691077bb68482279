"""Works told by what became of them, by what is done to them, and by the count behind their list."""

import pytest

from kg.facts import Entity
from kg.reading.pipeline import extract, read_layers, read_things


def things(text: str) -> tuple[Entity, ...]:
    return read_things(read_layers(text.encode(), article_id="row"))


def of(text: str, *kinds: str) -> set[str]:
    return {entity.name for entity in things(text) if entity.type in kinds}


WORKS = [
    pytest.param("铁路货场已完成投资300万元,现正在征地。", "铁路货场", id="money-spent"),
    pytest.param("天然气环城管线全线贯通,路面铺设完毕。", "天然气环城管线", id="through"),
    pytest.param("睿涛大街综合改造基本完工。", "睿涛大街综合改造", id="nearly-done"),
    pytest.param("完成漆水河跨河桥主体建设。", "漆水河跨河桥", id="body-of-it"),
    pytest.param("推进县医院新建、运动场改扩建和3所乡镇卫生院提级改造。", "县医院新建", id="beside-a-count"),
    pytest.param("实施军台岭矿山环境恢复治理项目。", "军台岭矿山环境恢复治理项目", id="deed-within"),
    pytest.param("睿涛医疗中心与福利院共建项目完工。", "睿涛医疗中心与福利院共建项目", id="deed-before-project"),
    pytest.param("市、区人民医院共建一期项目建成。", "市、区人民医院共建一期项目", id="two-levels"),
    pytest.param("睿涛米粉项目土建工程全部完成。", "睿涛米粉项目", id="part-behind"),
    pytest.param(
        "争取睿涛涝区治理工程、老旧小区改造、三中教学楼等项目17个。", "老旧小区改造", id="counted-behind-its-noun"
    ),
]
NONE = [
    pytest.param("全县已完成投资300万元,市场份额完成投资任务。", id="a-place"),
    pytest.param("工业小区完成投资2000万元。", id="a-class"),
    pytest.param("目前5栋鸡舍地基工程已全部完工。", id="a-part-of-houses"),
]


@pytest.mark.parametrize(("text", "name"), WORKS)
def test_work_is_told_by_what_became_of_it(text: str, name: str) -> None:
    assert name in of(text, "Project")


@pytest.mark.parametrize("text", NONE)
def test_no_work_is_told(text: str) -> None:
    assert of(text, "Project") == set()


def test_goods_of_plants_are_no_firms() -> None:
    assert of("包括茶叶、皮蛋、精米、辣椒、松脂、木材等加工厂。", "Enterprise") == set()


def test_two_counts_of_one_sentence_are_two_groups() -> None:
    text = "争取睿涛涝区治理工程、三中教学楼等项目17个,长线谋划项目17个。"
    assert len([entity for entity in things(text) if entity.type == "ProjectGroup"]) == 2


def test_company_is_its_name_behind_the_province() -> None:
    text = "湖北英山新兴茶业股份有限公司投产。英山新兴茶业公司扩建厂房。"
    assert of(text, "Enterprise") == {"湖北英山新兴茶业股份有限公司"}


def test_park_is_one_with_and_without_the_level_of_its_place() -> None:
    text = "吉州工业园区有企业92家。吉州区工业园负责人表示,园区已复工。"
    assert len(of(text, "Park")) == 1


def test_facts_are_read_whole() -> None:
    facts = extract("铁路货场已完成投资300万元。".encode(), article_id="row")
    subjects = {row.subject for row in facts.observations}
    assert {entity.name for entity in facts.entities if entity.id in subjects} == {"铁路货场"}


def test_straight_quotes_name_works_too() -> None:
    text = '确立了"菌床养猪"和"云镇村大棚蔬菜"两个项目。'
    assert of(text, "Project") >= {'"菌床养猪"', '"云镇村大棚蔬菜"'}


def test_what_is_spoken_of_with_its_price_is_one_work() -> None:
    assert of("这个总投资3亿元的纺织项目已开工。", "Project") == {"纺织项目"}
    assert of("总投资3亿元的纺织项目较多。", "Project") == set()


def test_firm_is_not_called_as_the_place_of_the_text() -> None:
    text = "永安市竹业兴旺。永安竹业有限公司投产。公司依托永安丰富的竹资源。"
    assert all("永安" not in entity.aliases for entity in things(text) if entity.type == "Enterprise")


def test_capacity_behind_a_lake_is_of_no_firm() -> None:
    assert of("从铜山湖日供水4万吨工程到安居工程。", "Enterprise") == set()
    assert of("推进立雅信日供水4万吨工程。", "Enterprise") == {"立雅信"}


def test_company_is_the_firm_and_not_its_plant() -> None:
    assert of("并购中农兴和公司蛋品加工厂。", "Enterprise") == {"中农兴和公司"}


def test_most_of_a_long_list_named_the_rest_is_too() -> None:
    text = "垃圾中转站、睿涛体育馆、睿涛大道西线、沿山公路等群众热盼的项目全部建成。"
    assert "垃圾中转站" in of(text, "Project")


def test_lists_go_on_behind_a_verb_that_ends_an_element() -> None:
    text = "莲花寺水库引水、睿涛高速、环城东路开通、一中图书实验楼等22个前期项目有序推进。"
    assert of(text, "Project") >= {"莲花寺水库引水", "环城东路开通", "一中图书实验楼"}


def test_further_ones_are_another_group() -> None:
    text = "睿涛新材料、汉鼎科技以及睿涛路改造工程等3个项目开工。另悉,我县还有3个项目参加了活动。"
    assert len([entity for entity in things(text) if entity.type == "ProjectGroup"]) == 2


def test_building_alone_tells_no_work() -> None:
    assert of("到年底,城市建设项目完成投资5.4亿元。", "Project") == set()


def test_quoted_work_is_a_programme() -> None:
    assert "“兴医为民”工程" in of("实施“兴医为民”工程,新建了9所卫生院。", "Programme")
    assert "“兴医为民”安置房建设工程" not in of("实施“兴医为民”安置房建设工程。", "Programme")


def test_place_with_its_level_is_no_brand() -> None:
    text = "沱江市奥美公司扩规项目、沱江酒业公司扩规项目、沱江天颐食用油项目开工。"
    facts = extract(text.encode(), article_id="row")
    names = {entity.id: entity.name for entity in facts.entities}
    pairs = {(names[row.subject], names[row.object]) for row in facts.relations}
    assert not any(work == "沱江天颐食用油项目" for _, work in pairs)


def test_kind_of_plant_and_going_back_to_work_are_no_firms() -> None:
    assert of("该厂是设备先进的大型玻璃瓶罐制品制造厂。", "Enterprise") == set()
    assert of("2000多名员工全部返厂。", "Enterprise") == set()


def test_town_of_two_characters_is_a_part_of_a_firm() -> None:
    assert of("走进盘锦鹤乡旺升肉类食品有限责任公司。", "Enterprise") == {"盘锦鹤乡旺升肉类食品有限责任公司"}


def test_what_others_need_is_the_product() -> None:
    assert of("睿涛公司专注于生产汽车、船舶和石化行业所需橡胶管产品。", "Product") == {"橡胶管"}


def test_class_of_projects_has_its_price() -> None:
    groups = of("全市项目多。其中,100亿元及以上项目5个。", "ProjectGroup")
    assert groups == {"100亿元及以上项目5个"}
