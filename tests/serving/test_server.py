import gzip
import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.origins.answers import CONTENT_SECURITY_POLICY
from plugins.serving import News, Server, open_server
from plugins.serving import server as server_room
from plugins.serving.server import RELOAD, has_ipv6, locate

needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this kernel has no IPv6")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "policies").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "index.html").write_text("<html><head></head><body>首页</body></html>", "utf-8")
    (folder / "policies" / "index.html").write_text("政策", "utf-8")
    (folder / "404.html").write_text("<html><head></head><body>没有此页</body></html>", "utf-8")
    (folder / "list.json").write_text("[]", "utf-8")
    for name in ("附件.xlsx", "文件.docx", "strange.qqq"):
        (folder / name).write_bytes(b"PK")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    yield from running(open_server("127.0.0.1", 0, site))


@pytest.fixture
def devserver(site: Path) -> Iterator[Server]:
    yield from running(open_server("127.0.0.1", 0, site, News()))


def running(server: Server) -> Iterator[Server]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(
    server: Server,
    path: str,
    *,
    host: str = "127.0.0.1",
    method: str = "GET",
    headers: dict[str, str] | None = None,
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(host, server.server_port, timeout=30)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    answer = (response.status, dict(response.getheaders()), response.read())
    connection.close()
    return answer


# --- Addresses ------------------------------------------------------------------------------------


@needs_ipv6
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_one_server_answers_on_both_kinds_of_ip(site: Path, host: str) -> None:
    for server in running(open_server("::", 0, site)):
        status, _, body = ask(server, "/", host=host)

        assert status == 200
        assert "首页".encode() in body


def test_without_ipv6_the_same_command_listens_on_ipv4(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.socket

    class KernelWithoutIpv6(real):  # type: ignore[misc, valid-type]
        def __init__(self, family: int = -1, *rest: int, **more: object) -> None:
            if family == socket.AF_INET6:
                raise OSError("Address family not supported by protocol")
            super().__init__(family, *rest, **more)

    monkeypatch.setattr(socket, "socket", KernelWithoutIpv6)

    for server in running(open_server("::", 0, site)):
        assert ask(server, "/")[0] == 200
        assert server.server_address[0] == "0.0.0.0"  # noqa: S104


def test_a_taken_port_is_an_error_and_not_a_reason_for_ipv4(server: Server, site: Path) -> None:
    taken = open_server("::", 0, site)
    with taken, pytest.raises(OSError, match="in use"):
        open_server("::", taken.server_port, site)
    with pytest.raises(OSError, match="in use"):
        open_server("127.0.0.1", server.server_port, site)


# --- Files ----------------------------------------------------------------------------------------


def test_a_folder_shows_its_index(server: Server) -> None:
    assert ask(server, "/policies/")[2] == "政策".encode()


def test_a_folder_without_its_slash_is_redirected(server: Server) -> None:
    status, headers, _ = ask(server, "/policies?x=1")

    assert status == 301
    assert headers["Location"] == "/policies/"


def test_a_missing_page_gets_the_sites_own_404_page(server: Server) -> None:
    status, headers, body = ask(server, "/nothing/here.html")

    assert status == 404
    assert "没有此页".encode() in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_before_the_first_build_a_plain_404_page_stands_in(tmp_path: Path) -> None:
    for server in running(open_server("127.0.0.1", 0, tmp_path / "not-yet")):
        status, _, body = ask(server, "/")

        assert status == 404
        assert "找不到网页".encode() in body


def test_no_folder_is_ever_listed(server: Server) -> None:
    assert ask(server, "/empty/")[0] == 404
    assert ask(server, "/empty")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/policies/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/link.txt",
        "/a%00b",
        "//etc/passwd",
        "/index.html/",
        pytest.param("/" + "x" * 5000, id="a name that no disk can hold"),
    ],
)
def test_there_is_no_way_out_of_the_site(server: Server, path: str) -> None:
    status, _, body = ask(server, path)

    assert status == 404
    assert b"secret" not in body


def test_a_drives_letter_is_no_name(site: Path) -> None:
    assert locate(site, "/C:/index.html") is None


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/list.json", "application/json; charset=utf-8"),
        (
            "/%E9%99%84%E4%BB%B6.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "/%E6%96%87%E4%BB%B6.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("/strange.qqq", "application/octet-stream"),
    ],
)
def test_a_files_type_follows_its_suffix(server: Server, path: str, content_type: str) -> None:
    status, headers, _ = ask(server, path)

    assert status == 200
    assert headers["Content-Type"] == content_type


# --- Headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/policies", "/nothing", "/list.json"])
def test_every_answer_carries_the_policy_of_production(server: Server, path: str) -> None:
    assert ask(server, path)[1]["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_head_is_answered_with_headers_alone(server: Server) -> None:
    _, got, body = ask(server, "/")
    status, headers, nothing = ask(server, "/", method="HEAD")

    assert (status, nothing) == (200, b"")
    assert headers["Content-Length"] == got["Content-Length"] == str(len(body))


def test_other_methods_are_refused(server: Server) -> None:
    assert ask(server, "/", method="POST")[0] == 501


def test_text_is_compressed_for_who_can_read_it_so(server: Server) -> None:
    _, headers, body = ask(server, "/", headers={"Accept-Encoding": "gzip, br"})

    assert headers["Content-Encoding"] == "gzip"
    assert "首页".encode() in gzip.decompress(body)


def test_an_archive_is_not_compressed_again(server: Server) -> None:
    _, headers, _ = ask(server, "/strange.qqq", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in headers


# --- Reloading ------------------------------------------------------------------------------------


def test_pages_ask_for_the_reload_script_while_being_written(devserver: Server) -> None:
    for path in ("/", "/nothing"):
        assert RELOAD + b"</head>" in ask(devserver, path)[2]


def test_pages_as_built_ask_for_no_script(server: Server) -> None:
    assert RELOAD not in ask(server, "/")[2]
    assert ask(server, "/-/reload.js")[0] == 404
    assert ask(server, "/-/events")[0] == 404


def test_what_is_no_page_is_sent_as_it_is(devserver: Server) -> None:
    assert ask(devserver, "/list.json")[2] == b"[]"


@pytest.mark.parametrize("name", ["reload.js", "reload.css"])
def test_the_script_and_its_style_are_served(devserver: Server, name: str) -> None:
    status, headers, body = ask(devserver, f"/-/{name}")

    assert status == 200
    assert headers["Content-Type"].startswith(("text/javascript", "text/css"))
    assert body == Path(server_room.__file__).with_name(name).read_bytes()


def test_the_script_obeys_the_policy() -> None:
    script = Path(server_room.__file__).with_name("reload.js").read_text("utf-8")

    for forbidden in ("innerHTML", ".style.", 'setAttribute("style"', "eval("):
        assert forbidden not in script
