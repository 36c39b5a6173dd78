"""Mail and what people are told: where it is sent through, and the municipality's own words."""
