"""Answers kept: bounded, and pages lent among the processes of one service."""

from kg.service.cache import AnswerCache


def cache(size, folder):
    looks = []
    return AnswerCache(size, lambda *, found: looks.append(found), folder)


def test_a_page_that_one_process_made_is_found_by_another(tmp_path):
    one, other = cache(100, tmp_path / "pages"), cache(100, tmp_path / "pages")
    one.put_page("a", b"page")
    assert other.get_page("a") == b"page"
    assert other.get("a") == b"page"


def test_an_answer_is_lent_to_nobody(tmp_path):
    one, other = cache(100, tmp_path / "pages"), cache(100, tmp_path / "pages")
    one.put("a", b"answer")
    assert other.get_page("a") is None


def test_what_is_dropped_is_lent_no_more(tmp_path):
    one, other = cache(40, tmp_path / "pages"), cache(40, tmp_path / "pages")
    for key in "abcdefg":
        one.put_page(key, b"0123456789")
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["d", "e", "f", "g"]
    assert other.get_page("a") is None
    assert other.get_page("g") == b"0123456789"


def test_the_borrower_leaves_the_page_to_its_lender(tmp_path):
    one, other = cache(400, tmp_path / "pages"), cache(40, tmp_path / "pages")
    one.put_page("a", b"0123456789")
    assert other.get_page("a") == b"0123456789"
    for key in "bcdef":
        other.put(key, b"0123456789")
    assert other.get("a") is None
    assert other.get_page("a") == b"0123456789"


def test_a_cache_of_no_size_keeps_and_lends_nothing(tmp_path):
    none = cache(0, tmp_path / "pages")
    none.put_page("a", b"page")
    assert none.get_page("a") is None
    assert list((tmp_path / "pages").iterdir()) == []
