"""How long a text may be, and how large a measure or an amount: for column, form, import and check.

Texts in characters, lengths in mm, weights in g, volumes in litres, CO2e in kg, money in øre.
"""

from decimal import Decimal
from typing import Final

#: One line of a form, where nothing shorter is said of it.
LINE: Final = 200

# Furniture types.
ARTICLE_KEY: Final = 60
ARTICLE_NAME: Final = 160
MAKER: Final = 80
MODEL: Final = 120
COLOUR: Final = 40
MATERIALS: Final = 120
ECOLABEL: Final = 40
ECOLABEL_ALSO: Final = 200
SUPPLIER: Final = 80
SOURCE: Final = 200
SIZE_MARK: Final = 4
SPARE_PARTS: Final = 200
WEIGHT_G: Final = 2_000_000
VOLUME_L: Final = 20_000
EPD_KG: Final = Decimal(5_000)

# Pieces, and what people write about them.
UNIT_CODE: Final = 60
UNIT_NOTE: Final = 1_000
#: A note to somebody else: on an order, on a case, why an order is refused.
NOTE: Final = 500
#: What is searched for, as the shop reads it.
WANT_WORDS: Final = 200
#: Where something comes from, or what is to be known of it.
REMARK: Final = 1_000

#: Of a person, an institution, a municipality; whoever signs for a delivery.
NAME: Final = 120
#: Where in a building something is carried to.
FLOOR: Final = 20

# Institutions and what they pay from.
INSTITUTION_KIND: Final = 60
WEEKS: Final = 100
PHONE: Final = 11
ADDRESS: Final = 200
BEARER_NAME: Final = 80

#: Of a file that was taken in; a longer one is shown with an ellipsis.
FILE_NAME: Final = 200

# Tasks of the workshop: one of a case, and a type's usual ones.
TASK_NAME: Final = 80
RATE_NAME: Final = 60
INVOICE_NUMBER: Final = 40
CASE_MINUTES: Final = 60 * 24 * 30
CASE_PARTS_ORE: Final = 100_000_000
TASK_MINUTES: Final = 10_000
TASK_PARTS_ORE: Final = 10_000_000
RATE_ORE: Final = 1_000_000

# Settling: accounts, cost bearers and voucher numbers of the finance system; a posting's text.
SETTLEMENT_CODE: Final = 40
SETTLEMENT_TEXT: Final = 255
