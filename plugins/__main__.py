"""The one command line: `python -m plugins TARGET [options]`.

It starts on a bare Python, has `installing` bring what the target needs, starts itself again inside
`.venv`, and only then imports the room that does the work. `make TARGET` is the same thing.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before newer syntax fails without any
    raise SystemExit("需要 Python 3.11 或更新的版本。\nPython 3.11 or newer is needed.")

import argparse
import importlib
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from plugins import installing

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Command:
    """One target.

    `calls` is `module:function`; the function gets the `argparse.Namespace` and returns the exit
    code. `options` are keys of `OPTIONS`. With `passes_on`, whatever else is typed goes to the
    function as `args.extra`.
    """

    name: str
    chinese: str
    english: str
    level: installing.Level
    calls: str
    options: tuple[str, ...] = ()
    passes_on: bool = False


BUILD_OPTIONS = ("content", "output", "cache", "build_date")

COMMANDS = (
    Command(
        name="help",
        chinese="列出全部命令（默认）",
        english="list all targets (default)",
        level="none",
        calls="plugins.__main__:show_help",
    ),
    Command(
        name="setup",
        chinese="安装所需软件（其他命令也会自动安装）",
        english="install what is needed (every other target does so too)",
        level="none",
        calls="plugins.installing:command",
        options=("level",),
    ),
    Command(
        name="check",
        chinese="检查全部内容，列出所有问题",
        english="check all content and list every problem",
        level="check",
        calls="plugins.checking:command",
        options=BUILD_OPTIONS,
    ),
    Command(
        name="report",
        chinese="出内部报告：栏目更新情况等，写成 Excel 能打开的表格，不对外公开",
        english="write the inner reports, such as stale columns, as tables; never published",
        level="check",
        calls="plugins.reporting:command",
        options=(*BUILD_OPTIONS, "report", "period"),
    ),
    Command(
        name="circular",
        chinese="出公报报送刊登情况通报的 PDF，供内部印发：circular [--period 2021]",
        english="the circular on papers sent to the gazette, as a PDF for inner use",
        level="site",
        calls="plugins.circulating:command",
        options=(*BUILD_OPTIONS, "report", "period"),
    ),
    Command(
        name="new",
        chinese="新建一篇文档：new 类型 [--id 编号]",
        english="start a new document: new KIND [--id ID]",
        level="check",
        calls="plugins.starting:command",
        options=("kind", "id"),
    ),
    Command(
        name="import",
        chinese="导入标准目录的电子表格：import 文件 --area 领域 [--version 2021-01]",
        english="import a standard catalog from a spreadsheet: import FILE --area KEY",
        level="site",
        calls="plugins.importing:command",
        options=("file", "area", "version", "sheet"),
    ),
    Command(
        name="import-gazette",
        chinese="导入一期历史公报的 PDF：import-gazette 文件 --list 清单 --issue 2018-01 …",
        english="import a back issue of the gazette: import-gazette FILE --list CSV --issue ISSUE",
        level="site",
        calls="plugins.digitizing:command",
        options=(
            "pdf",
            "list",
            "back_issue",
            "total",
            "published",
            "name",
            "begins",
            "scanned",
            "content",
        ),
    ),
    Command(
        name="html",
        chinese="生成网站（供预览）",
        english="build the site for preview",
        level="site",
        calls="plugins.site.command:html",
        options=BUILD_OPTIONS,
    ),
    Command(
        name="publish",
        chinese="生成网站（供正式发布）",
        english="build the site for publication",
        level="site",
        calls="plugins.site.command:publish",
        options=BUILD_OPTIONS,
    ),
    Command(
        name="addresses",
        chinese="把已公开的网址记入 content/addresses.txt（publish 也会记）",
        english="write down the addresses that are public (publish does so too)",
        level="check",
        calls="plugins.addresses:command",
        options=BUILD_OPTIONS,
    ),
    Command(
        name="gazette",
        chinese="生成网站，并列出一期公报的页数、页码和校验码：gazette 期号",
        english="build, and tell pages and digest of an issue: gazette ISSUE",
        level="site",
        calls="plugins.freezing:gazette",
        options=(*BUILD_OPTIONS, "issue"),
    ),
    Command(
        name="freeze",
        chinese="一期公报定版：PDF 和文字从此不变：freeze 期号",
        english="fix the PDF and the texts of an issue for good: freeze ISSUE",
        level="site",
        calls="plugins.freezing:freeze",
        options=(*BUILD_OPTIONS, "issue"),
    ),
    Command(
        name="sign",
        chinese="给一期公报的 PDF 签章：sign 期号（密钥由环境变量指明）",
        english="seal the PDF of an issue: sign ISSUE (the key is told by the environment)",
        level="sign",
        calls="plugins.signing:sign",
        options=("issue", "content", "seal", "force"),
    ),
    Command(
        name="verify",
        chinese="核对签过章的 PDF：verify 文件",
        english="verify a sealed PDF: verify FILE",
        level="sign",
        calls="plugins.signing:verify",
        options=("pdf", "roots"),
    ),
    Command(
        name="release",
        chinese="做一版发布版：生成、压缩、列清单、签名（密钥由环境变量指明）",
        english="make a signed release of the site (the key is told by the environment)",
        level="release",
        calls="plugins.releases:release",
        options=("content", "output", "cache", "build_date", "releases", "public_key", "unsigned"),
    ),
    Command(
        name="verify-releases",
        chinese="核对全部发布版：每个文件、签名、前后相接",
        english="verify all releases: every byte, the signatures, the chain",
        level="release",
        calls="plugins.releases:verify_releases",
        options=("content", "releases", "public_key", "unsigned"),
    ),
    Command(
        name="rebuild-check",
        chinese="由当时的提交重做一版，逐个文件比较：rebuild-check --seq 版本",
        english="make a release again from its commit and compare: rebuild-check --seq N",
        level="release",
        calls="plugins.releases:rebuild_check",
        options=("content", "releases", "seq"),
    ),
    Command(
        name="deploy",
        chinese="把一版网站发布出去：deploy --target 对象存储或文件夹 [--seq 版本]",
        english="bring a release to citizens: deploy --target STORE-OR-FOLDER [--seq N]",
        level="deploy",
        calls="plugins.delivery:deploy",
        options=("target", "seq", "releases", "removals", "keep"),
    ),
    Command(
        name="rollback",
        chinese="退回以前的一版：rollback --seq 版本 --target 对象存储或文件夹",
        english="bring an older release to citizens again: rollback --seq N --target …",
        level="deploy",
        calls="plugins.delivery:rollback",
        options=("target", "seq", "releases", "removals", "keep"),
    ),
    Command(
        name="gc",
        chinese="清理已经用不到的旧文件：gc --target 对象存储或文件夹，加 --delete 才删除",
        english="find (with --delete remove) old assets and trees that nobody can be shown",
        level="deploy",
        calls="plugins.delivery:gc",
        options=("target", "keep", "days", "delete"),
    ),
    Command(
        name="purge",
        chinese="列出两版之间 CDN 应当刷新的网址，加 --send 才发送",
        english="list (with --send send) the addresses that a CDN must forget between releases",
        level="deploy",
        calls="plugins.delivery:purge",
        options=("seq", "since", "releases", "assets", "requests", "send"),
    ),
    Command(
        name="verify-live",
        chinese="逐个文件核对线上的网站，IPv6 和 IPv4 各一遍：verify-live --url 网址",
        english="compare the site as it is sent with its release, over IPv6 and IPv4",
        level="deploy",
        calls="plugins.delivery:verify_live",
        options=("url", "seq", "releases"),
    ),
    Command(
        name="devserver",
        chinese="边改边看：改动后自动重新生成并刷新浏览器",
        english="build and serve; rebuild and reload open browsers on every change",
        level="site",
        calls="plugins.serving:devserver",
        options=(*BUILD_OPTIONS, "port", "bind"),
    ),
    Command(
        name="serve",
        chinese="预览已生成的网站",
        english="serve the site as built",
        level="none",
        calls="plugins.serving:serve",
        options=("output", "port", "bind"),
    ),
    Command(
        name="origin",
        chinese="写出服务器（nginx 或 Caddy）的配置文件",
        english="write the configuration of the server, nginx or Caddy",
        level="check",
        calls="plugins.origins.command:command",
        options=("output", "server", "site", "root", "certificate", "key", "brotli", "config"),
    ),
    Command(
        name="clean",
        chinese="删除生成的网站和缓存",
        english="remove the built site and the cache",
        level="none",
        calls="plugins.cleaning:command",
        options=("output",),
    ),
    Command(
        name="trial",
        chinese="用一批现成的法规文本试生成整个网站：--corpus 目录",
        english="build a whole site from a folder of plain legal texts: --corpus DIR",
        level="site",
        calls="plugins.trial:command",
        options=("corpus", "output"),
    ),
    Command(
        name="bench",
        chinese="测速：同样的内容与 Hugo、原样的 Pelican 比较：--corpus 目录",
        english="measure builds against Hugo and stock Pelican: --corpus DIR",
        level="bench",
        calls="plugins.bench:command",
        options=("corpus", "sizes", "rounds", "cases", "work", "write"),
    ),
    Command(
        name="bench-search",
        chinese="检索评测：在同样的网页上与 Pagefind 比较：--corpus 目录",
        english="measure the search against Pagefind over the same pages: --corpus DIR",
        level="bench",
        calls="plugins.bench_search:command",
        options=("corpus", "sizes", "rounds", "queries", "work", "write"),
    ),
    Command(
        name="bench-gazette",
        chinese="公报评测：同一期公报与 Chromium、Typst 比较：--corpus 目录",
        english="measure the setting of an issue against Chromium and Typst: --corpus DIR",
        level="bench",
        calls="plugins.bench_gazette.command:command",
        options=("corpus", "pages_of", "work", "write"),
    ),
    Command(
        name="reference",
        chinese="由代码重新生成文档中的字段表",
        english="write the field tables in the documentation anew from the code",
        level="check",
        calls="plugins.reference:command",
    ),
    Command(
        name="lint",
        chinese="检查代码的风格、类型和楼层",
        english="check the code's style, types and floor plan",
        level="lint",
        calls="plugins.quality:lint",
    ),
    Command(
        name="test",
        chinese="运行 lint 和全部测试；其余参数交给 pytest",
        english="run lint and all tests; further arguments go to pytest",
        level="test",
        calls="plugins.quality:test",
        passes_on=True,
    ),
    Command(
        name="audit",
        chinese="检验已生成的网站：不靠外站，再用 Nu HTML Checker 和 Lighthouse",
        english="examine the built site: no other hosts, the Nu HTML checker, Lighthouse",
        level="audit",
        calls="plugins.auditing:command",
        options=("content", "output", "pages"),
    ),
)


def build_date(text: str) -> str:
    """Let `YYYY-MM-DD[ HH:MM]` through as it is typed."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", text):
        raise argparse.ArgumentTypeError(f"“{text}”应写作 2021-03-05 或 2021-03-05 09:30")
    return text


