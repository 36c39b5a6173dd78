"""What the check reads of the database to compare it with."""
