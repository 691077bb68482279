"""What firms have in places and lists, parks and their parts, and the sets that a government makes each year."""

import pytest

from kg.facts import Entity
from kg.reading.pipeline import read_layers, read_things


def of(text: str, *kinds: str) -> set[str]:
    found: tuple[Entity, ...] = read_things(read_layers(text.encode(), article_id="row"))
    return {entity.name for entity in found if entity.type in kinds}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        pytest.param("推进中储粮三期技改扩能等重点项目。", "Project", "中储粮三期技改扩能", id="known-firm-and-phase"),
        pytest.param(
            "观摩了龙凤堂物流基地、三河汇福粮油江苏基地等24个新开工项目。",
            "Enterprise",
            "三河汇福粮油",
            id="in-a-place",
        ),
        pytest.param("锦巍集团纺织项目开工。", "Enterprise", "锦巍集团", id="group-before-a-trade"),
        pytest.param("项目位于工业园区龙岩组团,投资5亿元。", "Park", "工业园区龙岩组团", id="part-of-a-park"),
        pytest.param("2024年十大民生实事项目出炉。", "ProjectGroup", "十大民生实事项目", id="deeds"),
        pytest.param("该工程被列入县实事工程。", "ProjectGroup", "县实事工程", id="deeds-of-a-county"),
    ],
)
def test_it_is_named(text: str, kind: str, name: str) -> None:
    assert name in of(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("依托小北河袜业、刘二堡鞋业等现有产业基础。", "Enterprise", id="industries-of-towns"),
        pytest.param("该县是全国优质棉、出口棉生产基地县。", "Park", id="title-of-a-county"),
        pytest.param("建成二厂巷停车场。", "Enterprise", id="lane"),
        pytest.param("加大财力投入民生实事,社会和谐。", "ProjectGroup", id="deeds-of-no-set"),
    ],
)
def test_it_is_none(text: str, kind: str) -> None:
    assert of(text, kind) == set()


def test_sets_of_one_size_are_apart_by_what_is_done() -> None:
    text = "15个项目竣工、总投资50.9亿元,签约15个项目、总投资45.2亿元。"
    assert len([name for name in of(text, "ProjectGroup") if "15" in name]) >= 1
    found = read_things(read_layers(text.encode(), article_id="row"))
    assert len([entity for entity in found if entity.type == "ProjectGroup"]) == 2


def test_deeds_and_their_count_are_one_set() -> None:
    found = read_things(read_layers("今年实施为民办实事项目,43个项目涉及四个方面。".encode(), article_id="row"))
    assert len([entity for entity in found if entity.type == "ProjectGroup"]) == 1


def test_rank_and_slogan_name_no_park() -> None:
    assert of("该县迈入自治区级工业园区行列,打造百亿产业园区。", "Park") <= {"园区"}


def test_firms_before_what_they_put_in_are_no_works() -> None:
    text = (
        "落实了发林集团投资150亿元的东盟旅游城、睿涛旅游开发有限公司投资50亿元的天心湖水库旅游景区、"
        "睿红集团投资35亿元的睿红工业园等4大重点项目。"
    )
    assert not any(name.endswith("投资") for name in of(text, "Project"))


def test_brand_ends_in_new() -> None:
    assert "明新陶瓷" in of("工业园旭辉、明新陶瓷建成投产。", "Enterprise")


def test_a_road_is_joined_to_no_park() -> None:
    named = of("实施睿腊片区2号路和睿涛产业园建设。", "Park", "Project")
    assert named
    assert not any("和" in name for name in named)


def test_years_named_for_what_is_done_are_programmes() -> None:
    text = "深入开展大项目突破年、招商引资年等系列活动,实施投资倍增三年行动。"
    assert {"大项目突破年", "招商引资年"} <= of(text, "Programme")
    assert "投资倍增三年" not in of(text, "Programme")
