"""Commands that check: validate, fmt, explain, verify."""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plandata.cli.common import (
    LANG,
    OUTPUT,
    PATH,
    Lang,
    app,
    deliver,
    language,
    on_terminal,
    plain_errors,
    progress,
    refuse,
    tell,
)

if TYPE_CHECKING:
    from plandata.api import Package


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage, which findings are not: to look a million of them through takes a fifth of a run."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Form(StrEnum):
    """The forms of a validation report."""

    text = "text"
    json = "json"
    csv = "csv"
    sarif = "sarif"
    html = "html"


@app.command()
def validate(
    path: Path | None = PATH,
    form: Form = typer.Option(Form.text, "--format", help="Form of the report."),
    output: Path | None = OUTPUT,
    sources: Path | None = typer.Option(None, help="Also verify against the texts in this folder."),
    lang: Lang | None = LANG,
) -> None:
    """Check a package: files, schemas, cells, keys, coding rules. Every finding of one run is reported.

    Example: plandata validate --format html -o report.html
    """
    with plain_errors(), uncollected():
        with progress() as step:
            from plandata.api import open_package
            from plandata.report.findings import render
            from plandata.rules import validate as run

            package = open_package(path)
            report = run(package, step)
        deliver(coloured(render(report, form.value, language(lang)), form, output), output)
        proven = sources is None or show_proofs(package, sources, aside=form is not Form.text)
    if not report.valid or not proven:
        raise typer.Exit(1)


def coloured(text: str, form: Form, output: Path | None) -> str:
    """The text report with colour on a terminal, else as it is."""
    if form is not Form.text or output is not None or not on_terminal(sys.stdout) or "NO_COLOR" in os.environ:
        return text
    head, _, rest = text.partition("\n")
    return typer.style(head, fg="red" if rest else "green", bold=True) + "\n" + rest


@app.command()
def fmt(
    path: Path | None = typer.Argument(
        None, help="The folder of the package under work, which holds package.yaml. Default: this folder."
    ),
    check: bool = typer.Option(False, "--check", help="Only say which files differ; write nothing."),
    sources: Path | None = typer.Option(
        None,
        help="Also prove the rows against the texts in this folder, and renew the record of it "
        "(docs/data/verification.json).",
    ),
) -> None:
    """Bring the tables into canonical form, and renew what is made from them: datapackage.json, the pages of codes,
    the list of ids and the example of observations, where the package has a place for them.

    It changes how cells are written, never what they say, and does not look for mistakes: plandata validate does.

    Exit code 1: with --check, a file differs.

    Example: plandata fmt --check
    """
    with plain_errors():
        from plandata.fmt import renew, stale, unproven

        root = path or Path.cwd()
        if not (root / "package.yaml").is_file():
            refuse(f"{root}: no package.yaml; name the folder of a package under work")
        changed = list(stale(root, sources)) if check else renew(root, sources)
        doubt = unproven(root) if sources is None else ""
    if not changed:
        tell(f"{root}: in canonical form, all that is made from the tables up to date")
    for name in changed:
        tell(f"{'differs' if check else 'rewritten'}: {name}")
    if doubt:
        tell(doubt)
    if check and changed:
        tell("Run plandata fmt to rewrite them.")
        raise typer.Exit(1)


@app.command()
def explain(
    rule: str | None = typer.Argument(None, help="The id of a rule. Without one, all rules are listed."),
    lang: Lang | None = LANG,
) -> None:
    """Say what a rule checks, why, how to mend, with a bad and a good example.

    Example: plandata explain percent_is_within_100
    """
    with plain_errors():
        from plandata.read.explain import explained, listing, near
        from plandata.rules import RULES

        chosen = language(lang)
        if rule is None:
            deliver(listing(RULES.values(), chosen) + "\n", None)
        elif rule in RULES:
            deliver(explained(RULES[rule], chosen) + "\n", None)
        else:
            refuse(f"no rule {rule!r}. Near: {', '.join(near(rule, RULES)) or 'none'}; plandata explain lists all")


@app.command()
def verify(
    path: Path | None = PATH,
    sources: Path = typer.Option(..., help="The folder that holds the texts of the documents (any file names)."),
) -> None:
    """Prove the rows against the texts: fingerprints, figures, units, and that every number is accounted for.

    Example: plandata verify --sources texts
    """
    with plain_errors():
        from plandata.api import open_package

        if not show_proofs(open_package(path), sources):
            raise typer.Exit(1)


def show_proofs(package: "Package", sources: Path, aside: bool = False) -> bool:
    """Prints what verify proved per plan (aside: to standard error, beside a report for machines); whether it holds."""
    from plandata.report.rows import proof_text
    from plandata.texts.verify import verify as run

    proofs = run(package, sources)
    if aside:
        tell(proof_text(proofs).rstrip("\n"), aside=True)
    else:
        deliver(proof_text(proofs), None)
    return all(proof.complete for proof in proofs)
