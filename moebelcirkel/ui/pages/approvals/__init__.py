"""To approve (Til godkendelse): orders that wait for one's decision, with amount and limit."""
