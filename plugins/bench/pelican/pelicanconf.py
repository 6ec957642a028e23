"""Pelican as it comes, for the bench's county: no plugins, its own cache of read content."""

SITENAME = "尧都区政务公开专区"
SITEURL = "https://www.example.gov.cn"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
LOCALE = ("C",)
THEME = "theme"
PLUGINS: list[str] = []

ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "issuer/{slug}/"
CATEGORY_SAVE_AS = "issuer/{slug}/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
YEAR_ARCHIVE_URL = "policies/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "policies/{date:%Y}/index.html"
MONTH_ARCHIVE_URL = "policies/{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = "policies/{date:%Y}/{date:%m}/index.html"
AUTHOR_SAVE_AS = ""
SLUG_REGEX_SUBSTITUTIONS = [(r"\s+", "-")]
SLUGIFY_USE_UNICODE = True

DIRECT_TEMPLATES = ["index", "categories", "tags", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None}

FEED_ALL_ATOM = "feeds/all.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CACHE_PATH = "cache"
