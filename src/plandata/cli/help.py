"""The help of the commands in Chinese, under a Chinese locale: its wording, and how it is laid out.

Help is written in English where an option or a command is declared; CHINESE has the Chinese of each of its paragraphs,
and a test asks for every one. The layout is our own since the library's counts a Chinese character as one cell, breaks
lines at spaces alone, and says its own words in English.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator

import typer
from typer.core import TyperCommand, TyperGroup

from plandata.cli.common import language

EXAMPLE, EXAMPLE_ZH = "Example: ", "示例："
WIDEST, INDENT, GAP = 100, "  ", 2
# The names of options take at most this part of a line; longer ones have their text below.
NAMES = 0.4
# What stands in a line as a whole: a run of Latin signs, or one character, with the signs that open and close it.
PIECE = re.compile(r"[（“《\[]?(?:[!-~]+|.)[，。；：、）”》？！\]]*")
# What the library puts into the help of an option behind the words: [default: 1; required].
EXTRA = re.compile(r"  \[(.*)\]$")
EXTRAS = {"default: ": "默认：", "env var: ": "环境变量：", "required": "必填"}
USAGE, ARGUMENTS, OPTIONS, COMMANDS = "用法：", "参数：", "选项：", "命令："
PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}

CHINESE = {
    "The open dataset of Chinese local women's and children's development plans: check it, read it, use it.": (
        "中国地方妇女儿童发展规划开放数据集：检查、查阅、使用。"
    ),
    "Print the version and stop.": "显示版本号后退出。",
    "For developers: show all of an error that nobody foresaw.": "供开发者使用：完整显示意料之外的错误。",
    "Install completion for the current shell.": "为当前命令行环境安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "显示当前命令行环境的自动补全脚本，供复制或自行安装。"
    ),
    "Show this message and exit.": "显示本帮助后退出。",
    # What several commands have.
    "The folder of a package. Default: the one in this folder, else the shipped edition.": (
        "数据包所在文件夹。默认：当前文件夹中的数据包；没有时用随软件发布的版本。"
    ),
    "Language of what is said. Default: that of the locale.": "显示语言。默认：随系统语言。",
    "Language of what is said and written.": "显示和写出内容所用的语言。",
    "Write to this file.": "写入此文件。",
    "A new or empty folder to write into.": "写入的文件夹，须为新建或空文件夹。",
    "A new or empty folder for the files.": "存放文件的文件夹，须为新建或空文件夹。",
    "Form of the report.": "报告形式。",
    "Form of the comparison.": "对比结果的形式。",
    "Print JSON: the records of the static API, rows/ID.json.": "以 JSON 输出，与静态接口的 rows/ID.json 相同。",
    # validate, fmt, explain, verify
    "Check a package: files, schemas, cells, keys, coding rules. Every finding of one run is reported.": (
        "检查数据包：文件、表结构、单元格、键、编码规则。一次运行报告全部问题。"
    ),
    "Also verify against the texts in this folder.": "同时对照此文件夹中的原文进行核验。",
    "Bring the tables into canonical form, and renew what is made from them: datapackage.json, the pages of codes, the "
    "list of ids and the example of observations, where the package has a place for them.": (
        "把数据表整理为规范形式，并更新由其生成的内容：datapackage.json，以及数据包中有其位置的代码页、标识清单和监测值示例。"
    ),
    "It changes how cells are written, never what they say, and does not look for mistakes: plandata validate does.": (
        "只改变单元格的写法，不改变其内容，也不查错；查错请用 plandata validate。"
    ),
    "Exit code 1: with --check, a file differs.": "退出码 1：使用 --check 时有文件与应有的不同。",
    "The folder of the package under work, which holds package.yaml. Default: this folder.": (
        "正在编辑的数据包文件夹，其中有 package.yaml。默认：当前文件夹。"
    ),
    "Only say which files differ; write nothing.": "只指出哪些文件不同，不写入。",
    "Also prove the rows against the texts in this folder, and renew the record of it (docs/data/verification.json).": (
        "同时对照此文件夹中的原文核验各行，并更新核验记录（docs/data/verification.json）。"
    ),
    "Say what a rule checks, why, how to mend, with a bad and a good example.": (
        "说明一条规则检查什么、为什么、如何修改，并举一错一对两例。"
    ),
    "The id of a rule. Without one, all rules are listed.": "规则标识。不写则列出全部规则。",
    "Prove the rows against the texts: fingerprints, figures, units, and that every number is accounted for.": (
        "对照原文核验各行：指纹、数值、单位，以及每个数字均有着落。"
    ),
    "The folder that holds the texts of the documents (any file names).": "存放文件原文的文件夹（文件名不限）。",
    # draft, adopt
    "Draft the tables of a plan from its text, with every doubt listed and a page to review them.": (
        "由规划原文起草数据表，列出全部存疑之处，并附审核页面。"
    ),
    "Exit code 1: there are doubts, as there mostly are.": "退出码 1：有存疑之处；多数情况如此。",
    "The document as published: .txt, .html, .docx, .pdf or .ofd; several in their order.": (
        "公布的文件：.txt、.html、.docx、.pdf 或 .ofd；有多个时按顺序列出。"
    ),
    "The id of the place, as yunting. Default: its name in pinyin.": "地方的标识，如 yunting。默认：地名的拼音。",
    "Take a judged draft over into a package: all of its rows, or none.": (
        "把审核过的草稿并入数据包：要么全部并入，要么一行不并。"
    ),
    "Exit code 1: doubts are open, ids clash or rules are broken; then nothing is changed.": (
        "退出码 1：存疑未决、标识冲突或违反规则；此时不作任何改动。"
    ),
    "The folder that plandata draft wrote.": "plandata draft 写出的文件夹。",
    "The folder of the package that takes it. Default: this folder.": "并入哪个数据包文件夹。默认：当前文件夹。",
    "Also prove the rows against the texts in this folder.": "同时对照此文件夹中的原文核验各行。",
    # search, show, compare, cite, export
    "Find places, indicators, bodies, plans, goals, measures, targets and codes by words of either language.": (
        "用中文或英文查找地方、指标、单位、规划、目标、措施、目标值和代码。"
    ),
    "Chinese is found wherever it stands, English where a word begins; synonyms count (卫健委, MMR). A pasted sentence "
    "finds what shares most with it.": (
        "中文按任意位置匹配，英文按词首匹配，同义词和简称一并查找（如卫健委、MMR）。粘贴整句时，找出与其相同之处最多的条目。"
    ),
    "Exit code 1: nothing is found.": "退出码 1：没有找到。",
    "A word, a name, an id or a sentence.": "词语、名称、标识或句子。",
    "Only rows of this table, such as units or goals; codes for codes.": (
        "只查此数据表的行，如 units（单位）或 goals（目标）；codes 为代码。"
    ),
    "Only what belongs to this place: its id or name.": "只查属于此地方的内容：地方的标识或名称。",
    "Form of the list.": "列表的形式。",
    "So many hits at most; 0 for all.": "最多显示多少条；0 为全部。",
    "Show one row with all that hangs on it: targets in words, bodies, anomalies, neighbours.": (
        "显示一行及与其相关的全部内容：目标值的文字表述、单位、异常、相邻条目。"
    ),
    "A name that several rows have is answered with the list of them, and exit code 2.": (
        "名称对应多行时列出这些行，退出码 2。"
    ),
    "The id of a row of any table, or its name in either language.": "任一数据表中某行的标识，或其中文或英文名称。",
    "Also print the original wording, from the texts in this folder.": "同时显示此文件夹中原文的措辞。",
    "Compare an indicator's targets over places and populations, the strictest first.": (
        "比较同一指标在各地方、各人群的目标值，最严的在前。"
    ),
    "With --group and no indicator, all targets about the group.": (
        "只写 --group 而不写指标时，列出关于该人群的全部目标值。"
    ),
    "The id of an indicator, or a word of its name in either language.": "指标标识，或其中文、英文名称中的词。",
    "Only targets about this target group, such as rural or 农村.": "只列关于此人群的目标值，如 rural 或 农村。",
    "Form of the comparison; svg and png are dot plots.": "对比结果的形式；svg 和 png 为点图。",
    "Print how to cite the dataset, one plan or one row.": "显示如何引用本数据集、某一规划或某一行。",
    "A plan or other row. Default: the whole dataset.": "规划或其他行的标识。默认：整个数据集。",
    "Style; gb7714 is GB/T 7714-2025.": "引用格式；gb7714 为 GB/T 7714—2025。",
    "Write the dataset in other formats, each with all tables and one flat table; excel is for reading and printing.": (
        "以其他格式写出数据集，每种格式都有全部数据表和一张宽表；excel 供阅读和打印。"
    ),
    "Language of what is in one: excel, spss, stata. Default: a file for each.": (
        "只含一种语言的格式（excel、spss、stata）写哪种语言。默认：每种语言一个文件。"
    ),
    "Formats, parted by commas: {}.": "格式，以英文逗号分隔：{}。",
    # diff
    "Tell what a new edition changes, row by row, and the version that it must bear.": (
        "逐行列出新版改动了什么，以及新版应有的版本号。"
    ),
    "Exit code 0: equal; 1: different, or ids are gone that retired_ids does not name, which are then all that is "
    "told.": ("退出码 0：相同；1：不同，或有标识消失而未列入 retired_ids，此时只列出这些标识。"),
    "The old edition. The folder of a package, its datapackage.json, or a zip of plandata export.": (
        "旧版：数据包文件夹、其中的 datapackage.json，或 plandata export 写出的 zip 文件。"
    ),
    "The new edition. The folder of a package, its datapackage.json, or a zip of plandata export. Default: the one in "
    "this folder, else the shipped edition.": (
        "新版：数据包文件夹、其中的 datapackage.json，或 plandata export 写出的 zip 文件。"
        "默认：当前文件夹中的数据包；没有时用随软件发布的版本。"
    ),
    "Form; json makes the new edition of the old one.": "形式；json 可由旧版得出新版。",
    "Write a data descriptor, a datasheet and DataCite metadata, with every number computed from the package.": (
        "生成数据论文、数据集说明书和 DataCite 元数据，数字全部由数据包计算。"
    ),
    "What only the authors know stays an open field in the text, and is listed at the end.": (
        "只有作者知道的内容在文中留作待填项，并在结束时列出。"
    ),
    # assess
    "Hold observed values against every target: status, reason, early warnings, rate of targets met.": (
        "把监测值与每项目标值对照：状态、理由、预警、达标率。"
    ),
    "Exit code 1: the file has findings, or rows that fit no target were refused.": (
        "退出码 1：文件存在问题，或有对应不到目标值的行被拒收。"
    ),
    "CSV file of observed values (schemas/observations.yaml).": "监测值 CSV 文件（格式见 schemas/observations.yaml）。",
    "Use the shipped example: the values of 2020 that the plans print.": "使用随软件发布的示例：规划所印的2020年数值。",
    "The year to judge. Default: the newest with at least half the values of the fullest.": (
        "评估年份。默认：数值不少于最全年份一半的最近一年。"
    ),
    "How many years older a value may be that stands in; 0 for none.": "可用几年以内的旧值代替；0 为不代替。",
    "Judge the plans of this place alone; may be repeated.": "只评估此地方的规划；可重复使用。",
    "Judge this plan alone; may be repeated.": "只评估此规划；可重复使用。",
    "Hide counts under five, what is computed from them and what would give them away.": (
        "隐去小于5的人数、由其算出的数值，以及可据以反推的数值。"
    ),
    "Points that a trend needs.": "计算趋势所需的数据点数。",
    "How far from an approximate value meets it, a share from 0 to 1.": "与约数相差多少仍算达到，0至1的比例。",
    "How far behind the line still is up to it, a share from 0 to 1 of the way.": (
        "落后于进度线多少仍算跟上，占全程的比例，0至1。"
    ),
    "How far from the target counts as met in the main (基本实现), a share from 0 to 1; 0 for none.": (
        "与目标值相差多少算基本实现，0至1的比例；0为不使用。"
    ),
    "Decimals of the rates.": "比率的小数位数。",
    "Movement that cancels out in a volatile series, a share from 0 to 1.": "波动序列中相互抵消的变动，0至1的比例。",
    "Range below which no series is volatile, a share from 0 to 1 of the median.": (
        "变动幅度低于此值的序列不算波动，占中位数的比例，0至1。"
    ),
    # monitor
    "A year of monitoring for one place: workbooks out and back, the report, notices, what changed.": (
        "一个地方一年的监测工作：发出和收回填报表、报告、提示、变化。"
    ),
    "Write who leads and who shares which goals and measures (责任分解表), as workbook and as document.": (
        "生成责任分解表：各项目标和措施由谁牵头、由谁负责，表格和文档各一份。"
    ),
    "The place: its id in the table places.": "地方：places 表中的标识。",
    "Write the workbooks that the lead units fill for a year, one a body, and the list of them.": (
        "生成牵头单位某一年度的填报表，每单位一个文件，并附清单。"
    ),
    "The year that the values are of.": "数值所属年份。",
    "CSV file of earlier observations: its newest values stand beside the cells to fill.": (
        "以往监测值的 CSV 文件：其中最新数值列在待填单元格旁。"
    ),
    "Write the monitoring report of a place: Word, HTML, Excel and JSON, all with the same numbers, and a dashboard.": (
        "生成一个地方的监测报告：Word、HTML、Excel 和 JSON，数字一致，并附看板。"
    ),
    "Exit code 1: the observations have findings, which are printed; then nothing is written.": (
        "退出码 1：监测值存在问题并已列出；此时不写任何文件。"
    ),
    "A report of the year, of the middle or of the end of the plans.": "年度报告、规划中期报告或终期报告。",
    "Read what came back (.xlsx .xlsm .xls .ods .csv .tsv .txt) into one file of observations.": (
        "把收回的文件（.xlsx .xlsm .xls .ods .csv .tsv .txt）汇总为一个监测值文件。"
    ),
    "Nothing is guessed: a row is taken exactly, or refused with the cell and how to mend it. returns.csv tells what "
    "became of each row; copies of the workbooks bear the findings as notes. The files themselves are never written "
    "to.": (
        "不作猜测：每行要么原样采用，要么拒收并指明单元格和改法。returns.csv 列明每行的处理结果；"
        "填报表的副本以批注标出问题。收回的文件本身不会被改动。"
    ),
    "Exit code 1: rows or files were refused, values or bodies are missing.": (
        "退出码 1：有行或文件被拒收，或者缺少数值或单位。"
    ),
    "What came back: workbooks, CSV files, folders of them.": "收回的文件：填报表、CSV 文件，或存放它们的文件夹。",
    "CSV file of earlier observations: its rows are kept, and another value becomes a revision.": (
        "以往监测值的 CSV 文件：其各行保留，数值不同的记为修订。"
    ),
    "Write a page of all targets of a place, to be filtered and searched in a browser without a network.": (
        "生成一个地方全部目标值的页面，不用网络即可在浏览器中筛选和查找。"
    ),
    "Exit code 1: the file has findings, or rows that fit no target were refused; with findings nothing is written.": (
        "退出码 1：文件存在问题，或有对应不到目标值的行被拒收；存在问题时不写任何文件。"
    ),
    "Compare two files of observations: revised values, new and lost rows, moved verdicts.": (
        "比较两个监测值文件：修订的数值、新增和缺失的行、变化的结论。"
    ),
    "Exit code 0: nothing moved; 1: something did; 2: a file cannot be read, or has findings (which are printed).": (
        "退出码 0：没有变化；1：有变化；2：文件无法读取，或存在问题（并已列出）。"
    ),
    "CSV file of the observations before.": "此前监测值的 CSV 文件。",
    "CSV file of the observations now.": "当前监测值的 CSV 文件。",
    "The year to judge both files at. Default: the newest full one of NEW.": (
        "两个文件的评估年份。默认：NEW 中数值较全的最近一年。"
    ),
    "Judge each file at its own year: last year's verdicts beside this year's.": (
        "各文件按自己的年份评估：去年的结论与今年的并列。"
    ),
    "Write a warning notice or feedback to each lead body, and the register of warnings.": (
        "生成发给各牵头单位的预警提示或反馈，以及预警台账。"
    ),
    "register.csv of the year before; it is read, never written to.": "上一年的 register.csv；只读取，不改动。",
    "The day of the notices, 2024-05-10. Default: left blank.": "提示的日期，如 2024-05-10。默认：留空。",
}


class Command(TyperCommand):
    """A command whose help is in the language of the locale."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return chinese_help(self, ctx) if language(None) == "zh" else super().get_help(ctx)


