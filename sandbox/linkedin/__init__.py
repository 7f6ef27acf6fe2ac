"""LinkedIn as its versioned REST API speaks; by default the self-serve product: no figures, no reading back."""
