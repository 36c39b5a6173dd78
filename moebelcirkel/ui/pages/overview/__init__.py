"""Overview ("Overblik", for leaders "Vores tal"): key figures, two charts and a table."""
