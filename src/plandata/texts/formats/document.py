"""What every format is read into: the lines of a document, each with the place where it stands."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in its file; all count from 1, and 0 is for what a format does not have.

    file counts the files of a document of several; paragraph counts the lines of a text, or the paragraphs (and cells)
    of other formats, on through all files; a cell of a table says which table, row and column, and how many rows and
    columns it spans.
    """

    file: int = 1
    page: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1

    def __str__(self) -> str:
        """The place as people find it.

        >>> str(Place(page=3, paragraph=41)), str(Place(paragraph=7, table=1, row=2, column=3))
        ('page 3, paragraph 41', 'paragraph 7, table 1, row 2, column 3')
        """
        parts = (
            ("file", self.file if self.file > 1 else 0),
            ("page", self.page),
            ("paragraph", self.paragraph),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
        )
        return ", ".join(f"{name} {number}" for name, number in parts if number)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph of a document, or a cell of a table.

    text is as printed, with a number that a word processor would print before it; in a cell its line ends stay. level
    is that of a heading by its style (h1 and outline level 1 are 1), 0 for none. whole says that the text is a whole
    paragraph, which no end of a line cut; the lines of plain texts never are. indent is the white space before it,
    where the format shows the beginnings of paragraphs by it.
    """

    text: str
    place: Place
    level: int = 0
    whole: bool = False
    indent: str = field(default="", compare=False)


@dataclass
class Document:
    """A file as it was read: its lines in reading order, and what was recognised as furniture of its pages.

    format is the ending of the format without its dot (txt, html, docx, pdf, ofd); furniture holds page numbers,
    running headers and footers, menus of a web page: nothing is dropped without standing there.
    """

    format: str
    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
