"""A small plan of a place that does not exist, and what a curator writes into its draft before it is adopted."""

import csv
from pathlib import Path

from layouts import Source

LEAD = "牵头单位：县卫生健康局；责任单位：县妇联"
TEACH = "牵头单位：县教育局；责任单位：县妇联"
PLAN = Source(
    "云汀县妇女发展规划（2021—2025年）",
    "到2025年，全县妇女事业发展更上一层。",
    [
        (
            "妇女与健康",
            "women",
            [("孕产妇死亡率控制在9/10万以下。", LEAD), ("妇女健康素养水平不断提高。", LEAD)],
            [("提升妇女健康素养。到村里去讲，把道理说明白。", ""), ("关心妇女心理健康。开通热线，耐心倾听。", "")],
        ),
        (
            "妇女与教育",
            "women",
            [("高中阶段教育毛入学率达到95%以上。", TEACH)],
            [("办好老年教育，让终身学习的大门更开放。请退休教师上课。", "")],
        ),
    ],
    implementation=["保障经费。经费列入预算。"],
    monitoring=["做好统计监测。数据说话。"],
)
NOTICE = ["云汀县人民政府关于印发云汀县妇女发展规划的通知", "云政发〔2021〕12号", "云汀县人民政府", "2021年12月13日"]
# The labels that a curator writes, by the end of the id; all of them are those of like items of the edition.
LABELS = {
    "overall": ("妇女事业发展总体目标", "Overall objective for women's development"),
    "health.m01": ("妇女健康素养的提升", "Improvement of women's health literacy"),
    "health.m02": ("妇女心理健康的促进", "Promotion of women's mental health"),
    "education.m01": (
        "开放的终身学习体系与老年教育",
        "Open lifelong learning system and education for older people",
    ),
    "implementation.m01": ("妇女发展经费保障", "Funding for women's development"),
    "monitoring.m01": ("妇女发展的统计监测", "Statistical monitoring of women's development"),
}
PROVINCE = {"province_zh": "贵州省", "province_en": "Guizhou"}


def rewrite(path: Path, change: dict[str, dict[str, str]]) -> None:
    """Writes cells into the rows of a table whose first key ends with a text."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or [])
        rows = list(reader)
    for row in rows:
        for end, cells in change.items():
            if row[columns[0]].endswith(end):
                row |= cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def settle(drafted: Path) -> None:
    """Says of every doubt that it was judged."""
    path = drafted / "doubts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([head, *([*row[:-1], "yes"] for row in rows)])


def judge(drafted: Path) -> None:
    """What a curator does with the draft of PLAN."""
    labels = {end: {"label_zh": zh, "label_en": en} for end, (zh, en) in LABELS.items()}
    rewrite(drafted / "data" / "goals.csv", labels)
    rewrite(drafted / "data" / "measures.csv", labels)
    rewrite(drafted / "data" / "places.csv", {"": PROVINCE})
    settle(drafted)
