"""The requests that have a CDN forget addresses: what they hold, and how they are signed.

- Aliyun: RefreshObjectCaches, version 2018-05-10, signed by ACS3-HMAC-SHA256.
- Tencent Cloud: PurgeUrlsCache, version 2018-06-06, signed by TC3-HMAC-SHA256.
- Cloudflare: purge_cache of a zone, with a token.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from plugins.delivery.problems import DeliveryError

_ALIYUN_ID, _ALIYUN_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
_TENCENT_ID, _TENCENT_KEY = "TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"
_CLOUDFLARE_TOKEN, _CLOUDFLARE_ZONE = "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ZONE_ID"
_TIMEOUT = 60
DAILY = 10_000
"""Addresses that Aliyun and Tencent forget in a day (their usual quota)."""


@dataclass(frozen=True)
class Request:
    """A POST, ready to be sent."""

    url: str
    headers: Mapping[str, str]
    body: bytes


Body = Callable[[Sequence[str]], dict[str, object]]
Sign = Callable[[bytes, Mapping[str, str], datetime], Request]


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """One CDN: how many addresses go into a call, their form, the names of its credentials."""

    chinese: str
    most: int
    body: Body
    credentials: tuple[str, ...]
    sign: Sign

    def bodies(self, addresses: Sequence[str]) -> list[bytes]:
        """The calls' contents."""
        starts = range(0, len(addresses), self.most)
        return [_json(self.body(addresses[start : start + self.most])) for start in starts]

    def request(self, body: bytes, environment: Mapping[str, str], now: datetime) -> Request:
        """One call, signed. Raises DeliveryError if the environment lacks a credential."""
        lacking = [name for name in self.credentials if not environment.get(name)]
        if lacking:
            raise DeliveryError(
                f"没有{self.chinese}的凭据，什么也没有发送", f"设置环境变量 {'、'.join(lacking)}"
            )
        return self.sign(body, environment, now)


def _json(body: dict[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _aliyun(body: bytes, environment: Mapping[str, str], now: datetime) -> Request:
    host = "cdn.aliyuncs.com"
    form = urlencode(json.loads(body), quote_via=quote).encode()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "host": host,
        "x-acs-action": "RefreshObjectCaches",
        "x-acs-content-sha256": _sha256(form),
        "x-acs-date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": _sha256(form + now.isoformat().encode())[:32],
        "x-acs-version": "2018-05-10",
    }
    algorithm = "ACS3-HMAC-SHA256"
    names = ";".join(headers)
    text = f"{algorithm}\n{_sha256(_canonical(headers, form).encode())}"
    signature = _hmac(environment[_ALIYUN_SECRET].encode(), text).hex()
    authorization = (
        f"{algorithm} Credential={environment[_ALIYUN_ID]},"
        f"SignedHeaders={names},Signature={signature}"
    )
    return Request(f"https://{host}/", {**headers, "authorization": authorization}, form)


def _tencent(body: bytes, environment: Mapping[str, str], now: datetime) -> Request:
    host, service, algorithm = "cdn.tencentcloudapi.com", "cdn", "TC3-HMAC-SHA256"
    moment = now.astimezone(UTC)
    stamp = str(int(moment.timestamp()))
    signed = {"content-type": "application/json", "host": host}
    names = ";".join(signed)
    day = moment.strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    text = f"{algorithm}\n{stamp}\n{scope}\n{_sha256(_canonical(signed, body).encode())}"
    key = f"TC3{environment[_TENCENT_KEY]}".encode()
    for part in (day, service, "tc3_request"):
        key = _hmac(key, part)
    headers = {
        **signed,
        "authorization": (
            f"{algorithm} Credential={environment[_TENCENT_ID]}/{scope}, "
            f"SignedHeaders={names}, Signature={_hmac(key, text).hex()}"
        ),
        "x-tc-action": "PurgeUrlsCache",
        "x-tc-timestamp": stamp,
        "x-tc-version": "2018-06-06",
    }
    return Request(f"https://{host}/", headers, body)


def _cloudflare(body: bytes, environment: Mapping[str, str], _now: datetime) -> Request:
    zone = quote(environment[_CLOUDFLARE_ZONE], safe="")
    headers = {
        "authorization": f"Bearer {environment[_CLOUDFLARE_TOKEN]}",
        "content-type": "application/json",
    }
    url = f"https://api.cloudflare.com/client/v4/zones/{zone}/purge_cache"
    return Request(url, headers, body)


def _canonical(headers: Mapping[str, str], body: bytes) -> str:
    """A POST to / as both signatures see it; the headers are in the order of their names."""
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    return f"POST\n/\n\n{lines}\n{';'.join(headers)}\n{_sha256(body)}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


VENDORS: dict[str, Vendor] = {
    "aliyun": Vendor(
        chinese="阿里云",
        most=1000,
        body=lambda urls: {"ObjectPath": "\n".join(urls), "ObjectType": "File"},
        credentials=(_ALIYUN_ID, _ALIYUN_SECRET),
        sign=_aliyun,
    ),
    "tencent": Vendor(
        chinese="腾讯云",
        most=1000,
        body=lambda urls: {"Urls": list(urls)},
        credentials=(_TENCENT_ID, _TENCENT_KEY),
        sign=_tencent,
    ),
    "cloudflare": Vendor(
        chinese="Cloudflare ",
        most=30,
        body=lambda urls: {"files": list(urls)},
        credentials=(_CLOUDFLARE_TOKEN, _CLOUDFLARE_ZONE),
        sign=_cloudflare,
    ),
}


def send(request: Request) -> None:
    """Send one call. Raises DeliveryError with the vendor's own words if it is not granted."""
    call = urllib.request.Request(request.url, request.body, dict(request.headers))  # noqa: S310  # https or a test's own server
    try:
        with urllib.request.urlopen(call, timeout=_TIMEOUT) as answer:  # noqa: S310
            said = answer.read()
    except urllib.error.HTTPError as fault:
        said = fault.read()
    except OSError as fault:
        raise DeliveryError(f"刷新请求没有送到：{fault}", "核对网络，再执行一次") from fault
    if not granted(said):
        words = said.decode(errors="replace")[:500]
        raise DeliveryError(f"刷新请求没有被接受：{words}", "核对凭据、权限和当天的限额")


def granted(said: bytes) -> bool:
    """Whether a vendor's answer says yes: Aliyun and Tencent give the number of a task."""
    try:
        answer = json.loads(said)
    except ValueError:
        return False
    if not isinstance(answer, dict):
        return False
    response = answer.get("Response", {})
    return bool("RefreshTaskId" in answer or "TaskId" in response or answer.get("success") is True)
