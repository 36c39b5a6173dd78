"""The real window without a screen: the tour, its pictures, and the self-test."""
