"""A county in which all happens that a site must follow: relations, validity, time, files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from pypdf import PdfWriter

from plugins.records.catalog import COLUMNS

GOVERNMENT, OFFICE = "某县人民政府", "某县人民政府办公室"
FINANCE, WATER = "某县财政局", "某县水利局"
RULE = "第一条　保护水源。\n\n第二条　本办法自2018年7月1日起施行。\n"
ORGANS = (GOVERNMENT, OFFICE, FINANCE, WATER)
SUBJECTS = (
    "综合政务\\政务公开",
    "综合政务",
    "财政、金融、审计\\财政",
    "农业、林业、水利\\水利、水务",
)


REDIRECTS = """\
- from: policies/2017/2017-001/
  to: policies/2019/2019-002/
  date: 2021-03-01
- from: old/news.html
  gone: 错误
  to: policies/
  date: 2021-03-02
  note: 内容有误。
"""
CONSULT = """\
hotline: {number: "12345", hours: 全天}
hall: {name: 大厅, address: 县城, window: 1号, hours: 工作日, phone: 0357-2000001}
online:
  - {label: 写信, url: "mailto:a@example.gov.cn"}
channels:
  - {kind: 公告栏, where: 各村}
"""
POWERS = "职权编码,职权类型,职权名称\n"
ROWS = ",".join(COLUMNS) + "\n"


@cache
def pdf(words: str) -> bytes:
    """A small PDF; other words make another file."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_metadata({"/Title": words})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _front(values: Mapping[str, str], body: str) -> str:
    lines = "\n".join(f"{key}: {value}" for key, value in values.items() if value)
    return f"---\n{lines}\n---\n\n{body.strip()}\n"


def _organ(title: str, short: str, kind: str, code: str, **more: str) -> str:
    values = {
        "title": title,
        "short_name": short,
        "kind": kind,
        "published": "2018-01-04 09:00",
        "summary": f"{short}的职能和联系方式。",
        "phone": "0357-2000001",
        "document_codes": f"[{code}]",
    }
    return _front(values | more, f"## 一、主要职责\n\n{short}负责有关工作。")


def policy(day: str, issuer: str, number: str, title: str, body: str = "", **more: str) -> str:
    """A policy that was signed and published on one day."""
    values = {
        "title": f"{issuer}关于{title}的通知",
        "published": f"{day} 09:30",
        "disclosure": "主动公开",
        "issuer": issuer,
        "category": "其他文件",
        "kind": "通知",
        "number": number,
        "signed": day,
        "summary": f"部署{title}工作。",
    }
    text = body or f"各单位：\n\n## 一、总体要求\n\n做好{title}工作。\n\n## 二、分工\n\n各负其责。"
    return _front(values | more, text)


def _interpretation(day: str, of: str, **more: str) -> str:
    values = {
        "title": f"{of.rpartition('/')[2]}号文件解读",
        "published": f"{day} 10:00",
        "disclosure": "主动公开",
        "issuer": OFFICE,
        "interprets": of,
        "kinds": "文字解读",
        "summary": "说明文件的安排。",
    }
    slots = ("政策背景", "决策依据", "出台目的", "重要举措", "新旧政策差异")
    parts = zip("一二三四五", slots, strict=True)
    body = "\n\n".join(f"## {number}、{slot}\n\n说明{slot}。" for number, slot in parts)
    return _front(values | more, body)


def _plan(day: str, title: str, number: str, **more: str) -> str:
    values = {
        "title": title,
        "published": f"{day} 09:00",
        "disclosure": "主动公开",
        "issuer": GOVERNMENT,
        "number": number,
        "period": "十四五",
        "kind": "专项规划",
        "level": "区级",
        "signed": day,
        "summary": "规划的主要内容。",
    }
    return _front(values | more, "## 一、现状\n\n基础较好。\n\n## 二、目标\n\n稳步发展。")


def _notice(day: str, title: str, kind: str, **more: str) -> str:
    values = {
        "title": title,
        "published": f"{day} 15:00",
        "disclosure": "主动公开",
        "issuer": FINANCE,
        "kind": kind,
        "signed": day,
        "summary": f"{title}。",
    }
    return _front(values | more, "现予公布。")


def _question(day: str, title: str, basis: str, **more: str) -> str:
    values = {
        "title": title,
        "published": f"{day} 11:00",
        "disclosure": "主动公开",
        "issuer": WATER,
        "applies_to": "[城乡居民, 企业]",
        "matter": "农业农村和宅基地",
        "basis": basis,
        "answered": day,
        "review_by": "2022-12-31",
        "origin": "窗口",
        "summary": "可以。",
    }
    return _front(values | more, "可以，见[指南](../../pages/guide.md)。")


