"""Reads our paper back as others do: its texts and where they lie, its codes, its properties."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

GOLDEN = Path(__file__).parent.parent / "data" / "golden"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on a page; lengths are points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Piece") -> bool:
        """Tell whether letters of both share a spot."""
        air = 0.6
        return (
            self.left + air < other.right
            and other.left + air < self.right
            and self.top + air < other.bottom
            and other.top + air < self.bottom
        )


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdfium2.PdfDocument(data))


def texts(data: bytes) -> list[str]:
    """The text of each page, on one line."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.replace("\u00a0", " ").split()) for text in pages]


def size_of(data: bytes, text: str) -> float:
    """The size in points of the letters of a text on the first page."""
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = page.search(text).get_next()
    assert found is not None, text
    return float(pypdfium2.raw.FPDFText_GetFontSize(page, found[0]))


def whole_text(data: bytes) -> str:
    """The text of all pages."""
    return " ".join(texts(data))


def pieces(data: bytes) -> Iterator[list[Piece]]:
    """The runs of text of each page."""
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        high = page.get_height()
        found = []
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            shown = text.get_text_bounded(left, bottom, right, top).strip()
            found.append(Piece(shown, left, high - top, right, high - bottom))
        yield found


def assert_tidy(data: bytes) -> None:
    """Nothing lies off the paper, in its outer margins, or on top of something else."""
    for page in pieces(data):
        for number, piece in enumerate(page):
            assert 40 <= piece.left <= piece.right <= 595.3 - 40, piece
            assert 38 <= piece.top <= piece.bottom <= 842 - 30, piece
            for other in page[number + 1 :]:
                assert not piece.overlaps(other), (piece, other)


def picture(data: bytes, page: int = 0, *, dpi: int = 300) -> Image.Image:
    """A page as a picture."""
    image = pypdfium2.PdfDocument(data)[page].render(scale=dpi / 72).to_pil()
    assert isinstance(image, Image.Image)
    return image


def codes(image: Image.Image) -> list[str]:
    """What a scanner reads in a picture."""
    found = zxingcpp.read_barcodes(
        image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return [code.text for code in found]


def properties(data: bytes) -> dict[str, str]:
    """What a PDF says about itself."""
    return dict(pypdfium2.PdfDocument(data).get_metadata_dict())


def compare_with_golden(name: str, data: bytes, page: int = 0) -> None:
    """Texts and places of a page are as recorded; GOLDEN=write records them anew."""
    seen: list[tuple[str, int, int]] = [
        (piece.text.replace("\u00a0", " "), round(piece.left), round(piece.top))
        for piece in list(pieces(data))[page]
    ]
    path = GOLDEN / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in seen)
        path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    recorded = json.loads(path.read_text(encoding="utf-8"))
    assert [text for text, _left, _top in seen] == [text for text, _left, _top in recorded]
    for now, then in zip(seen, recorded, strict=True):
        assert abs(now[1] - then[1]) <= 1, (now, then)
        assert abs(now[2] - then[2]) <= 1, (now, then)
