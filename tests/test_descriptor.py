"""datapackage.json: up to date, readable by others, and made from schemas, tables and package.yaml alone."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from damaged import change, contents, copy_package, plandata

from plandata.files import PackageError, unsafe, write_whole
from plandata.package.about import LISTS, faults
from plandata.package.canonical import OPTIONAL, canonical_frames, package_files, table_csv
from plandata.package.folder import DESCRIPTOR, Folder
from plandata.schema import edition, home


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_package(tmp_path)


def test_the_shipped_package_is_valid() -> None:
    result = plandata("validate", home(), "--lang", "en")
    assert (result.exit_code, ": valid. " in result.stdout) == (0, True), result.stdout


def test_frictionless_finds_the_shipped_package_valid() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package(str(home() / DESCRIPTOR)).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert len(report.tasks) == len(edition().tables)


def test_fmt_is_idempotent(root: Path) -> None:
    change(root, "data/places.csv", lambda content: content.replace(b"\n", b"\r\n"))
    assert plandata("fmt", root).exit_code == 0
    after = contents(root)
    again = plandata("fmt", root)
    assert (again.exit_code, contents(root)) == (0, after)
    assert "in canonical form" in again.stdout


def test_fmt_check_says_which_files_differ_and_writes_nothing(root: Path) -> None:
    (root / "data/places.csv").write_bytes((root / "data/places.csv").read_bytes()[:-1])
    before = contents(root)
    result = plandata("fmt", root, "--check")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:1] == ["differs: data/places.csv"]
    assert contents(root) == before


def test_fmt_writes_a_lost_descriptor_anew(root: Path) -> None:
    before = contents(root)
    (root / DESCRIPTOR).unlink()
    assert plandata("fmt", root).stdout == f"rewritten: {DESCRIPTOR}\n"
    assert contents(root) == before


def test_fmt_needs_a_package_under_work(tmp_path: Path) -> None:
    result = plandata("fmt", tmp_path)
    assert (result.exit_code, "no package.yaml" in result.stderr) == (2, True)


def test_every_table_and_column_is_described_once() -> None:
    descriptor = json.loads((home() / DESCRIPTOR).read_text(encoding="utf-8"))
    assert [resource["name"] for resource in descriptor["resources"]] == list(edition().tables)
    for resource in descriptor["resources"]:
        table = edition().tables[resource["name"]]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == table.columns
        assert all(field["title"] and field["title_zh"] and field["description_zh"] for field in fields)
        enums = {f["name"]: f["constraints"]["enum"] for f in fields if "enum" in f.get("constraints", {})}
        assert enums == {field.name: list(edition().codes[field.codes]) for field in table.fields if field.codes}


def described(root: Path) -> Mapping[str, object]:
    """The descriptor of a package as fmt would write it."""
    return json.loads(package_files(root, edition(), canonical_frames(root, edition()))[DESCRIPTOR])


def test_addresses_stand_in_the_descriptor_only_once_they_are_set(root: Path) -> None:
    def keys() -> set[str]:
        return set(described(root)) & set(OPTIONAL)

    path = root / "package.yaml"
    text = path.read_text(encoding="utf-8")
    unset = "".join(line for line in text.splitlines(True) if not line.startswith(OPTIONAL))
    path.write_text(unset, encoding="utf-8")
    assert keys() == set()
    path.write_text(unset + "doi: 10.1234/example\n", encoding="utf-8")
    assert keys() == {"doi"}


@pytest.mark.parametrize("address", ["javascript:x()", "http://example.org", "https://a b", "'mailto:'", "[a]"])
def test_an_error_is_reported_to_a_page_or_a_mail_address_only(root: Path, address: str) -> None:
    path = root / "package.yaml"
    text = path.read_text(encoding="utf-8").replace("\nfeedback:\n", "\n")
    path.write_text(f"{text}feedback: {address}\n", encoding="utf-8")
    with pytest.raises(PackageError, match="feedback must be an address that begins with https:// or mailto:"):
        described(root)
    path.write_text(f"{text}feedback: mailto:data@example.org\n", encoding="utf-8")
    assert described(root)["feedback"] == "mailto:data@example.org"


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("2026-11-22T08:00:00+08:00", "2026-11-22T00:00:00Z"),
        ("2026-11-22 01:02:03", "2026-11-22T01:02:03Z"),
    ],
)
def test_the_time_of_creation_is_in_utc(root: Path, stated: str, written: str) -> None:
    path = root / "package.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join(f"created: {stated}" if line.startswith("created:") else line for line in lines), encoding="utf-8"
    )
    assert described(root)["created"] == written


def test_csv_is_quoted_only_where_needed() -> None:
    import polars as pl

    frame = pl.DataFrame({"a": ["x,y", 'say "no"', None], "b": ["1", None, "z"]})
    assert table_csv(frame) == b'a,b\n"x,y",1\n"say ""no""",\n,z\n'


