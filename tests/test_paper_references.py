"""The references of a paper: how each kind of source is printed in the two styles, numbered and told by its tables."""

from typing import Any

import pytest

from plandata.paper.references import (
    Item,
    References,
    entry,
    literature,
    name,
    of_bibliography,
    of_document,
    ranges,
    year_of,
)
from plandata.text import LANGS

BEE, COE, DAY = (
    {"family": family, "given": given} for family, given in (("Bee", "Ada"), ("Coe", "B. C."), ("Day", "D"))
)
SIX = [{"family": letter * 2, "given": "Eve"} for letter in "ABCDEF"]
ISSUED = {"issued": {"date-parts": [[2021, 3]]}}
ARTICLE = {"type": "article-journal", "title": "Plans", "container-title": "Journal of Plans", "volume": "7", **ISSUED}
BOOK = {"type": "book", "title": "Plans", "publisher": "Press", "publisher-place": "Rome", "author": [BEE], **ISSUED}
REPORT = BOOK | {"type": "report", "number": "R-5"}
TALK = BOOK | {"type": "paper-conference", "container-title": "Proc. Plans", "page": "3–4"}
DATASET = {"type": "dataset", "title": "Rows", "version": "1.2", "publisher": "Archive", **ISSUED}
PAGE = {
    "type": "webpage",
    "title": "Standard",
    "author": [{"literal": "A Body"}],
    "URL": "https://example.org",
    **ISSUED,
}
NOTICE = {"type": "legislation", "title": "规划", "author": [{"literal": "县人民政府"}], "number": "9号", **ISSUED}


@pytest.mark.parametrize(
    ("item", "english", "chinese"),
    [
        (
            ARTICLE | {"author": [BEE], "page": "1–9", "issue": "2", "DOI": "10.1/x"},
            "Bee, A. Plans. *Journal of Plans* **7**, 1–9, https://doi.org/10.1/x (2021).",
            "Bee A. Plans\\[J\\]. Journal of Plans, 2021, 7(2): 1–9. https://doi.org/10.1/x.",
        ),
        (
            ARTICLE | {"author": [BEE, COE], "container-title-short": "J. Plans", "number": "88"},
            "Bee, A. & Coe, B. C. Plans. *J. Plans* **7**, 88 (2021).",
            "Bee A, Coe B C. Plans\\[J\\]. Journal of Plans, 2021, 7: 88.",
        ),
        (
            BOOK | {"author": [BEE, COE, DAY], "edition": "4"},
            "Bee, A., Coe, B. C. & Day, D. *Plans* 4th edn (Press, Rome, 2021).",
            "Bee A, Coe B C, Day D. Plans\\[M\\]. 4th ed. Rome: Press, 2021.",
        ),
        (
            BOOK | {"author": [BEE, COE, DAY, SIX[0]], "number": "3"},
            "Bee, A., Coe, B. C., Day, D. & AA, E. *Plans* (3) (Press, Rome, 2021).",
            "Bee A, Coe B C, Day D, et al. Plans\\[M\\]. Rome: Press, 2021.",
        ),
        (
            {"type": "book", "title": "Plans", "author": SIX[:5], "publisher": "Press"},
            "AA, E., BB, E., CC, E., DD, E. & EE, E. *Plans* (Press).",
            "AA E, BB E, CC E, et al. Plans\\[M\\]. Press.",
        ),
        (
            BOOK | {"author": SIX, "DOI": "10.1/y"},
            "AA, E. et al. *Plans* (Press, Rome, 2021), https://doi.org/10.1/y.",
            "AA E, BB E, CC E, et al. Plans\\[M\\]. Rome: Press, 2021. https://doi.org/10.1/y.",
        ),
        (
            REPORT,
            "Bee, A. *Plans* (R-5) (Press, Rome, 2021).",
            "Bee A. Plans: R-5\\[R\\]. Rome: Press, 2021.",
        ),
        (
            {name: value for name, value in REPORT.items() if name != "number"},
            "Bee, A. *Plans* (Press, Rome, 2021).",
            "Bee A. Plans\\[R\\]. Rome: Press, 2021.",
        ),
        (
            TALK,
            "Bee, A. Plans. In *Proc. Plans* 3–4 (Press, Rome, 2021).",
            "Bee A. Plans\\[C\\]//Proc. Plans. Rome: Press, 2021: 3–4.",
        ),
        (
            PAGE,
            "A Body. *Standard*, https://example.org (2021).",
            "A Body. Standard\\[EB/OL\\]. 2021. https://example.org.",
        ),
        (
            DATASET,
            "*Rows*, version 1.2, Archive (2021).",
            "Rows\\[DS\\]. version 1.2. Archive. 2021.",
        ),
        (
            {"type": "dataset", "title": "Rows", "DOI": "10.1/z", "URL": "https://example.org"},
            "*Rows*, https://doi.org/10.1/z.",
            "Rows\\[DS/OL\\]. https://doi.org/10.1/z.",
        ),
        (
            NOTICE,
            "县人民政府. *规划*, 9号 (2021).",
            "县人民政府. 规划\\[Z\\]. 9号. 2021.",
        ),
        (
            NOTICE | {"URL": "https://example.org"},
            "县人民政府. *规划*, 9号, https://example.org (2021).",
            "县人民政府. 规划\\[Z\\]. 9号. 2021. https://example.org.",
        ),
    ],
)
def test_each_kind_of_source_is_printed_in_the_style_of_the_language(item: Item, english: str, chinese: str) -> None:
    assert [entry(item, lang) for lang in LANGS] == [english, chinese]


