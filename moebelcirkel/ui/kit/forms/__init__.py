"""Fields, forms and what is chosen in them."""
