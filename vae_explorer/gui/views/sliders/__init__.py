"""The sliders: a row for each latent dimension, with a strip of digits that shows where it leads."""
