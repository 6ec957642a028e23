"""The configuration for nginx, as one file of /etc/nginx/conf.d (Debian's 1.22 and newer)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.origins.answers import (
    ERRORS,
    KEEPING,
    METHODS,
    ONLY_HTTPS,
    OTHER,
    PACKED,
    PAGES,
    SECURITY,
    TYPES,
    is_text,
)
from plugins.origins.site import Site

_FEW = 1000
"""So many exact addresses nginx's own size of a map holds well."""


def configuration(site: Site) -> str:
    """All of it."""
    lines = (
        _heading(),
        _maps(site),
        _strangers(site),
        _plain_http(site),
        _main(site),
    )
    return "\n".join(line for part in lines for line in part) + "\n"


def _heading() -> Iterator[str]:
    yield "# 由 python -m plugins origin --server nginx 生成，不要手工修改。"
    yield "# 放进 /etc/nginx/conf.d/，删去 /etc/nginx/sites-enabled/default，"
    yield "# 执行 nginx -t，通过了再重新载入。"
    yield ""


def _maps(site: Site) -> Iterator[str]:
    """Tables that are looked up by the exact address: as fast with 10000 rows as with one."""
    if len(site.moved) + len(site.gone) > _FEW:
        yield "map_hash_max_size 65536;"
    yield "map_hash_bucket_size 512;"
    yield from _map("$uri", "$gongkai_moved", ((m.source, m.target) for m in site.moved))
    yield from _map("$uri", "$gongkai_gone", ((g.source, g.page) for g in site.gone))
    kept = ((f"~{keeping.pattern}", keeping.cache_control) for keeping in KEEPING)
    yield from _map("$uri", "$gongkai_kept", kept, PAGES)
    # An error is answered with another page than was asked for: what counts is known at the end.
    yield from _map("$status", "$gongkai_cache", [("~^[45]", ERRORS)], "$gongkai_kept", "volatile;")
    allowed = [("405", ", ".join(METHODS))]
    yield from _map("$status", "$gongkai_allow", allowed, "", "volatile;")


def _map(
    asked: str, answer: str, rows: Iterable[tuple[str, str]], default: str = "", first: str = ""
) -> Iterator[str]:
    yield f"map {asked} {answer} {{"
    if first:
        yield f"    {first}"
    yield f'    default "{default}";'
    yield from (f'    "{key}" "{value}";' for key, value in rows)
    yield "}"


def _strangers(site: Site) -> Iterator[str]:
    """Other names than the site's: 421, over TLS too, since not every CDN tells the name there."""
    yield ""
    yield "# 别的域名不答。"
    yield "server {"
    yield "    # 一个套接字同时听 IPv6 和 IPv4。"
    yield "    listen [::]:80 default_server ipv6only=off;"
    yield "    listen [::]:443 ssl http2 default_server ipv6only=off;"
    yield "    server_name _;"
    yield from _common(site)
    yield from _headers(SECURITY)
    yield "    return 421;"
    yield "}"


def _plain_http(site: Site) -> Iterator[str]:
    yield ""
    yield "server {"
    yield "    listen [::]:80;"
    yield f"    server_name {site.host};"
    yield from _common(site)
    yield from _headers(SECURITY)
    yield f"    return 301 https://{site.host}$request_uri;"
    yield "}"


def _main(site: Site) -> Iterator[str]:
    yield ""
    yield "server {"
    yield "    listen [::]:443 ssl http2;"
    yield f"    server_name {site.host};"
    yield from _common(site)
    yield ""
    yield "    # 写在这里，各个 location 才都有：location 里只要有一条 add_header，这些就全没了。"
    yield from _headers((*SECURITY, ONLY_HTTPS))
    yield '    add_header Allow "$gongkai_allow" always;'
    yield ""
    yield from _types()
    yield from _packing(site)
    yield ""
    yield f"    if ($request_method !~ ^({'|'.join(METHODS)})$) {{ return 405; }}"
    yield "    if ($gongkai_moved) { return 301 $gongkai_moved; }"
    yield "    if ($gongkai_gone) { return 410; }"
    yield "    # 没有首页的文件夹是 403，对读者也是“找不到”。"
    yield "    error_page 403 404 =404 @missing;"
    yield "    error_page 410 @gone;"
    yield from _locations(site)
    yield "}"


def _common(site: Site) -> Iterator[str]:
    yield f"    ssl_certificate {site.certificate};"
    yield f"    ssl_certificate_key {site.key};"
    yield "    ssl_protocols TLSv1.2 TLSv1.3;"
    yield "    ssl_session_cache shared:gongkai:10m;"
    yield "    ssl_session_tickets off;"
    yield "    server_tokens off;"
    yield "    absolute_redirect off;"
    yield "    # 慢吞吞占着连接的，到时就断。"
    yield "    client_header_timeout 10s;"
    yield "    client_body_timeout 10s;"
    yield "    send_timeout 30s;"
    yield "    keepalive_timeout 20s;"
    yield "    reset_timedout_connection on;"
    yield "    client_max_body_size 1k;"
    yield "    large_client_header_buffers 4 8k;"


def _headers(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (f'    add_header {name} "{value}" always;' for name, value in headers)
    yield '    add_header Cache-Control "$gongkai_cache" always;'


def _types() -> Iterator[str]:
    suffixes: dict[str, list[str]] = {}
    for suffix, kind in TYPES.items():
        suffixes.setdefault(kind.partition(";")[0], []).append(suffix[1:])
    yield "    types {"
    yield from (f"        {kind} {' '.join(names)};" for kind, names in suffixes.items())
    yield "    }"
    yield f"    default_type {OTHER};"
    yield "    charset utf-8;"
    yield f"    charset_types {' '.join(_texts())};"


def _texts() -> list[str]:
    """Types of text but HTML, which nginx always has among them, and warns of a second time."""
    bare = {kind.partition(";")[0] for kind in TYPES.values() if is_text(kind)}
    return sorted(bare - {"text/html"})


def _packing(site: Site) -> Iterator[str]:
    yield "    # 事先压好的就用压好的，没有才当场压；CDN 来取也一样（gzip_proxied）。"
    yield "    gzip_static on;"
    if site.brotli:
        yield "    brotli_static on;"
    yield "    gzip on;"
    yield "    gzip_vary on;"
    yield "    gzip_proxied any;"
    yield "    gzip_min_length 512;"
    yield f"    gzip_types {' '.join(_texts())};"


def _locations(site: Site) -> Iterator[str]:
    yield f"    location {site.base}/ {{"
    yield f"        alias {site.root.rstrip('/')}/;"
    yield "        index index.html;"
    yield "    }"
    if site.base:
        yield f"    location = {site.base} {{ return 301 {site.base}/; }}"
        yield "    location / { return 404; }"
    yield "    # 标记文件和压好的文件没有自己的网址。"
    yield r"    location ~ /\.(?!well-known/) { return 404; }"
    packed = "|".join(suffix[1:] for suffix in PACKED)
    yield rf"    location ~ \.(?:{packed})$ {{ return 404; }}"
    yield f"    location @missing {{ root {site.root}; try_files /404.html =404; }}"
    yield f"    location @gone {{ root {site.root}; try_files $gongkai_gone =410; }}"
