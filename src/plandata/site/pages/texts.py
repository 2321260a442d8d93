"""Pages from texts that people write: those of docs/, the changelog, how to take part; and how to cite."""

import re
from collections.abc import Iterator

from markupsafe import Markup

from plandata.files import TEXT_BYTES, inside, utf8
from plandata.read.policy import plans_with
from plandata.site.edition import Edition
from plandata.site.page import DATA, Kind, Nav, Values, kind
from plandata.text import Text
from plandata.words import Words

# The texts link to the pages by their files; on the site they stand beside them.
TO_DOCS = re.compile(r"\]\(docs/([a-z-]+)\.[a-z]+\.md")
USE = Text("Use", "使用")
# A number that the texts hold and the tables give: how many plans there are, or prescribe a kind of duty.
COMPUTED = re.compile(r"<!--=(\w+)-->[0-9]*<!--/-->")


def written(path: str, nav: Nav, description: Text, file: Text | None = None) -> Kind:
    """A page made from a Markdown file, whose own heading is its title; without one, from docs/PATH.LANG.md."""
    files = file or Text(f"docs/{path}.en.md", f"docs/{path}.zh.md")

    def make(edition: Edition, say: Words) -> Iterator[Values]:
        text = computed(utf8(inside(edition.package.root, say(files)), TEXT_BYTES), edition)
        yield {"text": Markup(TO_DOCS.sub(r"](\1.md", text))}  # noqa: S704 - Markdown of our own

    return Kind(path, "text.md.j2", Text("", ""), description, make, nav, hide=(), linked=True)


def computed(text: str, edition: Edition) -> str:
    """A text with its marked numbers as the tables give them."""

    def number(mark: re.Match[str]) -> str:
        return str(len(edition.plans if mark[1] == "plans" else plans_with(edition.tables, mark[1])))

    return COMPUTED.sub(number, text)


WRITTEN = [
    written(
        "codebook", Nav(53, Text("Codebook", "编码手册"), DATA),
        Text("How a plan becomes rows: what needs judgement.", "一份规划如何变成数据行：需要判断的事项。"),
    ),
    written(
        "codes", Nav(54, Text("Codes", "代码"), DATA),
        Text("Every code with its definition and an example.", "每个代码的定义与示例。"),
    ),
    written(
        "api", Nav(57, Text("Static API", "静态接口"), DATA),
        Text(
            "An address for every row: page and JSON, their fields and schema.",
            "每一行都有地址：网页与 JSON，及其字段和模式。",
        ),
    ),
    written(
        "guide", Nav(60, Text("Guide", "使用指南"), USE),
        Text("Five analyses in Python, step by step.", "用 Python 完成的五个分析。"),
    ),
    written(
        "monitor", Nav(61, Text("A year of an office", "一年的监测工作"), USE),
        Text(
            "What an office does in a year of monitoring, and with which command.",
            "一年的监测工作分哪几步，各用什么命令。",
        ),
    ),
    written(
        "method-assessment", Nav(62, Text("Assessment method", "评估方法"), USE),
        Text("How reported values are held against targets.", "如何将监测值与目标值比对。"),
    ),
    written(
        "contribute", Nav(63, Text("Contribute", "参与"), USE),
        Text("How to correct a row, add a plan, a code or a rule.", "如何改正一行，增加规划、代码或规则。"),
        Text("CONTRIBUTING.md", "docs/contribute.zh.md"),
    ),
    written(
        "changelog", Nav(64, Text("Changelog", "更新日志"), USE),
        Text("What each version changed.", "各版本的变化。"), Text("CHANGELOG.md", "docs/changelog.zh.md"),
    ),
]  # fmt: skip


@kind(
    "cite", "cite.md.j2", Text("Cite", "引用"),
    Text("How to cite the dataset, a plan or a row.", "如何引用数据集、规划或单行数据。"),
    nav=Nav(65, Text("Cite", "引用"), USE), hide=(),
)  # fmt: skip
def cite(edition: Edition, say: Words) -> Iterator[Values]:
    """The citation of the dataset in each style; a single row is cited from its own place."""
    yield {"citations": edition.citations}
