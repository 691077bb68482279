import msgspec
from graph_drafts import second_draft

from kg.facts import Facts
from kg.graph.populate.populate import Source
from kg.graph.views.diff import compare, diff, digest


def built(make, facts: Facts, text: str) -> bytes:
    return make(Source(text, facts)).nquads()


def changed(facts, **observation):
    first, *rest = facts.observations
    return msgspec.structs.replace(facts, observations=(msgspec.structs.replace(first, **observation), *rest))


def test_the_same_build_differs_in_nothing(make, second):
    one = built(make, second.facts, second.text)
    assert diff(one, one) == []
    assert digest(one) == digest(b"\n".join(one.splitlines()[::-1]) + b"\n")


def test_the_digest_does_not_see_the_labels_of_blank_nodes():
    one, other = (f'_:{name} <x:p> "v" .\n'.encode() for name in ("a", "b"))
    assert digest(one) == digest(other) != digest(b'<x:a> <x:p> "v" .\n')


def test_a_value_that_changed_is_told_in_words(make, second):
    facts = second.facts
    before = built(make, facts, second.text)
    after = built(make, changed(facts, status="planned", low="7", high="7"), second.text)
    (change,) = diff(before, after)
    assert change.sign == "~"
    assert "龙沙区: 新开工项目数 6个" in change.words
    assert "low 6 → 7, high 6 → 7, status actual → planned" in change.words


def test_what_came_and_went_is_told(make, second):
    facts = second.facts
    fewer = msgspec.structs.replace(facts, relations=facts.relations[:-1], observations=facts.observations[:-1])
    whole, part = (built(make, each, second.text) for each in (facts, fewer))
    gone = diff(whole, part)
    assert [(c.table, c.sign) for c in gone] == [("observations", "-"), ("relations", "-")]
    assert gone[1].words.startswith("禾速传媒 involves 现代服务业产业园 (“禾速传媒入驻现代服务业产业园”")
    assert [(c.table, c.sign) for c in diff(part, whole)] == [("observations", "+"), ("relations", "+")]


def test_a_new_article_brings_its_things(make, first, second):
    before = make(first).nquads()
    after = make(first, second).nquads()
    told = [change.words for change in diff(before, after) if (change.table, change.sign) == ("things", "+")]
    assert "数控车间项目 is a Project" in told
    assert second_draft().entities[0].name not in " ".join(told)


def test_what_is_no_fact_is_counted(make, second):
    before = built(make, second.facts, second.text)
    after = before + b'<x:article> <x:note> "seen" .\n'
    compared = compare(before, after)
    assert (compared.changes, compared.come, compared.gone) == ((), 1, 0)
    assert compared.before == digest(before) != compared.after


def test_a_named_graph_states_no_fact_of_the_build(make, second):
    before = built(make, second.facts, second.text)
    assert diff(before, before.replace(b" .\n", b" <x:graph> .\n") + before) == []
    assert len(diff(before, before.replace(b" .\n", b" <x:graph> .\n"))) > 10
