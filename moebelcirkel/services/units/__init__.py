"""Møbelpas: everything that is known of one piece, on screen and on paper."""

from moebelcirkel.services.units.figures import UnitFigureRow, UnitFigures
from moebelcirkel.services.units.history import Happening
from moebelcirkel.services.units.passports import Mark, PassFact, Passport, passport, passport_pdf
from moebelcirkel.storage.queries.passport import PhotoLine
