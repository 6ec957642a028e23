"""A long walk of random edits: after each, the incremental site must be the clean one.

By hand: `python -m tests.building.walk SEED STEPS`. What went before a fault is told as a story.
"""

from __future__ import annotations

import csv
import importlib
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path
from random import Random
from unittest.mock import patch

from plugins import building
from plugins.building import Builder, Built
from plugins.folders import Folders
from plugins.problems import report
from plugins.progress import Progress
from plugins.publishing import Press
from plugins.reading.store import Store
from plugins.records import RECORD_TYPES
from tests.building import richer
from tests.county import ROOT, THEME, settings, tree_of, write_county

publishing = importlib.import_module("plugins.publishing.publish")  # a function has its name

MOMENTS = (
    datetime(2021, 10, 1, 8, 0),
    datetime(2021, 12, 31, 12, 0),
    datetime(2022, 1, 1, 0, 0),
    datetime(2022, 1, 10, 9, 29),
    datetime(2022, 1, 10, 9, 30),
    datetime(2022, 1, 16, 0, 0),
    datetime(2022, 3, 1, 0, 0, 30),
)
ADDRESSES = ("", "https://www.example.gov.cn", "https://www.example.gov.cn/zwgk")
DAYS = ("2018-03-05", "2019-07-01", "2020-04-30", "2021-02-03", "2021-07-15", "2021-08-31")
FIELDS: dict[str, tuple[str, ...]] = {
    "subject": ("", *richer.SUBJECTS),
    "keywords": ("", "[节水]", "[节水, 值班]", "[预算, 决算, 审计]"),
    "issuer": richer.ORGANS,
    "contact": ("", *richer.ORGANS),
    "columns": ("", "[民生保障]", "[民生保障, 公共服务]", "[政策文件]"),
    "order": ("", "1", "7"),
    "corrections": (
        "",
        "[{at: 2021-09-15 10:00, note: 改正一处。}]",
        "[{at: 2021-09-15 10:00, note: 改正一处。}, {at: 2021-09-20 09:00, note: 又改正一处。}]",
    ),
    "author": ("", "责编甲"),
    "topics": (
        "",
        "topics/openness",
        "[{topic: topics/openness, part: 落实情况}]",
        "[{topic: topics/openness, facets: [资金]}, {topic: topics/openness, part: 典型问题}]",
    ),
    "enterprise_kinds": ("", "[补贴]", "[市场, 奖励]"),
    "applies_to": ("", "小微企业", "[农民, 小微企业]"),
    "catalog_rows": ("", "[safety-001]", "[safety-002, safety-003]", "[safety-001, safety-009]"),
}
POLICY_FIELDS: dict[str, tuple[str, ...]] = {
    "kind": ("通知", "意见", "决定"),
    "category": ("其他文件", "行政规范性文件"),
    "effective": ("", "2021-09-01", "2022-01-01", "2022-03-01"),
    "expires": ("", "2021-12-01", "2022-01-10", "2023-01-01"),
    "repeal_basis": ("", "上级文件"),
    "gazette": ("", "{year: 2021, issue: 3}"),
    "needs_interpretation": ("", "true"),
}
LIST_FIELDS: dict[str, tuple[str, ...]] = {
    "key": ("职权编码", "职权名称"),
    "effective": ("", "2021-09-01", "2022-01-01", "2022-03-01"),
    "adjustment": ("", "有关条例修订"),
    "version": ("第一版", "第二版"),
    "replaces": ("", "lists/power/2021-01"),
    "phone": ("", "0357-2000003"),
}
CATALOG_FIELDS: dict[str, tuple[str, ...]] = {
    "effective": ("2021-03-01", "2021-08-02", "2021-12-31", "2022-01-01", "2022-03-01"),
    "version": ("第一版", "第二版"),
    "replaces": ("", "catalog/safety/2021-01"),
    "adjustments": ("", "[{row: safety-003, kind: 新增, basis: 有关条例}]"),
}
CATALOG_CELLS: dict[str, tuple[str, ...]] = {
    "二级事项": ("", "取水", "节水"),
    "公开时限": ("及时公开", "每月", "每年", "20个工作日内", "视情况"),
    "公开主体": ("县水利局", "县水务局", "相关部门"),
    "公开对象": ("全社会", "特定群体"),
    "不适用说明": ("", "没有水库"),
    "关联事项": ("", "X-1", "X-2、X-3"),
}
ORGAN_FIELDS: dict[str, tuple[str, ...]] = {
    "short_name": ("县水务局", "县财政", "县办"),
    "phone": ("", "0357-2000009", "0357-2000002"),
    "hours": ("", "周一至周五"),
    "kind": ("区政府部门", "乡镇街道", "其他"),
    "answers": ("", "办公室"),
    "order": ("", "3", "9"),
}
PAGE_FIELDS: dict[str, tuple[str, ...]] = {
    "pdf": ("", "true"),
    "updated": ("", "2021-03-01", "2021-08-31"),
}
QUESTION_FIELDS: dict[str, tuple[str, ...]] = {
    "review_by": ("2021-12-31", "2022-01-09", "2022-12-31"),
    "matter": ("其他", "社会救助", "农业农村和宅基地"),
    "applies_to": ("企业", "[企业, 其他]"),
    "typical": ("", "true"),
    "phone": ("", "0357-2000008"),
}
RELATIONS = {
    "policies": ("repeals", "amends", "compares", "related"),
    "interpretations": ("related", "interprets"),
    "plans": ("parent", "replaces", "related"),
    "notices": ("related",),
    "questions": ("basis", "related"),
}
_PREFIX = {
    "policies": ("policies",),
    "interpretations": ("policies",),
    "plans": ("plans",),
    "questions": ("policies",),
}
_KILLABLE: tuple[tuple[object, str], ...] = (
    (publishing, "put_in_place"),
    (publishing._Publishing, "_remove"),
    (building, "save"),
    (building, "settle"),
    (Store, "keep"),
    (Store, "sweep"),
    (Press, "set"),
)


