import datetime as dt

import pytest

from kg import resources
from kg.errors import CorrectionError
from kg.facts import Facts
from kg.graph.populate.populate import Source
from kg.graph.rdf.terms import term
from kg.reading.curate import apply_corrections, load_corrections
from kg.reading.pipeline import extract

HEAD = 'reason = "r"\ncurator = "c"\ndate = 2026-11-23\n'


def entry(quote, kind, action, target="{}", fields="{}", *, name="one", **more):  # noqa: PLR0913
    told = "".join(f"{key} = {value}\n" for key, value in more.items())
    return (
        f'[[correction]]\nid = "{name}"\nquote = "{quote}"\nkind = "{kind}"\naction = "{action}"\n'
        f"target = {target}\nfields = {fields}\n{told}{HEAD}"
    )


@pytest.fixture
def corrected(tmp_path, second):
    """Apply the entries of one file to the second article."""

    def apply(*entries: str) -> Facts:
        (tmp_path / "longsha-2021-04-12.toml").write_text("\n".join(entries), "utf-8")
        corrections = load_corrections(tmp_path)["longsha-2021-04-12"]
        return apply_corrections(second.facts, second.text, corrections)

    return apply


def one(facts, **values):
    pool = [*facts.entities, *facts.observations, *facts.relations]
    (found,) = [f for f in pool if all(getattr(f, key, None) == value for key, value in values.items())]
    return found


def test_a_figure_is_set(corrected):
    fields = '{ indicator = "固定资产投资", status = "actual", subject = "龙沙区", periodStart = 2021-01-01 }'
    facts = corrected(entry("总投资2亿元", "observation", "set", '{ number = "2亿元" }', fields))
    figure = one(facts, indicator="固定资产投资")
    assert (figure.status, figure.period_start, figure.origin) == ("actual", dt.date(2021, 1, 1), "curated")
    assert figure.correction == "longsha-2021-04-12/one"
    assert figure.subject == one(facts, name="齐齐哈尔市龙沙区").id


def test_a_figure_is_added_and_taken_from_the_unread(corrected, second):
    fields = (
        '{ subject = "数控车间项目", indicator = "年产值", low = "300000000", high = "300000000", comparator = "eq", '
        'unit = "CNY", status = "planned", participants = ["禾速传媒"], counts = "一季度新开工的6个项目", '
        'partOf = "2亿元" }'
    )
    facts = corrected(entry("达产后年产值3亿元", "observation", "add", '{ number = "3亿元" }', fields))
    figure = one(facts, indicator="年产值")
    assert (figure.number.exact, figure.evidence.exact, figure.high) == ("3亿元", "达产后年产值3亿元", "300000000")
    assert facts.check_spans(second.text) == []
    assert figure.part_of == one(facts, number=second_number(facts, "2亿元")).id


def second_number(facts, exact):
    return next(o.number for o in facts.observations if o.number.exact == exact)


def test_a_figure_removed_is_listed_as_unread(corrected):
    facts = corrected(
        entry("总投资2亿元", "observation", "remove", '{ number = "2亿元" }', '{ unread = "says nothing" }')
    )
    assert [(n.exact, n.reason) for n in facts.unread] == [("2亿元", "says nothing")]
    assert len(facts.observations) == 2


def test_a_thing_is_set_merged_added_and_removed(corrected):
    facts = corrected(
        entry("冷链仓储项目", "entity", "set", '{ name = "冷链仓储项目" }', '{ name = "冷链仓储基地", type = "Park" }'),
        entry(
            "数控车间项目总投资", "entity", "set", '{ name = "数控车间项目" }', '{ merge = "冷链仓储基地" }', name="two"
        ),
        entry("鹤城晚报", "entity", "add", fields='{ name = "鹤城晚报", type = "Enterprise" }', name="three"),
        entry("鹤城晚报", "entity", "remove", '{ name = "鹤城晚报" }', name="four"),
    )
    whole = one(facts, name="数控车间项目")
    assert whole.aliases == ("冷链仓储基地",)
    assert len(whole.mentions) == 2
    assert "冷链仓储基地" not in {e.name for e in facts.entities}
    assert "鹤城晚报" not in {e.name for e in facts.entities}
    assert {r.object for r in facts.relations if r.predicate == "builds"} == {whole.id}


