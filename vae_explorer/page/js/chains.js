// Chains of Linear layers: z → … → pixels, and pixels → … → mu and logvar. Knows arrays.

const ACTIVATIONS = {
  relu: (a) => Math.max(a, 0),
  leaky_relu: (a) => Math.max(a, 0.01 * a),
  elu: (a) => (a > 0 ? a : Math.expm1(a)),
  silu: (a) => a / (1 + Math.exp(-a)),
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  tanh: Math.tanh,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
};

function through(x, layers, activation) {
  for (const { weight, bias } of layers) x = linear(x, weight, bias).map(activation);
  return x;
}

// decode: D numbers → (C, H, W) in [-1, 1]
function chainDecoder({ hidden, output, layers }) {
  const { scale, offset, squashes } = output;
  const last = layers.at(-1);
  const squashed = squashes ? Math.tanh : (a) => Math.min(Math.max(a, -1), 1);
  return (z) =>
    linear(through(z, layers.slice(0, -1), ACTIVATIONS[hidden]), last.weight, last.bias).map((a) =>
      squashed(scale * a + offset),
    );
}

// encode: (C, H, W) in [-1, 1] → mu and logvar; the network takes pixels from low to high
function chainEncoder({ hidden, low, high, trunk, mu, logvar }) {
  return (image) => {
    const pixels = Float32Array.from(image, (value) => low + (high - low) * (0.5 * value + 0.5));
    const h = through(pixels, trunk, ACTIVATIONS[hidden]);
    return { mu: linear(h, mu.weight, mu.bias), logvar: linear(h, logvar.weight, logvar.bias) };
  };
}
