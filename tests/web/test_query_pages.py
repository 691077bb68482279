"""`/queries`: the form, the table and every format, for right and wrong values."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from openapi_spec_validator import validate

from datasets import Draft, gold_store, store_of
from kg.errors import CannedQueryError
from kg.settings import load
from kg.web import create_app

BROWSER = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def app():
    return create_app(load({}), gold_store())


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="module")
def names(app):
    return [query.name for query in app.extensions["kg.queries"]]


def rows_of(response):
    return list(csv.reader(io.StringIO(response.get_data(as_text=True), newline="")))


def test_every_query_answers_in_every_format(client, names):
    for name in names:
        page = client.get(f"/queries/{name}", headers=BROWSER)
        assert page.status_code == 200, name
        table = client.get(f"/queries/{name}.csv")
        found = client.get(f"/queries/{name}.json").json["results"]["bindings"]
        assert len(rows_of(table)) == len(found) + 1, name
        assert len(client.get(f"/queries/{name}.tsv").get_data(as_text=True).splitlines()) == len(found) + 1
        root = ET.fromstring(client.get(f"/queries/{name}.xml").data)  # noqa: S314 - our own answer
        assert len(root.findall(".//{*}result")) == len(found)


def test_csv_is_that_of_sparql(client):
    response = client.get("/queries/observations.csv?status=planned")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.count(b"\r\n") == len(rows_of(response))
    assert not response.data.startswith(b"\xef\xbb\xbf")


def test_values_narrow_the_answer(client):
    everything = rows_of(client.get("/queries/observations.csv"))
    planned = rows_of(client.get("/queries/observations.csv?status=planned"))
    assert 1 < len(planned) < len(everything)
    assert {row[8] for row in planned[1:]} == {"planned"}


@pytest.mark.parametrize("end", ["", ".csv", ".json", ".xlsx"])
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("least=many", "least"),
        ("status=done", "status"),
        ("from=yesterday", "from"),
        ("subject=not%20an%20iri", "subject"),
        ("colour=red", "colour"),
        ("status=planned&status=actual", "status"),
    ],
)
def test_a_wrong_value_is_a_400_that_names_it(client, end, query, parameter):
    response = client.get(
        f"/queries/observations{end}?{query}", headers={"Accept": "application/json"} if end else BROWSER
    )
    assert response.status_code == 400
    if end:
        assert response.json["parameter"] == parameter
    else:
        assert parameter in response.get_data(as_text=True)


def test_a_wrong_value_leaves_the_form_filled(client):
    html = client.get("/queries/observations?least=many&indicator=总投资", headers=BROWSER).get_data(as_text=True)
    assert 'value="many"' in html
    assert 'aria-invalid="true"' in html
    assert "总投资" in html


def test_the_table_is_sorted_and_paged(client):
    def column(query):
        html = client.get(f"/queries/observations?{query}", headers=BROWSER).get_data(as_text=True)
        return re.findall(r'<td class="number" data-name="low">([^<]*)</td>', html)

    largest = [int(text.replace(",", "").split(".")[0]) for text in column("sort=-low") if text]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] == 11_026_000_000
    assert column("page=2") != column("")


def test_a_spreadsheet_takes_nothing_for_a_formula():
    draft = Draft("甲。=1+1建设乙项目。+2、-3、@cmd", "draft", "草稿")
    for name in ("=1+1", "+2", "-3", "@cmd"):
        draft.thing("Enterprise", name)
    client = create_app(load({}), store_of(draft.source())).test_client()
    response = client.get("/queries/entities.xlsx")
    assert response.mimetype.endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(response.data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in texts


def test_a_spreadsheet_holds_chinese_and_numbers(client):
    with zipfile.ZipFile(io.BytesIO(client.get("/queries/project-investment.xlsx").data)) as book:
        assert "新开工产业项目" in book.read("xl/sharedStrings.xml").decode()
        assert "<v>3381000000</v>" in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_same_query_gives_the_same_bytes(client):
    for name in ("observations", "entities", "arithmetic-checks"):
        assert client.get(f"/queries/{name}.csv").data == client.get(f"/queries/{name}.csv").data


def test_a_page_that_the_client_has_is_not_sent_again(client):
    first = client.get("/queries/employment", headers=BROWSER)
    again = client.get("/queries/employment", headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    chinese = client.get("/queries/employment", headers={**BROWSER, "Accept-Language": "zh"})
    assert chinese.headers["ETag"] != first.headers["ETag"]


def test_openapi_is_valid_and_its_examples_run(client, names):
    document = client.get("/openapi.json").json
    validate(document)
    assert {f"/queries/{name}.{{format}}" for name in names} <= set(document["paths"])
    for path, item in document["paths"].items():
        asked = {}
        for parameter in item["get"].get("parameters", []):
            value = parameter.get("example", parameter["schema"].get("default"))
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", str(value))  # noqa: PLW2901 - the path with its example
            elif value is not None:
                asked[parameter["name"]] = str(value).lower() if isinstance(value, bool) else value
        response = client.get(path, query_string=asked)
        assert response.status_code == 200, (path, asked)
        assert response.mimetype in item["get"]["responses"]["200"]["content"]


def test_own_queries_stand_beside_the_projects_and_a_broken_one_stops_the_start(tmp_path):
    head = "#+ summary: Mine\n#+ summary-zh: 我的\n#+ description: d\n#+ description-zh: 说明\n"
    text = head + "SELECT ?s WHERE { ?s a ?t } LIMIT 1\n"
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    app = create_app(load({}, queries=(*load({}).queries, tmp_path)), gold_store())
    assert app.test_client().get("/queries/mine.csv").status_code == 200
    (tmp_path / "broken.rq").write_text(text.replace("WHERE", "WHER"), encoding="utf-8")
    with pytest.raises(CannedQueryError, match=r"broken\.rq, line 5"):
        create_app(load({}, queries=(tmp_path,)), gold_store())


def test_a_thing_may_be_given_by_the_name_that_only_it_bears(client):
    by_name = rows_of(client.get("/queries/observations.csv", query_string={"subject": "禾速传媒"}))
    assert {row[1] for row in by_name[1:]} == {"禾速传媒"}
    page = client.get("/queries/observations", query_string={"subject": "禾速传媒"}, headers=BROWSER)
    assert "selected>禾速传媒<" in page.get_data(as_text=True)
    unknown = client.get("/queries/observations.csv", query_string={"subject": "没有这个名称"})
    assert (unknown.status_code, unknown.json["parameter"]) == (400, "subject")


def test_more_things_than_a_list_can_show_are_chosen_by_typing_their_name(client, monkeypatch):
    monkeypatch.setattr("kg.web.queries.MOST", 3)
    html = client.get("/queries/observations", headers={**BROWSER, "If-None-Match": ""}, query_string={"sort": "low"})
    form = html.get_data(as_text=True)
    assert 'list="c-subject"' in form
    assert '<option value="禾速传媒">' in form
