"""The annotated sample as a folder, a document, and facts."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from annotated_sample import FACTS, TEXT

from kg.facts import Facts, from_json


@dataclass
class Annotated:
    """The folder of the pair, and its facts as an extraction would give them."""

    folder: Path
    facts: Facts

    def write(self, document: object) -> None:
        (self.folder / "qinghe.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


@pytest.fixture
def document() -> dict:
    return json.loads(json.dumps(FACTS))


@pytest.fixture
def annotated(tmp_path) -> Annotated:
    (tmp_path / "qinghe.txt").write_text(TEXT, "utf-8")
    pair = Annotated(tmp_path, from_json(json.dumps(FACTS).encode()))
    pair.write(FACTS)
    return pair