def _list(name: str, day: str, **more: str) -> str:
    values = {
        "title": f"某县权责清单（{name}）",
        "published": f"{day} 09:00",
        "disclosure": "主动公开",
        "issuer": OFFICE,
        "kind": "权责清单",
        "version": f"{name}版",
        "basis": "有关条例",
        "table": f"{name}.csv",
        "key": "职权编码",
        "summary": "权力和责任。",
    }
    return _front(values | more, "清单以外的不得行使。")


def _catalog(name: str, day: str, **more: str) -> str:
    values = {
        "title": f"某县安全生产领域标准目录（{name}）",
        "published": f"{day} 09:00",
        "disclosure": "主动公开",
        "issuer": OFFICE,
        "area": "安全生产",
        "version": f"{name}版",
        "effective": day,
        "basis": "有关规定",
        "table": f"{name}.csv",
        "summary": "公开什么。",
    }
    return _front(values | more, "按规定编制。")


def catalog_row(row_id: str, name: str, limit: str = "20个工作日内", **more: str) -> str:
    """A line of a catalog's table; `absent` says why it does not apply, `cites` what it cites."""
    cells = (
        row_id, "安全检查", name, "检查情况", "《安全生产法》", limit, "县水利局", "政府网站",
        "全社会", "主动", "县级", more.get("absent", ""), more.get("cites", ""),
    )  # fmt: skip
    return ",".join(cells) + "\n"


def _page(title: str, block: str = "", body: str = "内容如下。", **more: str) -> str:
    values = {
        "title": title,
        "block": block,
        "published": "2018-01-05 09:00",
        "issuer": OFFICE,
        "summary": f"{title}的内容。",
    }
    return _front(values | more, body)


def columns(limit: str = "20个工作日", owner: str = WATER) -> str:
    """A table of columns: owners, limits, and a column of the county's own."""
    return (
        "编号,名称,上级栏目,责任单位,更新时限,空白说明,收录\n"
        f"article-20,,,{OFFICE},6个月,,\n"
        f"fiscal,,,{FINANCE},1年,,\n"
        "fee,,,,,目录正在调整,\n"
        f"water,水利建设,special,{owner},{limit},,征求意见、政策文件、安全生产\n"
    )


