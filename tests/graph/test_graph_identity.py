import datetime as dt

import pytest
from graph_drafts import BASE, Draft

from kg import resources
from kg.errors import OntologyError
from kg.graph.identity.identity import Identities, folded, is_generic
from kg.graph.identity.register import Register, added, load_register
from kg.graph.places.districts import district_codes, own_district
from kg.graph.rdf.slugs import pinyin, short_hash, slug


def paths(places, *drafts, known=()):
    """Resolve drafts in order; return a mapping of names to paths, a draft at a time."""
    identities = Identities.load(places, known)
    found = []
    for draft in drafts:
        facts = draft.facts()
        codes = district_codes(facts, places)
        own = own_district(facts, codes)
        resolved = identities.resolve(facts, codes.get(own.id, "") if own else "", codes)
        found.append({e.name: resolved[e.id] for e in facts.entities})
    return found, identities.minted


def article(text, district, *things, name="a", **more):
    draft = Draft(text, name, text.split("\n")[0], dt.date(2020, 1, 1))
    draft.thing("District", district)
    for kind, *names in things:
        draft.thing(kind, *names, mention=names[0], **more)
    return draft


def test_slugs_are_readable_and_cut_at_a_syllable():
    assert slug("华工机床") == "hua-gong-ji-chuang"
    assert slug("齐齐哈尔市5G视商科技产业园") == "qi-qi-ha-er-shi-5g-shi-shang-ke-ji-chan-ye-yuan"
    assert len(slug("推进" * 60)) <= 48
    assert slug("“”") == "x"
    assert pinyin("华工机床") == ("hgjc", "huagongjichuang")


def test_names_are_compared_without_marks():
    assert folded("“e网通” 指挥平台系统") == folded("e网通指挥平台系统")
    assert folded("華工機床") == folded("华工机床")


@pytest.mark.parametrize("name", ["现代服务业产业园", "第一中学", "供电公司", "第三十四中学", "物业公司"])
def test_generic_names_are_known(name):
    assert is_generic(name)


@pytest.mark.parametrize("name", ["华工机床", "联享农业集团公司", "宝钢", "禾速传媒", "鹏力科技"])
def test_names_of_firms_are_not_generic(name):
    assert not is_generic(name)


def test_a_firm_is_one_thing_everywhere_a_generic_name_is_not(places):
    things = [
        ("Enterprise", "华工机床"),
        ("Enterprise", "供电公司"),
        ("Park", "现代服务业产业园"),
        ("Facility", "第一中学"),
    ]
    words = "、".join(name for _, name in things)
    one = article(f"龙沙区:{words}", "龙沙区", *things)
    other = article(f"拱墅区:{words}", "拱墅区", *things, name="b")
    (here, there), _ = paths(places, one, other)
    assert here["华工机床"] == there["华工机床"]
    for name in ("供电公司", "现代服务业产业园", "第一中学"):
        assert here[name] != there[name]


def test_within_a_district_a_generic_name_is_one_thing(places):
    one = article("龙沙区:现代服务业产业园", "龙沙区", ("Park", "现代服务业产业园"))
    other = article("龙沙区:新的现代服务业产业园", "龙沙区", ("Project", "现代服务业产业园"), name="b")
    (here, there), _ = paths(places, one, other)
    assert here["现代服务业产业园"] == there["现代服务业产业园"]


def test_a_place_in_front_of_a_name_is_its_scope(places):
    one = article("龙沙区:齐齐哈尔市5G产业园", "龙沙区", ("Park", "齐齐哈尔市5G产业园"))
    other = article("建华区:齐齐哈尔5G产业园", "建华区", ("Park", "齐齐哈尔5G产业园"), name="b")
    (here, there), _ = paths(places, one, other)
    assert here["齐齐哈尔市5G产业园"] == there["齐齐哈尔5G产业园"]


