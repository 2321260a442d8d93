"""Commands by which a collection grows: draft, adopt."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plandata.cli.common import LANG, PACKAGE, Lang, app, language, plain_errors, progress, refuse, tell

if TYPE_CHECKING:
    from plandata.texts.draft.model import Draft

# What is counted of a draft, in the order in which it is told.
COUNTED = ("plans", "domains", "goals", "measures", "targets", "non_targets", "units", "assignments", "indicators")


@app.command()
def draft(
    sources: list[Path] = typer.Argument(
        ...,
        metavar="FILE...",
        help="The document as published: .txt, .html, .docx, .pdf or .ofd; several in their order.",
    ),
    out: Path = typer.Option(..., help="A new or empty folder to write into."),
    place: str = typer.Option("", metavar="SLUG", help="The id of the place, as yunting. Default: its name in pinyin."),
    package: Path | None = PACKAGE,
    lang: Lang | None = LANG,
) -> None:
    """Draft the tables of a plan from its text, with every doubt listed and a page to review them.

    Exit code 1: there are doubts, as there mostly are.

    Example: plandata draft plan.docx --out drafted
    """
    with plain_errors():
        with progress() as step:
            step("files")
            import re

            from plandata.api import open_package
            from plandata.drafts import write
            from plandata.files import check_folder
            from plandata.tables import Tables
            from plandata.texts.draft import draft as run

            if place and not re.fullmatch("[a-z]+(?:-[a-z]+)*", place):
                refuse(f"--place {place!r}: an id has small letters, and - between them, as yunting")
            check_folder(out)
            known = open_package(package)
            step("the text")
            made = run(sources, Tables.of(known), place)
            write(made, known, out, language(lang))
        told(made, out)
    if made.doubts:
        raise typer.Exit(1)


def told(made: "Draft", out: Path) -> None:
    """What was drafted, and what to do next."""
    for plan in made.tables["plans"]:
        tell(f"{plan['plan_id']}: {plan['title_zh']}")
    tell(", ".join(f"{name} {len(made.tables[name])}" for name in COUNTED if made.tables[name]))
    unclaimed = sum(not block.role for block in made.blocks)
    tell(f"{len(made.doubts):,} doubts; {unclaimed} of {len(made.blocks)} pieces of the text became no row")
    tell(f"Open {out / 'review.html'} to judge them, mend data/, then: plandata adopt {out} --into PACKAGE")


@app.command()
def adopt(
    drafted: Path = typer.Argument(..., metavar="DRAFT", help="The folder that plandata draft wrote."),
    into: Path | None = typer.Option(None, help="The folder of the package that takes it. Default: this folder."),
    sources: Path | None = typer.Option(None, help="Also prove the rows against the texts in this folder."),
) -> None:
    """Take a judged draft over into a package: all of its rows, or none.

    Exit code 1: doubts are open, ids clash or rules are broken; then nothing is changed.

    Example: plandata adopt drafted --into . --sources texts
    """
    with plain_errors():
        from plandata.drafts import RefusedError
        from plandata.drafts import adopt as run

        try:
            added = run(drafted, into or Path.cwd(), sources)
        except RefusedError as refused:
            for reason in refused.reasons:
                tell(reason)
            tell(f"{refused}; mend that and run it again")
            raise typer.Exit(1) from None
    for name, count in added.items():
        tell(f"data/{name}.csv: {count:,} rows added")
    tell(f"{into or Path.cwd()}: in canonical form, and valid as before")
