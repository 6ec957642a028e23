"""What WeasyPrint works out again and again is worked out once: the same pages, in less time.

Eight functions are replaced by ones with the same results; as with `justification`, a test holds
the text of those that they stand for, and another compares the bytes of whole PDFs. A page of the
gazette asks for some hundred layouts of text in a handful of styles, and thousands of values of
properties of which few are written down anywhere.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple, ParamSpec, TypeVar

import pydyf
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import inline, percent
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features

_setup = line_break.Layout.setup
_split_first_line = line_break.split_first_line
_missing = ComputedStyle.__missing__
_font_style_cache_key = line_break._font_style_cache_key  # noqa: SLF001  # it has no public name
_strut = line_break.strut
_resolve_percentages = percent.resolve_percentages
_page_references = pydyf.PDF.page_references
_write = pydyf.PDF.write
_PAIR = re.compile("[\u3400-\u9fff]{2}")

_LOGICAL = {
    key: function(block="ttb", inline="ltr") for key, function in PHYSICAL_FUNCTIONS.items()
}
"""margin_left → margin_inline_start: a rule may give a length under either name."""
_PLAIN = {
    key: key in INHERITED
    for key in INITIAL_VALUES.keys() - {"float", "display", "position", "page"}
    if not key.startswith("text_decoration_")
    and (key in INHERITED or key not in INITIAL_NOT_COMPUTED)
}
"""Properties that have the parent's value (True) or the initial one where no rule gives another."""

_OF_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_of_font = itemgetter(
    "font_style",
    "font_stretch",
    "font_weight",
    "font_variation_settings",
    "font_language_override",
    "lang",
    *_OF_FEATURES,
)
_of_line = itemgetter("font_size", "line_height")
_of_text = itemgetter("font_size", "direction")
_LENGTHS = (
    *(
        f"{kind}_{side}"
        for kind in ("margin", "padding")
        for side in ("left", "right", "top", "bottom")
    ),
    *(f"{limit}{axis}" for limit in ("", "min_", "max_") for axis in ("width", "height")),
)
_of_lengths = itemgetter(*_LENGTHS)
_of_box = itemgetter(
    "border_top_width",
    "border_right_width",
    "border_bottom_width",
    "border_left_width",
    "box_sizing",
    "border_collapse",
)
_KEPT = "_gongkai_parts"
_USED = "_gongkai_lengths"
_ROOM = 70_000
"""Words of a frame: half a megabyte, and a little more."""
P = ParamSpec("P")
T = TypeVar("T")


class _Parts(NamedTuple):
    """What Pango needs for texts of one style, of which any number of layouts can be made."""

    context: Any
    language: Any
    font: Any
    features: Any


def with_room(work: Callable[P, T]) -> Callable[P, T]:
    """Some work with half a megabyte of room for the frames of all that it calls.

    Python keeps frames in chunks of 16 KB, asks the system for one when it is needed, and gives it
    back when it is empty. Where the calls of a loop cross the edge of a chunk, as in the layout of
    lines, deep inside of blocks, that is done for each. A frame too large for a chunk gets one that
    is twice as large as needed; what it calls lies in the other half.
    """

    def roomy(*arguments: P.args, **named: P.kwargs) -> T:
        return work(*arguments, **named)

    roomy.__code__ = roomy.__code__.replace(co_stacksize=_ROOM)
    return roomy


def install() -> None:
    """Let WeasyPrint keep these results from now on."""
    line_break.Layout.setup = setup
    line_break._font_style_cache_key = font_style_cache_key  # noqa: SLF001  # the same
    inline.split_first_line = split_first_line
    replace(_strut, strut)
    replace(_resolve_percentages, resolve_percentages)
    ComputedStyle.__missing__ = missing
    pydyf.PDF.page_references = property(page_references)
    pydyf.PDF.write = write


