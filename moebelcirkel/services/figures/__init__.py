"""What a unit is worth in money and CO2e: the inputs of the formulas, taken from the rows."""

from moebelcirkel.services.figures.inputs import (
    EPD,
    ArticleFigures,
    Factors,
    Refurbishment,
    at_a_glance,
    estimate,
    load_factors,
    make_inputs,
    new_price,
    price_as_new,
    refurbishments,
    refurbishments_in,
)