class Group(TyperGroup):
    """A group of commands whose help is in the language of the locale."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return chinese_help(self, ctx) if language(None) == "zh" else super().get_help(ctx)


def chinese(paragraph: str) -> str:
    """A paragraph of help in Chinese; "" for one that CHINESE does not have.

    >>> chinese("Example: plandata cite --style bibtex"), chinese("Write to this file.")
    ('示例：plandata cite --style bibtex', '写入此文件。')
    """
    told = " ".join(paragraph.split())
    if not told or told.startswith(EXAMPLE):
        return told.replace(EXAMPLE, EXAMPLE_ZH, 1)
    if told in CHINESE:
        return CHINESE[told]
    filled = (
        (re.fullmatch(re.escape(en).replace(r"\{\}", "(.*)"), told), zh) for en, zh in CHINESE.items() if "{}" in en
    )
    return next((zh.format(*found.groups()) for found, zh in filled if found), "")


def chinese_help(command: TyperCommand | TyperGroup, ctx: typer.Context) -> str:
    """The help of a command in Chinese; what CHINESE does not have stays as it is."""
    room = min(shutil.get_terminal_size().columns, WIDEST)
    usage = " ".join(PIECES.get(piece, piece) for piece in command.collect_usage_pieces(ctx))
    lines = [f"{USAGE}{ctx.command_path} {usage}"]
    for paragraph in (command.help or "").split("\n\n"):
        lines += ["", *(INDENT + line for line in wrapped(chinese(paragraph) or paragraph, room - len(INDENT)))]
    for head, rows in listed(command, ctx):
        if rows:
            lines += ["", head, *table(rows, room)]
    return "\n".join(lines)


def listed(command: TyperCommand | TyperGroup, ctx: typer.Context) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The sections of a command's help: what each is headed with, and the names and texts of its rows."""
    records = [(param.param_type_name, param.get_help_record(ctx)) for param in command.get_params(ctx)]
    for head, kind in ((ARGUMENTS, "argument"), (OPTIONS, "option")):
        yield head, [(record[0], option(record[1])) for own, record in records if own == kind and record]
    if isinstance(command, TyperGroup):
        named = ((name, command.get_command(ctx, name)) for name in command.list_commands(ctx))
        firsts = [(name, (found.help or "").split("\n\n")[0]) for name, found in named if found and not found.hidden]
        yield COMMANDS, [(name, chinese(first) or first) for name, first in firsts]


