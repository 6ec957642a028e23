"""Signatures of `SHA256SUMS`, made and checked by stock programs: minisign and ssh-keygen.

The trusted comment of minisign is signed too: it says which release this is, so that an old one
cannot be passed off for a new one.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from plugins.releases.manifest import SUMS, Release
from plugins.releases.problems import ReleaseError

KEY, PASSWORD, SSH_KEY = (
    "GONGKAI_RELEASE_KEY",
    "GONGKAI_RELEASE_PASSWORD",
    "GONGKAI_RELEASE_SSH_KEY",
)
SIGNERS = "release.signers"
"""Who may sign by SSH (`allowed_signers`); lies beside the public key of minisign."""
NAMESPACE, PRINCIPAL = "release", "release"


def comment_of(release: Release) -> str:
    """What is signed besides the sums."""
    return f"seq={release.sequence} commit={release.commit} date={release.date}"


def check_keys(environment: Mapping[str, str], public: Path) -> None:
    """Raise ReleaseError if a release could not be signed, before any work is done."""
    key = environment.get(KEY, "")
    if not key:
        raise ReleaseError(
            f"没有指明签名的密钥（环境变量 {KEY}）",
            "按 docs/operations.md 生成密钥；只是试做、确实不签的，加 --unsigned",
        )
    for name in (KEY, SSH_KEY):
        path = environment.get(name, "")
        if path and not Path(path).is_file():
            raise ReleaseError(f"找不到密钥 {path}（环境变量 {name}）", "核对路径")
        if path and Path(path).resolve().is_relative_to(Path.cwd().resolve()):
            raise ReleaseError(f"密钥 {path} 放在项目文件夹里", "移到别处，不要进版本库")
    if not public.is_file():
        raise ReleaseError(
            f"找不到公钥 {public}，别人无从核对",
            "把 minisign 生成的公钥提交到版本库，或用 --public-key 指明",
        )


def sign(folder: Path, release: Release, environment: Mapping[str, str], public: Path) -> None:
    """Sign the sums in a release's folder, and see that the public key opens the signature."""
    words = ["minisign", "-S", "-s", environment[KEY], "-m", str(folder / SUMS)]
    words += ["-x", str(folder / f"{SUMS}.minisig"), "-t", comment_of(release)]
    password = environment.get(PASSWORD)
    done = subprocess.run(
        words,
        check=False,
        input=None if password is None else f"{password}\n",
        text=True,
        stdout=subprocess.DEVNULL,
    )
    if done.returncode:
        raise ReleaseError("minisign 没有签成", "核对密钥和密码，再运行一次")
    if key := environment.get(SSH_KEY):
        _sign_by_ssh(folder, key)
    if faults := faults_of(folder, release, public):
        raise ReleaseError(faults[0], f"核对密钥与 {public} 是不是一对")


def _sign_by_ssh(folder: Path, key: str) -> None:
    signature = folder / f"{SUMS}.sig"
    with (folder / SUMS).open("rb") as sums, signature.open("wb") as out:
        words = ["ssh-keygen", "-Y", "sign", "-q", "-f", key, "-n", NAMESPACE]
        done = subprocess.run(words, stdin=sums, stdout=out, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise ReleaseError(f"ssh-keygen 没有签成：{said}", f"核对环境变量 {SSH_KEY}")


def faults_of(folder: Path, release: Release, public: Path) -> list[str]:
    """What is wrong with the signatures of a release."""
    name = f"第 {release.sequence} 版"
    signature = folder / f"{SUMS}.minisig"
    if not signature.is_file():
        return [f"{name}没有签名（{SUMS}.minisig）"]
    found = []
    words = ["minisign", "-V", "-Q", "-p", str(public), "-m", str(folder / SUMS)]
    done = _run([*words, "-x", str(signature)])
    if done.returncode:
        found.append(
            f"{name}的签名不对：{SUMS} 或 {signature.name} 被改动过，或者不是 {public} 的密钥签的"
        )
    elif done.stdout.decode(errors="replace").strip() != comment_of(release):
        found.append(
            f"{name}的签名是给别的版次签的：{done.stdout.decode(errors='replace').strip()}"
        )
    signers = public.with_name(SIGNERS)
    if (folder / f"{SUMS}.sig").is_file() and signers.is_file():
        words = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", PRINCIPAL]
        words += ["-n", NAMESPACE, "-s", str(folder / f"{SUMS}.sig")]
        if _run(words, (folder / SUMS).read_bytes()).returncode:
            found.append(f"{name}的 SSH 签名（{SUMS}.sig）不对")
    return found


def _run(words: list[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        words, input=given, capture_output=True, check=False, env=dict(os.environ)
    )
