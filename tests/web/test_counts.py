"""What is counted, where several processes serve one dataset."""

import pytest

from kg.settings import Settings
from kg.web.counts import KINDS, Counts
from kg.web.serving import fronts


def _sparql(counts, status):
    wanted = f'kg_requests_total{{kind="sparql",status="{status}"}} '
    return [int(line.removeprefix(wanted)) for line in counts.lines() if line.startswith(wanted)]


def test_each_process_tells_what_all_have_counted(tmp_path):
    one, other = Counts(tmp_path), Counts(tmp_path)
    one.add("sparql", 200, 0.001)
    other.add("sparql", 200, 40.0)
    other.add("sparql", 400, 0.2)
    other.cached(found=True)
    for counts in (one, other):
        assert _sparql(counts, 200) == [2]
        assert _sparql(counts, 400) == [1]
        assert 'kg_request_seconds_bucket{kind="sparql",le="0.001"} 1' in counts.lines()
        assert 'kg_request_seconds_bucket{kind="sparql",le="+Inf"} 3' in counts.lines()
        assert 'kg_request_seconds_sum{kind="sparql"} 40.201000' in counts.lines()
        assert "kg_cache_hits_total 1" in counts.lines()
        assert "kg_cache_misses_total 0" in counts.lines()


def test_no_count_falls_when_a_process_takes_the_place_of_another(tmp_path):
    first = Counts(tmp_path)
    first.add("page", 200, 0.01)
    del first
    second = Counts(tmp_path)
    second.add("page", 200, 0.01)
    assert 'kg_requests_total{kind="page",status="200"} 2' in second.lines()
    assert [each.name for each in tmp_path.iterdir()] == ["counts0"]


def test_an_odd_kind_or_status_is_counted_all_the_same():
    counts = Counts()
    counts.add("никакой", 299, 0.01)
    assert "other" in KINDS
    assert 'kg_requests_total{kind="other",status="500"} 1' in counts.lines()


@pytest.mark.parametrize("limited", [{"rate_limit": 60}, {"store": "sparql:http://127.0.0.1:9/"}])
def test_one_process_answers_where_it_alone_must_know(limited):
    assert fronts(Settings(**limited)) == 1
    assert fronts(Settings()) >= 1