def test_a_fuller_name_or_a_new_alias_moves_nothing(places):
    short = article("龙沙区:联享农业", "龙沙区", ("Enterprise", "联享农业"))
    full = article(
        "龙沙区:联享农业集团公司,联享农业", "龙沙区", ("Enterprise", "联享农业集团公司", "联享农业"), name="b"
    )
    (alone,), minted = paths(places, short)
    (_, fuller), _ = paths(places, short, full)
    assert fuller["联享农业集团公司"] == alone["联享农业"]
    (first, second), nothing = paths(places, full, short, known=minted)
    assert first["联享农业集团公司"] == second["联享农业"] == alone["联享农业"]
    assert not nothing


def test_a_generic_alias_joins_nothing(places):
    one = article("龙沙区:睿涛产业园,产业园", "龙沙区", ("Park", "睿涛产业园", "产业园"))
    other = article("龙沙区:仁和产业园,产业园", "龙沙区", ("Park", "仁和产业园", "产业园"), name="b")
    (here, there), _ = paths(places, one, other)
    assert here["睿涛产业园"] != there["仁和产业园"]


def test_sets_and_actions_belong_to_their_article(places):
    things = [("ProjectGroup", "15个项目"), ("Measure", "发放补贴")]
    one = article("龙沙区:15个项目,发放补贴", "龙沙区", *things)
    other = article("龙沙区:15个项目,发放补贴", "龙沙区", *things, name="b")
    (here, there), _ = paths(places, one, other)
    assert here["15个项目"] != there["15个项目"]
    assert here["发放补贴"] != there["发放补贴"]


def test_a_district_named_by_many_is_told_by_the_places_around_it(places):
    told = article("徐州市鼓楼区:项目", "徐州市鼓楼区")
    bare_name = article("鼓楼区:徐州市的项目", "鼓楼区", ("PublicBody", "徐州市的项目"), name="b")
    untold = article("鼓楼区:项目", "鼓楼区", name="c")
    (one, two, three), _ = paths(places, told, bare_name, untold)
    assert one["徐州市鼓楼区"] == two["鼓楼区"] != three["鼓楼区"]


def test_the_register_is_read_back_as_written(tmp_path, places):
    _, minted = paths(places, article("龙沙区:华工机床", "龙沙区", ("Enterprise", "华工机床")))
    (tmp_path / "things.csv").write_bytes(added(Register(), minted))
    register = load_register(tmp_path)
    assert register.identifiers == tuple(sorted(minted, key=lambda i: i.path))
    assert added(register, ()) == added(Register(), minted)


def test_a_merge_leaves_a_redirect(tmp_path, places, make):
    draft = article("龙沙区:华工机床、华工数控", "龙沙区", ("Enterprise", "华工机床"), ("Enterprise", "华工数控"))
    (before,), minted = paths(places, draft)
    (tmp_path / "things.csv").write_bytes(added(Register(), minted))
    old, new = before["华工数控"], before["华工机床"]
    row = f"from,to,reason,date\n{old},{new},one firm,2026-11-23\n"
    (tmp_path / "redirects.csv").write_text(row, "utf-8")
    lines = make(draft.source(), register=load_register(tmp_path), whole=False).nquads().decode().splitlines()
    moved = f"<{BASE}id/{old}> <http://purl.org/dc/terms/isReplacedBy> <{BASE}id/{new}> ."
    assert [line for line in lines if line.startswith(f"<{BASE}id/{old}>")] == [moved]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a,b\n", "its columns must be path, family, scope, name"),
        ("path,family,scope,name\nx,y\n", "line 2: it must have 4 cells"),
        ("path,family,scope,name\nx,a,,b\nx,a,,c\n", "the path x stands twice"),
    ],
)
def test_a_broken_register_is_refused(tmp_path, content, told):
    (tmp_path / "things.csv").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=told):
        load_register(tmp_path)


def test_the_projects_own_register_is_in_order():
    register = load_register(resources.root() / "data" / "identifiers")
    paths_ = [identifier.path for identifier in register.identifiers]
    assert paths_ == sorted(set(paths_))
    for identifier in register.identifiers:
        key = identifier.key
        assert identifier.path.startswith(f"{key.family}/")
        assert identifier.path.endswith(short_hash(key.family, key.scope, key.name)), identifier
    assert {new for _, new in register.redirects} <= set(paths_)
