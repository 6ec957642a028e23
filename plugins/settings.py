"""What one county may set; made once, from pelicanconf.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from urllib.parse import urlsplit

from plugins.tracing import note, note_reached

END_OF_DAY = time(23, 59)
BEIJING = timezone(timedelta(hours=8))
"""The one time zone of the country; all moments of the content are meant in it."""


@dataclass(frozen=True, kw_only=True)
class Footer:
    """The statutory footer (国办发〔2017〕47号); an empty text is a line that is left out."""

    sponsor: str
    """主办单位."""
    undertaker: str = ""
    """承办单位."""
    address: str = ""
    phone: str = ""
    icp: str = ""
    """ICP备案编号."""
    police: str = ""
    """公安机关备案标识."""
    error_report_url: str = ""
    """「我为政府网站找错」 entry."""
    badge_url: str = ""
    """党政机关网站标识 (link of the badge)."""


@dataclass(frozen=True, kw_only=True)
class County:
    """What one county says of itself, in pelicanconf.py."""

    site_name: str
    """SiteName: the portal's standard name, e.g. 临汾市尧都区人民政府网."""
    zone_name: str
    """Name of the disclosure zone, e.g. 尧都区政务公开专区."""
    authority: str
    """The government whose zone this is, e.g. 临汾市尧都区人民政府."""
    seal: str
    """One character for the mark in the header, until the office puts its artwork there."""
    site_domain: str
    """SiteDomain: www.….gov.cn."""
    site_id_code: str
    """SiteIDCode: ten characters, given by the national registry."""
    footer: Footer
    portal_url: str = ""
    """The portal's own home; the zone is a part of it, never a site of its own."""
    hotline: str = "12345"
    sample: bool = False
    """Marks every page plainly as a sample (示例)."""
    data_terms: str = ""
    """On what terms the site's data may be used; the page 订阅和数据 and the catalogue say it."""
    fonts: str = ""
    """Folder of fonts that the office has a licence for, named 小标宋, 楷体, 仿宋; for PDFs."""
    document_pdfs: tuple[str, ...] = ()
    """Folders of the types whose documents have a 打印版 each, unless one says otherwise."""
    gazette_16k: bool = False
    """Print the 政府公报 in 16开 (184 × 260 mm) rather than A4."""
    timely_days: int = 20
    """工作日 within which information must be published (条例 26)."""
    interpretation_days: int = 3
    """工作日 within which an interpretation follows its document, to count as 及时."""
    several_kinds: bool = False
    """The strict 多样化解读: at least two kinds, not merely one beside 文字解读."""
    rates_since: int = 2021
    """The first year for which 解读率 is counted (区2021年工作要点 四（一）)."""
    rate_cutoff_days: int = 0
    """Days after 31 December up to which interpretations count for the year's 解读率."""
    submission_days: int = 10
    """工作日 after 印发 within which a paper is sent to the 政府公报; each county's own rule."""
    submissions_since: int = 2021
    """The first year whose papers are to be sent to the 政府公报."""


NOW = "now"
"""The fact that the exact moment of the build was read: work that does so is done in each build."""


class _Now:
    """Where `Settings.now` is kept; whoever reads it is noted."""

    def __get__(self, settings: Settings | None, _: type[Settings]) -> datetime:
        if settings is None:
            raise AttributeError("now")  # so that dataclass knows of no default
        note(NOW)
        moment: datetime = settings.__dict__["_now"]
        return moment

    def __set__(self, settings: Settings, moment: datetime) -> None:
        settings.__dict__["_now"] = moment


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One build's settings.

    `now` is the moment that the build speaks for: it decides what is public and which texts are
    in force. `site_url` is the absolute address without a final slash, or empty for a trial.
    `period` is what inner reports of a period are asked for: `2021`, `2021-3` (its third quarter),
    or empty for the year of `now`; nothing on the site depends on it.
    """

    county: County
    now: _Now = _Now()
    site_url: str = ""
    period: str = ""

    @property
    def own_hosts(self) -> frozenset[str]:
        """The names under which the site and the portal around it are known."""
        urls = (f"//{self.county.site_domain}", self.county.portal_url, self.site_url)
        return frozenset(host for url in urls if (host := urlsplit(url).hostname))

    def reached(self, moment: date) -> bool:
        """Whether a day or moment has come. Ask this rather than compare with `now`.

        Work that only asks this need not be done again while the answer stays the same.
        """
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        now: datetime = self.__dict__["_now"]
        note_reached(moment, now)
        return moment <= now

    def passed(self, day: date) -> bool:
        """Whether a day is over: what ends on a day still holds on it."""
        return self.reached(day + timedelta(days=1))

    @property
    def base_path(self) -> str:
        """Path part of the site's address with slashes at both ends: `/` or `/zwgk/`."""
        path = urlsplit(self.site_url).path.strip("/")
        return f"/{path}/" if path else "/"

    def absolute(self, url: str) -> str:
        """The full address of a page; at the county's domain while the site's own is not set."""
        return f"{self.site_url or 'https://' + self.county.site_domain}/{url}"


def parse_build_date(text: str) -> datetime:
    """A BUILD_DATE setting: `2021-07-15` speaks for the whole day, `2021-07-15 16:00` for a minute.

    Raises ValueError for anything else.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo:  # all moments are Beijing time
        raise ValueError(text)
    whole_day = moment.time() == time() and ":" not in text
    return datetime.combine(moment.date(), END_OF_DAY) if whole_day else moment
