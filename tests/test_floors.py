"""Imports of plandata run down only, and every module stands on a floor."""

from pathlib import Path

import pytest
from floors import faults, floor


def test_no_import_runs_up_or_in_a_circle() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"text.py": "", "files.py": "from plandata.text import Text"}, []),
        ({"text.py": "", "files.py": "from plandata import text"}, []),
        ({"text.py": "from plandata import files", "files.py": ""}, ["plandata.text imports plandata.files"]),
        ({"text.py": "from . import files", "files.py": ""}, ["plandata.text imports plandata.files"]),
        (
            {"text.py": "def say():\n    import plandata.files", "files.py": ""},
            ["plandata.text imports plandata.files"],
        ),
        (
            {"text.py": "from importlib import import_module\nimport_module('plandata.files')", "files.py": ""},
            ["plandata.text imports plandata.files"],
        ),
        (
            {"text.py": "if TYPE_CHECKING:\n    from .files import need", "files.py": ""},
            ["plandata.text imports plandata.files"],
        ),
        (
            {"rules/a.py": "from . import b", "rules/b.py": "from plandata.rules.a import x", "rules/__init__.py": ""},
            ["a circle: plandata.rules.a imports plandata.rules.b imports plandata.rules.a"],
        ),
        ({"rules/a.py": "from plandata.rules import A", "rules/__init__.py": "A = 1"}, ["plandata.rules.a imports"]),
        ({"attic.py": ""}, ["plandata.attic stands on no floor"]),
        ({"words.py": "from plandata import __version__"}, []),
        ({"text.py": "from plandata import __version__"}, ["plandata.text imports plandata, which stands above it"]),
        (
            {"words.py": "from plandata import __version__", "__init__.py": "def say():\n    import plandata.words"},
            ["a circle: plandata imports plandata.words imports plandata"],
        ),
    ],
)
def test_what_runs_up_or_in_a_circle_is_told(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    for name, text in {"__init__.py": "", **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sentences = faults(tmp_path)
    assert len(sentences) == len(told)
    assert all(sentence.startswith(start) for sentence, start in zip(sentences, told, strict=True))


def test_a_module_stands_on_the_floor_of_its_own_name_first() -> None:
    common, other, rules = floor("cli.common"), floor("cli.check"), floor("rules")
    assert common is not None
    assert other is not None
    assert rules is not None
    assert (common < other, floor("rules.cells") == rules - 1, floor("attic")) == (True, True, None)
