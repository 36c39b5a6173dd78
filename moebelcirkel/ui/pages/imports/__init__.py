"""Import: files of furniture types with new prices, tried out first and taken in as a whole."""
