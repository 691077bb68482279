"""A broken annotation is refused in one sentence that names the file and the place in it."""

import pytest

from kg.errors import UsageError
from kg.reading.evaluate import GoldError, evaluate


def read(folder):
    return evaluate(folder, lambda *_, **__: pytest.fail("read before the gold was checked"))


def test_a_folder_without_pairs_is_a_wrong_argument(tmp_path):
    with pytest.raises(UsageError, match=r"holds no pair NAME\.txt and NAME\.json"):
        read(tmp_path)
    with pytest.raises(UsageError, match="is no folder"):
        read(tmp_path / "nowhere")


def test_an_annotation_needs_its_text(annotated):
    (annotated.folder / "qinghe.txt").unlink()
    with pytest.raises(GoldError, match=r"qinghe\.json: there is no qinghe\.txt beside it\."):
        read(annotated.folder)


def test_a_text_that_cannot_be_read_is_named(annotated):
    (annotated.folder / "qinghe.txt").write_bytes(b"")
    with pytest.raises(GoldError, match=r"qinghe\.txt: The file is empty"):
        read(annotated.folder)


@pytest.mark.parametrize("words", [b"{", b"", b"\xff\xfe", b"[1"])
def test_no_json(annotated, words):
    (annotated.folder / "qinghe.json").write_bytes(words)
    with pytest.raises(GoldError, match=r"qinghe\.json: "):
        read(annotated.folder)


def breakages():
    def drop(path, key):
        def act(document):
            del path(document)[key]

        return act

    def put(path, key, value):
        def act(document):
            path(document)[key] = value

        return act

    first = lambda document: document["observations"][0]  # noqa: E731
    link = lambda document: document["relations"][0]  # noqa: E731
    return {
        "a field is missing": (drop(first, "indicator"), r"missing required field `indicator`.*\$\.observations\[0\]"),
        "a wrong type": (put(first, "low", 12), r"\$\.observations\[0\]\.low"),
        "an unknown status": (put(first, "status", "done"), r"\$\.observations\[0\]\.status"),
        "no decimal": (put(first, "low", "12,5"), r"\$\.observations\[0\]\.low is '12,5', no plain decimal"),
        "no finite decimal": (put(first, "high", "inf"), r"\$\.observations\[0\]\.high is 'inf', no plain decimal"),
        "an unknown subject": (put(first, "subject", "e99"), r"\$\.observations\[0\]\.subject names 'e99'"),
        "an unknown participant": (put(first, "participants", ["e99"]), r"\$\.observations\[0\]\.participants names"),
        "an unknown whole": (put(first, "partOf", "o99"), r"\$\.observations\[0\]\.partOf names 'o99'"),
        "an unknown object": (put(link, "object", "e99"), r"\$\.relations\[0\]\.object names 'e99'"),
        "an unknown alternative": (
            put(link, "alternatives", [{"subject": "e99", "predicate": "aims", "object": "f"}]),
            r"\$\.relations\[0\]\.subject names 'e99'",
        ),
        "a quote not in the text": (
            put(first, "number", {"start": 0, "end": 2, "exact": "别的"}),
            r"the text has “青禾” at 0–2, not “别的”",
        ),
        "an id twice": (put(first, "id", "o2"), r"\$\.observations: the id 'o2' stands 2 times"),
    }


@pytest.mark.parametrize("name", breakages())
def test_a_broken_annotation_is_named(annotated, document, name):
    act, sentence = breakages()[name]
    act(document)
    annotated.write(document)
    with pytest.raises(GoldError, match=rf"qinghe\.json: .*{sentence}"):
        read(annotated.folder)


def test_pairs_in_folders_below_are_read_by_their_path(annotated):
    below = annotated.folder / "below"
    below.mkdir()
    for suffix in ("txt", "json"):
        (annotated.folder / f"qinghe.{suffix}").rename(below / f"qinghe.{suffix}")
    report = evaluate(annotated.folder, lambda *_, **__: annotated.facts)
    assert report.articles[0].name == "below/qinghe"