@pytest.mark.parametrize(
    ("author", "english", "chinese"),
    [
        ({"family": "Daumé", "given": "Hal", "suffix": "III"}, "Daumé, H. III", "Daumé H III"),
        ({"family": "Aalbersberg", "given": "IJsbrand Jan"}, "Aalbersberg, IJ. J.", "Aalbersberg IJ J"),
        ({"family": "van Dam", "given": "eve"}, "van Dam, e.", "van Dam e"),
        ({"family": "Bee", "given": ""}, "Bee", "Bee"),
        ({"literal": "A Body"}, "A Body", "A Body"),
    ],
)
def test_an_author_has_initials(author: dict[str, str], english: str, chinese: str) -> None:
    assert [name(author, lang) for lang in LANGS] == [english, chinese]


def test_references_are_numbered_from_one_at_their_first_mention() -> None:
    made = References([{"id": "a"}, {"id": "b"}, {"id": "c"}])
    assert [made.number(one) for one in ("c", "a", "c", "a")] == [1, 2, 1, 2]
    assert [item["id"] for item in made.cited()] == ["c", "a"]
    with pytest.raises(KeyError):
        made.number("d")


def test_the_last_item_of_an_id_is_the_one_that_is_cited() -> None:
    made = References([{"id": "a", "title": "of the table"}, {"id": "a", "title": "of the literature"}])
    made.number("a")
    assert [item["title"] for item in made.cited()] == ["of the literature"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([2, 1], "1, 2"), ([3, 1, 2], "1-3"), ([5, 5], "5"), ([1, 2, 4, 5, 6, 9], "1, 2, 4-6, 9"), ([], "")],
)
def test_three_numbers_in_a_row_are_a_range(numbers: list[int], told: str) -> None:
    assert ranges(numbers, "-") == told


DOCUMENT = {
    "document_id": "d", "title_en": "A plan", "title_zh": "规划", "issuer_en": "", "issuer_zh": "县政府",
    "document_number": "", "issued_on": "2021-12-01", "published_on": "2022-01-15",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "lang", "told"),
    [
        ({}, "zh", {"title": "规划", "author": [{"literal": "县政府"}], "year": "2021"}),
        ({}, "en", {"title": "A plan", "year": "2021"}),
        ({"issued_on": ""}, "en", {"title": "A plan", "year": "2022"}),
        ({"published_on": ""}, "en", {"title": "A plan", "year": "2021"}),
        ({"issued_on": "", "published_on": ""}, "en", {"title": "A plan", "year": ""}),
        ({"document_number": "9号"}, "en", {"title": "A plan", "number": "9号", "year": "2021"}),
    ],
)
def test_a_government_document_tells_what_its_row_tells(cells: dict[str, str], lang: str, told: dict[str, Any]) -> None:
    item = of_document(DOCUMENT | cells, lang)
    rest = {key: value for key, value in item.items() if key not in ("id", "type", "issued")}
    assert (item["id"], item["type"]) == ("d", "legislation")
    assert rest | {"year": year_of(item)} == told


@pytest.mark.parametrize(("kind", "told"), [("literature", "book"), ("codes", "dataset"), ("standard", "webpage")])
def test_a_source_of_the_bibliography_is_of_its_kind(kind: str, told: str) -> None:
    row = {"reference_id": "r", "kind": kind, "publisher": "A Body", "title_en": "A", "title_zh": "甲", "year": "2019"}
    for lang, title in zip(LANGS, ("A", "甲"), strict=True):
        item = of_bibliography(row, lang)
        assert (item["id"], item["type"], item["title"], year_of(item)) == ("r", told, title, "2019")
        assert item["author"] == [{"literal": "A Body"}]


def test_what_could_be_markup_is_inert_in_an_entry() -> None:
    item = PAGE | {"title": "*a* [b](c)", "author": [{"family": "<i>", "given": "_E_"}, {"literal": "`x`"}]}
    for lang in LANGS:
        assert not set("<`_[") & set(entry(item, lang).replace("\\[EB/OL\\]", ""))
        assert entry(item, lang).count("*") == (2 if lang == "en" else 0)


def test_the_literature_is_printed_whole() -> None:
    own = {item["id"]: item for item in literature()}
    assert entry(own["gebru-datasheets"], "en") == (
        "Gebru, T. et al. Datasheets for datasets. *Commun. ACM* **64**, 86–92, https://doi.org/10.1145/3458723 (2021)."
    )
    assert entry(own["wilkinson-fair"], "zh").startswith(
        "Wilkinson M D, Dumontier M, Aalbersberg IJ J, et al. The FAIR"
    )
