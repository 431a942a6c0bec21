"""A trained VAE with NumPy arrays in and out, whatever it came from: weights, ONNX, somebody's own code."""
