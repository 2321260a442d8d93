"""SPSS files: one a table, with variable and value labels. Needs the extra `stats`.

The cells of a coded column are the numbers of its codes in the table `labels`, as in the files for Stata.
"""

from functools import partial

from plandata.export.stata import day_of, overwritten, written
from plandata.files import need
from plandata.package.folder import Folder
from plandata.text import Text

TITLE = Text("SPSS, with value labels", "SPSS（带值标签）")
PER_TABLE = "spss/{lang}/{}.sav"
# Where the head of a file has the time at which it was written, as 24 Nov 26 and 00:00:00.
STAMP = 92


def files_in(package: Folder, lang: str) -> dict[str, bytes]:
    """One file a table, its variables and values labelled in a language."""
    day, month, year = day_of(package)
    stamp = f"{day} {month} {year[2:]}00:00:00".encode("ascii")
    write = partial(need("pyreadstat", "stats").write_sav, row_compress=True)
    made = written(package, lang, write, PER_TABLE)
    return {path: overwritten(content, STAMP, stamp) for path, content in made.items()}
