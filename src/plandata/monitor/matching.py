"""What an office calls things, matched to what the tables call them: places, bodies, indicators, scopes, units.

A name is matched where it is the name, in either language, once both are normalised; a name that is merely near is
suggested, and never taken.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from plandata.monitor.cells import (
    AREA_OF,
    SEX_OF,
    Cell,
    Unit,
    ages_of,
    is_blank,
    is_whole,
    masked,
    one_of,
    plain,
    unit_of,
    unit_words,
    written,
)
from plandata.monitor.reporting import Reporting, Series
from plandata.tables import Tables
from plandata.text import Text, paired

# How a row of a table is numbered before the name of its indicator.
NUMBERED = re.compile(
    r"(?:\(?\d{1,3}\)?[.、,)]|\(\d{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))"
)
BRACKETED = re.compile(r"(?P<name>.+?)\((?P<inside>.+)\)")
# What a long name of a body begins with, where an office leaves it out.
PREFIX = re.compile("^(?:自治县|自治州|市|区|县)(?=..)")
DASHES = re.compile("[-—–‐‑~～−]+")
OF_THESE = "其中"
NEAR = 0.55
TITLE_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# Years of a plan, and days on which something was written.
NO_YEAR_OF_DATA = re.compile(
    r"(?:19|20)\d\d\s*年?\s*(?:-|—|–|~|～|至|到)\s*(?:19|20)\d\d|(?:19|20)\d\d\s*[-年./]\s*\d{1,2}(?!\d)\s*[-月./日]?"
)

NO_INDICATOR = Text("the row names no indicator", "本行没有写指标名称")
UNKNOWN_INDICATOR = Text(
    "no indicator of this place has this name{told}; copy the name from the form",
    "本地没有这个名称的指标{told}；请按填报表中的指标名称填写",
)
NEAR_ONES = Text(" ({name}; perhaps {near})", "（{name}；是否为：{near}）")
OTHER_INDICATOR = Text(
    "the id says {own}, and the name beside it says {other}; make them one",
    "指标标识为“{own}”，旁边的名称却是“{other}”；请改为一致",
)
SUBROW = Text(
    "“of these” names no indicator; write the name of the indicator into each row",
    "“其中”行未写指标；请在每行写明指标名称",
)
UNKNOWN_SCOPE = Text(
    "the indicator has no such scope ({name}); its scopes: {scopes}", "该指标没有这个范围（{name}）；可填：{scopes}"
)
SCOPE_NEEDED = Text("the indicator needs a scope: {scopes}", "该指标须写明范围：{scopes}")
NO_SCOPE = Text("none (leave it empty)", "不写范围（留空）")
OTHER_PLACE = Text("the row is of another place ({name}), not of {place}", "本行属于其他地方（{name}），不是{place}")
UNKNOWN_PLACE = Text(
    "no place has this name ({name}); write {place}, or leave it empty",
    "没有这个名称的地方（{name}）；请写“{place}”或留空",
)
UNKNOWN_UNIT = Text("nobody knows this unit ({name}); write {wanted}", "无法识别的计量单位（{name}）；应为{wanted}")
OTHER_UNIT = Text(
    "is in another unit ({name}) than the indicator, which is in {wanted}; give the value in {wanted}",
    "单位（{name}）与指标单位（{wanted}）不同；请按{wanted}填报",
)
WHICH_UNIT = Text(
    "several targets count it in several units; write one of: {wanted}", "目标用不同单位计量；请写明单位：{wanted}"
)
UNKNOWN_CODE = Text("{column}: “{name}” is none of {known}", "{column}：“{name}”不在可选范围内；可填：{known}")
PRINTED = Text("the name printed in the plan taken for the indicator {name}", "按规划中的印刷名称识别为指标“{name}”")
IN_BRACKETS = Text("{inside} in brackets taken as {column}", "括号中的“{inside}”作为{column}")
NUMBER_OFF = Text("numbering before the name left out", "去掉名称前的序号")
AS_PART = Text("{name} taken as {column}", "“{name}”作为{column}")


def key(text: str) -> str:
    """A name as it is compared: plain, and all dashes one.

    >>> key("0—6岁 儿童") == key("0～6岁儿童")
    True
    """
    return DASHES.sub("-", plain(text))


class RefusedError(Exception):
    """A row cannot be taken: why, and the column whose cell is to be mended."""

    def __init__(self, why: Text, column: str = "") -> None:
        super().__init__(why.en)
        self.why, self.column = why, column


@dataclass(frozen=True)
class Named:
    """An indicator that a cell names, with what else the cell says: a scope, a part, a unit; and what was changed."""

    indicator_id: str
    scope: str = ""
    unit: str = ""
    changes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Of:
    """What a value is of: a scope as the tables have it, and a part of it."""

    scope: str
    sex: str = ""
    age_group: str = ""
    area: str = ""
    changes: tuple[Text, ...] = ()


@dataclass
class Place:
    """What a place reports for a year, by all names that it may be called."""

    t: Tables
    found: Reporting
    series: Mapping[str, Mapping[str, tuple[Series, ...]]]
    indicators: Mapping[str, frozenset[tuple[str, str]]]
    bodies: Mapping[str, str]
    places: Mapping[str, str]
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def place_id(self) -> str:
        return self.found.place_id

    def of_place(self, cell: Cell) -> None:
        """Nothing where a cell names this place, or nothing. Raises RefusedError for another one."""
        name = key(written(cell))
        if is_whole(name) or self.places.get(name) == self.place_id or name in ("本县", "本市", "本区", "本地区"):
            return
        told = OTHER_PLACE if name in self.places else UNKNOWN_PLACE
        raise RefusedError(told.format(name=written(cell)[:40], place=self.found.place), "place_id")

    def indicator(self, cell: Cell) -> Named:
        """The indicator that a cell names. Raises RefusedError for none."""
        text = written(cell)
        bare = key(text)
        if is_blank(text):
            raise RefusedError(NO_INDICATOR, "indicator_id")
        if bare.startswith(OF_THESE):
            raise RefusedError(SUBROW, "indicator_id")
        unnumbered = NUMBERED.sub("", bare, count=1) if NUMBERED.match(bare) else bare
        for name, changes in ((bare, ()), (unnumbered.strip("*"), (NUMBER_OFF,))):
            found = self.named(name)
            if found:
                return Named(found.indicator_id, found.scope, found.unit, (*changes, *found.changes))
        raise RefusedError(self.unknown(text, unnumbered), "indicator_id")

    def named(self, bare: str) -> Named | None:
        """The indicator of a plain name, or of one with something in brackets behind it."""
        found = self.indicators.get(bare, frozenset())
        if len({indicator for indicator, _ in found}) == 1:
            indicator, scope = next(iter(found)) if len(found) == 1 else (next(iter(found))[0], "")
            own = bare in map(key, (indicator, *self.name(indicator)))
            changes = () if own else (PRINTED.format(name=self.text(indicator)),)
            return Named(indicator, scope, changes=changes)
        split = BRACKETED.fullmatch(bare)
        outer = self.named(split["name"]) if split else None
        if split is None or outer is None:
            return None
        inside = split["inside"]
        if unit_of(inside, self.units):
            return Named(outer.indicator_id, outer.scope, inside, outer.changes)
        return Named(outer.indicator_id, inside, changes=outer.changes)

    def unknown(self, text: str, bare: str) -> Text:
        """What is said of a name that nobody knows: near ones, and itself only where there are any."""
        names = (
            [name for name in self.indicators if not name.isascii()] if not bare.isascii() else list(self.indicators)
        )
        near = get_close_matches(bare, names, 3, NEAR)
        told = NEAR_ONES.format(name=masked(text)[:40], near=one_of(near)) if near else Text("", "")
        return UNKNOWN_INDICATOR.format(told=told)

    def name(self, indicator_id: str) -> tuple[str, str]:
        """The names of an indicator in both languages."""
        named = self.text(indicator_id)
        return named.zh, named.en

    def text(self, indicator_id: str) -> Text:
        series = next(iter(self.series[indicator_id].values()))[0]
        return paired(series.indicator, "name")

    def of(self, named: Named, cells: Mapping[str, Cell]) -> Of:
        """What a value is of, from the cells for scope, sex, age_group and area. Raises RefusedError."""
        changes: list[Text] = []
        parts = {column: self.part(column, cell, changes) for column, cell in cells.items() if column != "scope"}
        text = written(cells.get("scope"))
        said = named.scope if is_blank(text) else text
        scope = self.scope(named.indicator_id, said)
        if scope is None:
            scope, column, code = self.as_part(named.indicator_id, said)
            if column:
                if parts.get(column) not in ("", None, code):
                    raise RefusedError(UNKNOWN_SCOPE.format(name=said, scopes=self.listed(named.indicator_id)), "scope")
                parts[column] = code
                changes.append(AS_PART.format(name=said, column=self.title(column)))
        elif is_blank(text) and scope:
            changes.append(IN_BRACKETS.format(inside=named.scope, column=self.title("scope")))
        return Of(scope, parts.get("sex", ""), parts.get("age_group", ""), parts.get("area", ""), tuple(changes))

    def scope(self, indicator_id: str, text: str) -> str | None:
        """The scope of an indicator that a text names, None where it names none. Raises RefusedError where the
        indicator has none but named ones, and the text names nothing.
        """
        known = self.series[indicator_id]
        wanted = key(text)
        for scope, series in known.items():
            if wanted and wanted in (key(scope), key(series[0].scope.en)):
                return scope
        if not is_whole(text):
            return None
        if "" not in known:
            raise RefusedError(SCOPE_NEEDED.format(scopes=self.listed(indicator_id)), "scope")
        return ""

    def as_part(self, indicator_id: str, text: str) -> tuple[str, str, str]:
        """The scope, column and code of a text that names a part of the people. Raises RefusedError for any other."""
        bare = plain(text)
        found = ("sex", SEX_OF[bare]) if bare in SEX_OF else ("area", AREA_OF[bare]) if bare in AREA_OF else None
        ages = ages_of(text)[0]
        found = found or (("age_group", ages) if ages else None)
        if found is None or "" not in self.series[indicator_id]:
            raise RefusedError(UNKNOWN_SCOPE.format(name=masked(text)[:40], scopes=self.listed(indicator_id)), "scope")
        return "", *found

    def part(self, column: str, cell: Cell, changes: list[Text]) -> str:
        """The code of a cell for sex, ages or area; "" for all."""
        text = written(cell)
        if is_whole(text):
            return ""
        if column == "age_group":
            ages, changed = ages_of(cell)
            changes += [changed] if changed else []
            code = ages or ""
        else:
            code = {"sex": SEX_OF, "area": AREA_OF}[column].get(plain(text), "")
            changes += (
                [] if text in self.forms(column, code) else [AS_PART.format(name=text, column=self.title(column))]
            )
        if not code:
            known = one_of(self.labels(column) or ["0-6", "65+"])
            raise RefusedError(UNKNOWN_CODE.format(column=self.title(column), name=text[:20], known=known), column)
        return code

    def forms(self, column: str, code: str) -> tuple[str, ...]:
        """The code of a column as the tables and the forms write it."""
        entry = self.t.schemas.codes.get(self.t.schemas.observations.field(column).codes, {}).get(code)
        return (code, entry.label.zh, entry.label.en) if entry else ()

    def code(self, column: str, cell: Cell) -> str:
        """The code that a cell names by itself or by its label; "" for an empty one. Raises RefusedError."""
        text = written(cell)
        if is_blank(text):
            return ""
        codes = self.t.schemas.codes.get(self.t.schemas.observations.field(column).codes, {})
        for code, entry in codes.items():
            if plain(text) in map(plain, (code, entry.label.zh, entry.label.en)):
                return code
        known = one_of(self.labels(column))
        raise RefusedError(UNKNOWN_CODE.format(column=self.title(column), name=masked(text)[:20], known=known), column)

    def labels(self, column: str) -> list[Text]:
        codes = self.t.schemas.codes.get(self.t.schemas.observations.field(column).codes, {})
        return [entry.label for entry in codes.values()]

    def listed(self, indicator_id: str) -> Text:
        """The scopes of an indicator, for people."""
        known = self.series[indicator_id].items()
        return one_of((series[0].scope if scope else NO_SCOPE for scope, series in known), most=8)

    def title(self, column: str) -> Text:
        return self.t.schemas.observations.field(column).title

    def unit(self, series: Iterable[Series], stated: Mapping[str, Unit | None]) -> str:
        """The unit that a value is in: the one of its series that fits all that is stated, by how it is written.

        Raises RefusedError where none does, or several do.
        """
        units = list(dict.fromkeys(one.unit for one in series))
        wanted = self.unit_names(units)
        for written_as, unit in stated.items():
            if unit is None:
                raise RefusedError(UNKNOWN_UNIT.format(name=masked(written_as)[:20], wanted=wanted), "unit_of_measure")
            fitting = [code for code in units if not unit.codes or code in unit.codes]
            if not fitting:
                raise RefusedError(OTHER_UNIT.format(name=masked(written_as)[:20], wanted=wanted), "unit_of_measure")
            units = fitting
        if len(units) > 1:
            raise RefusedError(WHICH_UNIT.format(wanted=wanted), "unit_of_measure")
        return units[0]

    def unit_names(self, units: Iterable[str]) -> Text:
        codes = self.t.schemas.codes["unit_of_measure"]
        return one_of(codes[unit].label if unit in codes else unit for unit in units)

    def body(self, texts: Iterable[str]) -> str:
        """The body that some texts name: the one with the longest name in the first text that has any; "" for none."""
        for text in texts:
            bare = key(text)
            found = [name for name in self.bodies if name in bare]
            if found:
                return self.bodies[max(found, key=len)]
        return ""


def place_of(t: Tables, found: Reporting) -> Place:
    """All names by which what a place reports may be called."""
    series: dict[str, dict[str, tuple[Series, ...]]] = {}
    for form in found.forms:
        for one in form.own:
            scopes = series.setdefault(one.indicator["indicator_id"], {})
            scopes[one.scope.zh] = (*scopes.get(one.scope.zh, ()), one)
    units = unit_words(t.schemas.codes)
    places = {
        key(row[name]): row["place_id"] for row in t.rows("places") for name in ("place_id", "name_zh", "name_en")
    }
    return Place(t, found, series, indicator_names(series), body_names(t, found.place_id), places, units)


def indicator_names(
    series: Mapping[str, Mapping[str, tuple[Series, ...]]],
) -> dict[str, frozenset[tuple[str, str]]]:
    """The indicators, with a scope or none, by their ids, their names, and the names that plans print for them.

    What is an id or a name of one indicator is not looked for among the printed names.
    """
    own: dict[str, set[tuple[str, str]]] = {}
    printed: dict[str, set[tuple[str, str]]] = {}
    for indicator_id, scopes in series.items():
        for scope, listed in scopes.items():
            row = listed[0].indicator
            for name in (indicator_id, row["name_zh"], row["name_en"]):
                own.setdefault(key(name), set()).add((indicator_id, ""))
            for one in listed:
                for aim in one.aims if not one.benchmark else ():
                    printed.setdefault(key(aim.row["name_text"]), set()).add((indicator_id, scope))
    return {name: frozenset(found) for name, found in {**printed, **own}.items() if name}


def body_names(t: Tables, place_id: str) -> dict[str, str]:
    """The bodies of a place that are one body, by their ids and names, also without what all names there begin with."""
    rows = [row for row in t.rows("units") if row["place_id"] == place_id and row["collective"] != "true"]
    full = {key(row[name]): row["unit_id"] for row in rows for name in ("unit_id", "name_zh", "name_en")}
    short: dict[str, set[str]] = {}
    for row in rows:
        short.setdefault(PREFIX.sub("", key(row["name_zh"])), set()).add(row["unit_id"])
    own = {name: units.copy().pop() for name, units in short.items() if len(units) == 1 and len(name) > 2}
    # The form of the office bears the names of bodies to which it may be handed.
    return {**own, **full, key(f"{place_id}-office"): ""}


def years_in(texts: Iterable[str]) -> set[int]:
    """The years that titles name, without those of a plan and of a date.

    >>> years_in(["儿童规划（2021—2025年）2023年监测表，2024年3月填"])
    {2023}
    """
    bare = (NO_YEAR_OF_DATA.sub("", text) for text in texts)
    return {int(year) for text in bare for year in TITLE_YEARS.findall(text)}