def files() -> dict[str, str | bytes]:
    """Every file of the county but its vocabularies."""
    linked = (
        "见[节水通知](../2021/2021-005.md#s1)和[表格](budget.csv)。\n\n"
        "## 一、安排\n\n按[指南](../../pages/guide.md)办理。"
    )
    withheld = {
        "disclosure": "依申请公开",
        "disclosure_basis": "依据条例第十六条，属内部事务信息。",
    }
    return {
        "workdays.yaml": "{}\n",
        "privacy_allowlist.yaml": "[]\n",
        "columns.csv": columns(),
        "organs/government.md": _organ(GOVERNMENT, "县政府", "区政府", "某政发"),
        "organs/office.md": _organ(
            OFFICE, "县政府办", "区政府办公室", "某政办发", answers="政务公开科"
        ),
        "organs/finance.md": _organ(FINANCE, "县财政局", "区政府部门", "某财发", parent=GOVERNMENT),
        "organs/water.md": _organ(WATER, "县水利局", "区政府部门", "某水发", parent=GOVERNMENT),
        "policies/2018/2018-001.md": policy("2018-03-05", GOVERNMENT, "某政发〔2018〕1号", "水利"),
        "policies/2018/2018-002.md": policy(
            "2018-03-20", OFFICE, "某政办发〔2018〕2号", "值班", keywords="[值班, 制度]",
            category="行政规范性文件",
        ),
        "policies/2019/2019-001.md": policy(
            "2019-05-06", OFFICE, "某政办发〔2019〕1号", "采购", expires="2021-11-01",
            enterprise_kinds="[市场, 补贴]",
            columns="[政府集中采购]",
        ),
        "policies/2019/2019-002.md": policy(
            "2019-12-30", FINANCE, "某财发〔2019〕2号", "决算", subject=SUBJECTS[2]
        ),
        "policies/2020/2020-001.md": policy(
            "2020-04-07", GOVERNMENT, "某政发〔2020〕1号", "抗旱",
            amends="policies/2018/2018-001", related="policies/2018/2018-002",
        ),
        "policies/2020/2020-002.md": policy(
            "2020-04-16", WATER, "某水发〔2020〕2号", "灌溉", attachments="[form.txt]"
        ),
        "policies/2020/form.txt": "灌溉申请表\n",
        "policies/2021/2021-003.md": policy(
            "2021-02-03", FINANCE, "某财发〔2021〕3号", "预算", linked,
            attachments="[budget.csv, plan.pdf]", topics="topics/openness",
            enterprise_kinds="[补贴, 税费]", applies_to="小微企业",
        ),
        "policies/2021/budget.csv": "项目,金额\n水利,100\n",
        "policies/2021/plan.pdf": pdf("one"),
        "policies/2021/2021-005.md": policy(
            "2021-07-15", OFFICE, "某政办发〔2021〕5号", "节水", subject=SUBJECTS[0],
            keywords="[节水, 通知]", topics="[{topic: topics/openness, facets: [资金, 用水]}]",
            corrections="[{at: 2021-09-02 10:00, note: 附件第3行的数字由12改为21。}]",
            needs_interpretation="true",
            catalog_rows="[safety-001, safety-002]",
        ),
        "policies/2021/2021-006.md": policy(
            "2021-07-20", OFFICE, "某政办发〔2021〕6号", "公开", effective="2022-02-01",
            repeals="policies/2018/2018-002", compares="policies/2018/2018-002",
        ),
        "policies/2021/2021-007.md": policy(
            "2021-08-02", OFFICE, "某政办发〔2021〕7号", "联合检查", lead=OFFICE,
            joint_issuers=f"[{FINANCE}, {WATER}]",
        ),
        "policies/2021/2021-008.md": policy(
            "2021-08-05", FINANCE, "某财发〔2021〕8号", "内部审计",
            attachments="[inner.csv]", **withheld
        ),
        "policies/2021/inner.csv": "项目\n内部\n",
        "policies/2021/2021-009.md": policy(
            "2021-08-09", OFFICE, "某政办发〔2021〕9号", "草拟", draft="true"
        ),
        "policies/2022/2022-001.md": policy(
            "2022-01-10", GOVERNMENT, "某政发〔2022〕1号", "新年工作", embargo="true",
            repeals="policies/2019/2019-001", attachments="[next.csv]",
        ),
        "policies/2022/next.csv": "项目\n来年\n",
        "policies/2018/2018-003.md": policy(
            "2018-06-01", "临汾市人民政府", "", "水源保护", RULE, category="规章",
            contact=OFFICE, official_source="某市规章库", official_version="2018-06-01",
            official_copy="rule.txt",
        ),
        "policies/2018/rule.txt": RULE,
        "interpretations/2021/2021-001.md": _interpretation("2021-07-16", "policies/2021/2021-005"),
        "interpretations/2021/2021-002.md": _interpretation(
            "2021-07-21", "policies/2021/2021-006", related="policies/2021/2021-005"
        ),
        "interpretations/2021/2021-003.md": _interpretation(
            "2021-08-02", "policies/2021/2021-005", kinds="[简明问答, 案例]",
            follows="interpretations/2021/2021-001", stage="补充解读", reaction="怎么报修",
            prompted_by="notices/2021/2021-002", channels="[报纸, {channel: 政务大厅, name: 大厅}]",
        ),
        "interpretations/2020/2020-001.md": _interpretation("2020-04-09", "policies/2018/2018-002"),
        "plans/2021/2021-001.md": _plan(
            "2021-03-01", "某县第十四个五年规划纲要", "某政发〔2021〕1号", kind="纲要"
        ),
        "plans/2021/2021-002.md": _plan(
            "2021-06-01", "某县水利发展规划", "某政发〔2021〕2号", parent="plans/2021/2021-001",
            topics="topics/openness", related="policies/2018/2018-001", ends="2021-12-31",
            enterprise_kinds="规划",
        ),
        "plans/2018/2018-001.md": _plan(
            "2018-01-10", "某县第十三个五年规划纲要", "某政发〔2018〕9号", kind="纲要",
            period="十三五", attachments="[map.csv]",
        ),
        "plans/2018/map.csv": "图,名\n1,总图\n",
        "notices/2021/2021-001.md": _notice(
            "2021-11-01", "水价调整征求意见", "征求意见", closes="2021-12-31",
            topics="[{topic: topics/openness, part: 互动回应}]",
        ),
        "notices/2021/2021-002.md": _notice("2021-09-01", "公开招聘公告", "招考录用"),
        "notices/2022/2022-001.md": _notice(
            "2022-01-05", "救助情况公示", "公示", embargo="true", closes="2022-01-15"
        ),
        "questions/2021/2021-001.md": _question(
            "2021-03-08", "可以抗旱吗？", "[{document: policies/2018/2018-001, article: s1}]",
            typical="true",
        ),
        "questions/2021/2021-002.md": _question(
            "2021-09-08", "怎样值班？", "[policies/2018/2018-002, interpretations/2020/2020-001]",
            review_by="2021-12-31", topics="topics/openness", matter="其他",
        ),
        "questions/2021/2021-003.md": _question(
            "2021-09-09", "采购还按老办法吗？", "policies/2019/2019-001", typical="true",
            phone="0357-2000008",
        ),
        "redirects.yaml": REDIRECTS,
        "addresses.txt": "# 公开过的网址\npolicies/2019/2019-002/\npolicies/2017/2017-001/\n",
        "consult.yaml": CONSULT,
        "lists/power/2021-01.md": _list("2021-01", "2021-03-01"),
        "lists/power/2021-01.csv": POWERS + "X-1,行政许可,取水\nX-2,行政许可,采砂\n",
        "lists/power/2021-02.md": _list(
            "2021-02", "2021-08-02", adjustment="取消一项", effective="2022-01-01",
            topics="topics/openness",
        ),
        "lists/power/2021-02.csv": POWERS + "X-1,行政许可,取水审批\nX-3,行政检查,节水\n",
        "catalog/safety/2021-01.md": _catalog("2021-01", "2021-03-01"),
        "catalog/safety/2021-01.csv": ROWS
        + catalog_row("safety-001", "水库检查", cites="X-1")
        + catalog_row("safety-002", "河道检查", "每年"),
        "catalog/safety/2021-02.md": _catalog(
            "2021-02", "2021-12-01", effective="2022-01-01", replaces="catalog/safety/2021-01",
            adjustments="[{row: safety-002, kind: 取消, basis: 有关条例}]",
        ),
        "catalog/safety/2021-02.csv": ROWS
        + catalog_row("safety-001", "水库检查", "每月", cites="X-2")
        + catalog_row("safety-003", "矿山检查", absent="没有矿山"),
        "topics/openness.md": _front(
            {"title": "政务公开", "published": "2018-02-01 09:00", "summary": "集中展示。"},
            "empty 之外的栏目都有内容。\n",
        ).replace(
            "\n---\n\n",
            "\nempty:\n  - part: 典型问题\n    reason: 汇总中\n"
            "facets:\n  - {name: 资金, key: money}\n  - {name: 用水, key: water, empty: 整理中}\n"
            "---\n\n",
        ),
        "packages/firm.md": _front(
            {
                "title": "办企业政策包",
                "published": "2021-09-01 09:00",
                "applies_to": "[小微企业, 农民]",
                "trigger": "开办企业",
                "contacts": f"[{FINANCE}]",
                "documents": "[{document: policies/2021/2021-003, note: 先看}, "
                "policies/2019/2019-001, interpretations/2021/2021-001, notices/2022/2022-001]",
            },
            "先看第一份。",
        ),
        "gazette/2021-01.md": _front(
            {
                "title": "某县人民政府公报2021年第1期（总第1期）",
                "published": "2021-09-01 09:00",
                "year": "2021",
                "issue": "'1'",
                "total": "1",
                "summary": "刊登节水的通知和解读。",
                "contents": "[{column: 区人民政府办公室文件, documents: [policies/2021/2021-005]}, "
                "{column: 政策解读, documents: [interpretations/2021/2021-001]}]",
            },
            "本期两件。",
        ),
        "pages/guide.md": _page(
            "办事指南", "政府信息公开指南", "见[依申请公开](request.md)。\n\n![流程图](flow.svg)",
            pdf="true",
        ),
        "pages/flow.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "pages/request.md": _page("依申请公开说明", "依申请公开"),
        "pages/rules-one.md": _page("公开制度之一", "政府信息公开制度"),
        "pages/rules-two.md": _page("公开制度之二", "政府信息公开制度", order="2"),
        "pages/report-2020.md": _page("2020年年度报告", "政府信息公开年报", year="2020"),
        "pages/about.md": _page("网站声明"),
        "pages/gazette.md": _page("某县人民政府公报"),
    }  # fmt: skip
