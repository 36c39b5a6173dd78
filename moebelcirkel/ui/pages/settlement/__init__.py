"""Settlement ("Afregning"): what waits to be settled, and the batches finance gets."""
