import gb2260
import pytest

from kg.errors import OntologyError
from kg.graph.places.places import bare, load_places


def test_the_table_is_gb2260s(places):
    table = {str(code): name for code, name in gb2260.data.data[None].items()}
    for code, name in table.items():
        if name not in {"市辖区", "县"} and "直辖" not in name:
            assert places[code].name == name
    old = [place for name in set(table.values()) for place in places.named(name) if place.table == "places"]
    assert all(table[place.code] == place.name for place in old)
    assert len({place.code for place in old}) > 3200


def test_places_set_up_since_are_known_and_come_before_what_they_replaced(places):
    assert [(p.code, p.table) for p in places.read("杭州市临平区")] == [("330113", "places_since_2014")]
    assert [p.code for p in places.read("江川")] == ["530403"]
    assert [p.code for p in places.read("江川县")] == ["530421"]
    assert [p.code for p in places.read("崇川区")] == ["320613"]
    assert [p.name for p in places.chain("540602")] == ["色尼区", "那曲市", "西藏自治区"]


def test_every_place_leads_to_a_province(places):
    for name in ("密云区", "儋州市", "哈密市", "龙沙区", "五家渠市"):
        for place in places.named(name):
            assert list(places.chain(place.code))[-1].code.endswith("0000")


def test_every_place_lies_where_gb2260_puts_it(places):
    for division in (gb2260.Division.get(int(code)) for code in ("230202", "110101", "429004", "659001", "469001")):
        around = [outer.name for outer in places.chain(str(division.code))][1:]
        stack = [d.name for d in division.stack()][::-1][1:]
        assert around == [name for name in stack if name not in {"市辖区", "县"} and "直辖" not in name]


def test_a_path_is_read_to_its_end(places):
    assert [p.code for p in places.read("齐齐哈尔市龙沙区")] == ["230202"]
    assert [p.code for p in places.read("黑龙江省齐齐哈尔市龙沙区")] == ["230202"]
    assert places.read("江安街道") == ()
    assert len(places.read("鼓楼区")) > 1


@pytest.mark.parametrize(("name", "codes"), [("新昌", ["330624"]), ("长沙", ["430100"]), ("龙", []), ("江安街道", [])])
def test_a_name_without_its_kind_is_read(places, name, codes):
    assert [place.code for place in places.read(name)] == codes


def test_a_name_gives_up_the_place_it_begins_with(places):
    chain = [place.code for place in places.chain("230202")]
    assert places.leading("齐齐哈尔市5G视商科技产业园", chain) == ("230200", "5G视商科技产业园")
    assert places.leading("齐齐哈尔奥悦冰雪体育运动公园项目", chain) == ("230200", "奥悦冰雪体育运动公园项目")
    assert places.leading("黑龙江省齐齐哈尔市龙沙区法院", chain) == ("230202", "法院")
    assert places.leading("文化大都会项目", chain) == ("", "文化大都会项目")


def test_the_kind_of_a_place_is_cut_from_its_name():
    assert [bare(n) for n in ("齐齐哈尔市", "黑龙江省", "城区", "积石山保安族东乡族撒拉族自治县")] == [
        "齐齐哈尔",
        "黑龙江",
        "城区",
        "积石山保安族东乡族撒拉族",
    ]


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(OntologyError, match=str(tmp_path)):
        load_places(tmp_path)
