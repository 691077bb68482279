#!/usr/bin/env python3
"""Set up everything and run: needs Python 3.11 or newer and nothing else.

python3 run.py serve [ARG ...]   build the graph if there is none, and serve it (arguments go to `kg serve`)
python3 run.py test [--full]     check and test the project (--full adds the long checks; other arguments go to pytest)
python3 run.py kg ARG ...        any command of `kg`

The environment is made in .venv beside this file; what is already there and unchanged is not made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = Path(os.environ.get("KG_VENV") or ROOT / ".venv")
OLDEST = (3, 11)
BUILD_INPUTS = ("pyproject.toml", "README.md", "hatch_build.py", "frontend")


class SetupError(Exception):
    """Set-up cannot go on; the message says what to do."""


def say(message: str) -> None:
    """Tell the user what is being done."""
    print(f"» {message}", file=sys.stderr, flush=True)


def tool(name: str) -> Path:
    """Return the path of a program of the environment."""
    folder, suffix = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return ENVIRONMENT / folder / (name + suffix)


def fingerprint(*names: str) -> str:
    """Hash the named files and folders of the project, and the Python that runs."""
    digest = hashlib.sha256(sys.version.encode() + str(ROOT).encode())
    for name in names:
        path = ROOT / name
        files = sorted(p for p in path.rglob("*") if "node_modules" not in p.parts) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def once(step: str, inputs: tuple[str, ...], message: str, command: list[str]) -> None:
    """Run the command unless it has run for the same inputs already."""
    mark, stamp = fingerprint(*inputs), ENVIRONMENT / f".{step}.stamp"
    if stamp.is_file() and stamp.read_text() == mark:
        return
    say(message)
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(f"'{' '.join(command)}' failed; its message stands above. Mend it and run this again.")
    stamp.write_text(mark)


def make_environment() -> None:
    """Make the virtual environment, anew where another Python made it."""
    mark = ENVIRONMENT / "pyvenv.cfg"
    if mark.is_file() and tool("python").exists() and same_python():
        return
    say(f"making the environment in {os.path.relpath(ENVIRONMENT)}")
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, ImportError) as error:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise SetupError(
            "this Python cannot make virtual environments; on Debian or Ubuntu: apt-get install python3-venv"
        ) from error


def same_python() -> bool:
    """Tell whether the environment's Python is the version that runs this file."""
    asked = subprocess.run(
        [str(tool("python")), "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
    )
    return asked.returncode == 0 and asked.stdout.strip() == sys.version.strip()


def install(*, development: bool) -> None:
    """Install the pinned requirements and the project, only where they changed."""
    make_environment()
    pip = [str(tool("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = [("requirements.txt", "what it needs to run; the first time this takes about half a minute")]
    if development:
        pins.append(("requirements-dev.txt", "what its tests need"))
    for name, what in pins:
        once(name, (name,), f"installing {what}", [*pip, "--requirement", name])
    once("project", BUILD_INPUTS, "installing the project itself", [*pip, "--no-deps", "--editable", "."])
    tell_of_missing_bundle()


def tell_of_missing_bundle() -> None:
    """Show why the front end was not bundled, and let the next run try again."""
    problem = ROOT / "src" / "kg" / "web" / "static" / "bundle" / "problem.txt"
    if problem.is_file():
        say(problem.read_text(encoding="utf-8").strip())
        (ENVIRONMENT / ".project.stamp").unlink(missing_ok=True)


def start(command: list[str]) -> int:
    """Run a command of the environment in the foreground and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def hand_over(command: list[str]) -> int:
    """Become the command, so that signals reach it; where a process can't (Windows), wait for it."""
    if os.name != "nt":
        os.execve(command[0], command, environment())  # noqa: S606 - no shell is wanted
    return subprocess.run(command, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """Return the variables of this process with the environment's programs first on the path."""
    path = os.pathsep.join([str(tool("python").parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path}


def check(arguments: list[str]) -> int:
    """Lint, check the types and run the tests; every step runs, the first failure is the exit code."""
    full = "--full" in arguments
    rest = [a for a in arguments if a != "--full"]
    python = str(tool("python"))
    selection = [] if full else ["-m", "not full"]
    steps = [
        ("lint", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("types", [python, "-m", "mypy"]),
        ("tests", [python, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *selection, *rest]),
    ]
    failed = 0
    for name, command in steps:
        say(name)
        code = start(command)
        failed = failed or code
        if code:
            say(f"{name} failed")
    return failed


def main(arguments: list[str]) -> int:
    """Run one of the commands of this file; see its docstring."""
    if sys.version_info < OLDEST:
        raise SetupError(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command == "serve":
        install(development=False)
        return hand_over([str(tool("kg")), "serve", *rest])
    if command == "kg":
        install(development=False)
        return hand_over([str(tool("kg")), *rest])
    if command == "test":
        install(development=True)
        return check(rest)
    wanted = command in ("-h", "--help", "help")
    print(__doc__, file=sys.stdout if wanted else sys.stderr)
    return 0 if wanted else 2


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except SetupError as problem:
        say(str(problem))
        raise SystemExit(1) from None
