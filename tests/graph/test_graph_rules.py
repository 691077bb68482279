"""What the rules over the whole graph add, and to what."""

import pytest
from graph_drafts import Draft, rows

FIRM = "甲乙丙丁有限公司"
WORK = f"{FIRM}新厂房项目"
STATED = {
    "": {(WORK, FIRM)},
    "develops": set(),
    "locatedIn": {(WORK, FIRM)},
}
QUERY = """SELECT ?work ?firm (COUNT(DISTINCT ?premise) AS ?premises) (COUNT(DISTINCT ?words) AS ?quotes) {
  ?statement kg:rule "rules/name-bears-firm" ; a kg:Statement ; kg:origin kg:inferred ; kg:asserted false ;
    kg:subject ?s ; kg:predicate kg:involves ; kg:object ?o ; prov:wasDerivedFrom ?premise ; prov:wasQuotedFrom ?words .
  ?premise a kg:Naming .
  ?s kg:involves ?o ; rdfs:label ?work . ?o a kg:Enterprise ; rdfs:label ?firm .
} GROUP BY ?work ?firm"""


def about_firm(relation=""):
    """An article that names the firm, by its short name too, and a work of its name, with what is said of both."""
    draft = Draft(f"{FIRM}(简称甲乙丙丁)在乙县建成{WORK}。", "firm", "企业")
    firm, work = draft.thing("Enterprise", FIRM, "甲乙丙丁"), draft.thing("Project", WORK)
    if relation == "develops":
        draft.relation(firm, "develops", work, f"{FIRM}(简称甲乙丙丁)在乙县建成{WORK}")
    elif relation == "locatedIn":
        draft.relation(work, "locatedIn", draft.thing("Park", "乙县"), f"在乙县建成{WORK}")
    return draft.source()


def about_works():
    """An article that names no firm, and works that begin with its names, or nearly."""
    named = {
        "甲乙丙丁二期项目": "Project",
        "甲乙丙丁产业园": "Park",
        "甲乙丙丁": "Facility",
        "甲乙丙戊项目": "Project",
        "新甲乙丙丁项目": "Project",
        "甲乙丙丁新区": "District",
    }
    draft = Draft("、".join(named) + "。", "works", "项目")
    for name, kind in named.items():
        draft.thing(kind, name)
    return draft.source()


@pytest.fixture
def bearing(make):
    def found(*sources):
        return {(work, firm): (premises, quotes) for work, firm, premises, quotes in rows(make(*sources), QUERY)}

    return found


@pytest.mark.parametrize("relation", STATED)
def test_a_work_that_bears_a_firms_name_involves_it_where_nothing_else_is_stated_between_them(bearing, relation):
    assert bearing(about_firm(relation)).keys() == STATED[relation]


def test_a_name_is_borne_over_articles_by_works_alone_and_whole(bearing):
    found = bearing(about_firm("develops"), about_works())
    assert found == {(work, FIRM): ("2", "2") for work in ("甲乙丙丁二期项目", "甲乙丙丁产业园")}
