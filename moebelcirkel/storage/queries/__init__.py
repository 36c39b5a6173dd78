"""What is asked of the tables, one file per word; rows come back frozen."""
