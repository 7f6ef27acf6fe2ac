"""X as version 2 of its API speaks, pay-per-use credits included."""
