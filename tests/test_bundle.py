"""The front end's packages: locked without an address, and bundled with their licences."""

import importlib
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FRONTEND, BUNDLE = ROOT / "frontend", ROOT / "src" / "kg" / "web" / "static" / "bundle"


@pytest.fixture(scope="module")
def lock():
    return json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]


def test_the_lock_pins_every_package_by_its_hash_and_names_no_registry(lock):
    packages = {name: about for name, about in lock.items() if name}
    assert len(packages) > 50
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []


def test_what_is_asked_for_is_asked_for_exactly():
    package = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_bundle_carries_the_licence_of_each_package():
    licences = (BUNDLE / "LICENCES.txt").read_text(encoding="utf-8")
    for name in ("@zazuko/yasqe", "codemirror", "lodash-es", "dompurify", "cytoscape", "vega", "vega-lite", "d3-array"):
        assert re.search(rf"^{re.escape(name)} \d+\.\d+\.\d+: \S+", licences, re.MULTILINE), name
    assert licences.count("Permission") > 20


def test_the_manifest_names_files_that_are_there():
    manifest = json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
    assert {"pages.js", "pages.css", "workbench.js", "workbench.css", "network.js", "graph.css", "charts.js"} == set(
        manifest
    )
    assert all((BUNDLE / file).is_file() for file in manifest.values())


@pytest.fixture
def hook(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.delenv("KG_SKIP_FRONTEND", raising=False)
    return importlib.import_module("hatch_build")


def test_it_is_bundled_again_only_when_it_changed_and_only_where_it_is_wanted(hook, tmp_path, monkeypatch):
    source, bundle = tmp_path / "frontend" / "src", tmp_path / hook.BUNDLE
    source.mkdir(parents=True)
    bundle.mkdir(parents=True)
    (source / "a.js").write_text("1")
    assert hook.is_stale(tmp_path)
    (bundle / ".fingerprint").write_text(hook.fingerprint(tmp_path))
    assert not hook.is_stale(tmp_path)
    (source / "a.js").write_text("2")
    assert hook.is_stale(tmp_path)
    monkeypatch.setenv("KG_SKIP_FRONTEND", "1")
    assert not hook.is_stale(tmp_path)


def test_a_registry_that_fails_is_told_in_a_sentence(hook):
    said = "npm error code ECONNREFUSED\nnpm error syscall connect\n"
    failed = subprocess.CompletedProcess(["npm"], 1, stdout="", stderr=said)
    sentence = hook.sentence("npm", failed)
    assert "npm could not install the front end's packages (code ECONNREFUSED syscall connect)" in sentence
    assert "KG_SKIP_FRONTEND=1" in sentence
