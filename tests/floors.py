"""Which module of plandata stands on which floor, and what runs up or in a circle.

Every import counts: at the top, inside a function, for typing, and by import_module with a name in quotes.

    python tests/floors.py
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "plandata"
# From the ground up, named below plandata; `a.*` is every module inside a, and "" is plandata itself. Modules of one
# floor may import each other, as long as no circle comes of it.
FLOORS = (
    ("text", "plain_yaml", "settings"),
    ("files",),
    ("schema",),
    ("words", "alphabet", "parallel"),
    ("finding",),
    ("package.about",),
    ("package.order",),
    ("package.reader",),
    ("package.folder",),
    ("package.doubts",),
    ("package.canonical",),
    ("package.published",),
    ("package",),
    ("tables",),
    ("texts.formats.document",),
    ("texts.formats.*",),
    ("texts.formats",),
    ("texts.figures", "texts.names", "texts.marks", "texts.roles"),
    ("texts.notes", "texts.dates"),
    ("texts.note_lines",),
    ("texts.paragraphs",),
    ("texts.outline", "texts.flat_tables"),
    ("texts.tables",),
    ("texts.segment",),
    ("texts.wording", "texts.published", "texts.reliability"),
    ("texts.policy",),
    ("texts.verify",),
    ("texts.original", "texts.agreement"),
    ("texts",),
    ("texts.draft.doubt",),
    ("texts.draft.*",),
    ("rules.*",),
    ("rules",),
    ("texts.draft.facts",),
    ("texts.draft",),
    ("read.*",),
    ("read",),
    ("assess.model",),
    ("assess.band", "assess.chance", "assess.method", "assess.observations"),
    ("assess.judge",),
    ("assess.count",),
    ("assess.publish",),
    ("assess",),
    ("charts",),
    ("charts.*",),
    ("report",),
    ("report.*",),
    ("export",),
    ("export.*",),
    ("monitor.bodies", "monitor.document", "monitor.cells"),
    ("monitor.*",),
    ("monitor",),
    ("fmt",),
    ("drafts",),
    ("api",),
    ("",),
    ("site.*",),
    ("site",),
    ("paper.authors", "paper.markdown", "paper.references"),
    ("paper.*",),
    ("paper",),
    ("cli.common",),
    ("cli.*",),
    ("cli", "__main__"),
)
FACE, SHORT = "", 40
Imports = Mapping[str, set[str]]


def module_name(path: Path, root: Path = ROOT) -> str:
    """The name of a file below plandata: package/folder.py is package.folder, rules/__init__.py is rules."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(root: Path = ROOT) -> dict[str, Path]:
    """The file of every module by its name."""
    return {module_name(path, root): path for path in sorted(root.rglob("*.py"))}


def floor(name: str) -> int | None:
    """The floor of a module, counted from the ground; None for one that stands on none. Its own name goes first."""
    exact = (n for n, names in enumerate(FLOORS) if name in names)
    inside = (n for n, names in enumerate(FLOORS) if any("*" in p and fnmatchcase(name, p) for p in names))
    return next(exact, next(inside, None))


def imported(path: Path, name: str) -> Iterator[str]:
    """Every name that a module imports, in full."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path, name)
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) == "import_module":
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def absolute(node: ast.ImportFrom, path: Path, name: str) -> str:
    """The package that a `from` import names, also where it begins with dots."""
    if not node.level:
        return node.module or ""
    here = ["plandata", *filter(None, name.split("."))]
    up = here if path.stem == "__init__" else here[:-1]
    return ".".join([*up[: len(up) - node.level + 1], *filter(None, [node.module])])


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def module_of(full: str, known: Mapping[str, Path]) -> str | None:
    """The module that holds an imported name, "" for plandata itself; None for one of another library."""
    parts = full.split(".")
    if parts[0] != "plandata":
        return None
    ends = (".".join(parts[1:end]) for end in range(len(parts), 0, -1))
    return next(name for name in ends if name in known or not name)


def imports(known: Mapping[str, Path]) -> Imports:
    """The modules of plandata that each of them imports."""
    edges = {name: {module_of(full, known) for full in imported(path, name)} for name, path in known.items()}
    return {name: {other for other in others if other is not None} - {name} for name, others in edges.items()}


def dotted(name: str) -> str:
    return f"plandata.{name}" if name else "plandata"


def homeless(known: Mapping[str, Path]) -> list[str]:
    """The modules that stand on no floor."""
    strays = [name for name in known if floor(name) is None]
    return [f"{dotted(name)} stands on no floor: give it one in FLOORS of tests/floors.py" for name in strays]


def upward(edges: Imports) -> list[str]:
    """The imports that run up; the face may be imported by all that stand above the ground."""
    sentences = []
    for name, others in edges.items():
        for other in sorted(others):
            own, wanted = floor(name), floor(other)
            above_ground = own is not None and own > 0
            if own is not None and wanted is not None and wanted > own and not (other == FACE and above_ground):
                sentences.append(
                    f"{dotted(name)} imports {dotted(other)}, which stands above it: move what it needs down to where "
                    f"{dotted(name)} stands or below, or {dotted(name)} up"
                )
    return sentences


def circles(edges: Imports) -> list[str]:
    """The circles between modules, each told once by a shortest way round."""
    on_circles: set[str] = set()
    sentences = []
    for name in edges:
        way = [] if name in on_circles else way_back(name, edges)
        if way:
            on_circles |= set(way)
            names = " imports ".join(map(dotted, way))
            sentences.append(f"a circle: {names}: move what both need into a module below them")
    return sentences


def way_back(name: str, edges: Imports) -> list[str]:
    """A shortest way from a module over its imports back to itself; empty where there is none."""
    ways = [[name]]
    seen: set[str] = set()
    for way in ways:
        for other in sorted(edges.get(way[-1], ())):
            if other == name:
                return [*way, name]
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return []


def faults(root: Path = ROOT) -> list[str]:
    """All that is wrong with the floors, as sentences."""
    known = modules(root)
    edges = imports(known)
    return [*homeless(known), *upward(edges), *circles(edges)]


def main() -> None:
    known = modules()
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in known.items()}
    short = {dotted(name): count for name, count in lines.items() if count < SHORT}
    print(f"modules {len(known)}, lines {sum(lines.values()):,}, median {statistics.median(lines.values()):g}")
    print(f"below {SHORT} lines: {len(short)} ({', '.join(f'{name} {count}' for name, count in short.items())})")
    print(f"circles: {len(circles(imports(known)))}")
    print("\n".join(faults()))
    sys.exit(bool(faults()))


if __name__ == "__main__":
    main()
