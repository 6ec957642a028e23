"""Texts → an EPUB 3.3 book (W3C Recommendation) for phones and readers.

It knows nothing of records: a `Book` holds texts as our Markdown gives them, and `bind` makes the
file. What comes out is the same bytes for the same book, on any day and in any folder.
"""

from plugins.epub.bind import bind as bind
from plugins.epub.book import Book as Book
from plugins.epub.book import Chapter as Chapter
from plugins.epub.book import Section as Section
from plugins.epub.book import UnfitPictureError as UnfitPictureError
