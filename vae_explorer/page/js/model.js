// A trained VAE: decode and encode, whichever network it is.

// data: of the page, unpacked → {latentDim, shape: [C, H, W], decode, encoder: null or {encode}}
function openModel(data) {
  const { latent_dim: latentDim, shape, decoder, encoder } = data;
  const decode = decoder.kind === "conv" ? convDecoder(decoder.weights, latentDim) : chainDecoder(decoder);
  const encode = encoder && (encoder.kind === "conv" ? convEncoder(encoder.weights) : chainEncoder(encoder));
  return { latentDim, shape, decode, encoder: encode && { encode } };
}
