"""The door to the disk: paths, what JSON may say, CSV cells, archives, and folders that are written whole."""

import io
import os
import re
import socket
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from plandata.files import (
    ANY,
    ARCHIVE_BYTES,
    ARCHIVE_FILES,
    PARTIAL,
    PackageError,
    check_archive,
    check_folder,
    csv_text,
    encoding_of,
    fits,
    inside,
    installing,
    is_file,
    json_text,
    need,
    read_file,
    read_json,
    read_yaml,
    unpacked,
    unsafe,
    unsafe_name,
    write_folder,
    write_whole,
)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("data/a.csv", ""),
        ("a..b", ""),
        ("...", ""),
        ("a~", ""),
        ("", "is no path"),
        (None, "is no path"),
        (5, "is no path"),
        ("https://example.org/a", "is an address"),
        ("c:a", "is an address"),
        ("//host/a", "is an address"),
        ("/a", "is absolute"),
        ("~/a", "is absolute"),
        ("a\\b", "has a backslash or an invisible character"),
        ("a\u200b", "has a backslash or an invisible character"),
        ("..", "climbs out of the package"),
        ("a/..", "climbs out of the package"),
    ],
)
def test_a_path_that_leads_out_is_told_why(tmp_path: Path, name: object, reason: str) -> None:
    assert unsafe_name(name) == unsafe(tmp_path, name) == reason


def test_a_link_may_stay_in_the_package_and_not_leave_it(tmp_path: Path) -> None:
    root = tmp_path / "package"
    root.mkdir()
    (root / "a").write_text("a")
    (root / "within").symlink_to(root / "a")
    (root / "out").symlink_to(tmp_path)
    assert inside(root, "within") == root / "within"
    assert unsafe(root, "out/x") == "leads out of the package over a link"
    with pytest.raises(PackageError, match="leads out of the package over a link"):
        inside(root, "out/x")


PAIR = {"a": int, "b": [str]}


@pytest.mark.parametrize(
    ("value", "shape", "told"),
    [
        (1, int, True),
        (True, int, False),
        (True, bool, True),
        (True, object, True),
        (None, object, True),
        (1.5, int, False),
        ([], [int], True),
        ([1, 2], [int], True),
        ([1, "2"], [int], False),
        ({}, [int], False),
        ([1, "a"], (int, str), True),
        ([1], (int, str), False),
        ([1, "a", 2], (int, str), False),
        ("ab", (str, str), False),
        ({"a": 1, "b": []}, PAIR, True),
        ({"a": 1, "b": [], "c": None}, PAIR, True),
        ({"a": 1}, PAIR, False),
        ({"a": "1", "b": []}, PAIR, False),
        ([], PAIR, False),
        ({}, {ANY: int}, True),
        ({"x": 1, "y": 2}, {ANY: int}, True),
        ({"x": 1, "y": "2"}, {ANY: int}, False),
        ({"a": "1", "x": 2}, {"a": str, ANY: int}, True),
        ({"x": 2}, {"a": str, ANY: int}, False),
    ],
)
def test_a_value_of_json_has_a_shape(value: object, shape: Any, told: bool) -> None:
    assert fits(value, shape) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "'a' stands 2 times in one object"),
        ('[{"x": 1}, {"y": 1, "y": 1, "y": 1}]', "'y' stands 3 times in one object"),
        (f'{{"{"k" * 50}": 1, "{"k" * 50}": 2}}', f"'{'k' * 40}' stands 2 times"),
        ("[NaN]", "NaN is no number"),
        ("[-Infinity]", "-Infinity is no number"),
        ("[1e999]", "1e999 is no number"),
        (f"[{'1' * 400}.5]", f"{'1' * 40} is no number"),
        ('{"a":\n 1,}', ":2:"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_json_may_not_say_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackageError) as error:
        read_json(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert str(error.value).startswith(str(path))


def test_json_says_what_it_was_given(tmp_path: Path) -> None:
    content = {"a": [1, 2.5, None, True], "规": "\x1b\u2028"}
    for indent in (None, 2):
        path = tmp_path / "a.json"
        path.write_text(json_text(content, indent), encoding="utf-8")
        assert read_json(path) == content
    assert json_text({"a": [1, 2]}, None) == '{"a":[1,2]}\n'
    assert json_text({"规": 1}) == '{\n  "规": 1\n}\n'


@pytest.mark.parametrize(
    ("value", "plain", "safe"),
    [
        (None, "", ""),
        (True, "true", "true"),
        (False, "false", "false"),
        (12.0, "12", "12"),
        (0.1 + 0.2, "0.3", "0.3"),
        (-1, "-1", "-1"),
        (-1.5, "-1.5", "-1.5"),
        ("-1", "-1", "'-1"),
        ("=A1", "=A1", "'=A1"),
        (" @x", " @x", "' @x"),
        ("规划", "规划", "规划"),
        ("(a)", "(a)", "(a)"),
        ("a,b", '"a,b"', '"a,b"'),
        ('a"b', '"a""b"', '"a""b"'),
    ],
)
def test_a_cell_is_quoted_where_it_must_be_and_safe_where_that_is_asked(value: object, plain: str, safe: str) -> None:
    assert csv_text(["a", "b"], [[value, "x"]]) == f"a,b\n{plain},x\n"
    assert csv_text(["a", "b"], [[value, "x"]], "\r\n", safe=True) == f"a,b\r\n{safe},x\r\n"


def test_a_header_is_safe_too() -> None:
    assert csv_text(["=a"], [], safe=True) == "'=a\n"
    assert csv_text(["=a"], []) == "=a\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ""),
        (b"plan\0" * 16, ""),
        ("规划".encode("gb18030"), "GBK"),
        (b"\xff\xfe" + "规划".encode("utf-16-le"), "UTF-16"),
        (b"\xfe\xff" + "规划".encode("utf-16-be"), "UTF-16"),
        (("p" * 16).encode("utf-16-le") + "规".encode("utf-16-le"), ""),
        (("p" * 17).encode("utf-16-le"), "UTF-16"),
        (b"\x80", "unknown"),
    ],
)
def test_the_encoding_of_a_text_is_known(content: bytes, told: str) -> None:
    assert encoding_of(content) == told