def replace(function: Callable[..., Any], other: Callable[..., Any]) -> None:
    """Put a function of WeasyPrint's in another one's place wherever that has been imported."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and vars(module).get(function.__name__) is function:
            setattr(module, function.__name__, other)


def missing(self: Any, key: str) -> Any:  # noqa: ANN401  # WeasyPrint has no types
    """A property of an element, the short way if no rule of the stylesheet tells it."""
    inherited = _PLAIN.get(key)
    told = self.cascaded
    parent = self.parent_style
    if inherited is None or key in told or parent is None:
        return _missing(self, key)
    logical = _LOGICAL.get(key)
    if logical is not None and (logical in told or self["direction"] != "ltr"):
        return _missing(self, key)
    value = self[key] = parent[key] if inherited else INITIAL_VALUES[key]
    return value


def setup(self: Any, style: Any) -> None:  # noqa: ANN401  # the same
    """Make a layout of text ready, from parts that all layouts of its style share."""
    if style["text_decoration_line"] != "none":  # needs the measures of its font besides
        _setup(self, style)
        return
    parts = _parts_of(style)
    self.style = style
    self.first_line_direction = 0
    self.language = parts.language
    self.layout = ffi.gc(pango.pango_layout_new(parts.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003  # Pango's
    pango.pango_layout_set_font_description(self.layout, parts.font)
    self.ascent = self.underline_position = self.strikethrough_position = None
    if parts.features is not None:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, parts.features)
        pango.pango_layout_set_attributes(self.layout, attributes)


def split_first_line(
    text: str,
    style: Any,  # noqa: ANN401  # the same
    context: Any,  # noqa: ANN401  # the same
    max_width: float | None,
    *more: Any,  # noqa: ANN401  # the same
    **named: Any,  # noqa: ANN401  # the same
) -> Any:  # noqa: ANN401  # the same
    """The first line of a text; of a long one in Chinese, from a line and a third of it.

    WeasyPrint has Pango shape four times what a line holds if all characters were as wide as they
    are high, for scripts whose characters are narrower. If two Han characters stand together in
    what is left over, a second line was begun and could be broken: more text changes nothing.
    """
    rest = (style, context, max_width, *more)
    em = style["font_size"]
    if max_width is not None and 4 * em < max_width < math.inf:
        start = text[: int(max_width / em * 1.3)]
        if start != text:
            found = _split_first_line(start, *rest, **named)
            if found[2] is not None and _PAIR.search(start.encode()[found[2] :].decode()):
                return found
    return _split_first_line(text, *rest, **named)


def font_style_cache_key(style: Any, include_size: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002  # WeasyPrint's signature
    """What tells fonts from one another: the values themselves, not the text that they make."""
    return (_font(style), _of_line(style)) if include_size else _font(style)


def _font(style: Any) -> tuple[object, ...]:  # noqa: ANN401  # the same
    """What tells a font of any size from others; in a drawing the families are a list."""
    return (tuple(style["font_family"]), _of_font(style))


def _parts_of(style: Any) -> _Parts:  # noqa: ANN401  # the same
    known: dict[tuple[object, ...], _Parts] = style.font_config.__dict__.setdefault(_KEPT, {})
    key = (_font(style), _of_text(style))
    if key not in known:
        known[key] = _Parts(
            *_context(style), line_break.get_font_description(style), _features(style)
        )
    return known[key]


def _context(style: Any) -> tuple[Any, Any]:  # noqa: ANN401  # the same
    """Pango's context and language for a style."""
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003  # Pango's
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    code = style["lang"]
    if override != "normal":
        code = line_break.LST_TO_ISO.get(override.lower(), override)
    if not code:
        return context, pango.pango_language_get_default()
    pointer, _kept = unicode_to_char_p(code)
    language = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, language)
    return context, language


def _features(style: Any) -> Any:  # noqa: ANN401  # the same
    """The OpenType features of a style as an attribute of Pango's, or None."""
    features = font_features(*map(style.__getitem__, _OF_FEATURES))
    if not features:
        return None
    text = ",".join(f"{name} {value}" for name, value in features.items()).encode()
    return pango.pango_attr_font_features_new(text)


def strut(style: Any) -> Any:  # noqa: ANN401  # the same
    """Height and baseline of a line of a style, which WeasyPrint keeps, but is slow to look up."""
    known = style.font_config.strut_layouts.get(font_style_cache_key(style, include_size=True))
    return _strut(style) if known is None or not style["font_size"] else known


def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: ANN401  # the same
    """Set the lengths of a box; those without a percentage once for all boxes that have the same.

    What comes of them depends on nothing else, unless the borders of a table collapse.
    """
    style = box.style
    key = (_of_lengths(style), _of_box(style))
    known: dict[tuple[object, ...], Any] = style.font_config.__dict__.setdefault(_USED, {})
    if key not in known:
        known[key] = _used(style, *key)
    lengths = known[key]
    if lengths is None:
        _resolve_percentages(box, containing_block)
    else:
        box.__dict__.update(lengths)


def _used(
    style: Any,  # noqa: ANN401  # the same
    lengths: tuple[Any, ...],
    others: tuple[object, ...],
) -> dict[str, object] | None:
    """The used values of a box's lengths if they do not depend on what is around it."""
    if "collapse" in others or not all(
        length is None or length == "auto" or getattr(length, "unit", None) == "px"
        for length in lengths
    ):
        return None
    box = SimpleNamespace(style=style)
    _resolve_percentages(box, (0, 0))
    return {name: value for name, value in vars(box).items() if name != "style"}


def write(self: Any, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  # pydyf neither
    """Write a PDF; its objects' bytes, asked for once more by its identifier, are made once."""
    made: dict[int, tuple[object, bytes]] = {}

    def once(data: property) -> property:
        def kept(this: Any) -> bytes:  # noqa: ANN401  # the same
            if id(this) not in made:
                made[id(this)] = (this, data.__get__(this))
            return made[id(this)][1]

        return property(kept)

    stream, dictionary = pydyf.Stream.data, pydyf.Dictionary.data
    pydyf.Stream.data, pydyf.Dictionary.data = once(stream), once(dictionary)
    try:
        _write(self, *arguments, **named)
    finally:
        pydyf.Stream.data, pydyf.Dictionary.data = stream, dictionary


def page_references(self: Any) -> tuple[bytes, ...]:  # noqa: ANN401  # pydyf neither
    """The references of a PDF's pages, made again only when there are more pages."""
    kids = self.pages["Kids"][::3]
    known: tuple[bytes, ...] = self.__dict__.get("_gongkai_references", ())
    if len(known) != len(kids):
        known = self._gongkai_references = tuple(f"{number} 0 R".encode() for number in kids)
    return known