class KilledError(BaseException):
    """The build ends here, as after kill -9."""


@contextmanager
def killed(where: object, name: str, left: int, moment: str) -> Iterator[None]:
    """Work ends as if killed when a function is called and no calls are `left`.

    `moment`: before that call, after it, or half way through writing a file.
    """
    real: Callable[..., object] = getattr(where, name)

    def deadly(*arguments: object) -> object:
        nonlocal left
        left -= 1
        if left >= 0:
            return real(*arguments)
        if moment == "after":
            real(*arguments)
        if moment == "half" and name == "put_in_place":
            file, data = arguments
            assert isinstance(file, str)
            assert isinstance(data, bytes)
            begun = Path(publishing._beside(file))
            begun.parent.mkdir(parents=True, exist_ok=True)
            begun.write_bytes(data[: len(data) // 2])
        raise KilledError

    with suppress(KilledError), patch.object(where, name, deadly):
        yield


class Walk:
    """One county, its site, and everything that has happened to them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = Random(seed)
        self.content = write_county(folder / "content", richer.files())
        self.theme = shutil.copytree(THEME, folder / "theme")
        self.target = folder / "site" / "output"
        self.cache = folder / "site" / ".cache"
        self.settings = settings(MOMENTS[1])
        self.story: list[str] = [f"seed {seed}"]
        self.count = 0
        self.sound_steps = 0
        self.builds = 0
        self.sound: dict[str, tuple[bytes, int]] = {}
        self.older: dict[str, list[tuple[bytes, int]]] = {}
        self.builder: Builder | None = None
        self.usual = 0.5
        self.watched: dict[str, tuple[int, ...]] | None = None
        self.is_sound = False
        self.sound_settings = self.settings

    # --- the walk ---

    def run(self, steps: int) -> None:
        """Take steps; raises AssertionError, with the story, where the site is not clean."""
        self.compare()
        while self.count < steps:
            self.count += 1
            for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
                self.edit()
            self.compare()
            if not self.is_sound and self.chance.random() < 0.7:
                self.tell(self.mend())
                self.compare()

    def tell(self, sentence: str) -> None:
        """One more sentence of the story."""
        self.story.append(f"{self.count}. {sentence}")

    def edit(self) -> None:
        """Something happens."""
        while True:
            (happening,) = self.chance.choices(
                [e for e, _ in EDITS], [weight for _, weight in EDITS]
            )
            said = happening(self)
            if said:
                self.tell(said)
                return

    def compare(self) -> None:
        """Build as usual and build from nothing: problems and sites are the same."""
        self.builds += 1
        before = tree_of(self.target) if self.target.exists() else {}
        clean, clean_tree = self.clean()
        started = time.monotonic()
        built = self.build()
        self.usual = max(0.05, time.monotonic() - started)
        assert built.checked.tree.unread == clean.checked.tree.unread, self.told()
        assert report(built.checked.problems) == report(clean.checked.problems), self.told()
        self.is_sound = built.published is not None
        assert self.is_sound == (clean.published is not None), self.told()
        if self.is_sound:
            self.sound_steps += 1
            self.remember()
        now, wanted = tree_of(self.target), clean_tree if self.is_sound else before
        differing = sorted(p for p in now.keys() | wanted.keys() if now.get(p) != wanted.get(p))
        assert not differing, f"{differing}\n{self.told()}"

    def told(self) -> str:
        """The story so far."""
        return "\n".join(self.story)

    def build(self) -> Built:
        """The next build, by the same process or by a new one."""
        if self.builder is None or self.chance.random() < 0.6:
            self.leave()
            self.builder = Builder(Folders(self.content, self.target, self.theme, self.cache))
            self.watched = None
        touched, self.watched = self.touched(), None
        if touched is not None:
            self.tell(f"(a watched build of {sorted(touched)})")
        stats = self.stats()
        built = self.builder.build(self.settings, Progress(is_terminal=False), touched)
        if built.published:
            self.watched = stats
        return built

    def touched(self) -> set[str] | None:
        """What a watcher of the content can have seen since this builder's last good build.

        None if more has happened than that known files were saved.
        """
        now, then = self.stats(), self.watched
        if then is None or now.keys() != then.keys():
            return None
        return {name for name, stat in now.items() if then[name] != stat}

    def stats(self) -> dict[str, tuple[int, ...]]:
        """What tells whether files were saved."""
        return {
            self.name(path): (s.st_mtime_ns, s.st_size, s.st_ino, s.st_ctime_ns)
            for path in self.files()
            for s in [path.stat()]
        }

    def clean(self) -> tuple[Built, dict[str, str]]:
        """A build from nothing.

        Among themselves, clean builds share compiled templates and PDFs: both are found by content.
        """
        elsewhere = Path(tempfile.mkdtemp(dir=self.folder))
        (elsewhere / "cache").mkdir()
        for name in ("templates", "printed"):
            shared = self.folder / name
            shared.mkdir(exist_ok=True)
            (elsewhere / "cache" / name).symlink_to(shared)
        folders = Folders(self.content, elsewhere / "output", self.theme, elsewhere / "cache")
        builder = Builder(folders)
        try:
            built = builder.build(self.settings, Progress(is_terminal=False))
        finally:
            builder.close()
        tree = tree_of(elsewhere / "output") if built.published else {}
        shutil.rmtree(elsewhere)
        return built, tree

    def leave(self) -> None:
        """The building process ends."""
        if self.builder:
            self.builder.close()
        self.builder = None

    def remember(self) -> None:
        """Keep this content: it was sound."""
        self.sound, self.sound_settings = {}, self.settings
        for path in self.files():
            kept = (path.read_bytes(), path.stat().st_mtime_ns)
            name = self.name(path)
            self.sound[name] = kept
            versions = self.older.setdefault(name, [])
            if kept[0] not in [data for data, _ in versions]:
                versions.append(kept)

    # --- what there is ---

    def files(self) -> list[Path]:
        return sorted(path for path in self.content.rglob("*") if path.is_file())

    def name(self, path: Path) -> str:
        return path.relative_to(self.content).as_posix()

    def documents(self, *folders: str) -> list[Path]:
        known = folders or tuple(kind.folder for kind in RECORD_TYPES)
        return sorted(p for folder in known for p in (self.content / folder).rglob("*.md"))

    def any_document(self, *folders: str) -> Path | None:
        found = self.documents(*folders)
        return self.chance.choice(found) if found else None

    def attachments(self) -> list[Path]:
        return [path for path in self.files() if path.suffix in {".csv", ".txt", ".pdf"}]

    # --- edits; each says what it did, or "" if there was nothing to do it to ---

    def body(self) -> str:
        path = self._document()
        words = self.chance.choice(
            (
                f"另：第{self.count}次补充。",
                f"## 三、附则{self.count}\n\n自印发之日起施行。",
                "见[通知](../../policies/2021/2021-005.md#s2)。",
                "见[指南](../../pages/guide.md)。",
                "> 引用\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |",
            )
        )
        self.write(path, f"{path.read_text('utf-8')}\n{words}\n")
        return f"{self.name(path)}: a body grows: {words!r}"

    def long_title(self) -> str:
        path = self._document()
        self.set(path, "title", f"第{self.chance.randrange(4)}份{path.stem}的标题")
        return f"{self.name(path)}: another title"

    def summary(self) -> str:
        path = self._document()
        self.set(path, "summary", self.chance.choice(("", f"概述{self.count}。")))
        return f"{self.name(path)}: another summary"

    def field(self) -> str:
        path = self.any_document(
            "policies", "interpretations", "plans", "notices", "questions", "lists", "catalog"
        )
        return self._one_of(path, FIELDS)

    def policy_field(self) -> str:
        return self._one_of(self.any_document("policies"), POLICY_FIELDS)

    def list_field(self) -> str:
        return self._one_of(self.any_document("lists"), LIST_FIELDS)

    def catalog_field(self) -> str:
        return self._one_of(self.any_document("catalog"), CATALOG_FIELDS)

    def catalog_row(self) -> str:
        """A cell of a catalog's table reads otherwise, or a row comes or goes."""
        tables = sorted((self.content / "catalog").rglob("*.csv"))
        found = [p for p in tables if p.read_text("utf-8").startswith(richer.ROWS + "safety")]
        if not found:
            return ""
        path = self.chance.choice(found)
        header, *rows = csv.reader(StringIO(path.read_text("utf-8")))
        what = self.chance.choice(("cell", "cell", "cell", "new", "gone"))
        if what == "new":
            rows.append([f"safety-{self.count:03}", *rows[-1][1:]])
        elif what == "gone" and len(rows) > 1:
            rows.remove(self.chance.choice(rows))
        else:
            column = self.chance.choice(tuple(CATALOG_CELLS))
            row = self.chance.choice(rows)
            row[header.index(column)] = self.chance.choice(CATALOG_CELLS[column])
        out = StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([header, *rows])
        self.write(path, out.getvalue())
        return f"{self.name(path)}: {what}"

    def organ_field(self) -> str:
        return self._one_of(self.any_document("organs"), ORGAN_FIELDS)

    def page_field(self) -> str:
        return self._one_of(self.any_document("pages"), PAGE_FIELDS)

    def move_in_time(self) -> str:
        path = self.any_document(
            "policies", "plans", "notices", "pages", "organs", "interpretations", "questions",
            "lists", "catalog",
        )  # fmt: skip
        if path is None:
            return ""
        day = self.chance.choice(DAYS)
        clock = self.chance.choice(("08:00", "09:30", "15:00"))
        self.set(path, "published", f"{day} {clock}")
        if re.search(r"^signed:", path.read_text("utf-8"), re.MULTILINE):
            self.set(path, "signed", day)
        return f"{self.name(path)}: published {day} {clock}"

    def question(self) -> str:
        return self._one_of(self.any_document("questions"), QUESTION_FIELDS)

    def closes(self) -> str:
        path = self.any_document("notices")
        days = ("", "2021-12-30", "2021-12-31", "2022-01-15", "2022-02-01")
        return self._one_of(path, {"closes": days})

    def relation(self) -> str:
        path = self.any_document(*RELATIONS)
        if path is None:
            return ""
        folder = self.name(path).partition("/")[0]
        key = self.chance.choice(RELATIONS[folder])
        among = self.any_document(*(() if key == "related" else _PREFIX[folder]))
        if among is None or among == path:
            return ""
        target = self.name(among).removesuffix(".md") if self.chance.random() < 0.7 else ""
        self.set(path, key, target)
        return f"{self.name(path)}: {key} is {target!r}"

    def public_or_not(self) -> str:
        path = self.any_document(
            "policies", "plans", "notices", "interpretations", "questions", "lists", "catalog"
        )
        if path is None:
            return ""
        is_open = "disclosure: 主动公开" in path.read_text("utf-8")
        self.set(path, "disclosure", "依申请公开" if is_open else "主动公开")
        self.set(path, "disclosure_basis", "依据条例第十六条，属内部事务信息。" if is_open else "")
        return f"{self.name(path)}: {'is withheld' if is_open else 'is opened'}"

    def draft(self) -> str:
        path = self._document()
        is_draft = "draft: true" in path.read_text("utf-8")
        self.set(path, "draft", "" if is_draft else "true")
        return f"{self.name(path)}: {'is no draft any more' if is_draft else 'is a draft'}"

    def embargo(self) -> str:
        path = self.any_document("policies", "notices")
        if path is None:
            return ""
        moment = self.chance.choice(MOMENTS[1:])
        self.set(path, "published", f"{moment:%Y-%m-%d %H:%M}")
        self.set(path, "signed", "2021-09-28")
        self.set(path, "embargo", "true")
        return f"{self.name(path)}: waits for {moment}"

    def line_moves(self) -> str:
        path = self._document()
        text = path.read_text("utf-8")
        self.write(path, text.replace("---\n", "---\n# 一行注释\n", 1))
        return f"{self.name(path)}: all lines move down"

    def same_length(self) -> str:
        path = self._document()
        text, stat = path.read_text("utf-8"), path.stat()
        places = [m.start() for m in re.finditer("[工有作各负说明内容]", text)]
        if not places:
            return ""
        place = self.chance.choice(places)
        path.write_text(text[:place] + "异" + text[place + 1 :], "utf-8")
        with_time = self.chance.random() < 0.7
        if with_time:
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"{self.name(path)}: one character is another, old time {with_time}"

    def touch(self) -> str:
        path = self.chance.choice(self.files())
        os.utime(path)
        return f"{self.name(path)}: touched"

    def swap(self) -> str:
        one, other = self.any_document("policies"), self.any_document("policies", "notices")
        if one is None or other is None or one == other:
            return ""
        if self.chance.random() < 0.5:
            beside = one.with_suffix(".swap")
            one.rename(beside)
            other.rename(one)
            beside.rename(other)
        else:
            first, second = one.read_bytes(), other.read_bytes()
            one.write_bytes(second)
            other.write_bytes(first)
        return f"{self.name(one)} and {self.name(other)}: swapped"

    def rename(self) -> str:
        path = self._document()
        new = path.with_name(f"{path.stem.partition('x')[0]}x{self.chance.randrange(30)}.md")
        if new.exists():
            return ""
        path.rename(new)
        follow = self.chance.random() < 0.7
        if follow:
            old_id, new_id = (self.name(p).removesuffix(".md") for p in (path, new))
            for other in self.documents():
                text = other.read_text("utf-8")
                text = re.sub(rf"{re.escape(old_id)}\b", new_id, text)
                text = re.sub(rf"\b{re.escape(path.name)}", new.name, text)
                self.write(other, text)
        return f"{self.name(path)}: renamed to {new.name}, those that name it follow: {follow}"

    def delete(self) -> str:
        path = self._document()
        path.unlink()
        return f"{self.name(path)}: deleted"

    def add(self) -> str:
        day = self.chance.choice(DAYS)
        number = self.chance.randrange(20, 90)
        path = self.content / f"policies/{day[:4]}/{day[:4]}-{number:03}.md"
        if path.exists():
            return ""
        path.parent.mkdir(parents=True, exist_ok=True)
        issuer = self.chance.choice(richer.ORGANS)
        code = dict(zip(richer.ORGANS, ("某政发", "某政办发", "某财发", "某水发"), strict=True))
        more = {"attachments": f"[n{number}.csv]"} if self.chance.random() < 0.3 else {}
        if more:
            path.with_name(f"n{number}.csv").write_text("项目\n新\n", "utf-8")
        name = f"{code[issuer]}〔{day[:4]}〕{number}号"
        path.write_text(richer.policy(day, issuer, name, f"新事项{number}", **more), "utf-8")
        return f"{self.name(path)}: added"

    def attachment(self) -> str:
        found = self.attachments()
        path = self.chance.choice(found) if found else None
        if path is None:
            return ""
        what = self.chance.choice(("change", "same size", "delete", "rename", "stray"))
        if what == "delete":
            path.unlink()
        elif what == "stray":
            path.with_name(f"unused-{self.count}.csv").write_text("没有人用\n", "utf-8")
        elif what == "rename":
            name = f"{path.stem}-r{path.suffix}"
            path.rename(path.with_name(name))
            for other in path.parent.glob("*.md"):
                self.write(other, other.read_text("utf-8").replace(path.name, name))
        elif path.suffix == ".pdf":
            path.write_bytes(richer.pdf(self.chance.choice(("one", "two", "a longer one"))))
        elif what == "change":
            path.write_text(f"{path.read_text('utf-8')}{self.count}\n", "utf-8")
        else:
            stat, text = path.stat(), path.read_text("utf-8")
            path.write_text(f"{self.chance.choice('甲乙')}{text[1:]}", "utf-8")
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"{self.name(path)}: attachment: {what}"

    def attach(self) -> str:
        path = self.any_document("policies", "notices", "pages")
        if path is None:
            return ""
        name = f"added-{self.count}.csv"
        path.with_name(name).write_text("项目\n", "utf-8")
        self.set(path, "attachments", f"[{name}]")
        return f"{self.name(path)}: attaches {name} and nothing else"

    def vocabulary(self) -> str:
        names = ("kinds", "subjects", "columns", "notice_kinds", "organ_kinds", "topic_parts",
                 "outside_organs", "plan_kinds", "interpretation_kinds", "list_kinds",
                 "areas", "channels")  # fmt: skip
        path = self.content / "vocabularies" / f"{self.chance.choice(names)}.yaml"
        text = path.read_text("utf-8")
        what = self.chance.choice(("add", "remove", "rename", "note", "key", "order", "comment"))
        terms = list(re.finditer(r"^- name: .*\n(?:[ ]+.*\n)*", text, re.MULTILINE))
        if what == "comment":
            self.write(path, f"# {self.count}\n{text}")
            return f"{path.name}: a comment"
        if what == "add":
            self.write(
                path, f"{text.rstrip()}\n- name: 新词{self.count}\n  key: new-{self.count}\n"
            )
            return f"{path.name}: a new word"
        used = [
            t
            for t in terms
            if re.search("通知|公示|财政|区政府|政策|纲要|文字|权责|安全生产|政府网站", t[0])
        ]
        term = self.chance.choice(used if used and self.chance.random() < 0.7 else terms)
        if what == "remove":
            new = ""
        elif what == "rename":
            new = re.sub(r"^- name: (.*)", r"- name: \1改", term[0])
        elif what == "key":
            new = re.sub(r"^  key: (.*)", r"  key: \1-k", term[0], count=1, flags=re.MULTILINE)
        elif what == "note":
            rest = re.sub(r"^  note: .*\n", "", term[0], flags=re.MULTILINE)
            new = re.sub(
                r"^(  key: .*\n)",
                rf"\1  note: 说明{self.count}\n",
                rest,
                count=1,
                flags=re.MULTILINE,
            )
        else:
            self.write(path, text.replace(term[0], "") + term[0])
            return f"{path.name}: {term[0].splitlines()[0]} goes to the end"
        self.write(path, text.replace(term[0], new))
        return f"{path.name}: {term[0].splitlines()[0]}: {what}"

    def organ_title(self) -> str:
        path = self.any_document("organs")
        found = re.search(r"^title: (.*)$", path.read_text("utf-8"), re.MULTILINE) if path else None
        if path is None or found is None:
            return ""
        new = f"{found[1]}改名" if self.chance.random() < 0.5 else found[1].replace("改名", "")
        everywhere = self.chance.random() < 0.7
        for other in self.documents() if everywhere else [path]:
            text = other.read_text("utf-8")
            self.write(other, re.sub(rf"{re.escape(found[1])}(?=[\],\n])", new, text))
        return f"{self.name(path)}: is called {new}, everywhere: {everywhere}"

    def data_files(self) -> str:
        what = self.chance.choice(
            ("calendar", "leak", "allow", "columns", "redirects", "addresses", "window")
        )
        if what == "calendar":
            days = self.chance.choice(
                ("{}", "2027:\n  holidays: [2027-01-01]", "2021: {holidays: [2021-07-16]}")
            )
            self.write(self.content / "workdays.yaml", f"{days}\n")
        elif what == "redirects":
            target = self.chance.choice(("policies/2019/2019-002/", "policies/", "notices/"))
            text = richer.REDIRECTS.replace("to: policies/2019/2019-002/", f"to: {target}")
            self.write(self.content / "redirects.yaml", text)
        elif what == "addresses":
            listed = self.chance.choice(
                ("policies/2019/2019-002/", "organs/water/", "old/news.html")
            )
            self.write(self.content / "addresses.txt", f"{listed}\n")
        elif what == "window":
            hours = self.chance.choice(("全天", "上午", "下午"))
            self.write(self.content / "consult.yaml", richer.CONSULT.replace("全天", hours))
        elif what == "columns":
            limit = self.chance.choice(("2周", "1年", "长期", "半年"))
            owner = self.chance.choice(("", *richer.ORGANS))
            self.write(self.content / "columns.csv", richer.columns(limit, owner))
        elif what == "leak":
            path = self._document()
            self.write(path, f"{path.read_text('utf-8')}\n联系13912345678。\n")
        else:
            allowed = self.chance.choice(
                ('- value: "13912345678"\n  reason: 演示用的号码\n', "[]\n")
            )
            self.write(self.content / "privacy_allowlist.yaml", allowed)
        return f"data: {what}"

    def template(self) -> str:
        path = self.chance.choice(sorted((self.theme / "templates").rglob("*.html")))
        text = path.read_text("utf-8")
        places = [m.start() for m in re.finditer(r"\{%-? *end(?:block|macro)", text)]
        if not places:
            return ""
        place = self.chance.choice(places)
        path.write_text(f"{text[:place]}<!--{self.count}-->{text[place:]}", "utf-8")
        return f"{path.relative_to(self.theme)}: a template says {self.count}"

    def theme_file(self) -> str:
        suffix = self.chance.choice((".css", ".js"))
        found = sorted(p for p in self.theme.rglob(f"*{suffix}"))
        path = self.chance.choice(found)
        words = (
            f"\n.x{self.count}{{color:red}}\n" if suffix == ".css" else f"\nlet x{self.count};\n"
        )
        path.write_text(path.read_text("utf-8") + words, "utf-8")
        return f"{path.relative_to(self.theme)}: changed"

    def old_theme(self) -> str:
        shutil.rmtree(self.theme)
        shutil.copytree(THEME, self.theme)
        return "the theme is the old one again"

    def address(self) -> str:
        self.settings = replace(self.settings, site_url=self.chance.choice(ADDRESSES))
        return f"the site's address is {self.settings.site_url!r}"

    def county(self) -> str:
        hotline = self.chance.choice(("12345", "12366"))
        county = replace(self.settings.county, hotline=hotline, sample=self.chance.random() < 0.5)
        self.settings = replace(self.settings, county=county)
        return f"the county's hotline is {hotline}, sample {county.sample}"

    def moment(self) -> str:
        self.settings = replace(self.settings, now=self.chance.choice(MOMENTS))
        return f"it is {self.settings.now}"

    def old_bytes(self) -> str:
        name = self.chance.choice(sorted(self.older))
        data, time_ns = self.chance.choice(self.older[name])
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(time_ns, time_ns))
        return f"{name}: as it once was, with its old time"

    def lose_cache(self) -> str:
        self.leave()
        what = self.chance.choice(
            ("all", "readings", "state", "templates", "bad readings", "bad state")
        )
        if what == "all":
            shutil.rmtree(self.cache, ignore_errors=True)
        elif what == "templates":
            shutil.rmtree(self.cache / "templates", ignore_errors=True)
        else:
            folders = Folders(self.content, self.target, self.theme, self.cache)
            file = folders.readings if "readings" in what else folders.state
            if not file.exists():
                return ""
            if what.startswith("bad"):
                data = bytearray(file.read_bytes())
                for _ in range(self.chance.choice((1, 1, 50))):
                    data[self.chance.randrange(len(data))] ^= self.chance.randrange(1, 256)
                file.write_bytes(data)
            else:
                file.unlink()
        return f"the cache is lost: {what}"

    def hurt_output(self) -> str:
        found = sorted(p for p in self.target.rglob("*") if p.is_file())
        self.watched = None
        if not found:
            return ""
        path = self.chance.choice(found)
        what = self.chance.choice(("delete", "alter", "delete folder", "delete all"))
        if path.name == publishing.MARKER and what != "delete folder":
            path.write_text("nonsense", "utf-8")
        elif what == "delete":
            path.unlink()
        elif what == "alter":
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        elif what == "delete folder" and path.parent != self.target:
            shutil.rmtree(path.parent)
        else:
            shutil.rmtree(self.target)
        return f"site: {path.relative_to(self.target)}: {what}"

    def kill(self) -> str:
        """A build is killed, and what it left may be added to."""
        self.leave()
        how = self._kill_from_outside() if self.chance.random() < 0.25 else self._kill_at_a_call()
        after = self.chance.choice(("nothing", "nothing", "stray", "undo"))
        if after == "undo":
            self.mend()
        if after == "stray" and self.target.exists() and not self.settled():
            stray = self.target / self.chance.choice(
                ("stray.html", "policies/2021/x/index.html", "a/b")
            )
            stray.parent.mkdir(parents=True, exist_ok=True)
            stray.write_text("nobody yields this", "utf-8")
        return f"{how}; then {after}"

    def settled(self) -> bool:
        """Whether the site's marker names a state, so that nothing is looked for in the folder."""
        with suppress(OSError, UnicodeDecodeError):
            said: str = (self.target / publishing.MARKER).read_text("ascii")
            return said != "changing\n"
        return False

    def _kill_at_a_call(self) -> str:
        left = self.chance.choice((0, 0, 1, 2, 5, 20))
        where, name = self.chance.choice(_KILLABLE)
        if name == "put_in_place":
            left = self.chance.randrange(60)
        moment = self.chance.choice(("before", "after", "half"))
        with killed(where, name, left, moment):
            self.build()
        self.leave()
        return f"killed {moment} a call of {name}, the one after {left} others"

    def _kill_from_outside(self) -> str:
        given = pickle.dumps((self.content, self.target, self.theme, self.cache, self.settings))
        command = [sys.executable, "-m", "tests.building.walk", "build"]
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdout.readline()
            process.stdin.write(given)
            process.stdin.close()
            seconds = self.chance.uniform(0, 2 * self.usual)
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
        return f"killed from outside after {seconds:.3f} s"

    def mend(self) -> str:
        """Everything in the content is as it was when it was last sound."""
        with_time = self.chance.random() < 0.5
        for path in self.files():
            if self.name(path) not in self.sound:
                path.unlink()
        for name, (data, time_ns) in self.sound.items():
            path = self.content / name
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                if with_time:
                    os.utime(path, ns=(time_ns, time_ns))
        self.settings = self.sound_settings
        return f"the content is mended, with its old times: {with_time}"

    # --- how ---

    def _document(self) -> Path:
        path = self.any_document()
        assert path is not None
        return path

    def _one_of(self, path: Path | None, fields: dict[str, tuple[str, ...]]) -> str:
        if path is None:
            return ""
        key = self.chance.choice(sorted(fields))
        value = self.chance.choice(fields[key])
        self.set(path, key, value)
        return f"{self.name(path)}: {key} is {value!r}"

    def set(self, path: Path, key: str, value: str) -> None:
        """Write a field of the front matter; without a value, take it out."""
        head, fence, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        lines = head.split("\n")
        at = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
        lines[at : at + 1] = [f"{key}: {value}"] if value else []
        self.write(path, "---\n" + "\n".join(lines) + fence + body)

    def write(self, path: Path, text: str) -> None:
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


EDITS: tuple[tuple[Callable[[Walk], str], int], ...] = (
    (Walk.body, 4), (Walk.long_title, 4), (Walk.summary, 2), (Walk.field, 6),
    (Walk.policy_field, 5), (Walk.organ_field, 4), (Walk.page_field, 2),
    (Walk.move_in_time, 4), (Walk.closes, 2),
    (Walk.question, 4),
    (Walk.list_field, 4), (Walk.catalog_field, 4), (Walk.catalog_row, 6),
    (Walk.relation, 6), (Walk.public_or_not, 4), (Walk.draft, 3), (Walk.embargo, 3),
    (Walk.line_moves, 2), (Walk.same_length, 3), (Walk.touch, 2), (Walk.swap, 2),
    (Walk.rename, 3), (Walk.delete, 3), (Walk.add, 4), (Walk.attachment, 5), (Walk.attach, 2),
    (Walk.vocabulary, 5), (Walk.organ_title, 3), (Walk.data_files, 2), (Walk.template, 3),
    (Walk.theme_file, 2), (Walk.old_theme, 1), (Walk.address, 2), (Walk.county, 1),
    (Walk.moment, 5), (Walk.old_bytes, 3), (Walk.lose_cache, 3), (Walk.hurt_output, 3),
    (Walk.kill, 6),
)  # fmt: skip


def main(words: list[str]) -> None:
    """`SEED STEPS` walks; `build` builds once, for a walk that kills it."""
    if words == ["build"]:
        print("ready", flush=True)
        content, target, theme, cache, made = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  # from the walk itself
        Builder(Folders(content, target, theme, cache)).build(made, Progress(is_terminal=False))
        return
    seed, steps = map(int, words)
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder), seed)
        walk.run(steps)
        print(f"seed {seed}: {walk.sound_steps} of {walk.builds} builds published, all clean")


if __name__ == "__main__":
    main(sys.argv[1:])
