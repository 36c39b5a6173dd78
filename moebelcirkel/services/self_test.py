"""What proves an installation: its files as they were made, and a label drawn and read back."""

import hashlib
from pathlib import Path

import segno
import zxingcpp
from PIL import Image

from moebelcirkel.documents.units.labels import LabelSheet, UnitLabel, label_sheet
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.labels import label_number, parse_label

#: Beside the program of a bundle: the SHA-256 and the path of each of its files.
SUMS = "SHA256SUMS"


def files_as_made(folder: Path) -> None:
    """Compare the files of a bundle with its list of sums; others may lie beside them.

    Raises:
        Refused: One is missing or changed, or there is no list.
    """
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except OSError:
        raise Refused(N_("{name} is missing."), name=SUMS) from None
    for line in lines:
        told, _gap, name = line.partition("  ")
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise Refused(N_("{name} is missing."), name=name) from None
        if found != told:
            raise Refused(N_("{name} is not as it was made."), name=name)


def label_reads_back(folder: Path) -> None:
    """Draw a sheet, and read the code of one number back from its picture."""
    number = label_number("MC", 1)
    if not label_sheet([UnitLabel(number, "Kontorstol æøå", "")], LabelSheet()).startswith(b"%PDF"):
        raise Refused(N_("The sheet is not a PDF."))
    picture = folder / "label.png"
    segno.make(number, error="m").save(str(picture), scale=8)
    with Image.open(picture) as image:
        found = zxingcpp.read_barcodes(image.convert("L"))
    if [parse_label(code.text, "MC") for code in found] != [number]:
        raise Refused(N_("Its code could not be read back."))
