"""Settings of the county's zone. Pelican reads this file; so do `make check` and the dev server."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from plugins import site
from plugins.settings import County, Footer

COUNTY = County(
    site_name="临汾市尧都区人民政府网（示例）",
    zone_name="尧都区政务公开专区",
    authority="临汾市尧都区人民政府",
    seal="尧",
    site_domain="www.example.gov.cn",
    site_id_code="1410020000",
    footer=Footer(
        sponsor="临汾市尧都区人民政府办公室",
        undertaker="临汾市尧都区大数据中心",
        address="山西省临汾市尧都区（示例地址）",
        phone="0357-2000000",
        icp="晋ICP备00000000号（示例）",
        police="晋公网安备 00000000000000号（示例）",
        badge_url="https://bszs.conac.cn/",
        error_report_url="https://zfwzgl.www.gov.cn/",
    ),
    data_terms="本专区主动公开的文件可以免费查阅、下载和转载；转载请注明来源和发布日期，不得改动原意。",
    sample=True,
    document_pdfs=("policies",),
)

BUILD_DATE = ""
"""The moment that a build speaks for: 2021-07-15 or 2021-07-15 16:00; empty means now."""

SITENAME = COUNTY.zone_name
SITEURL = ""
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
LOCALE = ("C",)
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "themes/gongkai"
PLUGINS = [site]

# Everything is made by the features in plugins/; Pelican's own kinds of page are switched off.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
DELETE_OUTPUT_DIRECTORY = False
