"""The wheel alone is enough: installed outside the checkout, it builds, answers and serves from any folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the wheel's files, ahead of the checkout on the path."""
    work = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    environment = {**os.environ, "KG_SKIP_FRONTEND": "1"}
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(work), str(ROOT)]
    subprocess.run(build, check=True, env=environment)
    (wheel,) = work.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(work / "site"), str(wheel)], check=True)
    return work / "site"


def kg(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_builds_and_answers_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    built = kg(installed, tmp_path, "build")
    assert built.returncode == 0, built.stderr
    answered = kg(installed, tmp_path, "query", "enterprises-projects", "--format", "csv")
    assert answered.returncode == 0, answered.stderr
    assert answered.stdout.splitlines()[0].startswith("enterprise,enterpriseLabel,relation")
    assert "华工机床" in answered.stdout


def test_it_carries_the_ontology_the_queries_the_article_and_the_pages(installed: Path) -> None:
    bundle = installed / "kg" / "_bundle"
    assert list((bundle / "ontology").glob("*.ttl"))
    assert list((bundle / "queries").glob("*.rq"))
    assert (bundle / "data" / "articles" / "longsha-2020-08-27.txt").is_file()
    assert list((installed / "kg" / "web" / "templates").rglob("*.html"))
