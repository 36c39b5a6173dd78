"""A label drawn and read back: proves fonts, paper and codes of an installation."""

from pathlib import Path

import segno
import zxingcpp
from PIL import Image

from moebelcirkel.documents.units.labels import Label, LabelSheet, label_sheet
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.labels import label_number, parse_label


def label_reads_back(folder: Path) -> None:
    """Draw a sheet, and read the code of one number back from its picture."""
    number = label_number("MC", 1)
    if not label_sheet([Label(number, "Kontorstol æøå", "")], LabelSheet()).startswith(b"%PDF"):
        raise Refused(N_("The sheet is not a PDF."))
    picture = folder / "label.png"
    segno.make(number, error="m").save(str(picture), scale=8)
    with Image.open(picture) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    if [parse_label(code.text, "MC") for code in found] != [number]:
        raise Refused(N_("Its code could not be read back."))
