"""What authors tell of a paper in package.yaml: people, money, thanks. All of it is optional, nothing is made up.

`contributors` have the properties of Data Package 2.0 (title, givenName, familyName, email, organization, path, roles);
a path to orcid.org is the ORCID. Under `paper` stand the texts of PAPER (NAME_zh is their Chinese), `publisher`, and
`funding`, a list with funder, award and title.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plandata.files import PackageError, inside, is_file, read_yaml
from plandata.package.about import is_text
from plandata.package.folder import METADATA, Folder
from plandata.text import Text, paired

# The texts of a paper that nobody can compute.
PAPER = (
    "motivation",
    "related_work",
    "coders",
    "ethics",
    "acknowledgements",
    "author_contributions",
    "competing_interests",
)
TEXTS = (*PAPER, *(f"{name}_zh" for name in PAPER), "publisher")
GRANT = ("funder", "award", "title")
PERSON = ("title", "givenName", "familyName", "email", "organization", "path")
ORCID = re.compile(r"https?://orcid\.org/([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])/?")
AUTHOR = "author"


@dataclass(frozen=True)
class Person:
    """A contributor; what is not stated is ""."""

    name: str
    given: str = ""
    family: str = ""
    email: str = ""
    organization: str = ""
    orcid: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether it is one person and no group: only persons have a family name."""
        return bool(self.family)


@dataclass(frozen=True)
class About:
    """What package.yaml tells of authors and of the paper."""

    people: tuple[Person, ...]
    texts: Mapping[str, str]
    funding: tuple[Mapping[str, str], ...]

    @property
    def authors(self) -> tuple[Person, ...]:
        """The contributors who are authors; all of them where none is said to be one."""
        return tuple(person for person in self.people if AUTHOR in person.roles) or self.people

    @property
    def others(self) -> tuple[Person, ...]:
        """The contributors who are no authors."""
        return tuple(person for person in self.people if person not in self.authors)

    def text(self, name: str) -> Text | None:
        """One of PAPER; where only one language is told, it stands for both; None for neither."""
        told = paired(self.texts, name)
        return Text(told.en or told.zh, told.zh or told.en) if told.en or told.zh else None


def about(package: Folder) -> About:
    """What package.yaml and the descriptor of a package tell. Raises PackageError for what is not of its kind."""
    path = inside(package.root, METADATA)
    content = read_yaml(path) if is_file(path) else {}
    stated = content.get("paper") if isinstance(content, dict) else None
    wrong = list(faults({} if stated is None else stated, package.descriptor["contributors"]))
    if wrong:
        raise PackageError(f"{path}: {'; '.join(wrong)}")
    texts = {name: value.strip() for name, value in (stated or {}).items() if name in TEXTS and value}
    people = tuple(map(person, package.descriptor["contributors"]))
    grants = (stated or {}).get("funding") or ()
    return About(people, texts, tuple(dict.fromkeys(GRANT, "") | grant for grant in grants))


def faults(stated: object, people: list[Mapping[str, Any]]) -> Iterator[str]:
    """What is not of its kind under `paper` and in the contributors, as sentences.

    >>> list(faults({"publisher": 5, "thanks": "to all"}, []))[0]
    'paper.publisher must be a text'
    """
    if not isinstance(stated, Mapping):
        yield "paper must be a mapping"
        return
    yield from (f"paper.{name} must be a text" for name in TEXTS if stated.get(name) and not is_text(stated[name]))
    known = (*TEXTS, "funding")
    yield from (f"paper.{name} is none of {', '.join(known)}" for name in stated if name not in known)
    funding = stated.get("funding") or []
    if not isinstance(funding, list) or not all(is_grant(grant) for grant in funding):
        yield f"paper.funding must be a list of objects with funder, {' and '.join(GRANT[1:])} as texts"
    for n, one in enumerate(people, start=1):
        yield from (
            f"contributor {n}: {key} must be a text" for key in PERSON if one.get(key) and not is_text(one[key])
        )


def is_grant(grant: object) -> bool:
    """Whether a value tells of a grant."""
    if not isinstance(grant, Mapping) or not is_text(grant.get("funder")):
        return False
    return set(grant) <= set(GRANT) and all(map(is_text, grant.values()))


def person(told: Mapping[str, Any]) -> Person:
    """A contributor of the descriptor."""
    orcid = ORCID.fullmatch(str(told.get("path") or ""))
    roles = told.get("roles")
    return Person(
        name=str(told["title"]).strip(),
        given=str(told.get("givenName") or ""),
        family=str(told.get("familyName") or ""),
        email=str(told.get("email") or ""),
        organization=str(told.get("organization") or ""),
        orcid=orcid[1] if orcid else "",
        roles=tuple(map(str, roles)) if isinstance(roles, list) else (),
    )
