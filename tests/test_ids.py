"""Ids are promises: one that changes or vanishes is named in CHANGELOG.md, a new one is added to the list.

Write the list anew: python tests/test_ids.py
"""

import re
from pathlib import Path

LIST = Path(__file__).parent / "data" / "ids.txt"
CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"


def current() -> list[str]:
    """Each id of the shipped edition with its table, and each code of each list."""
    import plandata
    from plandata.schema import schemas

    package = plandata.open(Path(__file__).parents[1])
    keyed = [(name, table.primary_key[0]) for name, table in schemas().tables.items() if len(table.primary_key) == 1]
    ids = [f"{name} {row_id}" for name, key in keyed for row_id in package[name][key]]
    return sorted(ids + [f"codes {name}.{code}" for name, codes in schemas().codes.items() for code in codes])


def listed() -> list[str]:
    return LIST.read_text(encoding="utf-8").splitlines()


def named(row_id: str, changelog: str) -> bool:
    """Whether a changelog names an id, whole and in backticks."""
    return f"`{row_id}`" in changelog


def test_no_id_changed_or_vanished_without_a_word_in_the_changelog() -> None:
    vanished = sorted(set(listed()) - set(current()))
    changelog = CHANGELOG.read_text(encoding="utf-8")
    silent = [entry for entry in vanished if not named(entry.split(" ")[1], changelog)]
    assert not silent, f"name these ids in CHANGELOG.md, in backticks, with what replaces them: {silent}"


def test_every_id_is_listed() -> None:
    missing = sorted(set(current()) - set(listed()))
    assert not missing, f"run python tests/test_ids.py to list the new ids: {missing}"


def test_the_list_is_what_the_command_writes() -> None:
    assert LIST.read_bytes() == "".join(f"{entry}\n" for entry in sorted(listed())).encode()
    assert all(re.fullmatch(r"[a-z_]+ [a-z0-9_.-]+", entry) for entry in listed())
    assert len(set(listed())) == len(listed())


def test_a_word_in_the_changelog_is_the_whole_id() -> None:
    assert named("a.g1", "- `a.g1` is now `a.g2`")
    assert not named("a.g1", "- `a.g12` is gone, a.g1 stays")


if __name__ == "__main__":
    LIST.write_text("\n".join(current()) + "\n", encoding="utf-8")
