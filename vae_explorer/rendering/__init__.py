"""What `python -m vae_explorer.render` is asked for, and what becomes of it: a recipe, and bytes that go somewhere."""
