"""The handles: a slider for each factor of the picture in a person's units, which z follows."""
