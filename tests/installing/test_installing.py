import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from plugins import installing
from plugins.installing import (
    AUDITING,
    BROWSER,
    CONFORMANCE,
    DRIVER,
    FACES,
    HEADLESS_BROWSER,
    MINISIGN,
    NEEDS,
    ORIGINS,
    TYPESETTING,
    InstallError,
    Kind,
    Level,
    Machine,
)


class Bench:
    """A made-up machine: what it has, and every command that was run on it."""

    def __init__(
        self, *, has: Sequence[str] = (), is_root: bool = True, fails: str = "", apt: bool = True
    ) -> None:
        self.present = {*has, *(["apt-get"] if apt else []), "ensurepip"}
        self.commands: list[list[str]] = []
        self.fails = fails
        self.machine = Machine(is_root=is_root, has=self._has, run=self._run)

    def _has(self, _kind: Kind, name: str) -> bool:
        return name in self.present

    def _run(self, command: Sequence[str], *, quiet: bool = False) -> int:  # noqa: ARG002
        self.commands.append(list(command))
        if self.fails and self.fails in command:
            return 1
        if "install" in command and "apt-get" in command:
            wanted = [need for needs in NEEDS.values() for need in needs]
            self.present |= {need.names[0] for need in wanted if need.package in command}
        if "ci" in command:
            self._fetch_faces(Path(command[-1]))
        if "venv" in command:
            python = installing.environment_python(Path(command[-1]))
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 0

    def _fetch_faces(self, folder: Path) -> None:
        package = folder / "node_modules" / "noto"
        package.mkdir(parents=True)
        for name in FACES:
            (package / name).write_text(name, "utf-8")
        self.present |= set(FACES)

    def ran(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    for name in ("site", "sign", "deploy", "test", "fonts"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", "utf-8")
    (tmp_path / "requirements" / "fonts").mkdir()
    (tmp_path / "requirements" / "fonts" / "package-lock.json").write_text("{}", "utf-8")
    return tmp_path


# --- Levels ---------------------------------------------------------------------------------------


def test_level_none_installs_nothing_and_is_the_running_python(project: Path) -> None:
    bench = Bench()

    python = installing.ensure("none", root=project, machine=bench.machine)

    assert python == Path(sys.executable)
    assert bench.commands == []


@pytest.mark.parametrize("level", ["check", "lint", "deploy"])
def test_a_level_without_typesetting_needs_no_system_package(project: Path, level: Level) -> None:
    bench = Bench()

    installing.ensure(level, root=project, machine=bench.machine)

    assert bench.ran("apt-get") == []
    assert bench.ran("pip")


@pytest.mark.parametrize(
    ("level", "needs"),
    [
        ("site", TYPESETTING),
        ("release", TYPESETTING + MINISIGN),
        (
            "test",
            TYPESETTING + BROWSER + HEADLESS_BROWSER + DRIVER + CONFORMANCE + ORIGINS + MINISIGN,
        ),
        ("audit", BROWSER + AUDITING),
    ],
)
def test_a_level_installs_all_its_missing_packages_at_once(
    project: Path, level: Level, needs: tuple[installing.Need, ...]
) -> None:
    bench = Bench()

    installing.ensure(level, root=project, machine=bench.machine)

    (update, install) = bench.ran("apt-get")
    assert update == ["apt-get", "update"]
    assert set(install[7:]) == {need.package for need in needs}


def test_what_is_there_is_not_installed_again(project: Path) -> None:
    bench = Bench(has=[*FACES, *(need.names[-1] for need in TYPESETTING)])

    installing.ensure("site", root=project, machine=bench.machine)

    assert bench.ran("apt-get") == []


def test_every_level_names_a_known_set_of_requirements(root: Path) -> None:
    for level in installing.LEVELS[1:]:
        assert (root / "requirements" / f"{installing.REQUIREMENTS[level]}.txt").is_file()


# --- System packages ------------------------------------------------------------------------------


def test_an_ordinary_user_installs_with_sudo_when_it_asks_no_password() -> None:
    bench = Bench(has=["sudo"], is_root=False)

    installing.install_system_packages(BROWSER[:1], bench.machine)

    assert bench.commands[0] == ["sudo", "-n", "true"]
    assert bench.commands[1] == ["sudo", "-n", "apt-get", "update"]
    assert bench.commands[2][:2] == ["sudo", "-n"]
    assert bench.commands[2][-1] == "chromium"


def test_where_sudo_asks_a_password_the_last_line_is_the_command_to_type() -> None:
    bench = Bench(has=["sudo"], is_root=False, fails="true")

    with pytest.raises(InstallError) as caught:
        installing.install_system_packages(BROWSER[:1], bench.machine)

    assert bench.ran("install") == []
    assert "缺少系统软件包：chromium" in str(caught.value)
    assert "Missing system packages: chromium" in str(caught.value)
    assert str(caught.value).splitlines()[-1] == (
        "sudo apt-get update; sudo apt-get install -y --no-install-recommends chromium"
    )


def test_without_sudo_the_command_to_type_becomes_root_by_su() -> None:
    bench = Bench(is_root=False)

    with pytest.raises(InstallError) as caught:
        installing.install_system_packages(AUDITING, bench.machine)

    assert str(caught.value).splitlines()[-1] == (
        "su - -c 'apt-get update; "
        "apt-get install -y --no-install-recommends nodejs npm default-jre-headless'"
    )


def test_elsewhere_than_on_debian_the_message_names_each_thing_needed() -> None:
    bench = Bench(apt=False)

    with pytest.raises(InstallError) as caught:
        installing.install_system_packages(TYPESETTING, bench.machine)

    for need in TYPESETTING:
        assert need.names[0] in str(caught.value)
    assert bench.commands == []


def test_a_failed_apt_get_is_told_with_the_command_to_try_by_hand() -> None:
    bench = Bench(fails="install")

    with pytest.raises(InstallError, match="apt-get install -y --no-install-recommends chromium"):
        installing.install_system_packages(BROWSER[:1], bench.machine)


def test_a_failed_update_does_not_keep_from_installing() -> None:
    bench = Bench(fails="update")

    installing.install_system_packages(BROWSER[:1], bench.machine)

    assert bench.ran("chromium")


def test_a_python_without_ensurepip_gets_debians_package(project: Path) -> None:
    bench = Bench(is_root=False)
    bench.present.remove("ensurepip")

    with pytest.raises(InstallError, match="python3-venv"):
        installing.ensure("check", root=project, machine=bench.machine)


# --- The virtual environment ----------------------------------------------------------------------


def test_packages_are_installed_by_their_hashes_only(project: Path) -> None:
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    (pip,) = bench.ran("pip")
    assert "--require-hashes" in pip
    assert pip[-1] == str(project / "requirements" / "site.txt")


def test_a_second_run_starts_no_program(project: Path) -> None:
    installing.ensure("check", root=project, machine=Bench().machine)
    bench = Bench()

    python = installing.ensure("check", root=project, machine=bench.machine)

    assert bench.commands == []
    assert python == installing.environment_python(project / ".venv")


def test_the_test_set_holds_the_site_set(project: Path) -> None:
    installing.ensure("lint", root=project, machine=Bench().machine)
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    assert bench.commands == []


def test_the_site_set_does_not_hold_the_test_set(project: Path) -> None:
    installing.ensure("check", root=project, machine=Bench().machine)
    bench = Bench()

    installing.ensure("lint", root=project, machine=bench.machine)

    assert bench.ran("pip")
    assert bench.ran("venv") == []


def test_a_changed_lock_file_is_installed_in_place(project: Path) -> None:
    installing.ensure("check", root=project, machine=Bench().machine)
    (project / "requirements" / "site.txt").write_text("site==2\n", "utf-8")
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    assert bench.ran("pip")
    assert bench.ran("venv") == []


def test_an_interrupted_install_is_begun_anew(project: Path) -> None:
    with pytest.raises(InstallError, match="请检查网络"):
        installing.ensure("check", root=project, machine=Bench(fails="pip").machine)
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    assert "--clear" in bench.ran("venv")[0]
    assert bench.ran("pip")


def test_an_interrupted_change_leaves_no_stamp_of_the_old_state(project: Path) -> None:
    installing.ensure("check", root=project, machine=Bench().machine)
    old = (project / "requirements" / "site.txt").read_text("utf-8")
    (project / "requirements" / "site.txt").write_text("site==2\n", "utf-8")
    with pytest.raises(InstallError):
        installing.ensure("check", root=project, machine=Bench(fails="pip").machine)

    (project / "requirements" / "site.txt").write_text(old, "utf-8")

    assert not installing.is_current(project, "site")


def test_an_environment_of_another_python_is_made_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installing.ensure("check", root=project, machine=Bench().machine)
    monkeypatch.setattr(installing, "_python_version", lambda: "python 3.99\n")
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    assert bench.ran("venv")


def test_an_environment_whose_python_is_gone_is_made_anew(project: Path) -> None:
    python = installing.ensure("check", root=project, machine=Bench().machine)
    python.unlink()
    bench = Bench()

    installing.ensure("check", root=project, machine=bench.machine)

    assert bench.ran("venv")


# --- The faces of PDFs ----------------------------------------------------------------------------


def test_the_faces_come_by_an_npm_that_pip_brings(project: Path) -> None:
    bench = Bench()

    installing.ensure("site", root=project, machine=bench.machine)

    (npm,) = bench.ran("ci")
    assert npm[0].endswith("node")
    assert bench.ran("--target")[0][-1].endswith("fonts.txt")
    assert sorted(path.name for path in (project / ".fonts").iterdir()) == [*FACES, "installed"]
    assert not (project / ".fonts.draft").exists()


def test_the_machines_own_npm_fetches_the_faces(project: Path) -> None:
    bench = Bench(has=["npm"])

    installing.ensure("site", root=project, machine=bench.machine)

    assert bench.ran("ci")[0][0] == "npm"
    assert not bench.ran("--target")


def test_faces_are_fetched_again_when_others_are_locked(project: Path) -> None:
    installing.ensure("site", root=project, machine=Bench(has=["npm"]).machine)
    bench = Bench(has=["npm", *FACES])
    installing.ensure("site", root=project, machine=bench.machine)
    assert not bench.ran("ci")

    (project / "requirements" / "fonts" / "package-lock.json").write_text('{"version": 2}', "utf-8")
    installing.ensure("site", root=project, machine=bench.machine)

    assert bench.ran("ci")


def test_faces_in_the_systems_folders_will_do(project: Path) -> None:
    bench = Bench(has=FACES)

    installing.ensure("site", root=project, machine=bench.machine)

    assert not bench.ran("ci")
    assert not (project / ".fonts").exists()


def test_a_failed_download_of_faces_is_told_and_leaves_nothing_behind(project: Path) -> None:
    bench = Bench(has=["npm"], fails="ci")

    with pytest.raises(InstallError, match="PDF 的字体没有装好"):
        installing.ensure("site", root=project, machine=bench.machine)

    assert not (project / ".fonts").exists()


@pytest.mark.parametrize("level", ["check", "lint", "sign", "audit"])
def test_what_sets_no_pdf_needs_no_faces(project: Path, level: Level) -> None:
    bench = Bench()

    installing.ensure(level, root=project, machine=bench.machine)

    assert not bench.ran("ci")


def test_windows_keeps_its_python_in_scripts() -> None:
    assert installing.environment_python(Path("v"), windows=True) == Path("v/Scripts/python.exe")
    assert installing.environment_python(Path("v"), windows=False) == Path("v/bin/python")


# --- This machine ---------------------------------------------------------------------------------


def test_this_machine_has_what_the_test_level_installed() -> None:
    assert installing.unmet(NEEDS["test"], installing.this_machine()) == []


def test_what_no_machine_has_is_missed() -> None:
    machine = installing.this_machine()

    for kind in ("library", "program", "font", "file", "module"):
        assert not machine.has(kind, "no-such-thing-anywhere")


def test_a_command_run_here_gives_its_exit_code_and_prints_on_stderr(
    capfd: pytest.CaptureFixture[str],
) -> None:
    machine = installing.this_machine()

    code = machine.run([sys.executable, "-c", "print('seen'); raise SystemExit(3)"])
    machine.run([sys.executable, "-c", "print('hidden')"], quiet=True)

    assert code == 3
    assert capfd.readouterr() == ("", "seen\n")


def test_weasyprint_loads_with_what_the_site_level_installs() -> None:
    # Its own process: a missing library shows at import, and only the first time.
    words = [sys.executable, "-W", "error", "-c", "import weasyprint"]

    assert subprocess.run(words, check=False).returncode == 0


def test_setup_says_that_all_is_ready(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing, "ensure", Path)

    code = installing.command(argparse.Namespace(level="check"))

    assert code == 0
    assert "已就绪（check）" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="Windows has one installer at a time by its clerk")
def test_the_lock_on_installing_is_let_go_at_the_end(tmp_path: Path) -> None:
    for _ in range(2):
        with installing._one_at_a_time(tmp_path / "lock"):
            pass
