"""Inputs for every page template: a small invented county, to look at and to test with."""

from __future__ import annotations

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
        corrections=(),
        prompt=None,
        differences=(Link("与《旧办法》（尧政发〔2018〕16号）逐条对照", "comparisons/a/"),),
        channels=(),
        chain=(),
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
        files_title="附件下载",
        life=(
            Step("成文", date(2021, 7, 12)),
            Step("公开发布", date(2021, 7, 15)),
            Step("刊登", date(2021, 9, 25), Link("政府公报2021年第3期", "gazette/2021/03/")),
            Step("有效期届满", date(2026, 7, 14), ahead=True),
        ),
        tree=(),
        succession=(),
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

TREE = (
    Bag(
        title="临汾市国土空间规划",
        url="plans/2020/city/",
        note="市级，国土空间规划",
        is_here=False,
        below=(
            Bag(
                title="尧都区国土空间规划",
                url="plans/2021/a/",
                note="区级，国土空间规划",
                is_here=True,
                below=(),
            ),
        ),
    ),
)
SUCCESSION = (
    Step("十三五", date(2016, 4, 22), Link("上一期规划", "plans/2016/a/")),
    Step("十四五（本规划）", date(2021, 6, 30)),
)
GAP = Bag(state="正在收集整理", reason="纸质文本正在扫描核对。")
PACKAGE = Bag(
    title="开办小微企业政策包",
    summary="登记、贷款、用工各看哪份文件。",
    html="<p>先看第一份。</p>",
    facts=(Fact("适用情形", "开办企业"), Fact("适用对象", "小微企业")),
    cards=CARDS,
    lines=(
        Bag(
            title="关于推行“一件事”集成办理的通知",
            url="policies/2023/a/",
            number="尧审管发〔2023〕11号",
            note="先看这一份。",
            standing="现行有效",
        ),
        Bag(title="个体工商户问答", url="policies/2023/b/", number="", note="", standing=""),
    ),
    over=1,
    contacts=(
        Contact("尧都区行政审批服务管理局", "organs/a/", "0357-1234567", "", "", "办公室"),
        Contact("尧都区市场监督管理局", "organs/b/", "", "工作日", "示例街1号", ""),
    ),
    address="https://www.example.gov.cn/packages/start/",
    published=datetime(2022, 5, 11, 9, 0),
    source="临汾市尧都区人民政府",
    qr_url="theme/icon.svg",
    links=(Link("打印张贴", "packages/start/sheet/"), Link("全文", "packages/start/full/")),
)
PACKAGES = Link("政策包", "packages/")
COLUMN_FACTS = (
    Fact("公开依据", "《中华人民共和国政府信息公开条例》第二十条第（七）项", wide=True),
    Fact("责任单位", "临汾市尧都区财政局", "organs/finance/"),
    Fact("更新时限", "6个月"),
)

