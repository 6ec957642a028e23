"""报送刊登情况通报 and the queue behind it: inner reports on papers for the 政府公报.

Nothing of this room is published: it has no pages, and no feature may show what it reads.
"""

from plugins.submissions.circular import reports as reports
