"""What the site publishes: one typed, frozen record per kind of document, one short file each."""

from plugins.records.base import Attachment as Attachment
from plugins.records.base import Fault as Fault
from plugins.records.base import Publication as Publication
from plugins.records.base import Record as Record
from plugins.records.base import references as references
from plugins.records.base import relations_of as relations_of
from plugins.records.catalog import Adjustment as Adjustment
from plugins.records.catalog import AdjustmentKind as AdjustmentKind
from plugins.records.catalog import Catalog as Catalog
from plugins.records.fields import Disclosure as Disclosure
from plugins.records.interpretation import SLOTS as SLOTS
from plugins.records.interpretation import Interpretation as Interpretation
from plugins.records.issue import PRINTED as PRINTED
from plugins.records.issue import Issue as Issue
from plugins.records.issue import ListedArticle as ListedArticle
from plugins.records.issue import PrintedDocument as PrintedDocument
from plugins.records.list_version import ListVersion as ListVersion
from plugins.records.notice import Notice as Notice
from plugins.records.organ import Organ as Organ
from plugins.records.package import PACKED as PACKED
from plugins.records.package import Package as Package
from plugins.records.page import Block as Block
from plugins.records.page import Page as Page
from plugins.records.plan import Plan as Plan
from plugins.records.policy import HIGHER_RULES as HIGHER_RULES
from plugins.records.policy import Category as Category
from plugins.records.policy import Exemption as Exemption
from plugins.records.policy import Policy as Policy
from plugins.records.question import Basis as Basis
from plugins.records.question import Question as Question
from plugins.records.topic import FACET as FACET
from plugins.records.topic import Topic as Topic
from plugins.records.topic import TopicFacet as TopicFacet
from plugins.records.vocabularies import Vocabularies as Vocabularies

RECORD_TYPES: tuple[type[Record], ...] = (
    Policy,
    Interpretation,
    Plan,
    Notice,
    Question,
    ListVersion,
    Catalog,
    Topic,
    Package,
    Issue,
    Page,
    Organ,
)
"""Every kind of document, in the order that menus and docs show them."""

BY_FOLDER = {record.folder: record for record in RECORD_TYPES}
