"""The guide's code runs and prints what the guide says it prints."""

import pytest
from guide import GUIDES, ROOT, blocks, outcomes, renewed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_prints_what_it_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    compared = list(outcomes(name))
    assert len(compared) == 17
    for _, told, printed in compared:
        assert told == printed, "run make fmt to renew the output in docs/guide"


def test_both_guides_have_the_same_blocks() -> None:
    kinds = [[kind for kind, _ in blocks(name)] for name in GUIDES]
    assert kinds[0] == kinds[1]
    assert kinds[0].count("python") == 11


def test_renewing_what_is_up_to_date_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for name in GUIDES:
        assert renewed(name) == (ROOT / "docs" / name).read_text(encoding="utf-8")
