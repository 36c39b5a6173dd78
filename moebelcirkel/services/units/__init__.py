"""Møbelpas: everything that is known of one piece, on screen and on paper."""

from moebelcirkel.services.units.figures import UnitFigures
from moebelcirkel.services.units.passports import Passport, passport, passport_pdf
