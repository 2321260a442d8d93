"""A figure in the site: its place in a page, its files, and its own page that other sites embed.

Every chart goes through `Shown`, which a template calls as `figure`: so each has its sentence, its source, its files
and its table, and what a page shows is what is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from plandata.charts.drawing import page_style
from plandata.charts.figure import Figure, credit, svg_file, swatch
from plandata.files import PackageError
from plandata.package.about import address
from plandata.site.edition import Edition
from plandata.words import Words

# The folder of files and embedded pages below a language's root.
FOLDER = "embed"
SNIPPET = (
    '<iframe src="{address}" title="{title}" width="100%" height="{height}" loading="lazy" style="border:0"></iframe>'
)
# Pixels that an embedded page has beside its drawing.
AROUND = 190
KEY = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
Render = Callable[..., str]


@dataclass
class Shown:
    """The figures of one page: puts each into the page, and holds the files to be written of them.

    page: the page's address below the language's root; up: the way from it to there. render fills a template.
    """

    edition: Edition
    say: Words
    page: str
    up: str
    render: Render
    files: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, figure: Figure, table: bool = True) -> Markup:
        """The HTML of a figure; table tells whether its rows are shown too, for those that no table beside it tells."""
        path = f"{FOLDER}/{figure.key}"
        if not KEY.fullmatch(figure.key) or f"{path}.svg" in self.files:
            raise PackageError(f"the figure {figure.key!r} needs a key of its own, of small letters, digits and -._")
        source = credit(self.edition.about, self.say)
        told = {
            "figure": figure,
            "path": path,
            "source": source,
            "swatch": lambda code: drawn(swatch(code)),
            "pictures": drawn(figure.pictures),
            "style": drawn(page_style()),
        }
        self.files[f"{path}.svg"] = svg_file([figure], source)
        self.files[f"{path}.csv"] = figure.table
        self.files[f"{path}.html"] = self.render("embed.html.j2", **told, back=self.page).encode()
        return drawn(
            self.render(
                "figure.html.j2",
                **told,
                table=table,
                whole_address=address(self.edition.about),
                snippet=self.snippet(figure, path),
            )
        )

    def snippet(self, figure: Figure, path: str) -> str:
        """What another site copies to show the figure; its address begins with that of this site, where it is known."""
        below = f"{path}.html" if self.say.lang == "en" else f"{self.say.lang}/{path}.html"
        height = round(figure.height + AROUND)
        whole = escape(address(self.edition.about) + below)
        return SNIPPET.format(address=whole, title=escape(figure.title), height=height)


def drawn(html: str) -> Markup:
    """What charts or templates made, as a template takes it."""
    return Markup(html)  # noqa: S704 - escaped there