def test_a_file_is_written_whole_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", b"new")
    assert (tmp_path / "real.txt").read_bytes() == b"new"
    assert (tmp_path / "link.txt").is_symlink()
    write_whole(tmp_path / "new/folder/file.txt", b"there")
    assert (tmp_path / "new/folder/file.txt").read_bytes() == b"there"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_lost_table_is_named(root: Path) -> None:
    (root / "data/units.csv").unlink()
    with pytest.raises(PackageError, match=r"data/units\.csv: not found"):
        described(root)


@pytest.mark.parametrize("path", ["data/places.csv", "a.csv", "data/./places.csv", "data/数据.csv", "data/a b.csv"])
def test_a_plain_relative_path_is_safe(root: Path, path: str) -> None:
    assert unsafe(root, path) == ""


UNFIT = [
    ("keywords", []),
    ("keywords", "women"),
    ("keywords", ["women", " "]),
    ("licenses", [{"name": "CC-BY-4.0"}]),
    ("licenses", ["CC-BY-4.0"]),
    ("contributors", [{"title": "One"}, {"title": ""}]),
    ("title", "  "),
    ("title", None),
    ("doi", 5),
    ("doi", ""),
    ("method", 5),
    ("responsible_ai", ["dataBiases"]),
    ("responsible_ai", {"dataBiases": "few places"}),
    ("responsible_ai", {"bias": ["few places"]}),
    ("created", "2026-02-30T00:00:00Z"),
    ("published", []),
    ("published", {"weining-2021": 5}),
    ("published", {"weining-2021": "http://example.org/1.html"}),
    ("published", {"weining-2021": "javascript:x()//https://example.org/"}),
    ("published", {"weining-2021": 'https://example.org/"onclick='}),
    ("published", {"weining-2021": "https://example.org/\u202e"}),
]


@pytest.mark.parametrize(("name", "value"), UNFIT)
def test_each_property_that_is_not_of_its_kind_is_told(name: str, value: object) -> None:
    about = json.loads((home() / DESCRIPTOR).read_text(encoding="utf-8"))
    assert list(faults(about)) == []
    assert list(faults({key: told for key, told in about.items() if key != "doi"})) == []
    assert [fault for fault, _ in faults(about | {name: value})] == [name]
    assert LISTS.keys() <= {fault for fault, _ in faults({})}


def published(root: Path, **addresses: str) -> None:
    """Writes the addresses of published pages into package.yaml."""
    path = root / "package.yaml"
    about = yaml.safe_load(path.read_text(encoding="utf-8")) | {"published": addresses}
    path.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")


def test_the_address_of_a_published_page_stands_with_its_document(root: Path) -> None:
    address = "https://example.org/art/1.html?id=2#text"
    first, *others = Folder(root)["documents"]["document_id"]
    published(root, **{first: address})
    told = described(root)
    assert told["published"] == {first: address}
    assert [source.get("path") for source in told["sources"]] == [address] + [None] * len(others)


def test_a_published_page_of_no_document_is_refused(root: Path) -> None:
    published(root, **{"nowhere-2021": "https://example.org/"})
    with pytest.raises(PackageError, match="published names nowhere-2021, which is no document_id"):
        described(root)
