"""What we set passes the outside judges, and the judges see what is wrong."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from plugins.typesetting import Attachment, Faces, Sheet, typeset
from tests.county import ROOT, THEME
from tests.typesetting.conformance import broken_rules, damage, faults

STYLE = "\n".join(path.read_text("utf-8") for path in sorted((THEME / "print").glob("*.css")))
ADDRESS = "https://www.example.gov.cn/gazette/2021-01/"
GAZETTE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>某县人民政府公报2021年第1期</title>
<meta name="dcterms.created" content="2021-01-31T09:00+08:00"></head>
<body>
<h1>某县人民政府公报</h1>
<ul class="contents">
<li><a href="#a1">关于<b>节水</b>的通知<span class="n">（某政发〔2021〕1号）</span></a></li>
</ul>
<article><h2 id="a1">关于节水的通知</h2>
<p>各乡镇人民政府<span class="footnote">含街道办事处。</span>：</p>
<p><a href="../">上一期</a>见<a href="https://www.example.gov.cn/"><em>本站</em></a>。</p>
<p>{prose}</p>
<h3>（一）目标</h3><ol><li>节约</li><li>再节约</li></ol>
<table><caption>附表</caption>
<thead><tr><th scope="col">序号</th><th scope="col">名称</th></tr></thead>
<tbody>{rows}</tbody></table>
<p><svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><title>二维码</title>
<rect width="40" height="40"/></svg><img src="flow.png" alt="流程图"></p></article>
<section><h2>版权页</h2><p>某县人民政府办公室主办</p>
<div data-seal="某县人民政府办公室电子签章" style="height: 42mm; width: 42mm"></div></section>
</body></html>"""
TELLING = {"2018-001", "2021-016"}
"""Of the PDFs of policies: one that is repealed, one with a table that has merged cells."""
ROWS = "".join(f"<tr><td>{n}</td><td rowspan='1'>事项{n}</td></tr>" for n in range(1, 40))
PROSE = "本县行政区域内的用水，依照《节约用水条例》第十二条管理，自2021年3月1日起施行。" * 80


@pytest.fixture(scope="session")
def gazette(faces: Faces, work: Path) -> Path:
    """A small issue with everything in it that a long one has."""
    attachments = (
        Attachment("issue.json", b'{"issue": "2021-01"}', "本期目录数据", "Data"),
        Attachment("a01.md", "# 通知".encode(), "第1篇的原文", "Source"),
    )
    style = STYLE + ".n { display: inline-block }"
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#369").save(picture, "PNG")
    sheet = Sheet(
        GAZETTE.format(rows=ROWS, prose=PROSE),
        style,
        ADDRESS,
        {f"{ADDRESS}flow.png": picture.getvalue()},
        attachments,
    )
    file = work / "gazette.pdf"
    file.write_bytes(typeset(sheet, faces, work))
    return file


def test_an_issue_passes_all_judges(gazette: Path) -> None:
    assert faults(gazette) == []


def test_the_pdfs_of_the_sample_county_pass_all_judges(sample: Path) -> None:
    given = {path.name for path in (ROOT / "content").rglob("*.pdf")}
    made = [path for path in sorted(sample.rglob("*.pdf")) if path.name not in given]
    alike = {path for path in made if path.parts[-4] == "policies"}
    pdfs = [path for path in made if path not in alike or path.stem in TELLING]

    assert pdfs
    assert faults(*pdfs) == []


def test_the_judges_see_what_is_wrong(gazette: Path, tmp_path: Path) -> None:
    from weasyprint import HTML  # noqa: PLC0415  # slow to load

    plain = tmp_path / "plain.pdf"
    HTML(string="<p>plain").write_pdf(plain)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(gazette.read_bytes()[:-200])
    lean = tmp_path / "lean.pdf"  # the same words in a font of the reader's own
    subprocess.run(["qpdf", "--empty", "--pages", str(gazette), "--", str(lean)], check=True)

    rules = broken_rules(plain, lean)
    assert any(rule.startswith("plain.pdf: 3a ") for rule in rules)
    assert any(rule.startswith("lean.pdf: ua1 ") for rule in rules)
    assert "qpdf: " in damage(broken)[0]
