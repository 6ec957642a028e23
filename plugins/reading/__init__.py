"""From files to documents and data, or to the problems that stand in the way."""

from plugins.reading.document import Document as Document
from plugins.reading.document import Reading as Reading
from plugins.reading.document import read_document as read_document
from plugins.reading.sheet import Body as Body
from plugins.reading.sheet import BodyLink as BodyLink
from plugins.reading.sheet import Heading as Heading
