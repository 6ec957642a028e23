"""The Caddyfile (Debian's 2.6 and newer)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.origins.answers import (
    ERRORS,
    HTML,
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


def configuration(site: Site) -> str:
    """All of it."""
    parts = (_options(site), _security(), _plain_http(site), _main(site), _strangers(site))
    return "\n".join(line for part in parts for line in part) + "\n"


def _options(site: Site) -> Iterator[str]:
    yield "# 由 python -m plugins origin --server caddy 生成，不要手工修改。"
    yield "# 写到 /etc/caddy/Caddyfile，caddy validate 通过后重新载入。"
    yield "{"
    yield "\tauto_https off"
    yield "\t# 有的 CDN 回源时不报域名，也给它证书。"
    yield f"\tdefault_sni {site.host}"
    yield "\tservers {"
    yield "\t\t# 慢吞吞占着连接的，到时就断；write 要够下载一份大的 PDF。"
    yield "\t\ttimeouts {"
    yield "\t\t\tread_header 10s"
    yield "\t\t\tread_body 10s"
    yield "\t\t\twrite 10m"
    yield "\t\t\tidle 20s"
    yield "\t\t}"
    yield "\t\tmax_header_size 16KB"
    yield "\t\tprotocols h1 h2 h3"
    yield "\t}"
    yield "}"


def _security() -> Iterator[str]:
    yield "(gongkai) {"
    yield "\theader {"
    yield from (f'\t\t{name} "{value}"' for name, value in SECURITY)
    yield "\t\t-Server"
    yield "\t}"
    yield "}"


def _plain_http(site: Site) -> Iterator[str]:
    yield f"http://{site.host} {{"
    yield "\timport gongkai"
    yield f'\theader Cache-Control "{PAGES}"'
    yield f"\tredir https://{site.host}{{uri}} 301"
    yield "}"


def _main(site: Site) -> Iterator[str]:
    yield f"https://{site.host} {{"
    yield f"\ttls {site.certificate} {site.key}"
    yield from _map("{gongkai_moved}", ((m.source, m.target) for m in site.moved))
    yield from _map("{gongkai_gone}", ((g.source, g.page) for g in site.gone))
    kept = ((f"~{keeping.pattern}", keeping.cache_control) for keeping in KEEPING)
    yield from _map("{gongkai_kept}", kept, PAGES)
    yield "\troute {"
    yield "\t\timport gongkai"
    yield f'\t\theader {ONLY_HTTPS[0]} "{ONLY_HTTPS[1]}"'
    yield '\t\theader Cache-Control "{gongkai_kept}"'
    yield f"\t\t@other not method {' '.join(METHODS)}"
    yield "\t\terror @other 405"
    yield '\t\t@moved expression {gongkai_moved} != ""'
    yield "\t\tredir @moved {gongkai_moved} 301"
    yield '\t\t@gone expression {gongkai_gone} != ""'
    yield "\t\terror @gone 410"
    yield "\t\t# 标记文件和压好的文件没有自己的网址。"
    yield f"\t\t@packed path {' '.join(f'*{suffix}' for suffix in PACKED)}"
    yield "\t\terror @packed 404"
    yield "\t\t@hidden {"
    yield "\t\t\tpath */.*"
    yield "\t\t\tnot path /.well-known/*"
    yield "\t\t}"
    yield "\t\terror @hidden 404"
    yield from _types()
    if site.base:
        yield f"\t\tredir {site.base} {site.base}/ 301"
        yield f"\t\t@outside not path {site.base}/*"
        yield "\t\terror @outside 404"
        yield f"\t\turi strip_prefix {site.base}"
    yield "\t\tencode gzip"
    yield "\t\tfile_server {"
    yield f"\t\t\troot {site.root}"
    yield "\t\t\tprecompressed br gzip"
    yield "\t\t}"
    yield "\t}"
    yield from _errors(site)
    yield "}"


def _map(answer: str, rows: Iterable[tuple[str, str]], default: str = "") -> Iterator[str]:
    yield f"\tmap {{path}} {answer} {{"
    yield from (f'\t\t`{key}` "{value}"' for key, value in rows)
    yield f'\t\tdefault "{default}"'
    yield "\t}"


def _types() -> Iterator[str]:
    """Types by name: Caddy takes those that it does not know from the machine's own table."""
    suffixes: dict[str, list[str]] = {}
    for suffix, kind in TYPES.items():
        suffixes.setdefault(kind, []).append(suffix)
    for number, (kind, names) in enumerate(suffixes.items()):
        yield f"\t\t@type{number} path {' '.join(f'*{name}' for name in names)}"
        yield f'\t\theader @type{number} Content-Type "{kind}"'
    yield f"\t\t@untyped not path */ {' '.join(f'*{name}' for name in TYPES)}"
    yield f'\t\theader @untyped Content-Type "{OTHER}"'
    texts = (f"*{name}" for name, kind in TYPES.items() if is_text(kind))
    yield f"\t\t@text path */ {' '.join(texts)}"
    yield "\t\t# Caddy 2.6 不在没有压缩的答复里写 Vary，CDN 会把它也给能解压的人。"
    yield "\t\theader @text ?Vary Accept-Encoding"


def _errors(site: Site) -> Iterator[str]:
    """What the answer was to carry is still set here: a missing picture would be kept for years."""
    yield "\thandle_errors {"
    yield "\t\timport gongkai"
    yield f'\t\theader {ONLY_HTTPS[0]} "{ONLY_HTTPS[1]}"'
    yield f'\t\theader Cache-Control "{ERRORS}"'
    yield f'\t\theader Content-Type "{HTML}"'
    yield "\t\t@page expression {err.status_code} in [403, 404, 410]"
    yield "\t\thandle @page {"
    yield "\t\t\t@gone expression {err.status_code} == 410"
    yield "\t\t\trewrite @gone {gongkai_gone}"
    yield "\t\t\t@missing expression {err.status_code} != 410"
    yield "\t\t\trewrite @missing /404.html"
    yield "\t\t\tfile_server {"
    yield f"\t\t\t\troot {site.root}"
    yield "\t\t\t\tprecompressed br gzip"
    yield "\t\t\t}"
    yield "\t\t}"
    yield "\t\thandle {"
    yield "\t\t\t@method expression {err.status_code} == 405"
    yield f'\t\t\theader @method Allow "{", ".join(METHODS)}"'
    yield '\t\t\trespond "{err.status_code} {err.status_text}"'
    yield "\t\t}"
    yield "\t}"


def _strangers(site: Site) -> Iterator[str]:
    yield "# 别的域名不答。"
    yield "http:// {"
    yield "\timport gongkai"
    yield "\trespond 421"
    yield "}"
    yield "https:// {"
    yield f"\ttls {site.certificate} {site.key}"
    yield "\timport gongkai"
    yield "\trespond 421"
    yield "}"