QUESTIONS = Link("政策问答", "questions/")
QUESTION = Bag(
    title="设置门店招牌要不要办许可？",
    anchor="q2022-001",
    url="questions/2022/2022-001/",
    tags=(Tag("待复核", "warn"), Tag("企业"), Tag("典型问题", "good")),
    html="<p>不需要。门店招牌实行告知承诺。</p><ol><li>写承诺书；</li><li>交街道。</li></ol>",
    bases=(
        Bag(
            label="《户外广告设施设置管理办法》（尧政发〔2022〕4号）",
            url="policies/2022/2022-001/#t20",
            article="第二十条",
            quote="设置门店招牌实行告知承诺，不需要办理许可。",
        ),
        Bag(label="《优化营商环境条例》第十九条", url="", article="", quote=""),
    ),
    banner=Banner("warn", "本答复待复核", "应在2022年9月30日前复核，现已逾期。"),
    organ="区住建局",
    source="临汾市尧都区住房和城乡建设局",
    phone="0357-1234567",
    answered=date(2022, 5, 9),
    published=datetime(2022, 5, 11, 9, 0),
)
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
        {
            "document": document(
                title="《2021年政务公开工作要点》解读",
                prompt=Banner("brand", "延伸解读", "群众关切：怎样申请", ()),
                channels=("政务大厅", "报纸（示例日报，2021年7月20日）"),
                life=(),
                chain=(
                    Step("首次解读", date(2021, 7, 16), Link("文字解读", "interpretations/b/")),
                    Step("延伸解读（本页）", date(2021, 7, 20)),
                ),
                differences=(),
                contact=None,
            )
        },
    ),
    "offline/offline.html": (
        head("本机存的公报", "gazette/offline/", "", Link("政府公报", "gazette/")),
        {},
    ),
    "documents/plan.html": (
        head("规划", "plans/2021/a/", "plans/"),
        {
            "document": document(
                title="尧都区国土空间规划", facts=(), tree=TREE, succession=SUCCESSION
            )
        },
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
                published=datetime.fromisoformat("2021-01-04 09:00"),
                source="临汾市尧都区人民政府",
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
                published=datetime.fromisoformat("2021-03-01 09:00"),
                source="临汾市尧都区人民政府",
                parts=tuple(
                    Bag(
                        name=name,
                        anchor=f"p{n}",
                        url=f"topics/transformation/p{n}/",
                        count=0 if name == "互动回应" else n + 1,
                        cards=() if name == "互动回应" else CARDS[: n + 1],
                        reason="还没有收到需要公开回应的问题；收到后在20个工作日内公布。"
                        if name == "互动回应"
                        else "",
                    )
                    for n, name in enumerate(PARTS)
                ),
                facets=counted("topics/transformation/facet/", ("产业转型", 12), ("绿色转型", 0)),
            )
        },
    ),
    "plans/plans.html": (
        head("规划计划", "plans/", "plans/"),
        {
            "plans": Bag(
                title="规划计划",
                intro="历年规划都在这里。",
                total=2,
                kinds=("纲要", "专项规划"),
                rows=(
                    Bag(
                        period=CountedLink("十四五", "plans/period/period-14/", 2),
                        years="2021—2025年",
                        cells=(
                            Bag(
                                kinds="纲要",
                                span=1,
                                plans=(Bag(title="规划纲要", url="plans/2021/a/", level="区级"),),
                                more=CountedLink("全部", "plans/period/period-14/#outline", 9),
                                gap=None,
                            ),
                            Bag(kinds="专项规划", span=1, plans=(), more=None, gap=GAP),
                        ),
                    ),
                    Bag(
                        period=CountedLink("一五", "plans/period/period-01/", 0),
                        years="1953—1957年",
                        cells=(Bag(kinds="纲要、专项规划", span=2, plans=(), more=None, gap=GAP),),
                    ),
                ),
                facets=FACETS,
                data_url="plans/plans.json",
            )
        },
    ),
    "plans/period.html": (
        head("“十四五”规划", "plans/period/period-14/", "plans/", Link("规划计划", "plans/")),
        {
            "period": Bag(
                title="“十四五”规划",
                years="2021—2025年",
                total=2,
                kinds=(
                    Bag(
                        title="纲要",
                        anchor="outline",
                        count=2,
                        cards=CARDS[:2],
                        more=Link("纲要全部60件", "plans/period/period-14/outline/"),
                        gap=None,
                    ),
                    Bag(title="专项规划", anchor="special", count=0, cards=(), more=None, gap=GAP),
                ),
                periods=counted("plans/period/", ("十四五", 2), ("十三五", 0)),
                up=Link("规划计划", "plans/"),
            )
        },
    ),
    "enterprise/enterprise.html": (
        head("企业政策", "enterprise/", "enterprise/"),
        {
            "enterprise": Bag(
                title="企业政策",
                intro="与企业和个体工商户有关的政策。",
                total=16,
                kinds=counted("enterprise/kind/", ("创业", 5), ("补贴", 0)),
                facets=FACETS,
                newest=CARDS,
                past=CountedLink("已废止、失效或到期", "enterprise/past/", 4),
            )
        },
    ),
    "packages/package.html": (
        head("开办小微企业政策包", "packages/start/", "packages/", PACKAGES),
        {"package": PACKAGE},
    ),
    "packages/sheet.html": (
        head("开办小微企业政策包（张贴版）", "packages/start/sheet/", "packages/", PACKAGES),
        {"package": PACKAGE},
    ),
    "packages/full.html": (
        head("开办小微企业政策包（全文）", "packages/start/full/", "packages/", PACKAGES),
        {
            "package": Bag(
                title="开办小微企业政策包",
                facts=PACKAGE.facts,
                texts=(
                    Bag(
                        title="关于推行“一件事”集成办理的通知",
                        anchor="d1",
                        url="policies/2023/a/",
                        note="先看这一份。",
                        facts=(Fact("发文字号", "尧审管发〔2023〕11号"),),
                        html='<h3 id="d1-s1">一、办理事项</h3><p>一次告知。</p>',
                    ),
                ),
                address=PACKAGE.address,
                up=Link("开办小微企业政策包", "packages/start/"),
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
                published=None,
                source="",
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
                        day="2021年9月15日",
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
                beside=(Link("打印版", "policies/print/"),),
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
                empty="目前没有内容。",
                beside=counted("policies/kind/", ("通知", 31), ("意见", 4)),
                facts=COLUMN_FACTS,
            )
        },
    ),
    "columns/catalogue.html": (
        head("信息公开目录", "disclosure/catalogue/", "disclosure/", DISCLOSURE),
        {
            "column": Bag(
                title="信息公开目录",
                intro="条例第二十条、第二十一条规定主动公开的内容。",
                law="《中华人民共和国政府信息公开条例》第二十条、第二十一条",
                groups=tuple(
                    Bag(title=title, anchor=f"g{n}", law="条例第二十条", items=BLOCKS)
                    for n, title in enumerate(("十五项", "县级", "乡镇"))
                ),
            ),
            "blocks": tuple(Link(block.name, block.url) for block in BLOCKS),
        },
    ),
    "columns/regulations.html": (
        head("现行有效的法规规章", "disclosure/regulations/", "disclosure/", DISCLOSURE),
        {
            "regulations": Bag(
                title="现行有效的法规规章",
                intro="国家现行有效的行政法规，省、设区的市人民政府现行有效的规章。",
                note="本区不制定规章。",
                law="《中华人民共和国政府信息公开条例》第二十条第（一）项",
                groups=(
                    Bag(title="行政法规", anchor="statute", texts=()),
                    Bag(
                        title="规章",
                        anchor="regulation",
                        texts=(
                            Bag(
                                title="临汾市城市公园绿地管理办法（示例）",
                                url="policies/2021/15/",
                                tag=Tag("现行有效", "good"),
                                facts=(*COLUMN_FACTS, Fact("SHA-256 摘要", "0f" * 32, wide=True)),
                                source="https://www.example.gov.cn/",
                            ),
                        ),
                    ),
                ),
                other=Link("已废止、失效的法规规章（1件）", "policies/"),
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
    "feeds/feeds.html": (
        head("订阅和数据", "feeds/", ""),
        {
            "feeds": Bag(
                title="订阅和数据",
                opml="feeds/index.opml",
                families=(
                    Bag(
                        title="按类型",
                        anchor="types",
                        channels=tuple(
                            Bag(title=link.label, atom=f"feeds/{n}.xml", json=f"feeds/{n}.json")
                            for n, link in enumerate(KINDS)
                        ),
                    ),
                ),
                data=(Link("数据目录（DCAT）", "feeds/catalog.jsonld"),),
                terms="可以免费下载和转载。",
            )
        },
    ),
    "questions/question.html": (
        head(QUESTION.title, "questions/2022/2022-001/", "questions/", QUESTIONS),
        {
            "answer": Bag(
                question=QUESTION,
                facts=(
                    Fact("答复单位", "区住建局", "organs/zjj/"),
                    Fact("来源", "窗口"),
                ),
                similar=("挂招牌要审批吗",),
                files=(FileLink("承诺书", "a.docx", "questions/a.docx", "Word", 38_000),),
                groups=(Group("同一文件的其他问答", "same-basis", CARDS[:2]),),
                contact=Contact("区住建局", "organs/zjj/", "0357-1", "工作日", "", "办公室"),
                address="https://www.example.gov.cn/questions/2022/2022-001/",
            )
        },
    ),
    "questions/booklet.html": (
        head("政策问答汇编", "questions/print/_all/", "questions/", QUESTIONS),
        {
            "booklet": Bag(
                title="政策问答汇编",
                subtitle="临汾市尧都区人民政府",
                intro="答案以网上最新文本为准。",
                total=2,
                chapters=(
                    Bag(
                        title="住房和城市管理",
                        anchor="matter-city",
                        questions=(QUESTION,),
                        doubtful=(Link("换灯箱要不要办许可？", "questions/2022/2022-002/"),),
                    ),
                    Bag(title="社会救助", anchor="matter-relief", questions=(), doubtful=()),
                ),
                address="https://www.example.gov.cn/questions/print/_all/",
                up=QUESTIONS,
            )
        },
    ),
    "questions/shelf.html": (
        head("典型政策问答", "questions/typical/", "questions/", QUESTIONS),
        {"shelf": Bag(title="典型政策问答", intro="一季度一期。", links=YEARS, up=QUESTIONS)},
    ),
    "consult/consult.html": (
        head("政策咨询综合服务窗口", "consult/", "consult/"),
        {
            "consult": Bag(
                title="政策咨询综合服务窗口",
                intro="政策问题打一个电话、到一个窗口就能问清楚。",
                note="当场能答的当场答。",
                hotline="12345",
                hotline_hours="每天24小时",
                hall=(
                    Fact("大厅", "区政务服务中心", wide=True),
                    Fact("电话", "0357-1", "tel:0357-1"),
                ),
                online=(Link("写邮件", "mailto:zwgk@example.gov.cn"),),
                channels=(
                    Bag(kind="政府网站", where="政策问答", hours="", url="questions/"),
                    Bag(kind="宣讲会", where="各乡镇、街道每季度一次", hours="见公告", url=""),
                ),
                contacts=(
                    Contact("临汾市尧都区民政局", "organs/mzj/", "0357-1234567", "", "", "办公室"),
                ),
                typical=CARDS[:2],
                more=Link("全部典型政策问答", "questions/typical/"),
            )
        },
    ),
    "moved/gone.html": (
        head("网页已撤下", "notices/2021/2021-099/", ""),
        {
            "gone": Bag(
                reason="原来发布的内容有误",
                day="2021年8月2日",
                note="附件有误，已更正后重新发布。",
                instead=Link("更正后的公示", "notices/2021/2021-012/"),
                sponsor="临汾市尧都区人民政府办公室",
                phone="0357-1234567",
                hotline="12345",
            )
        },
    ),
    "comparisons/comparison.html": (
        head("新旧政策差异", "comparisons/a/", "policies/"),
        {
            "comparison": Bag(
                title="新旧政策差异：管理办法",
                old_title="《管理办法（试行）》（尧政发〔2018〕16号）",
                new_title="《管理办法》（尧政发〔2022〕4号）",
                summary="新增1条，修改1条；未改1条。",
                caution="新文件大部分是重新起草的。",
                papers=Group("对照的文件", "papers", CARDS[:2]),
                parts=(
                    Bag(heading="第一章 总则", changed=None, same=(), same_title=""),
                    Bag(
                        heading="",
                        changed=None,
                        same_title="第一条，1条未改",
                        same=(Bag(label="第一条", text="为了规范管理。", note="原为第二条"),),
                    ),
                    Bag(
                        heading="",
                        changed=Bag(
                            title="第二条（原第一条）",
                            tag=Tag("修改", "warn"),
                            old_label="第一条",
                            old=(
                                Bag(how="keep", text="应当在"),
                                Bag(how="delete", text="20"),
                                Bag(how="keep", text="日内办理。"),
                            ),
                            new_label="第二条",
                            new=(
                                Bag(how="keep", text="应当在"),
                                Bag(how="insert", text="10"),
                                Bag(how="keep", text="日内办理。"),
                            ),
                        ),
                    ),
                    Bag(
                        heading="",
                        changed=Bag(
                            title="第三条",
                            tag=Tag("新增", "good"),
                            old_label="",
                            old=(),
                            new_label="第三条",
                            new=(Bag(how="insert", text="办理结果向社会公开。"),),
                        ),
                    ),
                ),
            )
        },
    ),
    "rates/rates.html": (
        head("政策解读率", "rates/", "interpretations/"),
        {
            "rates": Bag(
                title="政策解读率",
                definition=("解读率：有解读的件数除以应解读件数。", "达标：不用百分比判断。"),
                header=("单位", "应解读", "已解读", "解读率", "多样化解读率", "是否达标"),
                years=(
                    Bag(
                        title="2021年",
                        anchor="y2021",
                        rows=(
                            ("临汾市尧都区财政局", "9", "9", "100.00%", "88.88%", "未达标"),
                            ("合计", "9", "9", "100.00%", "88.88%", "未达标"),
                        ),
                    ),
                ),
            )
        },
    ),
    "search/search.html": (
        head("检索", "search/", ""),
        {
            "search": Bag(
                base="search/",
                total=812,
                facets=FACETS,
                groups=(Group("最近的政策包", "packages", CARDS[:2]),),
                ways=(Link("没有公开的，可以申请公开", "columns/request/"),),
            )
        },
    ),
    "search/directory.html": (
        head("按年份和名称查找", "search/directory/", "search/"),
        {
            "directory": Bag(
                title="按年份和名称查找",
                intro="不用输入词语：按年份看每一类公开信息，按拼音首字母找机构。",
                years=(Bag(label="2021年", links=KINDS), Bag(label="2020年", links=KINDS)),
                letters=tuple(
                    Bag(
                        letter=letter,
                        anchor=f"from-{letter.lower()}",
                        links=(Link("区政府办公室", "organs/government-office/"),),
                    )
                    for letter in "ABCDEFGHJKLMNOPQRSTWXYZ"
                ),
            )
        },
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
