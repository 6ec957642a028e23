"""`make deploy`, `rollback`, `gc`, `purge`, `verify-live`: a release out to citizens, and back.

All start from a release folder and its manifest, never from `output`. Where a target has a colon
(`oss:bucket/zwgk`) it is an object store, reached by rclone, whose keys stand in the environment;
else it is a folder that a web server serves. Nothing is believed but sums.
"""

from plugins.delivery.commands import deploy as deploy
from plugins.delivery.commands import gc as gc
from plugins.delivery.commands import purge as purge
from plugins.delivery.commands import rollback as rollback
from plugins.delivery.commands import verify_live as verify_live
