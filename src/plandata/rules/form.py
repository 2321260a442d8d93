"""Rules about the written form of cells and the order of rows, for every table alike."""

from plandata.rules.registry import declare

declare(
    "rows_are_sorted", "form",
    "Rows stand in the order of their key.", "各行按键排序。",
    why="In another order, two versions of a table cannot be compared line by line.", why_zh="次序不一，版本之间无法逐行比较。",
    mend="Run plandata fmt.", mend_zh="运行 plandata fmt。",
    bad="….g02 before ….g01", good="….g01 before ….g02",
)  # fmt: skip
declare(
    "cell_has_no_stray_space", "form",
    "A cell has no space at its ends, no two in a row, no tab and no line end.", "单元格首尾无空格，无连续空格、制表符或换行。",
    why="Cells that look the same are then different to a computer.", why_zh="看似相同的单元格对计算机并不相同。",
    mend="Run plandata fmt, or take the space out.", mend_zh="运行 plandata fmt，或删去空格。",
    bad={"goals": {"label_en": "Maternal  mortality "}}, good={"goals": {"label_en": "Maternal mortality"}},
)  # fmt: skip
declare(
    "cell_is_in_normal_form", "form",
    "Text is in Unicode normal form C, without invisible characters.", "文本为 Unicode NFC，且不含不可见字符。",
    why="The same word in two forms is not found by a search for the other.", why_zh="同一个词的两种编码形式互相搜不到。",
    mend="Run plandata fmt.", mend_zh="运行 plandata fmt。",
    bad={"places": {"name_en": "Cafe\u0301"}}, good={"places": {"name_en": "Caf\u00e9"}},
)  # fmt: skip
declare(
    "figures_are_half_width", "form",
    "Figures and Latin letters are half width.", "数字和拉丁字母用半角。",
    why="Full-width figures do not compare with others.", why_zh="全角数字无法与半角比较。",
    mend="Write 12 instead of １２.", mend_zh="把 １２ 写作 12。",
    bad={"targets": {"value_text": "１２/10万以下"}}, good={"targets": {"value_text": "12/10万以下"}},
)  # fmt: skip
declare(
    "cell_does_not_run_in_a_spreadsheet", "form",
    "A text does not begin with = + - or @.", "文本不以 = + - @ 开头。",
    why="A spreadsheet takes it for a formula and may run it.", why_zh="电子表格会把它当作公式执行。",
    mend="Begin the text with another character.", mend_zh="换一个开头。",
    bad={"goals": {"label_en": "=HYPERLINK(1)"}}, good={"goals": {"label_en": "Maternal mortality"}},
)  # fmt: skip
