"""Libraries that only some commands need, installed as extras."""

from importlib import import_module
from types import ModuleType

from plandata.package import PackageError


def need(module: str, extra: str) -> ModuleType:
    """A module of an extra. Raises PackageError that names the extra where it is not installed.

    >>> need("json", "export").__name__
    'json'
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise PackageError(f"needs {module}, which is not installed: pip install 'plandata[{extra}]'") from None
