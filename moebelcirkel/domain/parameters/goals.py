"""The UN's goals that a municipality says its reuse serves; its reports name them."""

from moebelcirkel.domain.errors import N_, Refused

GOALS = (
    N_("No poverty"),
    N_("Zero hunger"),
    N_("Good health and well-being"),
    N_("Quality education"),
    N_("Gender equality"),
    N_("Clean water and sanitation"),
    N_("Affordable and clean energy"),
    N_("Decent work and economic growth"),
    N_("Industry, innovation and infrastructure"),
    N_("Reduced inequalities"),
    N_("Sustainable cities and communities"),
    N_("Responsible consumption and production"),
    N_("Climate action"),
    N_("Life below water"),
    N_("Life on land"),
    N_("Peace, justice and strong institutions"),
    N_("Partnerships for the goals"),
)


def read_goals(text: str) -> tuple[int, ...]:
    """The numbers that are typed, each once and in order; refuses what is none of the goals."""
    found = set()
    for word in text.replace(",", " ").replace(";", " ").split():
        if not (word.isascii() and word.isdigit() and 1 <= int(word) <= len(GOALS)):
            raise Refused(N_("Write the numbers of the goals, 1 to 17, such as 7, 8, 11, 13."))
        found.add(int(word))
    return tuple(sorted(found))
