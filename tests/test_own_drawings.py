"""SVG and PNG of a clinic: what is drawn, what is refused and where; and no bytes that crash."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handouts.drawing import LONGER, Raster, Vector
from handouts.errors import ContentError
from handouts.images import png, svg
from handouts.images.paths import segments
from handouts.layout.pictures import form

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"'


def drawn(inside: str, head: str = HEAD) -> Vector:
    """A drawing of 200 by 100: a unit of the file is 8.75 of ours."""
    return svg.read(f"{head}>{inside}</svg>".encode(), "x.svg")


def refused(text: str | bytes) -> str:
    """All that is said of a file."""
    with pytest.raises(ContentError) as caught:
        svg.read(text if isinstance(text, bytes) else text.encode(), "x.svg")
    return str(caught.value)


def points(vector: Vector) -> list[tuple[float, float]]:
    """The points of the first shape, in the units and the direction of the file."""
    found = re.findall(r"(-?[\d.]+) (-?[\d.]+)(?= [ml]$)", vector.shapes[0].path, re.M)
    return [(round(float(x) / 8.75, 1), round(100 - float(y) / 8.75, 1)) for x, y in found]


BOX = [(20.0, 10.0), (60.0, 10.0), (60.0, 40.0), (20.0, 40.0)]


@pytest.mark.parametrize(
    "shape",
    [
        '<rect x="20" y="10" width="40" height="30"/>',
        '<rect x="20px" y="10" width="4e1" height="30.0" rx="0"/>',
        '<polygon points="20,10 60,10 60,40 20,40"/>',
        '<path d="M20 10h40v30H20z"/>',
        '<path d="m20,10 40,0 0,30-40,0z"/>',
        '<path d="M20 10L60 10 60 40 20 40Z"/>',
        '<g transform="translate(20 10)"><path d="M0 0H40V30H0z"/></g>',
        '<g transform="translate(10) scale(2)"><path transform="translate(5,5)" d="M0 0H20V15H0z"/></g>',
        '<path transform="matrix(2 0 0 2 20 10)" d="M0 0H20V15H0z"/>',
        '<path transform="rotate(90 40 25)" d="M25 45V5H55V45z"/>',
        '<path transform="rotate(90)translate(10,-60)" d="M0 40V0H30V40z"/>',
    ],
)
def test_shapes_stand_where_they_belong(shape: str) -> None:
    assert points(drawn(shape)) == BOX


def test_the_longer_side_is_a_little_larger_than_the_rule_asks_in_every_edition() -> None:
    from handouts.layout.edition import EDITIONS, MM

    assert (drawn("<path d='M0 0L9 9'/>").width, drawn("<path d='M0 0L9 9'/>").height) == (LONGER, LONGER // 2)
    for edition in EDITIONS.values():
        assert edition.picture < LONGER / 1000 * edition.scene < edition.picture + 15 * MM  # C10


def test_round_shapes_are_round() -> None:
    for shape in (
        '<circle cx="50" cy="50" r="40"/>',
        '<ellipse cx="50" cy="50" rx="40" ry="40"/>',
        '<path d="M10 50A40 40 0 0 1 90 50A40,40 0 1190 50 40 40 0 0110 50"/>',
        '<rect x="10" y="10" width="80" height="80" rx="40"/>',
    ):
        path = drawn(shape).shapes[0].path
        ends = [line.split()[-3:-1] for line in path.splitlines() if line.endswith("c")]
        assert len(ends) >= 4
        for x, y in ends:
            assert abs(abs(complex(float(x) / 8.75 - 50, 50 - float(y) / 8.75)) - 40) < 0.02


def test_a_curve_that_goes_on_smoothly_mirrors_the_one_before() -> None:
    assert segments("M0 0C0 10 10 10 10 0S20-10 20 0")[-1] == ("c", (10 - 10j, 20 - 10j, 20 + 0j))
    (quadratic, smooth) = segments("M0 0Q5 9 10 0T20 0")[1:]
    assert [round(point.imag, 6) for point in quadratic[1]] == [6, 6, 0]
    assert [round(point.imag, 6) for point in smooth[1]] == [-6, -6, 0]
    assert segments("M0 0Q5 9 10 0L0 0T9 9")[-1][1][0] == 0  # nothing to mirror after a line


def test_paint_is_handed_down_and_written_in_either_way() -> None:
    inside = (
        '<g fill="#f80" stroke="navy" stroke-width="2" style="stroke-linejoin:round;font-size:9px">'
        '<path d="M0 0L9 9" style="fill:none !important; stroke-linecap: square"/>'
        '<path d="M0 0L9 9" stroke="none" fill-rule="evenodd" opacity="1"/></g><path d="M0 0L9 9"/>'
    )
    line, area, plain = drawn(inside).shapes
    assert (line.fill, line.stroke, line.width, line.cap, line.join) == ("", "#000080", 17.5, 2, 1)
    assert (area.fill, area.stroke, area.even_odd) == ("#ff8800", "", True)
    assert (plain.fill, plain.stroke) == ("#000000", "")


def test_no_line_is_thinner_than_a_fine_line_of_the_edition() -> None:
    vector = drawn('<path d="M0 0L90 90" stroke="#000" stroke-width="0.1" fill="none"/>')
    for stroke in (1.0, 1.5, 2.0):
        ops = form(vector, False, 0.1, stroke).ops.decode()
        assert float(re.findall(r"([\d.]+) w", ops)[0]) * 0.1 == pytest.approx(stroke / 2)  # C11


def test_what_programs_write_beside_a_drawing_is_passed_over() -> None:
    head = HEAD + (
        ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="200mm" version="1.1" id="a"'
        ' xml:space="preserve" inkscape:version="1.3" data-name="Layer 1" aria-hidden="true"'
    )
    inside = (
        "<title>A</title><desc>B</desc><metadata><x/></metadata><defs/><inkscape:grid onload='x'/><!-- c -->"
        "<defs><inkscape:path-effect/></defs>"
        "<g inkscape:label='Layer 1'><path inkscape:connector='0' d='M0 0L9 9'/></g>"
    )
    assert len(drawn(inside, head).shapes) == 1


# What stands in the file, and the words about it.
NOT_DRAWN = {
    "script": ("<script>alert(1)</script>", "<script> holds a script. Take it out."),
    "handler": ('<path d="M0 0L9 9" onclick="x()"/>', "<path> holds a script, onclick."),
    "style sheet": ("<style>path{fill:url(http://x)}</style>", "<style> holds a style sheet."),
    "style with an address": ('<path style="fill:url(https://x.org/#a)" d="M0 0"/>', "which is no solid colour"),
    "image": ('<image href="https://x.org/a.png"/>', "<image> holds another picture."),
    "image in the file": ('<image href="data:image/png;base64,AAAA"/>', "<image> holds another picture."),
    "use": ('<use href="https://x.org/a.svg#b"/>', "<use> draws something a second time."),
    "link": ('<a href="https://x.org"><path d="M0 0"/></a>', "<a> holds a link."),
    "link at a shape": (
        '<path xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//x.org" d="M0 0"/>',
        "<path> holds a link, href",
    ),
    "foreign": ("<foreignObject><p>x</p></foreignObject>", "<foreignObject> holds something that is not SVG."),
    "letters": ("<text>Hold</text>", "<text> holds letters. Turn them into shapes"),
    "gradient": ("<defs><linearGradient/></defs>", "<linearGradient> is a run of colours. Use a solid colour."),
    "filter": ("<filter/>", "<filter> is a filter."),
    "moving": ('<animate attributeName="x"/>', "<animate> is not drawn here."),
    "drawing in a drawing": ("<svg/>", "<svg> is a drawing within the drawing."),
    "clip": ('<path clip-path="url(#a)" d="M0 0"/>', "clip-path is “url(#a)”, which is not drawn here."),
    "see-through": ('<path opacity="0.5" d="M0 0"/>', "opacity is “0.5”, which is not drawn here. Print has"),
    "hidden": ('<path display="none" d="M0 0"/>', "display is “none”, which is not drawn here."),
    "dashes": ('<path stroke-dasharray="2 2" d="M0 0"/>', "stroke-dasharray is “2 2”"),
    "unknown colour": ('<path fill="currentColor" d="M0 0"/>', "fill is “currentColor”, which is no solid colour"),
    "unknown style": ('<path style="behaviour:none" d="M0 0"/>', "the style “behaviour” is not known."),
    "unknown attribute": ('<path d="M0 0" dd="1"/>', "has an attribute “dd” that is not known."),
    "unit": ('<rect width="3cm" height="2"/>', "width is “3cm”, which is no plain number."),
    "negative line": ('<path stroke-width="-1" d="M0 0"/>', "stroke-width is “-1”, which is less than 0."),
    "path": ('<path d="M0 0 L5"/>', "cannot be drawn: the command L of a path takes 2 numbers."),
    "path of words": ('<path d="hello"/>', "a path begins with M"),
    "points": ('<polygon points="0,0 C"/>', "its points are not all numbers"),
    "far away": ('<path d="M0 0L1e9 0"/>', "it lies far outside of the drawing"),
    "endless number": ('<path d="M0 0L1e999 0"/>', "it lies far outside of the drawing"),
    "transform": ('<g transform="spin(3)"/>', "has a transform that has a part spin with 1 numbers"),
    "open transform": ('<g transform="rotate(3"/>', "has a transform that cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_DRAWN)
def test_what_is_not_drawn_is_refused_at_its_place(case: str) -> None:
    inside, words = NOT_DRAWN[case]
    said = refused(f'{HEAD}>\n  <path d="M0 0L9 9"/>\n  {inside}\n</svg>')
    assert said.startswith("x.svg:3:") and words in said
    assert len(said.splitlines()) == 1


WHOLE = {
    "nothing": (b"", "x.svg:1:1: is not valid XML"),
    "cut off": (HEAD.encode() + b"><path", "is not valid XML"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "is not valid XML"),
    "web page": (b"<html/>", "x.svg:1:1: <html> is not SVG."),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "x.svg:1:15: holds a document type."),
    "entity from elsewhere": (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
                              "x.svg:1:15: holds a document type."),
    "doctype": (b'<!DOCTYPE svg PUBLIC "a" "http://x">\n<svg/>', "holds a document type."),
    "unknown encoding": (b'<?xml version="1.0" encoding="x-klingon"?><svg/>', "Save it as UTF-8."),
    "no viewBox": (b"<svg><path d='M0 0'/></svg>", "<svg> has no viewBox that can be used."),
    "empty viewBox": (b"<svg viewBox='0 0 0 9'/>", "has no viewBox that can be used."),
    "viewBox of words": (b"<svg viewBox='0 0 nan inf'/>", "has no viewBox that can be used."),
    "slim": (b"<svg viewBox='0 0 110 10'><path d='M0 0L9 9'/></svg>", "more than 10 times as long one way"),
    "no shapes": (HEAD.encode() + b"><g/></svg>", "x.svg:1:1: draws nothing."),
    "no paint": (HEAD.encode() + b"><path fill='none' d='M0 0L9 9'/></svg>", "draws nothing."),
    "deep": (HEAD.encode() + b">" + b"<g>" * 60 + b"</g>" * 60 + b"</svg>", "or too deep ones."),
    "many": (HEAD.encode() + b">" + b"<g/>" * 6000 + b"</svg>", "too many elements, or too deep ones."),
    "long": (HEAD.encode() + b"><path d='M0 0" + b"h1" * 60_000 + b"'/></svg>", "than 50000 lines and curves"),
    "huge": (b" " * 1_000_001, "is larger than 1 MB."),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_files_that_are_no_drawing(case: str) -> None:
    data, words = WHOLE[case]
    assert words in refused(data)


def test_everything_is_said_at_once() -> None:
    inside = "\n".join(inside for inside, _ in NOT_DRAWN.values())
    assert len(refused(f"{HEAD}>{inside}</svg>").splitlines()) >= len(NOT_DRAWN)


PARTS = [
    "<svg", ' viewBox="0 0 9 9"', ' xmlns="http://www.w3.org/2000/svg"', ">", "/>", "</svg>", "<g", "</g>",
    "<path", ' d="', ' transform="', "rotate(", "M", "a", "q", "1 1 0 0 1", " 5", "-.5", "1e9", "1e-9", '"',
    "<rect", ' width="', ' style="', "fill:",
    "#123", "url(#a)", "<!DOCTYPE", "&lt;", "<![CDATA[", "]]>", " ", "\n", "z", "A", "9" * 400,
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30), st.binary(max_size=12))
def test_random_svg_is_drawn_or_refused(parts: list[str], rest: bytes) -> None:
    body = "".join(parts).encode()
    for data in (body + rest, f'{HEAD}><path d="'.encode() + "".join(parts[::2]).encode() + b'"/></svg>'):
        try:
            vector = svg.read(data, "x.svg")
        except ContentError as problem:
            assert problem.findings
        else:
            assert form(vector, False, 0.1, 1.0).ops


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(list("MmLlHhVvCcSsQqTtAaZz")), st.floats().map(repr)), max_size=40))
def test_random_paths_hold_numbers_or_are_refused(parts: list[str]) -> None:
    try:
        found = segments(" ".join(parts))
    except (ValueError, ArithmeticError):
        return
    assert all(letter in "mlch" for letter, _ in found)


def png_file(size: tuple[int, int], mode: str = "RGB", colour: object = "red") -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG")  # type: ignore[arg-type]
    return out.getvalue()


def dots(raster: Raster) -> Image.Image:
    """What the packed rows of a picture hold, read as PNG again."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", raster.columns, raster.rows, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", raster.packed) + chunk(b"IEND", b"")
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    ("mode", "colour", "printed"),
    [
        ("RGB", (1, 2, 3), (1, 2, 3)),
        ("RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 51), (204, 204, 204)),
        ("L", 7, (7, 7, 7)),
        ("LA", (0, 0), (255, 255, 255)),
        ("1", 0, (0, 0, 0)),
        ("P", 0, (0, 0, 0)),
    ],
)
def test_png_is_flattened_on_white(mode: str, colour: object, printed: tuple[int, int, int]) -> None:
    raster = png.read(png_file((30, 20), mode, colour), "x.png")
    assert (raster.width, raster.height) == (LONGER, round(LONGER * 2 / 3))
    assert dots(raster).getcolors() == [(600, printed)]


