"""How long `plandata monitor collect` takes over many workbooks, and how much memory.

The forms of a place are written once and filled; N copies of them, with other values, come back. In one of ten a cell
is wrong, so that a copy of it with notes is written.

    python benchmarks/collect.py 300 3000
"""

import argparse
import io
import resource
import tempfile
import time
from pathlib import Path

import openpyxl

from plandata.files import write_folder
from plandata.monitor.collect import collect
from plandata.monitor.forms import forms
from plandata.monitor.returns import Results
from plandata.monitor.sheets import Reader
from plandata.package.folder import Folder
from plandata.schema import home

PLACE, YEAR, WRONG_EVERY = "weining", 2023, 10
VALUE, SOURCE = "数值", "来源"


def filled(content: bytes, wrong: bool) -> bytes:
    """A form with a value and a source in each of its rows; in a wrong one a cell holds a limit."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        heads = {cell.value: cell for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
        if VALUE in heads and "年龄组" not in heads:
            ids = heads["指标标识"].column
            for row in range(heads[VALUE].row + 1, sheet.max_row + 1):
                if sheet.cell(row, ids).value:
                    sheet.cell(row, heads[VALUE].column).value = "90%以上" if wrong else row % 7 + 1.5
                    sheet.cell(row, heads[SOURCE].column).value = "年报"
                    wrong = False
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def returned(package: Folder, folder: Path, count: int) -> None:
    """So many workbooks that come back; copies of one form bear the name of its body and a number."""
    blank = {name: content for name, content in forms(package, PLACE, YEAR).items() if "office" not in name}
    right = {name: filled(content, wrong=False) for name, content in blank.items()}
    wrong = {name: filled(content, wrong=True) for name, content in blank.items()}
    names = list(blank)
    for n in range(count):
        name = names[n % len(names)]
        made = (right if n % WRONG_EVERY else wrong)[name]
        (folder / f"{n:05}-{name}").write_bytes(made)


def measured(package: Folder, count: int) -> str:
    """One run over so many workbooks, in words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "in")
        folder.mkdir()
        returned(package, folder, count)
        started = time.perf_counter()
        with Reader() as reader:
            found = collect(package, [folder], PLACE, YEAR, reader)
            read = time.perf_counter() - started
            results = Results(found, reader, "zh")
            write_folder(results, Path(name, "out"))
        whole = time.perf_counter() - started
        rows = sum(len(file.rows) for file in found.files)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{count:,} files, {rows:,} rows: read in {read:.1f} s, written with {len(results.copies):,} copies in "
        f"{whole - read:.1f} s; {1000 * whole / count:.1f} s per 1,000 files; {memory:,.0f} MiB at most"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=[300])
    package = Folder(home())
    for count in parser.parse_args().counts:
        print(measured(package, count))


if __name__ == "__main__":
    main()
