"""The shop (Find møbler): filters, cards, and the institution's basket."""
