"""The glyph reader: text operators, colours, the matrix through forms, and what stands beside the text."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from kit import glyphs, painted
from kit.fonts import to_unicode
from kit.samples import Item, text_width, write
from pikepdf import Array, Dictionary, Name

CONTENTS = {
    "Tj": ("1 0 0 1 50 700 Tm (ab) Tj", [("a", 50, 700), ("b", 55, 700)]),
    "TJ moves back": ("1 0 0 1 50 700 Tm [(a) -1000 (b)] TJ", [("a", 50, 700), ("b", 65, 700)]),
    "Td adds up": ("10 20 Td 5 5 Td (a) Tj", [("a", 15, 25)]),
    "TD sets leading": ("0 100 Td 0 -12 TD (a) Tj T* (b) Tj", [("a", 0, 88), ("b", 0, 76)]),
    "TL and '": ("14 TL 0 100 Td (a) Tj (b) '", [("a", 0, 100), ("b", 0, 86)]),
    '"': ('14 TL 0 100 Td 3 2 (a b) "', [("a", 0, 86), (" ", 7, 86), ("b", 17, 86)]),
    "Tc": ("1 Tc (ab) Tj", [("a", 0, 0), ("b", 6, 0)]),
    "Tw only on spaces": ("2 Tw (a b) Tj", [("a", 0, 0), (" ", 5, 0), ("b", 12, 0)]),
    "Tz": ("50 Tz (ab) Tj", [("a", 0, 0), ("b", 2.5, 0)]),
    "Ts": ("3 Ts (a) Tj", [("a", 0, 3)]),
}


def open_page(folder: Path, content: str, **resources: pikepdf.Object) -> glyphs.Document:
    """A page of 200 by 800 points with Helvetica as /F; all its widths count as half an em."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 800))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"))
    page.Resources = Dictionary({"/Font": Dictionary(F=font)} | {f"/{k}": v for k, v in resources.items()})
    page.Contents = pdf.make_stream(content.encode())
    pdf.save(folder / "page.pdf")
    return glyphs.read(folder / "page.pdf")


@pytest.mark.parametrize("name", CONTENTS)
def test_text_operators(tmp_path: Path, name: str) -> None:
    content, wanted = CONTENTS[name]
    doc = open_page(tmp_path, f"BT /F 10 Tf {content} ET")
    assert [(g.text, pytest.approx(g.x), pytest.approx(g.y)) for g in doc.glyphs] == wanted


def test_size_follows_text_matrix_and_page_matrix(tmp_path: Path) -> None:
    doc = open_page(tmp_path, "q 2 0 0 2 0 0 cm BT /F 5 Tf 3 0 0 3 10 10 Tm (a) Tj ET Q BT /F 5 Tf (a) Tj ET")
    large, plain = doc.glyphs
    assert (large.size, large.x, large.scale, plain.size, plain.x) == (30, 20, 2, 5, 0)
    assert (plain.font, plain.weight, plain.width) == ("Helvetica-Bold", 700, 2.5)


@pytest.mark.parametrize(
    ("operators", "color"),
    [
        ("0.5 g", (0.5, 0.5, 0.5)),
        ("1 0 0 rg", (1, 0, 0)),
        ("0 0 0 1 k", (0, 0, 0)),
        ("/DeviceRGB cs 0 0 1 sc", (0, 0, 1)),
        ("/G gs 0 g", (0.5, 0.5, 0.5)),
    ],
)
def test_colours(tmp_path: Path, operators: str, color: painted.Color) -> None:
    half = Dictionary(G=Dictionary(ca=0.5))
    doc = open_page(tmp_path, f"{operators} BT /F 10 Tf (a) Tj ET 0 0 10 10 re f", ExtGState=half)
    assert (doc.glyphs[0].color, doc.shapes[0].color) == (color, color)


def test_shapes_have_kind_box_and_line_width(tmp_path: Path) -> None:
    doc = open_page(tmp_path, "2 0 0 2 10 10 cm /Artifact BMC 3 w 0 0 10 20 re B EMC 0 0 m 5 10 10 10 15 0 c s")
    fill, stroke, curve = doc.shapes
    assert (fill.kind, fill.box, fill.line_width, fill.artifact) == ("fill", (10, 10, 30, 50), 0, True)
    assert (stroke.kind, stroke.line_width, curve.artifact) == ("stroke", 6, False)
    # The curve's top, not its control points.
    assert curve.box == pytest.approx((10, 10, 40, 25))


def test_a_clip_hides_what_is_outside(tmp_path: Path) -> None:
    doc = open_page(tmp_path, "q 0 0 10 10 re W n 5 5 50 50 re f 20 20 5 5 re f Q 20 20 5 5 re f")
    assert [shape.box for shape in doc.shapes] == [(5, 5, 10, 10), (20, 20, 25, 25)]


def test_forms_bring_their_matrix_and_keep_the_mark(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    form = pdf.make_stream(b"0 0 10 10 re f")
    form.update({"/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9]), "/Matrix": Array([2, 0, 0, 2, 5, 5])})
    page.Resources = Dictionary(XObject=Dictionary(X=form))
    page.Contents = pdf.make_stream(b"/Artifact BMC 1 0 0 1 100 0 cm /X Do EMC 0 0 1 1 re f")
    pdf.save(tmp_path / "form.pdf")
    shapes = glyphs.read(tmp_path / "form.pdf").shapes
    assert [(shape.box, shape.artifact) for shape in shapes] == [
        ((105, 5, 123, 23), True),
        ((100, 0, 101, 1), False),
    ]


def test_to_unicode_ranges() -> None:
    cmap = "2 beginbfrange <0001> <0003> <0041> <0005> <0006> [<00660069> <D83DDE00>] endbfrange"
    assert dict(to_unicode(cmap)) == {1: "A", 2: "B", 3: "C", 5: "fi", 6: "\U0001f600"}


def test_glyphs_know_their_element_and_lines_their_block(tmp_path: Path) -> None:
    path = write(
        tmp_path / "sample.pdf",
        [
            Item("P#1", ((60, 700, "See "),)),
            Item("P#1/Link", ((60 + text_width("See ", 14), 700, "x.org"),)),
            Item("Artifact", ((60, 40, "Left"), (400, 40, "Right")), size=12),
        ],
        info={"Title": "A title"},
    )
    doc = glyphs.read(path)
    assert [(line.tag, line.text) for line in doc.lines] == [
        ("P", "See x.org"),
        ("Artifact", "Left"),
        ("Artifact", "Right"),
    ]
    assert [glyph.tag for glyph in doc.glyphs[:9]] == ["P"] * 4 + ["Link"] * 5
    assert [(link.uri, link.contents) for link in doc.links] == [("x.org", "x.org")]
    assert (doc.info, doc.lang) == ({"Title": "A title"}, "en-GB")
    assert doc.pages[0].width == pytest.approx(595.276)
    assert doc.faces[0].x_height == pytest.approx(0.547, abs=0.001)
