"""Pictures of a model by their recipes, the same bytes everywhere."""
