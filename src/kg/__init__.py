"""Knowledge graphs from Chinese local-government articles, every fact with the exact words that state it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("district-kg")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
