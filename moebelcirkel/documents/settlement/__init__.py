"""What finance gets of a settlement: the posting file, and the voucher of each institution."""
