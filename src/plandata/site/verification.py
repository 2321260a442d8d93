"""The figures of `plandata verify` as a file that the quality page reads, for the texts are not in the repository.

`python -m plandata.site.verification TEXTS [FILE]` proves the package in this folder against the texts in TEXTS and
writes FILE (default: docs/data/verification.json) with the day, the edition's version and the hash of its tables.
"""

import datetime
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plandata.descriptor import write_whole
from plandata.package import Package, PackageError, open_package
from plandata.verify import Proof, Tally, verify

FILE = Path("docs/data/verification.json")
CHECKS = ("fingerprints", "figures", "assignments", "numbers")


def verification(package: Package, texts: Path, day: datetime.date) -> dict[str, Any]:
    """What verify proved per plan: for each check how many hold and how many there are."""
    proofs = verify(package, texts)
    return {
        "verified_on": day.isoformat(),
        "version": package.descriptor["version"],
        "tables_sha256": tables_hash(package),
        "plans": {proof.plan: dict(tallies(proof)) for proof in proofs},
        "gaps": sum(len(proof.gaps) for proof in proofs),
    }


def tallies(proof: Proof) -> Iterator[tuple[str, list[int]]]:
    for check in CHECKS:
        tally: Tally = getattr(proof, check)
        yield check, [tally.held, tally.total]


def tables_hash(package: Package) -> str:
    """One hash over the hashes of all tables: it changes when any row does."""
    listed = "\n".join(f"{resource['name']} {resource['hash']}" for resource in package.descriptor["resources"])
    return hashlib.sha256(listed.encode()).hexdigest()


def read_verification(root: Path) -> Mapping[str, Any]:
    """The committed figures below a folder; none where there is no file."""
    path = root / FILE
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def main(texts: str, file: str = str(FILE)) -> None:
    try:
        found = verification(open_package(), Path(texts), datetime.date.today())
    except PackageError as error:
        raise SystemExit(f"plandata: {error}") from None
    write_whole(Path(file), (json.dumps(found, indent=2) + "\n").encode())


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        raise SystemExit("usage: python -m plandata.site.verification TEXTS [FILE]")
    main(*sys.argv[1:])
