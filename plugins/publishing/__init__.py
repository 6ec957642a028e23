"""From outputs to files: render what changed, write it in place, remove what nobody yields."""

from plugins.publishing.environment import equip as equip
from plugins.publishing.environment import standalone as standalone
from plugins.publishing.lock import locked as locked
from plugins.publishing.printing import Press as Press
from plugins.publishing.publish import ForeignOutputError as ForeignOutputError
from plugins.publishing.publish import Job as Job
from plugins.publishing.publish import Published as Published
from plugins.publishing.publish import UnprintableError as UnprintableError
from plugins.publishing.publish import marker_of as marker_of
from plugins.publishing.publish import must_be_ours as must_be_ours
from plugins.publishing.publish import publish as publish
from plugins.publishing.publish import settle as settle
from plugins.publishing.templates import closures as closures
