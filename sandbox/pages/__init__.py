"""Public pages a person can look at: what was posted, by whom, and what readers made of it. Our own plain look."""
