"""The README and the guides: every block is run, every link inside the project leads somewhere."""

import re
from pathlib import Path

import pytest

from console import ROOT, Reader, blocks, check_data, commands, matches

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_blocks_do_what_the_page_says(document: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    printed = ""
    try:
        for block in blocks(document):
            where = f"{document.name}:{block.line}"
            if block.language == "console":
                for command, expected in commands(block.text):
                    printed = reader.run(command)
                    assert matches(expected, printed), f"{where}: $ {command}\nprinted:\n{printed}"
            elif block.language == "python":
                script = tmp_path / "example.py"
                script.write_text(reader.here(block.text), "utf-8")
                printed = reader.run("python example.py")
                assert "Traceback" not in printed, f"{where}:\n{printed}"
            elif block.language == "text":
                assert matches(block.text, printed), f"{where}: printed:\n{printed}"
            elif block.language == "sparql":
                assert reader.ask(block.text), f"{where}: no row"
            else:
                check_data(block)
    finally:
        reader.stop()


@pytest.mark.parametrize("document", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_runner_sees_a_difference() -> None:
    assert matches("a … c\n…\nz", "a b c\n1\n2\nz\n")
    assert not matches("a … c", "a b d")
    assert commands("$ one \\\n  two\nout\n$ three") == [("one two", "out"), ("three", "")]
    assert commands("$ cat <<'END'\n$ a\nEND\n$ a") == [("cat <<'END'\n$ a\nEND", ""), ("a", "")]


GUIDES = sorted(page for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")] if ".zh" not in page.name)


def bare(document: Path) -> list[tuple[str, str]]:
    """The blocks of a page without their comments, which are in its language."""
    return [(block.language, re.sub(r"(?m)\s+#( .*)?$", "", block.text)) for block in blocks(document)]


@pytest.mark.parametrize("document", GUIDES, ids=lambda p: p.name)
def test_every_guide_has_a_twin_in_chinese_with_the_same_blocks(document: Path) -> None:
    twin = document.with_suffix(".zh.md")
    assert f"]({twin.name})" in document.read_text("utf-8")
    assert f"]({document.name})" in twin.read_text("utf-8")
    assert bare(twin) == bare(document)


def test_the_questions_in_chinese_are_those_in_english() -> None:
    asked = [
        re.findall(r"^\|(?: [^|]+ \|)? ([^|]+？) \| (`[a-z-]+`) \| (.+?) \|$", page.read_text("utf-8"), re.MULTILINE)
        for page in (ROOT / "docs" / "questions.md", ROOT / "docs" / "questions.zh.md")
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) > 15
