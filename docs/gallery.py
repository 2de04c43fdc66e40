"""Draws the gallery anew: `python docs/gallery.py` (needs the `test` extra). Pages are made by the tool itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from handouts import Dose, Plan, Wishes, compose, open_library
from handouts.batch.order import Order
from handouts.batch.stack import Stack, groups_of, laid, write_stack
from handouts.layout.edition import Press
from handouts.request import Request

HERE = Path(__file__).resolve().parent
PAGES = HERE / "gallery"
WIDTH = 420  # of a page, in pixels
DAY = dt.date(2026, 11, 22)
PERSONAL = Plan(
    stretches=("hip-crossovers", "heel-cord-stretch"),
    doses={"heel-cord-stretch": Dose(hold=20, repeats=3, side="left")},
    person="Maria López",
    clinic="Riverside MS Clinic",
    note="Mornings, after your shower",
    date=DAY,
)


def sheets() -> dict[str, tuple[str, Plan]]:
    """File name to what it shows and the plan behind it."""
    personal = {
        f"personal-{edition}": (
            f"Two stretches for one person, {edition} print",
            replace(PERSONAL, edition=edition),
        )
        for edition in ("standard", "large", "giant")
    }
    five = Plan(routine="five-to-start", date=DAY)
    calf = Plan(("seated-calf-towel",), form="fridge", edition="giant", date=DAY)
    wheelchair = Wishes(position=("wheelchair",), area=("legs",), minutes=10)
    short = Plan(routine="three-minutes", form="log", edition="large", date=DAY)
    helper = Plan(routine="helper-arms-hands", form="helper", date=DAY)
    return personal | {
        "five-to-start": ("The routine five-to-start, standard print", five),
        "wheelchair": ("Ten minutes for the legs in a wheelchair", Plan(wishes=wheelchair, date=DAY)),
        "fridge": ("The form to hang, standard print", replace(five, form="fridge")),
        "fridge-giant": ("The form to hang, giant print", calf),
        "log": ("The log, large print", short),
        "helper": ("The form for a helper, standard print", helper),
        "clinic": ("A clinic's own stretch, name and logo", Plan(("riverside-wall-push",), date=DAY)),
    }


def stack(folder: Path) -> bytes:
    """A print file of two people, one group, on two sides."""
    library = open_library()
    asked = {
        "P-0001": Request(person="Ana Bramblewick", routine="three-minutes", edition="large", paper="letter"),
        "P-0002": Request(person="Jürgen Ødegrensen", stretches=("foot-roll",), edition="giant", paper="letter"),
    }
    orders = [
        Order(row, ref, replace(request, clinic="Riverside MS Clinic", date=DAY.isoformat()), group="North ward")
        for row, (ref, request) in enumerate(asked.items(), 2)
    ]
    press = Press(two_sided=True)
    job = Stack(folder / "print.pdf", DAY, press, separators=True)
    write_stack(
        job, [(order, laid(order, library, press)) for order in orders], library, groups_of(orders, library)
    )
    return job.path.read_bytes()


def pages(data: bytes) -> list[Image.Image]:
    """Every page as a picture."""
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=WIDTH / page.get_width()).to_pil() for page in document]


def sheet_of(pictures: list[Image.Image], across: int, gap: int = 8) -> Image.Image:
    """Pictures side by side on a dark ground, few colours, so that the file stays small."""
    rows = [pictures[i : i + across] for i in range(0, len(pictures), across)]
    height = max(picture.height for picture in pictures) + gap
    ground = Image.new(
        "RGB", ((WIDTH + gap) * min(across, len(pictures)) + gap, height * len(rows) + gap), "#767676"
    )
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            ground.paste(picture, (gap + x * (WIDTH + gap), gap + y * height))
    return ground.quantize(128, method=Image.Quantize.MEDIANCUT)


def main() -> None:
    """Write the pictures and the page that shows them."""
    PAGES.mkdir(exist_ok=True)
    ours, clinic = open_library(), open_library(HERE / "clinic")
    lines = ["# Gallery", "", "Made by the tool itself, with `python docs/gallery.py`."]
    for name, (caption, plan) in sheets().items():
        made = pages(compose(plan, clinic if name == "clinic" else ours))
        sheet_of(made, 4).save(PAGES / f"{name}.png", optimize=True)
        lines += ["", f"## {caption}", "", f"![{caption}: {len(made)} pages](gallery/{name}.png)"]
    large = pages(compose(sheets()["personal-large"][1], ours))
    sheet_of([large[0], large[3], large[4]], 3).save(PAGES / "readme.png", optimize=True)
    with TemporaryDirectory() as folder:
        printed = pages(stack(Path(folder)))
    sheet_of([printed[0], printed[2], printed[3], printed[4]], 4).save(PAGES / "stack.png", optimize=True)
    (HERE / "gallery.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
