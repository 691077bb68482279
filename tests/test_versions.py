"""The same inputs give the same bytes on every Python that the project supports."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")


def interpreter(version: str) -> str | None:
    name = f"python{version}"
    try:
        asked = subprocess.run(
            [name, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return None
    return asked.stdout.strip() if asked.returncode == 0 else None


@pytest.mark.full
def test_every_python_builds_the_same_bytes(tmp_path: Path) -> None:
    digests = {}
    for version in SUPPORTED:
        python = interpreter(version)
        if python is None:
            continue
        environment = {
            **os.environ,
            "KG_VENV": str(tmp_path / f"venv{version}"),
            "KG_STORE": f"oxigraph:{tmp_path / version}",
            "KG_SKIP_FRONTEND": "1",
            "PYTHONHASHSEED": version.replace(".", ""),
        }
        for arguments in (["build"], ["export", "--format", "nquads", "--output", str(tmp_path / f"{version}.nq")]):
            subprocess.run([python, str(ROOT / "run.py"), "kg", *arguments], check=True, env=environment)
        digests[version] = hashlib.sha256((tmp_path / f"{version}.nq").read_bytes()).hexdigest()
    assert len(digests) > 1, f"only {list(digests)} found; put python3.11, python3.12 and python3.13 on the path"
    assert len(set(digests.values())) == 1, digests
