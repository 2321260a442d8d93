"""plandata: the open dataset of Chinese local women's and children's development plans, and what keeps it right.

>>> import plandata
>>> package = plandata.open()
>>> package["plans"].height > 0
True
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"
__all__ = ["Package", "PackageError", "__version__", "open"]

if TYPE_CHECKING:
    from plandata.api import Package, PackageError
    from plandata.api import open_package as open  # noqa: A004 - the public name is plandata.open


def __getattr__(name: str) -> Any:
    """The public names, loaded when they are first used, so that `plandata --help` loads nothing heavy."""
    if name not in __all__:
        raise AttributeError(f"module 'plandata' has no attribute {name!r}")
    from plandata import api

    return {"open": api.open_package, "Package": api.Package, "PackageError": api.PackageError}[name]