def option(told: str) -> str:
    """The help of an option in Chinese, with what the library says behind it.

    >>> option("Write to this file.  [default: 1; required]")
    '写入此文件。[默认：1；必填]'
    """
    extra = EXTRA.search(told)
    words = EXTRA.sub("", told)
    if not extra:
        return chinese(words) or words
    parts = extra[1].split("; ")
    for en, zh in EXTRAS.items():
        parts = [zh + part.removeprefix(en) if part.startswith(en) else part for part in parts]
    return f"{chinese(words) or words}[{'；'.join(parts)}]"


def table(rows: list[tuple[str, str]], room: int) -> Iterator[str]:
    """Names with their texts beside them, or below where the name is long."""
    most = int(room * NAMES)
    width = max((cells(name) for name, _ in rows if cells(name) <= most), default=most)
    start = len(INDENT) + width + GAP
    for name, text in rows:
        lines = wrapped(text, room - start)
        fits = cells(name) <= width
        first = lines.pop(0) if fits and lines else ""
        yield f"{INDENT}{name}{' ' * (width - cells(name) + GAP) if first else ''}{first}"
        yield from (" " * start + line for line in lines)


def wrapped(text: str, room: int) -> list[str]:
    """A text as lines of at most so many cells, broken between characters that are no Latin, or at spaces.

    >>> wrapped("用 plandata search 查找，再看。", 12)
    ['用 plandata', 'search 查', '找，再看。']
    """
    lines = [""]
    for piece in PIECE.findall(text):
        if lines[-1] and cells(lines[-1]) + cells(piece.rstrip()) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        if piece.strip() or lines[-1]:
            lines[-1] += piece
    return [line.rstrip() for line in lines if line.strip()]


def cells(text: str) -> int:
    """How many cells of a terminal a text takes; rich knows it better, but takes longer to load than help may.

    >>> cells("ab规划")
    6
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
