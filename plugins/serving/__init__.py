"""Shows the built site in a browser, as it stands (`serve`) or while it is being written."""

from plugins.serving.commands import devserver as devserver
from plugins.serving.commands import serve as serve
from plugins.serving.news import News as News
from plugins.serving.server import Server as Server
from plugins.serving.server import open_server as open_server