def day(text: str) -> str:
    """Let `YYYY-MM-DD` through as it is typed."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"“{text}”应写作 2018-03-30")
    return text


def period(text: str) -> str:
    """Let a year or a quarter through: `2021`, `2021-3`."""
    if not re.fullmatch(r"20\d{2}(-[1-4])?", text):
        raise argparse.ArgumentTypeError(f"“{text}”应写作 2021（全年）或 2021-3（第三季度）")
    return text


def count(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}”应是大于零的整数")
    return int(text)


def none_or_more(text: str) -> int:
    """A whole number from 0."""
    return 0 if text == "0" else count(text)


OPTIONS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "content": (
        ("--content",),
        {
            "type": Path,
            "default": Path("content"),
            "metavar": "目录",
            "help": "内容目录 / content folder",
        },
    ),
    "output": (
        ("--output",),
        {
            "type": Path,
            "default": Path("output"),
            "metavar": "目录",
            "help": "网站目录 / output folder",
        },
    ),
    "cache": (
        ("--cache",),
        {
            "type": Path,
            "default": Path(".cache"),
            "metavar": "目录",
            "help": "缓存目录，随时可以删除 / cache folder, may be deleted at any time",
        },
    ),
    "build_date": (
        ("--build-date",),
        {
            "type": build_date,
            "default": None,
            "metavar": "日期",
            "help": "按哪一天生成 / the build's date: YYYY-MM-DD[ HH:MM]",
        },
    ),
    "report": (
        ("--report",),
        {
            "type": Path,
            "default": Path("report"),
            "metavar": "目录",
            "help": "报告目录，不能在网站目录里 / folder of reports, outside of the site (report)",
        },
    ),
    "period": (
        ("--period",),
        {
            "type": period,
            "default": None,  # a default that is text would be judged as if it was typed
            "metavar": "期间",
            "help": "通报哪一年或哪一季度 / year or quarter: 2021, 2021-3 (this year)",
        },
    ),
    "port": (
        ("--port",),
        {"type": int, "default": 8000, "metavar": "端口", "help": "端口 / port (8000)"},
    ),
    "bind": (
        ("--bind",),
        {"default": "::", "metavar": "地址", "help": "监听地址 / address to listen on (::)"},
    ),
    "corpus": (
        ("--corpus",),
        {
            "type": Path,
            "required": True,
            "metavar": "目录",
            "help": "法规文本目录 / folder of legal texts",
        },
    ),
    "sizes": (
        ("--sizes",),
        {
            "default": "real,10000,50000",
            "metavar": "篇数",
            "help": "real 是原文，数字是短文的篇数 / real: the texts; a number: so many short ones",
        },
    ),
    "rounds": (
        ("--rounds",),
        {"type": count, "default": 3, "metavar": "轮数", "help": "测几轮 / rounds (3)"},
    ),
    "queries": (
        ("--queries",),
        {
            "type": count,
            "default": 25,
            "metavar": "个数",
            "help": "每种问法问几个 / queries of each kind (25)",
        },
    ),
    "pages_of": (
        ("--pages-of",),
        {
            "default": "15,150",
            "metavar": "页数",
            "help": "各期公报大约多少页 / about how many pages the issues have (15,150)",
        },
    ),
    "cases": (
        ("--cases",),
        {"default": "", "metavar": "情形", "help": "只测这些，如 cold,body / only these rows"},
    ),
    "work": (
        ("--work",),
        {
            "type": Path,
            "default": None,
            "metavar": "目录",
            "help": "临时文件放在哪里，默认在内存里 / for temporary files (in memory)",
        },
    ),
    "write": (
        ("--write",),
        {"action": "store_true", "help": "把结果写入 docs 文件夹 / write the report in docs"},
    ),
    "kind": (("kind",), {"metavar": "类型", "help": "文档类型 / kind of document"}),
    "id": (("--id",), {"default": None, "metavar": "编号", "help": "文档编号 / the document's id"}),
    "file": (
        ("file",),
        {"type": Path, "metavar": "文件", "help": "xlsx 或 csv 文件 / an xlsx or CSV file"},
    ),
    "area": (
        ("--area",),
        {
            "required": True,
            "metavar": "领域",
            "help": "领域的名称或英文编号 / the area, by name or key",
        },
    ),
    "version": (
        ("--version",),
        {"default": None, "metavar": "年月", "help": "版本，默认本月 / YYYY-MM (this month)"},
    ),
    "sheet": (
        ("--sheet",),
        {"default": None, "metavar": "表名", "help": "工作簿里的哪一张表 / which sheet"},
    ),
    "level": (
        ("level",),
        {
            "nargs": "?",
            "choices": installing.LEVELS[1:],
            "default": "site",
            "help": "装到哪一级 / "
            "how much: check lint site sign release deploy test audit bench (site)",
        },
    ),
    "issue": (("issue",), {"metavar": "期号", "help": "如 2021-01 / the issue, as 2021-01"}),
    "seal": (
        ("--seal",),
        {
            "type": Path,
            "default": None,
            "metavar": "图样",
            "help": "印章图样，pdf、png 或 svg；不给就不显示 / picture of the seal (none)",
        },
    ),
    "force": (("--force",), {"action": "store_true", "help": "重签，替换原来的 / sign anew"}),
    "pdf": (("file",), {"type": Path, "metavar": "文件", "help": "PDF 文件 / a PDF"}),
    "list": (
        ("--list",),
        {
            "type": Path,
            "required": True,
            "metavar": "清单",
            "help": "这一期各件的 CSV 清单 / a CSV list of its articles",
        },
    ),
    "back_issue": (
        ("--issue",),
        {"required": True, "metavar": "期号", "help": "如 2018-01 / the issue, as 2018-01"},
    ),
    "total": (
        ("--total",),
        {"type": count, "required": True, "metavar": "总期号", "help": "总第几期 / total number"},
    ),
    "published": (
        ("--published",),
        {
            "type": day,
            "required": True,
            "metavar": "日期",
            "help": "出版日期 / day of publication: YYYY-MM-DD",
        },
    ),
    "name": (
        ("--name",),
        {"default": "", "metavar": "刊名", "help": "刊名，默认同最新一期 / name of the gazette"},
    ),
    "begins": (
        ("--begins",),
        {
            "type": count,
            "default": 0,
            "metavar": "页数",
            "help": "第一件从 PDF 的第几页开始 / page of the PDF where the first begins (found)",
        },
    ),
    "scanned": (
        ("--scanned",),
        {"action": "store_true", "help": "注明是扫描件 / mark it as scanned (found)"},
    ),
    "roots": (
        ("--roots",),
        {
            "type": Path,
            "default": None,
            "metavar": "证书",
            "help": "受信任机构的证书，PEM / certificates that are trusted",
        },
    ),
    "server": (
        ("--server",),
        {
            "choices": ("nginx", "caddy"),
            "default": "nginx",
            "help": "哪一种服务器 / which server: nginx, caddy (nginx)",
        },
    ),
    "site": (
        ("--site",),
        {
            "default": None,
            "metavar": "网址",
            "help": "网站的网址，默认是 publishconf.py 里的 / the site's address (SITEURL)",
        },
    ),
    "root": (
        ("--root",),
        {
            "default": "/srv/gongkai/current",
            "metavar": "目录",
            "help": "服务器上网站放在哪里 / the site's folder on the server (/srv/gongkai/current)",
        },
    ),
    "certificate": (
        ("--certificate",),
        {
            "default": None,
            "metavar": "文件",
            "help": "服务器上的证书链，PEM / certificates on the server "
            "(/etc/ssl/HOST/fullchain.pem)",
        },
    ),
    "key": (
        ("--key",),
        {
            "default": None,
            "metavar": "文件",
            "help": "服务器上的私钥，PEM / the private key there (/etc/ssl/HOST/privkey.pem)",
        },
    ),
    "brotli": (
        ("--brotli",),
        {
            "action": "store_true",
            "help": "nginx 装了 libnginx-mod-http-brotli-static / nginx has brotli_static",
        },
    ),
    "config": (
        ("--config",),
        {
            "type": Path,
            "default": None,
            "metavar": "文件",
            "help": "配置写到哪里 / the file to write (origin/gongkai.conf, origin/Caddyfile)",
        },
    ),
    "target": (
        ("--target",),
        {
            "required": True,
            "metavar": "目标",
            "help": "对象存储（名称:桶/前缀）或文件夹 / remote:bucket/prefix, or a folder",
        },
    ),
    "seq": (
        ("--seq",),
        {"type": count, "default": None, "metavar": "版本", "help": "第几版 / release (newest)"},
    ),
    "since": (
        ("--since",),
        {
            "type": count,
            "default": None,
            "metavar": "版本",
            "help": "与哪一版比，默认前一版 / the release before (the one before)",
        },
    ),
    "releases": (
        ("--releases",),
        {
            "type": Path,
            "default": Path("releases"),
            "metavar": "目录",
            "help": "各版所在的目录 / folder of releases (releases)",
        },
    ),
    "public_key": (
        ("--public-key",),
        {
            "type": Path,
            "default": Path("release.pub"),
            "metavar": "公钥",
            "help": "minisign 的公钥 / minisign's public key (release.pub)",
        },
    ),
    "unsigned": (("--unsigned",), {"action": "store_true", "help": "不签名 / no signatures"}),
    "removals": (
        ("--removals",),
        {
            "type": count,
            "default": None,
            "metavar": "个数",
            "help": "最多许撤下多少个文件，默认二十个或十分之一 / how many files may vanish",
        },
    ),
    "keep": (
        ("--keep",),
        {
            "type": count,
            "default": 5,
            "metavar": "版数",
            "help": "最近几版的文件都留着 / releases whose assets stay (5)",
        },
    ),
    "days": (
        ("--days",),
        {
            "type": none_or_more,
            "default": 7,
            "metavar": "天数",
            "help": "网页在别处最久会存几天 / how long a page may be kept elsewhere (7)",
        },
    ),
    "delete": (("--delete",), {"action": "store_true", "help": "真的删除 / really remove"}),
    "assets": (
        ("--assets",),
        {"action": "store_true", "help": "不再用的带校验码的文件也刷新 / old assets too"},
    ),
    "requests": (
        ("--requests",),
        {
            "type": Path,
            "default": Path("purge"),
            "metavar": "目录",
            "help": "刷新请求写在哪里 / folder of the requests (purge)",
        },
    ),
    "send": (
        ("--send",),
        {
            "choices": ("aliyun", "tencent", "cloudflare"),
            "default": None,
            "help": "向哪一家发送，凭据在环境变量里 / send to, credentials in the environment",
        },
    ),
    "url": (
        ("--url",),
        {"required": True, "metavar": "网址", "help": "网站的网址 / address of the site"},
    ),
    "pages": (
        ("pages",),
        {"nargs": "*", "metavar": "网页", "help": "交给 Lighthouse 的网页 / pages for Lighthouse"},
    ),
}


class Parser(argparse.ArgumentParser):
    """Says in Chinese and English where to find help when the command line is wrong."""

    def error(self, message: str) -> NoReturn:
        """Print the message and exit with 2."""
        print(f"命令行有误：{message}", file=sys.stderr)
        print(
            f"用法 / usage: {self.format_usage().removeprefix('usage: ')}", file=sys.stderr, end=""
        )
        print("全部命令 / all targets: python -m plugins help", file=sys.stderr)
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """The command line, made from the table."""
    top = Parser(prog="python -m plugins", add_help=False, allow_abbrev=False)
    targets = top.add_subparsers(dest="command", metavar="命令", parser_class=Parser)
    for command in COMMANDS:
        target = targets.add_parser(
            command.name,
            description=f"{command.chinese} / {command.english}",
            allow_abbrev=False,
        )
        for option in command.options:
            names, details = OPTIONS[option]
            target.add_argument(*names, **details)
    return top


def parse(arguments: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """The command that was typed and its options.

    Raises:
        SystemExit: code 2 when the command line is wrong, 0 after `--help`.
    """
    words = list(arguments) or ["help"]
    if words[0] in {"-h", "--help"}:
        words[0] = "help"
    top = parser()
    args, extra = top.parse_known_args(words)
    command = next(command for command in COMMANDS if command.name == args.command)
    if extra and not command.passes_on:
        top.error(f"不认识 / unrecognized: {' '.join(extra)}")
    args.extra = [word for word in extra if word != "--"]
    return command, args


def help_text() -> str:
    """All targets in Chinese and English."""
    lines = [
        "用法 / usage: python -m plugins 命令 [选项]    （有 make 的机器 / or: make 命令）",
        "",
    ]
    for command in COMMANDS:
        lines += [f"  {command.name:<12} {command.chinese}", f"{'':15}{command.english}"]
    lines += ["", "某个命令的选项 / options of one target: python -m plugins 命令 --help"]
    return "\n".join(lines)


def show_help(_args: argparse.Namespace) -> int:
    """Print all targets."""
    print(help_text())
    return 0


def start_again(python: Path, arguments: Sequence[str]) -> int:
    """Run this same command line with another Python; on POSIX this never returns."""
    words = [str(python), "-m", "plugins", *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(python, words)  # noqa: S606 - a list of words, no shell wanted
    # Windows' execv would give the prompt back before the work is done.
    return subprocess.run(words, check=False).returncode


def call(target: str, args: argparse.Namespace) -> int:
    """Import `module:function` and call it with the options."""
    module, _, function = target.partition(":")
    result: int = getattr(importlib.import_module(module), function)(args)
    return result


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    command, args = parse(arguments)
    try:
        python = installing.ensure(command.level)
        if command.level != "none" and not installing.runs_inside():
            return start_again(python, arguments)
        return call(command.calls, args)
    except installing.InstallError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell says of a program ended by Ctrl-C


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
