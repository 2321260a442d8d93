"""What `plandata verify` prints: a line per plan, then each gap."""

from plandata.verify import Proof, Tally, gaps

HEADER = ("plan", "fingerprints", "figures", "units", "numbers accounted for")


def proof_text(proofs: list[Proof]) -> str:
    """The proofs as aligned text."""
    table = [HEADER, *(row(proof) for proof in proofs)]
    if len(proofs) > 1:
        table.append(row(total(proofs)))
    widths = [max(len(cells[i]) for cells in table) for i in range(len(HEADER))]
    lines = ["  ".join(map(str.ljust, cells, widths)).rstrip() for cells in table]
    lines += [f"{gap.item or gap.plan}: {gap.check}: {gap.detail}" for gap in gaps(proofs)]
    return "\n".join(lines) + "\n"


def row(proof: Proof) -> tuple[str, ...]:
    tallies = (proof.fingerprints, proof.figures, proof.assignments, proof.numbers)
    return (proof.plan, *(shown(tally) for tally in tallies))


def shown(tally: Tally) -> str:
    """A tally as its count and, truncated so that only a full one reads 100, its percentage."""
    return f"{tally.held}/{tally.total} {int(tally.percent * 10) / 10:g} %"


def total(proofs: list[Proof]) -> Proof:
    summed = Proof("all plans")
    for name in ("fingerprints", "figures", "assignments", "numbers"):
        for proof in proofs:
            getattr(summed, name).held += getattr(proof, name).held
            getattr(summed, name).total += getattr(proof, name).total
    return summed
