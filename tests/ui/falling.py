"""What is on disk when the power goes now."""

from moebelcirkel.ui.kit.drafts import Drafts


def fall(drafts: Drafts) -> None:
    """All that is typed is kept by now: another window has a writer of its own and looks for it."""
    drafts.flush()
    drafts.load("nothing")  # answers once all before it is on disk
