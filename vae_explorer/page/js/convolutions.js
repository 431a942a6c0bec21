// The two convolutional networks: z → x_hat and x → mu, logvar. Knows their weights as arrays by the state dict's keys.

const PLACES = 14 * 14; // of the features of the decoder, 16 channels at each

// Up to its ReLU the decoder is one affine map of z, as nothing stands between its Linear and its first transposed
// convolution: folded once, (14·14·16, D + 1), its last column the offset.
function foldedDecoder(weights, dims) {
  const linear = weights["linear.weight"]; // (1568, D)
  const offsets = weights["linear.bias"];
  const affine = new Float32Array(PLACES * 16 * (dims + 1));
  const basis = new Float32Array(32 * 49);
  for (let d = 0; d <= dims; d++) {
    for (let k = 0; k < basis.length; k++) basis[k] = d < dims ? linear[k * dims + d] : offsets[k];
    const column = spreadOnce(basis, weights["deconv_stack.0.weight"]);
    for (let k = 0; k < column.length; k++) affine[k * (dims + 1) + d] = column[k];
  }
  for (let k = 0; k < PLACES * 16; k++) affine[k * (dims + 1) + dims] += weights["deconv_stack.0.bias"][k % 16];
  return affine;
}

// The first transposed convolution, 4×4, stride 2, padding 1, without its bias: (32, 7, 7) → (14, 14, 16).
function spreadOnce(x, kernel) {
  const out = new Float32Array(PLACES * 16);
  for (let n = 0; n < 32; n++) {
    for (let place = 0; place < 49; place++) {
      const value = x[n * 49 + place];
      const top = 2 * Math.floor(place / 7) - 1;
      const left = 2 * (place % 7) - 1;
      for (let tap = 0; tap < 16; tap++) {
        const row = top + (tap >> 2);
        const column = left + (tap & 3);
        if (row < 0 || row > 13 || column < 0 || column > 13) continue;
        const at = (row * 14 + column) * 16;
        for (let c = 0; c < 16; c++) out[at + c] += value * kernel[(n * 16 + c) * 16 + tap];
      }
    }
  }
  return out;
}

// decode: D numbers → (1, 28, 28) in [-1, 1]
function convDecoder(weights, dims) {
  const affine = foldedDecoder(weights, dims);
  const taps = Array.from({ length: 16 }, (_, tap) =>
    Float32Array.from({ length: 16 }, (_, c) => weights["deconv_stack.2.weight"][c * 16 + tap]),
  );
  const bias = weights["deconv_stack.2.bias"][0];
  const features = new Float32Array(PLACES * 16);
  const padded = new Float32Array(30 * 30);
  return (z) => {
    featuresOf(affine, z, dims, features);
    padded.fill(bias);
    for (let place = 0; place < PLACES; place++) spreadTo(padded, features, place, taps);
    const x = new Float32Array(28 * 28);
    for (let k = 0; k < x.length; k++) x[k] = Math.tanh(padded[(Math.floor(k / 28) + 1) * 30 + (k % 28) + 1]);
    return x;
  };
}

function featuresOf(affine, z, dims, out) {
  for (let k = 0, at = 0; k < out.length; k++, at += dims + 1) {
    let sum = affine[at + dims];
    for (let d = 0; d < dims; d++) sum += affine[at + d] * z[d];
    out[k] = sum > 0 ? sum : 0;
  }
}

// Adds what one place of the features gives to 4×4 pixels of (30, 30), which have a rim of one.
function spreadTo(padded, features, place, taps) {
  const corner = 2 * Math.floor(place / 14) * 30 + 2 * (place % 14);
  for (let tap = 0; tap < 16; tap++) {
    const weights = taps[tap];
    let sum = 0;
    for (let c = 0, at = place * 16; c < 16; c++) sum += weights[c] * features[at + c];
    padded[corner + (tap >> 2) * 30 + (tap & 3)] += sum;
  }
}

// encode: (1, 28, 28) in [-1, 1] → mu and logvar
function convEncoder(weights) {
  const head = (h, name) => linear(h, weights[`${name}.weight`], weights[`${name}.bias`]);
  return (image) => {
    let h = convolved(image, 1, 28, weights["conv_stack.0.weight"], weights["conv_stack.0.bias"]);
    h = convolved(h, 16, 14, weights["conv_stack.2.weight"], weights["conv_stack.2.bias"]);
    return { mu: head(h, "fc_mu"), logvar: head(h, "fc_logvar") };
  };
}

// A 4×4 convolution, stride 2, padding 1, and a ReLU: (C, side, side) → (C', side/2, side/2).
function convolved(x, channels, side, kernel, bias) {
  const half = side / 2;
  const out = new Float32Array(bias.length * half * half);
  for (let k = 0; k < out.length; k++) {
    const n = Math.floor(k / (half * half));
    const top = 2 * (Math.floor(k / half) % half) - 1;
    const left = 2 * (k % half) - 1;
    let sum = bias[n];
    for (let c = 0; c < channels; c++) {
      const weights = (n * channels + c) * 16;
      for (let i = Math.max(0, -top); i < Math.min(4, side - top); i++) {
        const row = (c * side + top + i) * side + left;
        for (let j = Math.max(0, -left); j < Math.min(4, side - left); j++) {
          sum += kernel[weights + 4 * i + j] * x[row + j];
        }
      }
    }
    out[k] = Math.max(sum, 0);
  }
  return out;
}

// weight (out, in) times x (in,), and bias
function linear(x, weight, bias) {
  const out = Float32Array.from(bias);
  for (let k = 0, at = 0; k < out.length; k++) {
    let sum = bias[k];
    for (let i = 0; i < x.length; i++) sum += weight[at++] * x[i];
    out[k] = sum;
  }
  return out;
}