def test_a_relation_is_added_set_and_removed(corrected):
    target = '{ subject = "禾速传媒", predicate = "involves", object = "现代服务业产业园" }'
    moved = '{ subject = "禾速传媒", predicate = "locatedIn", object = "现代服务业产业园" }'
    facts = corrected(
        entry("禾速传媒入驻现代服务业产业园", "relation", "set", target, '{ predicate = "locatedIn" }'),
        entry("禾速传媒入驻", "relation", "add", fields=moved.replace("locatedIn", "operates"), name="two"),
    )
    assert one(facts, predicate="locatedIn").origin == one(facts, predicate="operates").origin == "curated"
    facts = corrected(
        entry("禾速传媒入驻现代服务业产业园", "relation", "remove", target),
    )
    assert not [r for r in facts.relations if r.predicate == "involves"]


def test_what_a_correction_touched_says_so_in_the_graph(tmp_path, second, make):
    (tmp_path / "longsha-2021-04-12.toml").write_text(
        entry("总投资2亿元", "observation", "set", '{ number = "2亿元" }', '{ status = "actual" }'), "utf-8"
    )
    corrections = load_corrections(tmp_path)["longsha-2021-04-12"]
    facts = apply_corrections(second.facts, second.text, corrections)
    graph = make(Source(second.text, facts, corrections), whole=False)
    (node,) = {t.subject for t in graph if t.object == term("kg:curated")}
    made_by = [t.object.value for t in graph if t.subject == node and t.predicate == term("prov:wasGeneratedBy")]
    assert made_by == ["https://w3id.org/district-kg/id/article/longsha-2021-04-12/correction/one"]
    told = {t.predicate: t.object for t in graph if t.subject.value == made_by[0]}
    assert told[term("dcterms:description")].value == "r"
    assert told[term("dcterms:date")].value == "2026-11-23"


def test_what_reading_has_learnt_since_is_no_error(corrected, second):
    facts = corrected(
        entry("禾速传媒", "entity", "add", fields='{ name = "禾速传媒", type = "Enterprise" }', name="a"),
        entry("鹤城晚报", "entity", "remove", '{ name = "鹤城晚报" }', name="b"),
        entry("冷链仓储项目", "entity", "set", '{ name = "冷链项目" }', '{ name = "冷链仓储项目" }', name="c"),
        entry("数控车间项目", "entity", "set", '{ name = "旧名" }', '{ name = "数控项目" }', name="h", occurrence=1),
        entry("总投资2亿元", "observation", "add", OBSERVED, '{ indicator = "总投资", comparator = "eq" }', name="d"),
        entry("年产值3亿元", "observation", "remove", '{ number = "3亿元" }', '{ unread = "x" }', name="e"),
        entry(
            "禾速传媒入驻现代服务业产业园",
            "relation",
            "add",
            fields='{ subject = "禾速传媒", predicate = "involves", object = "现代服务业产业园" }',
            name="f",
        ),
        entry(
            "禾速传媒",
            "relation",
            "remove",
            '{ subject = "禾速传媒", predicate = "aims", object = "龙沙区" }',
            name="g",
        ),
    )
    for kind in ("entities", "observations", "relations", "unread"):
        assert len(getattr(facts, kind)) == len(getattr(second.facts, kind))
    assert one(facts, predicate="involves").origin == one(facts, name="禾速传媒").origin == "curated"


