"""The names of what can be read of a library, as traces note them."""

ANYTHING = "anything"
"""Any other fact: noted by work that reads nearly all there is."""
CALENDAR = "calendar"
FILES = "files"
"""Which files there are beside the documents."""
UNREAD = "unread"
REDIRECTS, ADDRESSES, WINDOW, RELEASES = "redirects", "addresses", "window", "releases"
"""The office's lists."""


def has_fact(document_id: object) -> str:
    """Whether a library has a document."""
    return f"has {document_id}"


def values_fact(index: str) -> str:
    """Which values an index has, and how many documents each."""
    return f"values {index}"


def file_fact(path: str) -> str:
    """Whether a file is there, and its bytes."""
    return f"file {path}"