def test_a_file_may_be_as_large_as_its_limit_is_told_in_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 4)
    assert read_file(path, 4) == b"xxxx"
    path.write_bytes(b"x" * (3 * 2**19 + 1))
    with pytest.raises(PackageError, match=r"is larger than 1\.5 MiB, the most"):
        read_file(path, 3 * 2**19)
    assert is_file(path)
    assert not is_file(tmp_path / ("a" * 5000))


def test_a_library_that_is_not_there_is_named_with_its_extra() -> None:
    assert need("json", "export").__name__ == "json"
    with pytest.raises(PackageError, match=r"needs no_such_module, which is not installed: pip install .*\[export\]'"):
        need("no_such_module", "export")


def test_a_checkout_that_is_not_installed_is_known_by_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(name: str) -> None:
        raise PackageNotFoundError(name)

    assert installing("export").startswith("pip install '")
    monkeypatch.setattr("importlib.metadata.distribution", lost)
    found = re.fullmatch(r"pip install '(.+)\[export\]'", installing("export"))
    assert found
    assert (Path(found[1]) / "pyproject.toml").is_file()


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets among the files")
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        for name, told in (("pipe", "is a pipe, no file"), ("socket", "is a socket"), (".", "is a folder, no file")):
            with pytest.raises(PackageError, match=told):
                read_file(Path(name), 4)
    with pytest.raises(FileNotFoundError):
        read_file(Path("none"), 4)


def test_aliases_are_read_only_where_they_are_allowed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: &x [1]\nb: *x\n", encoding="utf-8")
    assert read_yaml(tmp_path / "a.yaml", aliases=True) == {"a": [1], "b": [1]}
    with pytest.raises(PackageError, match=r"a\.yaml:.*is not plain YAML"):
        read_yaml(tmp_path / "a.yaml")


STATUS = Path("/proc/self/status")


@pytest.mark.skipif(not STATUS.exists(), reason="a file that the system makes up")
def test_a_file_that_states_no_size_is_read_up_to_the_limit() -> None:
    assert STATUS.stat().st_size == 0
    content = read_file(STATUS, 2**20)
    assert (content[:5], content[-1:]) == (b"Name:", b"\n")
    with pytest.raises(PackageError, match="is larger than"):
        read_file(STATUS, 20)


