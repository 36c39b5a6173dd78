"""What was looked for and not found, as it may be kept: words and measures, never a name.

Nobody can tell every name from a word. So what may be one is dropped, though some searches for
furniture go with it: a count that is a little too low harms less than a name.
"""

import datetime as dt
import re
from collections.abc import Collection
from itertools import pairwise

from moebelcirkel.domain.cpr import has_cpr
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop import read

#: Longer is no search for furniture.
MOST_TEXT = 120
#: So long a search is counted.
KEPT = dt.timedelta(days=3 * 365)
#: Nobody looks for furniture by fewer letters.
_SHORTEST = 3
#: A telephone number, a label or another code: six digits in a row, or eight in groups.
_CODE = re.compile(r"\d{6}|(?:\d[ .-]?){8}")
_SON = re.compile(r"[a-z]{3,}(?:sen|soen|datter)")
#: The commonest given names in Denmark, folded, but those that are words as well.
_GIVEN = frozenset(
    re.findall(
        r"\w+",
        """
    aase agnes ahmed aisha alexander alfred ali allan anders andreas anette anna anne annette
    astrid bent bente birgit birgitte bo brian britt camilla carl caroline casper cecilie
    charlotte christian christina clara claus daniel dorte dorthe ellen ellinor emil emma erik
    fatima finn frederik freja gerda gitte grethe hanne hans hassan heidi helle henrik ibrahim
    ida inge ingrid jacob jakob jan jens jesper jette joergen joern john jonas josefine julie
    karen karin kasper kathrine katrine kim kirsten klaus knud kristian kristina kurt lars laura
    lene liam line lis lisbeth lise lone lotte louise lucas luna mads magnus maibritt maja
    marcus maria marianne marie martin mathias mathilde mette michael mikkel mohammed morten
    muhammad nanna niels nikolaj noah ole oliver oscar per peter philip pia poul rasmus rikke
    sander sanne sara sebastian signe simon soeren sofie steen stig susanne svend thomas tina
    tobias torben trine ulla ulrik vibeke victor william
        """,
    )
)


def kept(text: str, telling: Collection[str] = (), known: Collection[str] = ()) -> str | None:
    """The search as it is kept, in small letters; none where it may be a name, or says nothing.

    ``telling`` are words of names of people and institutions, ``known`` words that types have.
    """
    clean = " ".join(text.split())
    if len(clean) > MOST_TEXT or not clean.isprintable():  # a server takes no NUL
        return None
    if "@" in text or has_cpr(text) or _CODE.search(text):
        return None
    wish = read(text)
    if not any(len(word) >= _SHORTEST and word.isalpha() for word in wish.words):
        return None
    titled = _titled(text)
    if any(word in titled or _tells(word, telling) for word in wish.words if word not in known):
        return None
    return clean.lower()


def written(text: str) -> str:
    """The words of what is kept as they were typed, without how many and which measures."""
    words = read(text).words
    typed = [each for each in text.lower().split() if set(fold(each).split()) <= set(words)]
    return " ".join(typed) if fold(" ".join(typed)) == " ".join(words) else " ".join(words)


def _titled(text: str) -> set[str]:
    """Words with a capital each that stand side by side, as people and places are written."""
    typed = text.split()
    pairs = (pair for pair in pairwise(typed) if all(each.istitle() for each in pair))
    return {word for pair in pairs for word in fold(" ".join(pair)).split()}


def _tells(word: str, telling: Collection[str]) -> bool:
    return any(
        each in telling or each in _GIVEN or _SON.fullmatch(each) is not None
        for each in {word, *word.split("-")}
    )


def week_of(day: dt.date) -> dt.date:
    """The Monday of its week: nothing nearer is kept of when somebody searched."""
    return day - dt.timedelta(days=day.weekday())
