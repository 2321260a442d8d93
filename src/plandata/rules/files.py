"""Rules about the package and its files, checked while they are opened and read."""

from plandata.rules.registry import declare

FMT = "Run plandata fmt, which writes it anew."
FMT_ZH = "运行 plandata fmt 重新写出。"

declare(
    "table_is_listed", "files",
    "Every table of the package is listed once in datapackage.json.", "数据包的每张表都在 datapackage.json 中列出一次。",
    why="A table that is not listed is not checked; of one listed twice, nobody knows which file counts.", why_zh="未列出的表不会被检查；列出两次则不知以哪个文件为准。",
    mend=FMT, mend_zh=FMT_ZH,
    bad='"resources": []', good='"resources": [{"name": "targets", "path": "data/targets.csv", …}, …]',
)  # fmt: skip
declare(
    "table_is_known", "files",
    "Every listed table is one of the tables that the schemas describe.", "列出的每张表都有表结构说明。",
    why="Nothing says what its columns mean, so nobody can rely on it.", why_zh="没有结构说明的表无法使用。",
    mend="Take it out of datapackage.json, or describe it in schemas/.", mend_zh="从 datapackage.json 中移除，或在 schemas/ 中加以说明。",
    bad='{"name": "goals2", "path": "data/goals2.csv"}', good='{"name": "goals", "path": "data/goals.csv"}',
)  # fmt: skip
declare(
    "path_stays_in_the_package", "files",
    "A resource path names a file inside the package.", "资源路径只指向数据包内的文件。",
    why="A path that leads elsewhere could read or publish other files; it was not opened.", why_zh="指向别处的路径可能读出或发布其他文件；未打开。",
    mend="Put the file below the package and write its relative path.", mend_zh="把文件放进数据包，并写相对路径。",
    bad='"path": "../secret.csv"', good='"path": "data/targets.csv"',
)  # fmt: skip
declare(
    "listed_file_exists", "files",
    "Every listed file exists.", "列出的文件都存在。",
    why="Its table cannot be read, so nothing that depends on it was checked.", why_zh="该表无法读取，相关内容都未检查。",
    mend="Restore the file, or run plandata fmt.", mend_zh="恢复该文件，或运行 plandata fmt。",
    bad="data/units.csv is missing", good="data/units.csv exists",
)  # fmt: skip
declare(
    "file_is_listed", "files",
    "Every file in data/ is listed in datapackage.json.", "data/ 中的每个文件都列在 datapackage.json 中。",
    why="A file that is not listed is neither checked nor published.", why_zh="未列出的文件既不检查也不发布。",
    mend="List it with plandata fmt if it is a table, else remove it.", mend_zh="若是数据表，运行 plandata fmt 列入；否则移走。",
    bad="data/notes.csv beside the tables", good="only the listed tables in data/",
)  # fmt: skip
declare(
    "file_matches_its_hash", "files",
    "The size and SHA-256 of a file are those that datapackage.json states.", "文件的大小与 SHA-256 和 datapackage.json 所记一致。",
    why="The file was changed after the descriptor was written, or damaged on its way.", why_zh="文件在写出描述文件之后被改动，或在传输中损坏。",
    mend="If you changed it, run plandata fmt; if not, fetch it anew.", mend_zh="若是有意修改，运行 plandata fmt；否则重新获取。",
    bad="a cell edited, datapackage.json not rewritten", good="plandata fmt run after the edit",
)  # fmt: skip
declare(
    "file_is_plain_utf8", "files",
    "A file is UTF-8 text.", "文件为 UTF-8 文本。",
    why="In another encoding Chinese text reads as garbage; the table was not checked.", why_zh="其他编码会使中文成为乱码；该表未检查。",
    mend="Save it as UTF-8 (in Excel: CSV UTF-8), then run plandata fmt.", mend_zh="另存为 UTF-8（Excel：CSV UTF-8），再运行 plandata fmt。",
    bad="places.csv saved as GBK", good="places.csv saved as UTF-8",
)  # fmt: skip
declare(
    "file_has_no_byte_order_mark", "files",
    "A file has no byte order mark.", "文件不带 BOM。",
    why="Many tools take the mark for part of the first column's name.", why_zh="许多工具会把它当作首列列名的一部分。",
    mend=FMT, mend_zh=FMT_ZH, bad="\\ufeffplace_id,name_zh,…", good="place_id,name_zh,…",
)  # fmt: skip
declare(
    "file_has_no_nul", "files",
    "A file has no NUL bytes.", "文件中没有 NUL 字节。",
    why="The file was damaged or is not text.", why_zh="文件已损坏或不是文本。",
    mend="Restore the file from the last good version.", mend_zh="从上一个完好版本恢复。",
    bad="weining\\0,…", good="weining,…",
)  # fmt: skip
declare(
    "line_ends_are_lf", "files",
    "Lines end with LF alone.", "行尾只用 LF。",
    why="Mixed line ends make every line differ between two versions.", why_zh="行尾不一会使版本比较时每行都不同。",
    mend=FMT, mend_zh=FMT_ZH, bad="…,false\\r\\n", good="…,false\\n",
)  # fmt: skip
declare(
    "file_ends_with_a_line_end", "files",
    "The last line of a file ends with LF.", "文件末行以 LF 结尾。",
    why="The last row may be cut off.", why_zh="末行可能已被截断。",
    mend="Look at the last row, then run plandata fmt.", mend_zh="核对末行，再运行 plandata fmt。",
    bad="…,false", good="…,false\\n",
)  # fmt: skip
declare(
    "file_is_not_empty", "files",
    "A file has a header.", "文件有表头。",
    why="An empty file is a lost table.", why_zh="空文件意味着整表丢失。",
    mend="Restore the file from the last good version.", mend_zh="从上一个完好版本恢复。",
    bad="a file of 0 bytes", good="place_id,name_zh,…",
)  # fmt: skip
declare(
    "table_has_rows", "files",
    "A table has at least one row.", "表至少有一行数据。",
    why="A header alone is mostly a table that was lost.", why_zh="只有表头多半是数据丢失。",
    mend="Restore the rows.", mend_zh="恢复数据行。",
    bad="place_id,name_zh,…\\n", good="place_id,name_zh,…\\nweining,…\\n",
)  # fmt: skip
declare(
    "column_is_present", "files",
    "A table has every column of its schema.", "表含有结构规定的每一列。",
    why="The rows of this table could not be checked without it.", why_zh="缺少该列，本表各行无法检查。",
    mend="Add the column, empty where nothing is known.", mend_zh="补上该列，未知处留空。",
    bad="place_id,name_zh", good="place_id,name_zh,name_en,gb_code,level,province_zh,province_en",
)  # fmt: skip
declare(
    "column_is_known", "files",
    "A table has no column beyond its schema.", "表没有结构之外的列。",
    why="Nothing says what the column means; the rows were not checked.", why_zh="没有说明该列含义；各行未检查。",
    mend="Remove it, or describe it in schemas/.", mend_zh="删除，或在 schemas/ 中说明。",
    bad="place_id,name_zh,…,remark", good="place_id,name_zh,…",
)  # fmt: skip
declare(
    "column_stands_once", "files",
    "A column stands once.", "列名不重复。",
    why="It is not clear which of the two counts; the rows were not checked.", why_zh="不知以哪一列为准；各行未检查。",
    mend="Keep the right one.", mend_zh="保留正确的一列。",
    bad="place_id,level,level", good="place_id,level",
)  # fmt: skip
declare(
    "columns_are_in_order", "files",
    "The columns stand in the order of the schema.", "列的次序与结构一致。",
    why="Readers that go by position take one column for another.", why_zh="按位置读取的工具会错列。",
    mend="Put the columns in the order that the finding shows.", mend_zh="按提示的次序排列。",
    bad="name_zh,place_id,…", good="place_id,name_zh,…",
)  # fmt: skip
declare(
    "row_has_every_cell", "files",
    "A row has as many cells as the header.", "每行的单元格数与表头相同。",
    why="A comma too many or too few shifts every later cell of the row.", why_zh="多一个或少一个逗号，其后各格都会错位。",
    mend="Compare the row with the header; quote cells that hold commas.", mend_zh="对照表头；含逗号的单元格加引号。",
    bad="weining,威宁", good="weining,威宁彝族回族苗族自治县,…",
)  # fmt: skip
declare(
    "quotes_are_closed", "files",
    "A quoted cell is closed by a quote.", "引号成对。",
    why="All that follows an open quote becomes one cell; of this row, only its own line was read.", why_zh="未闭合的引号会吞掉其后内容；本行只读了这一行。",
    mend="Close the quote on this row, or double a quote that is meant.", mend_zh="在本行补上引号；若引号是内容，写成两个。",
    bad='weining,"威宁', good='weining,"威宁"',
)  # fmt: skip