def test_a_large_png_is_kept_no_larger_than_print_needs() -> None:
    raster = png.read(png_file((3000, 1500)), "x.png")
    assert (raster.columns, raster.rows) == (1500, 750)
    assert dots(raster).size == (1500, 750)


def bomb(wide: int, tall: int) -> bytes:
    """A small file that says it is large."""
    data = png_file((8, 8))
    head = data[:16] + struct.pack(">II", wide, tall) + data[24:29]
    return head + struct.pack(">I", zlib.crc32(head[12:29])) + data[33:]


BAD_PNG = {
    "empty": (b"", "is not a PNG file."),
    "words": (b"hello" * 20, "is not a PNG file."),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(100), "is not a PNG file."),
    "20,000 dots": (bomb(20_000, 20_000), "is 20000 x 20000 dots large. At most 4000 a side"),
    "bomb": (bomb(2**31 - 1, 2**31 - 1), "dots large."),
    "too wide": (bomb(4001, 4000), "is 4001 x 4000 dots large."),
    "no height": (bomb(8, 0), "as long one way"),
    "slim": (png_file((110, 10)), "is more than 10 times as long one way"),
    "cut off": (png_file((300, 300), "RGBA")[:120], "cannot be read as PNG"),
    "larger than it is": (bomb(900, 900), "cannot be read as PNG"),
    "16 bits of grey": (png_file((20, 20), "I;16", 9), "cannot be read as PNG (ValueError). Save it anew"),
    "huge": (png_file((9, 9)) + bytes(5_000_000), "is larger than 5 MB."),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_PNG)
def test_png_that_is_refused(case: str) -> None:
    data, words = BAD_PNG[case]
    with pytest.raises(ContentError) as caught:
        png.read(data, "x.png")
    assert str(caught.value).startswith("x.png: ") and words in str(caught.value)


def test_nothing_is_decoded_before_its_size_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(ContentError, match="dots large"):
        png.read(bomb(20_000, 20_000), "x.png")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 120), st.sampled_from(["RGB", "RGBA", "P", "L", "I;16"]))
def test_random_png_is_read_or_refused(noise: bytes, at: int, mode: str) -> None:
    good = png_file((20, 14), mode, 0)
    for data in (noise, good[:at] + noise + good[at + len(noise) :], good[:at] + noise):
        try:
            raster = png.read(data, "x.png")
        except ContentError as problem:
            assert len(problem.findings) == 1
        else:
            assert dots(raster).size == (raster.columns, raster.rows)
