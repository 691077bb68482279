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
