"""What several pages share and what knows furniture: orders, pieces, pictures, places."""