def parts(count: int, size: int = 0, flags: int = 0, name: str = "a") -> list[zipfile.ZipInfo]:
    made = [zipfile.ZipInfo(name) for _ in range(count)]
    for part in made:
        part.flag_bits = flags
    made[0].file_size = size
    return made


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (parts(ARCHIVE_FILES, ARCHIVE_BYTES), ""),
        (parts(ARCHIVE_FILES + 1), "would unpack to more than a package may have"),
        (parts(1, ARCHIVE_BYTES + 1), "would unpack to more than a package may have"),
        (parts(1, flags=0x808), ""),
        (parts(2, flags=0x809), "is locked with a password"),
        (parts(1, name="../a"), "'../a' climbs out of the package; nothing was unpacked"),
    ],
    ids=["as much as may be", "too many", "too large", "open", "locked", "out"],
)
def test_an_archive_is_looked_over_before_it_is_unpacked(held: list[zipfile.ZipInfo], told: str) -> None:
    if not told:
        check_archive(Path("a.zip"), held)
        return
    with pytest.raises(PackageError, match=f"^a.zip: {told}$"):
        check_archive(Path("a.zip"), held)


@pytest.mark.parametrize(
    ("names", "seen"),
    [
        (("p/a", "p/b/c"), {"a", "b/c"}),
        (("p/a", "q/b"), {"p/a", "q/b"}),
        (("a",), {"a"}),
        (("p/q/r",), {"q/r"}),
        (("p/", "p/a"), {"a"}),
    ],
)
def test_of_an_archive_with_one_folder_that_folder_is_seen(
    tmp_path: Path, names: tuple[str, ...], seen: set[str]
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    (tmp_path / "a.zip").write_bytes(content.getvalue())
    with unpacked(tmp_path / "a.zip") as root:
        assert {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} == seen
    assert not root.exists()


@pytest.mark.parametrize(
    ("held", "told"),
    [((), ""), ((f"{PARTIAL}x",), ""), (("b",), "already holds b;"), (("c", "b"), "already holds b and 1 more;")],
)
def test_only_a_new_or_empty_folder_is_written_into(tmp_path: Path, held: tuple[str, ...], told: str) -> None:
    check_folder(tmp_path / "new")
    for name in held:
        (tmp_path / name).write_text("")
    if told:
        with pytest.raises(PackageError, match=told):
            check_folder(tmp_path)
        with pytest.raises(PackageError, match="is a file; name a new or empty folder"):
            check_folder(tmp_path / held[0])
    else:
        check_folder(tmp_path)


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    assert write_folder({"b/x": b"1", "b/y": b"2", "a": b"3"}, out) == [out / "a", out / "b"]
    assert {path.relative_to(out).as_posix() for path in out.rglob("*")} == {"a", "b", "b/x", "b/y"}
    with pytest.raises(PackageError, match="was written by somebody else meanwhile"):
        write_folder({"0": b"new", "b/z": b"4"}, out)
    assert {path.relative_to(out).as_posix() for path in out.rglob("*")} == {"a", "b", "b/x", "b/y"}
    with pytest.raises(PackageError, match=r"'\.\./c' climbs out of the package; nothing was written"):
        write_folder({"c": b"", "../c": b""}, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_what_fails_leaves_no_new_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="a"):
        write_folder({"a": b"", "a/b": b""}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_is_replaced_in_the_last_moment_or_stays(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a"
    write_whole(path, b"old")
    assert path.stat().st_mode & 0o777 == 0o644

    def refuse() -> None:
        assert path.read_bytes() == b"old"
        raise KeyError("no")

    with pytest.raises(KeyError):
        write_whole(path, b"new", refuse)
    assert path.read_bytes() == b"old"
    link = tmp_path / "link"
    link.symlink_to(path)
    write_whole(link, b"new")
    assert (path.read_bytes(), link.is_symlink()) == (b"new", True)
    assert [one.name for one in path.parent.iterdir()] == ["a"]
