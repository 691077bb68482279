"""Knowledge graphs from Chinese local-government articles, every fact with the exact words that state it."""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Look up `__version__` when it is first asked for (PEP 562): what reads it costs the engine's forks."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # see above

    try:
        found = version("district-kg")
    except PackageNotFoundError:  # run from a source tree that was never installed
        found = "0+unknown"
    globals()[name] = found
    return found
