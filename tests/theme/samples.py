"""Inputs for every page template: a small invented county, to look at and to test with."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace as Bag

from plugins.reading import Heading
from plugins.views import (
    Banner,
    Card,
    CellChange,
    Contact,
    CountedLink,
    DataColumn,
    DataTable,
    Fact,
    FileLink,
    Group,
    Head,
    Link,
    Meta,
    Piece,
    RowChange,
    Site,
    Step,
    Tag,
)

MENU = (
    Link("首页", ""),
    Link("政府信息公开", "disclosure/"),
    Link("政策文件", "policies/"),
    Link("政策解读", "interpretations/"),
    Link("规划计划", "plans/"),
    Link("公示公告", "notices/"),
    Link("专题", "topics/"),
    Link("机构", "organs/"),
)

SITE = Site(
    site_name="临汾市尧都区人民政府网",
    zone_name="尧都区政务公开专区",
    authority="临汾市尧都区人民政府",
    seal="尧",
    domain="www.example.gov.cn",
    id_code="1410020001",
    sample=True,
    menu=MENU,
    hotline="12345",
    sponsor="临汾市尧都区人民政府办公室",
    undertaker="临汾市尧都区大数据中心",
    address="临汾市尧都区示例街1号",
    phone="0357-1234567",
    icp="晋ICP备00000000号",
    police="晋公网安备 00000000000000号",
    error_report_url="/errors/",
    badge_url="/badge/",
    portal_url="/",
    notices=(
        Link("无障碍声明", "pages/accessibility/"),
        Link("网站声明", "pages/about/"),
    ),
)

TITLE = "临汾市尧都区人民政府办公室关于印发2021年政务公开工作要点的通知"


def head(title: str, url: str, section: str, *crumbs: Link) -> Head:
    """The head of a sample page."""
    metas = (
        Meta("SiteName", SITE.site_name),
        Meta("SiteDomain", SITE.domain),
        Meta("SiteIDCode", SITE.id_code),
        Meta("Description", f"{title}，示例页面。"),
    )
    return Head(title, url, f"{title}，示例页面。", section, (Link("首页", ""), *crumbs), metas)


def counted(folder: str, *pairs: tuple[str, int]) -> tuple[CountedLink, ...]:
    """Links into a folder, numbered."""
    return tuple(
        CountedLink(label, f"{folder}{n}/", count) for n, (label, count) in enumerate(pairs, 1)
    )


CARDS = (
    Card(
        "临汾市尧都区人民政府关于加强农村饮水安全管理的通知",
        "policies/2021/2021-028/",
        datetime.fromisoformat("2021-09-28 09:30"),
        "政策文件",
        "尧政发〔2021〕28号",
        "区政府",
        tags=(Tag("图解", "brand", "interpretations/a/"), Tag("现行有效", "good")),
    ),
    Card(
        "关于促进民营经济高质量发展的若干措施",
        "policies/2021/2021-032/",
        datetime.fromisoformat("2021-09-24 16:00"),
        "政策文件",
        "尧政办发〔2021〕32号",
        "区政府办公室",
        tags=(Tag("尚未施行", "warn"),),
    ),
    Card(
        "一图读懂《尧都区义务教育阶段招生入学工作实施方案》",
        "interpretations/2021/school/",
        datetime.fromisoformat("2021-08-16 08:00"),
        "政策解读",
        issuer="区教育局",
        summary="谁可以报名、什么时候报、带什么材料，一张图说清。",
        tags=(Tag("图解"),),
    ),
    Card(
        "关于公布2021年农业支持保护补贴发放明细的公告",
        "notices/2021/subsidy/",
        datetime.fromisoformat("2021-07-30 10:00"),
        "公示公告",
        issuer="区农业农村局",
    ),
    Card(
        TITLE,
        "policies/2021/2021-015/",
        datetime.fromisoformat("2021-07-15 09:30"),
        "政策文件",
        "尧政办发〔2021〕15号",
        "区政府办公室",
    ),
)

PARTS = ("政策文件", "政策解读", "具体举措", "典型问题", "落实情况", "互动回应")

BODY = (Path(__file__).parent / "sample_body.html").read_text("utf-8")
OUTLINE = (
    Heading("s1", "一、加大公开力度，做好各领域主动公开", 2),
    Heading("s1.1", "（一）做好转型发展政策主动公开", 3),
    Heading("s1.2", "（二）做好“十四五”规划及配套政策主动公开", 3),
    Heading("s2", "二、健全保障机制，确保公开工作顺利推进", 2),
    Heading("s2.1", "（一）落实文件公开属性前置审查制度", 3),
)


def document(**changes: object) -> Bag:
    """A policy with everything; `changes` take things away."""
    whole = Bag(
        title=TITLE,
        kind="政策文件",
        tags=(Tag("现行有效", "good"), Tag("主动公开", "brand"), Tag("通知")),
        published=datetime.fromisoformat("2021-07-15 09:30"),
        source="临汾市尧都区人民政府办公室",
        facts=(
            Fact("索引号", "012345678/2021-00015"),
            Fact("主题分类", "综合政务／政务公开", "policies/subjects/zhengwu/"),
            Fact("发文机关", "临汾市尧都区人民政府办公室", "organs/zfb/"),
            Fact("成文日期", "2021年7月12日"),
            Fact("标题", TITLE, wide=True),
            Fact("发文字号", "尧政办发〔2021〕15号"),
            Fact("发布日期", "2021年7月15日"),
            Fact("有效性", "现行有效（有效期至2026年7月14日）"),
            Fact("公开方式", "主动公开"),
        ),
        banner=None,
        outline=OUTLINE,
        html=BODY,
        files=(
            FileLink(
                "2021年政务公开工作要点任务分解表",
                "任务分解表.xlsx",
                "files/tasks.xlsx",
                "Excel",
                38400,
            ),
            FileLink("文件全文", "尧政办发〔2021〕15号.pdf", "files/full.pdf", "PDF", 395264),
        ),
        life=(
            Step("成文", date(2021, 7, 12)),
            Step("公开发布", date(2021, 7, 15)),
            Step("刊登", date(2021, 9, 25), Link("政府公报2021年第3期", "gazette/2021/03/")),
            Step("有效期届满", date(2026, 7, 14), ahead=True),
        ),
        catalog_rows=(Link("安全生产 › 应急预案", "catalog/rows/safety-007/"),),
        groups=(
            Group("政策解读", "g1", CARDS[2:3]),
            Group("相关文件", "g2", CARDS[:2], "policies/"),
        ),
        contact=Contact(
            organ="临汾市尧都区人民政府办公室",
            url="organs/zfb/",
            phone="0357-1234567",
            hours="工作日8:00—12:00，14:30—18:00",
            address="临汾市尧都区示例街1号",
            answers="解答政务公开工作要点的任务分工。",
        ),
        previous=Link(CARDS[0].title, CARDS[0].url),
        next=Link(CARDS[1].title, CARDS[1].url),
        address="//www.example.gov.cn/zwgk/policies/2021/2021-015/",
    )
    vars(whole).update(changes)
    return whole


BLOCKS = (
    Bag(
        name="政府信息公开指南",
        description="公开什么、到哪里查、怎么申请。",
        url="disclosure/guide/",
        note="2021年3月更新",
    ),
    Bag(
        name="政府信息公开制度",
        description="条例、规章和本区工作制度。",
        url="disclosure/rules/",
        note="17件",
    ),
    Bag(
        name="法定主动公开内容",
        description="机构职能、规划、预决算、行政许可等依法必须公开的内容。",
        url="disclosure/statutory/",
        note="312件",
    ),
    Bag(
        name="政府信息公开年报",
        description="每年1月31日前公布上一年度报告。",
        url="disclosure/reports/",
        note="14份",
    ),
    Bag(
        name="依申请公开",
        description="没有主动公开的，可以申请。",
        url="disclosure/requests/",
        note="",
    ),
)
YEARS = counted("policies/years/", ("2021年", 128), ("2020年", 96), ("2019年", 87), ("2018年", 75))
SUBJECTS = counted(
    "policies/subjects/",
    ("国务院组织机构", 2),
    ("综合政务", 61),
    ("国民经济管理、国有资产监管", 12),
    ("财政、金融、审计", 33),
    ("国土资源、能源", 8),
    ("农业、林业、水利", 29),
    ("工业、交通", 14),
    ("城乡建设、环境保护", 22),
    ("科技、教育", 19),
    ("民政、扶贫、救灾", 25),
)
KINDS = counted("kinds/", ("政策文件", 386), ("政策解读", 120), ("规划计划", 41), ("公示公告", 265))
FACETS = (
    Bag(label="按主题", links=SUBJECTS),
    Bag(label="按文种", links=counted("policies/genres/", ("通知", 88), ("意见", 21))),
)
TOPIC_PARTS = tuple(
    CountedLink(name, f"topics/transformation/#p{n}", count)
    for n, (name, count) in enumerate(zip(PARTS, (21, 18, 34, 6, 12, 0), strict=True))
)
TOPICS = tuple(
    Bag(title=title, url="topics/transformation/", summary=summary, parts=TOPIC_PARTS)
    for title, summary in (
        ("转型发展", "产业、项目、绿色、外贸、数字化和体制机制转型。"),
        ("“十四五”规划", "规划纲要、国土空间规划和专项规划，含历史规划。"),
        ("优化营商环境", "清单、收费、公共资源交易和惠企政策。"),
    )
)

POLICIES = Link("政策文件", "policies/")
DISCLOSURE = Link("政府信息公开", "disclosure/")

POWERS = DataTable(
    "权责清单，共 8 项",
    "items",
    (
        DataColumn("职权编码"),
        DataColumn("职权类型", ("行政许可", "行政检查")),
        DataColumn("职权名称"),
    ),
    tuple((f"XK-{n:03}", ("行政许可", "行政检查")[n % 2], f"第{n}项") for n in range(8)),
    head=2,
    total=8,
    parts=("lists/power/2021-09/", "lists/power/2021-09/2/"),
)

PAGES: dict[str, tuple[Head, dict[str, object]]] = {
    "home/home.html": (
        Head(SITE.zone_name, "", "示例首页。", "", (), ()),
        {
            "blocks": BLOCKS,
            "latest": CARDS,
            "topics": TOPICS,
            "gazette": Bag(
                title="2021年第3期（总第87期）",
                summary="刊登“十四五”规划纲要等12件文件。",
                url="gazette/2021/03/",
            ),
            "tasks": (
                Bag(
                    label="申请公开",
                    hint="20个工作日内答复",
                    url="disclosure/requests/",
                    icon="apply",
                ),
                Bag(label="咨询政策", hint="常见问题的答复", url="interpretations/", icon="ask"),
                Bag(label="找部门", hint="职责、地址、电话", url="organs/", icon="organ"),
                Bag(label="提意见", hint="正在征求意见的事项", url="notices/", icon="opinion"),
            ),
            "kinds": KINDS,
            "years": YEARS,
            "subjects": SUBJECTS,
        },
    ),
    "documents/policy.html": (
        head(
            TITLE,
            "policies/2021/2021-015/",
            "policies/",
            POLICIES,
            Link("2021年", "policies/2021/"),
        ),
        {"document": document()},
    ),
    "documents/notice.html": (
        head("关于停水的公告", "notices/2021/water/", "notices/", Link("公示公告", "notices/")),
        {
            "document": document(
                title="关于汾河西路部分路段停水的公告",
                banner=Banner(
                    "stop",
                    "本文件已废止",
                    "自2021年8月1日起不再执行，仅供查考。",
                    (Link(CARDS[0].title, CARDS[0].url),),
                ),
                outline=(),
                files=(),
                groups=(),
                tags=(Tag("已废止", "stop"),),
                html=BODY.split("<h2", 1)[0],
                previous=None,
            ),
        },
    ),
    "documents/interpretation.html": (
        head(
            "解读",
            "interpretations/2021/a/",
            "interpretations/",
            Link("政策解读", "interpretations/"),
        ),
        {"document": document(title="《2021年政务公开工作要点》解读", life=(), contact=None)},
    ),
    "documents/plan.html": (
        head("规划", "plans/2021/a/", "plans/"),
        {"document": document(title="尧都区国土空间规划", facts=())},
    ),
    "documents/page.html": (
        head("无障碍声明", "pages/accessibility/", ""),
        {
            "document": document(
                title="无障碍声明",
                facts=(),
                tags=(),
                files=(),
                life=(),
                groups=(),
                catalog_rows=(),
                contact=None,
                previous=None,
                next=None,
            )
        },
    ),
    "organs/organ.html": (
        head("临汾市尧都区人民政府办公室", "organs/zfb/", "organs/", Link("机构", "organs/")),
        {
            "organ": Bag(
                title="临汾市尧都区人民政府办公室",
                short_name="区政府办",
                facts=(
                    Fact("负责人", "示例姓名"),
                    Fact("电话", "0357-1234567"),
                    Fact("办公时间", "工作日8:00—12:00，14:30—18:00"),
                    Fact("办公地址", "临汾市尧都区示例街1号"),
                ),
                html='<h2 id="s1">主要职责</h2><p>负责区政府日常政务工作。</p>'
                '<h2 id="s2">内设机构</h2><ul><li>综合科</li><li>政务公开科</li></ul>',
                outline=(Heading("s1", "主要职责", 2), Heading("s2", "内设机构", 2)),
                cards=CARDS,
                more=Link("查看全部61件", "organs/zfb/all/"),
                tags=(Tag("政府办公室"),),
            )
        },
    ),
    "topics/topic.html": (
        head("转型发展", "topics/transformation/", "topics/", Link("专题", "topics/")),
        {
            "topic": Bag(
                title="转型发展",
                summary="产业、项目、绿色、外贸、数字化和体制机制转型。",
                html="",
                parts=tuple(
                    Bag(
                        name=name,
                        anchor=f"p{n}",
                        cards=() if name == "互动回应" else CARDS[: n + 1],
                        reason="还没有收到需要公开回应的问题；收到后在20个工作日内公布。"
                        if name == "互动回应"
                        else "",
                    )
                    for n, name in enumerate(PARTS)
                ),
            )
        },
    ),
    "lists/index.html": (
        head("清单", "lists/", "lists/"),
        {
            "intro": "各类清单的现行版本和历次版本。",
            "kinds": (
                Bag(
                    name="权责清单",
                    intro="各部门行使的行政职权",
                    url="lists/power/",
                    version="2021年版",
                    published="2021年9月15日",
                    items=3,
                    changes="新增 1 项",
                    changes_url="lists/power/2021-09/changes/",
                ),
                Bag(name="政府性基金目录清单", intro="本区执行的政府性基金", url=""),
            ),
        },
    ),
    "lists/list.html": (
        head("权责清单", "lists/power/", "lists/power/", Link("清单", "lists/")),
        {
            "list": Bag(
                title="权责清单",
                intro="各部门行使的行政职权",
                shown="2021年版",
                tags=(),
                facts=(Fact("名称", "权责清单", wide=True), Fact("版本", "2021年版")),
                html="<p>清单以外的职权不得行使。</p>",
                table=POWERS,
                groups=(Group("相关文件", "related", CARDS[:1]),),
                files=(FileLink("全文", "list.csv", "lists/power/list.csv", "CSV 表格", 9000),),
                history=(
                    Bag(
                        name="2021年版",
                        url="lists/power/2021-09/",
                        published="2021年9月15日",
                        tags=(Tag("现行版本", "good"),),
                        changes="新增 1 项",
                        changes_url="lists/power/2021-09/changes/",
                    ),
                ),
            )
        },
    ),
    "lists/part.html": (
        head("权责清单（第 2 页）", "lists/power/2021-09/2/", "lists/power/"),
        {
            "part": Bag(
                title="权责清单（第 2 页）",
                table=POWERS,
                up=Link("权责清单", "lists/power/2021-09/"),
                previous=Link("第 1 页", "lists/power/2021-09/"),
                next=None,
            )
        },
    ),
    "lists/changes.html": (
        head("权责清单调整情况", "lists/power/2021-09/changes/", "lists/power/"),
        {
            "changes": Bag(
                title="权责清单调整情况：2021年版",
                words="新增 1 项，变更 1 项",
                same=12,
                old=Link("2020年版", "lists/power/2020-12/"),
                new=Link("2021年版", "lists/power/2021-09/"),
                basis="《优化营商环境条例》第四十条",
                adjustment="机构调整。",
                changed=(
                    RowChange(
                        "XK-001",
                        "取水许可",
                        (
                            CellChange(
                                "承办机构",
                                (Piece("一股", differs=True),),
                                (Piece("二股", differs=True),),
                            ),
                        ),
                    ),
                ),
                added=replace(POWERS, anchor="added", caption="新增的事项"),
                removed=replace(POWERS, anchor="removed", caption="取消的事项", rows=()),
            )
        },
    ),
    "listings/landing.html": (
        head("政策文件", "policies/", "policies/", POLICIES),
        {
            "landing": Bag(
                title="政策文件",
                intro="区政府和区政府办公室制发的规范性文件和其他文件。",
                total=386,
                newest=CARDS,
                calendar=tuple(
                    Bag(
                        year=year,
                        months=counted(year.url, *((f"{m}月", m + 2) for m in range(12, 0, -1))),
                    )
                    for year in YEARS
                ),
                facets=FACETS,
            )
        },
    ),
    "listings/list.html": (
        head(
            "2021年政策文件",
            "policies/years/1/",
            "policies/",
            POLICIES,
            Link("2021年", "policies/years/1/"),
        ),
        {
            "listing": Bag(
                title="2021年政策文件",
                intro="",
                total=128,
                groups=(Group("9月", "m09", CARDS[:2]), Group("8月", "m08", CARDS[2:])),
                jump=YEARS,
                up=POLICIES,
            )
        },
    ),
    "columns/column.html": (
        head("法定主动公开内容", "disclosure/statutory/", "disclosure/", DISCLOSURE),
        {
            "column": Bag(
                title="法定主动公开内容",
                intro="条例第二十条、第二十一条规定主动公开的内容。",
                law="《中华人民共和国政府信息公开条例》第二十条、第二十一条",
                sections=tuple(
                    Bag(
                        title=title,
                        anchor=f"c{n}",
                        note="最近更新：2021年9月28日",
                        cards=CARDS[:n],
                        more=Link("查看全部", "policies/"),
                    )
                    for n, title in enumerate(("政策文件", "机构职能", "规划计划", "统计信息"))
                ),
                html="",
            ),
            "blocks": tuple(Link(block.name, block.url) for block in BLOCKS),
        },
    ),
    "search/search.html": (
        head("检索", "search/", ""),
        {"search": Bag(data_url="search/documents.json", total=812, facets=FACETS)},
    ),
    "errors/404.html": (Head("没有找到这个页面", "404.html", "", "", (), ()), {}),
    "sitemap/sitemap.html": (
        head("站点地图", "sitemap/", ""),
        {
            "sections": (
                Bag(title="政策文件", links=YEARS),
                Bag(title="按主题", links=SUBJECTS),
                Bag(title="其他", links=KINDS),
            )
        },
    ),
}


def search_years() -> str:
    """Where the search page finds its rows."""
    return json.dumps({"files": ["search/documents/2021.json"]})


def search_data() -> str:
    """What the search page fetches: the sample cards, many times over."""
    rows = [
        [
            card.title,
            card.url,
            card.number,
            card.issuer,
            f"{card.published:%Y-%m-%d}",
            card.kind,
            "政务公开",
        ]
        for card in CARDS * 9
    ]
    return json.dumps({"documents": rows}, ensure_ascii=False)
