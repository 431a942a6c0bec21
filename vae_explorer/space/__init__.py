"""What can be asked of a model's latent space. Nothing here changes once it is opened."""
