"""Addresses of furniture types that another program hands over, one running window per person."""

from moebelcirkel.ui.window.links.links import Links, hand_over