OBSERVED = '{ number = "2亿元" }'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (entry("不在文中", "entity", "add", fields='{ name = "a", type = "Park" }'), "no longer in the text"),
        (entry("项目", "entity", "add", fields='{ name = "a", type = "Park" }'), "stands 6 times in the text"),
        (entry("项目", "entity", "add", fields='{ name = "a", type = "Park" }', occurrence=9), "occurrence 9"),
        (entry("总投资2亿元", "observation", "set", OBSERVED, '{ colour = "red" }'), "is called 'colour'"),
        (entry("总投资2亿元", "observation", "set", OBSERVED, '{ comparator = "more" }'), "comparator"),
        (entry("总投资2亿元", "observation", "set", OBSERVED, '{ subject = "无名" }'), "nothing in the facts bear"),
        (entry("总投资2亿元", "observation", "set", '{ number = "9亿元" }'), "must stand once in the quotation"),
        (entry("年产值3亿元", "observation", "set", '{ number = "3亿元" }'), "no observations have the number"),
        (entry("总投资2亿", "observation", "add", '{ number = "2亿" }'), "has a part of the number “2亿” already"),
        (entry("总投资2亿元", "observation", "remove", OBSERVED), "why its number states no quantity"),
        (entry("总投资2亿元", "observation", "set", OBSERVED, '{ partOf = "无" }'), "partOf must name"),
        (entry("总投资2亿元", "observation", "set", '{ name = "x" }'), "its target must tell number"),
        (entry("禾速传媒", "entity", "remove", '{ name = "禾速传媒" }'), "is still an end of 1 facts"),
        (entry("禾速传媒", "entity", "set", '{ name = "禾速传媒" }', '{ merge = "禾速传媒" }'), "merged with itself"),
        (
            entry("禾速传媒", "relation", "set", '{ subject = "禾速传媒", predicate = "aims", object = "龙沙区" }'),
            "no relations aims stand between",
        ),
        (entry("禾速传媒", "entity", "paint"), "paint"),
        (entry("禾速传媒", "colour", "set"), "colour"),
        (entry("禾速传媒", "entity", "set", name="a b"), "letters, digits and hyphens"),
        (entry("", "entity", "set"), "its quote is empty"),
        (entry("禾速传媒", "entity", "set", extra=1), "unknown field `extra`"),
        (entry("禾速传媒", "entity", "set") + entry("禾速传媒", "entity", "set"), "two corrections are called 'one'"),
        ("[[correction]]\n", "missing required field `id`"),
        ("[[correction]\n", "is no TOML"),
        ("[other]\n", "holds more than"),
        ("correction = 1\n", "holds more than"),
    ],
)
def test_a_wrong_correction_names_file_and_entry(corrected, content, told):
    with pytest.raises(CorrectionError, match=told) as failure:
        corrected(content)
    assert "longsha-2021-04-12.toml" in str(failure.value)


def test_two_folders_cannot_correct_one_article(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.toml").write_text("", "utf-8")
    with pytest.raises(CorrectionError, match="another folder corrects the article 'x' already"):
        load_corrections([tmp_path / "a", tmp_path / "b"])


def test_the_articles_own_corrections_fit_it(longsha):
    """Quotations stand, targets are found, nothing dangles; what reading has learnt since may be deleted there."""
    facts = extract(longsha.encode(), article_id="longsha-2020-08-27")
    entries = load_corrections(resources.corrections())["longsha-2020-08-27"]
    after = apply_corrections(facts, longsha, entries)
    assert after.check_spans(longsha) == []
    known = {entity.id for entity in after.entities}
    ends = {end for r in after.relations for end in (r.subject, r.object, r.item) if end}
    ends |= {end for o in after.observations for end in (o.subject, o.counts, *o.participants) if end}
    assert ends <= known
    assert {o.part_of for o in after.observations if o.part_of} <= {o.id for o in after.observations}
    assert all(fact.correction for fact in (*after.entities, *after.observations) if fact.origin == "curated")
