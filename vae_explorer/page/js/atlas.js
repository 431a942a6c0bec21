// The encoded images: where they lie, how much of the data lies at a point, and which class it looks like.
//
// As in the window, the density is the mixture of the posteriors of training images, compared with its value at the mu
// of test images; the classes are mixtures of the posteriors of test images, all equally likely beforehand.

// data: of the page, unpacked → null where the model has no atlas
function openAtlas({ atlas, latent_dim: dims }) {
  return atlas && new Atlas(atlas, dims);
}

class Atlas {
  constructor(data, dims) {
    this.dims = dims;
    this.mu = data.mu;
    this.count = this.mu.length / dims;
    this.classes = data.classes;
    this.label = Uint16Array.from(data.classes.flatMap(({ count }, k) => Array(count).fill(k)));
    this.plane = data.plane;
    this.logvar = data.logvar;
    this.byClass = new Mixture(this.mu, this.logvar, dims, data.widen);
    this.density = data.density && densityOf(data.density, dims, data.widen);
  }

  at(index) {
    return this.mu.subarray(index * this.dims, (index + 1) * this.dims);
  }

  // Of the encoded test images, the share in percent that lie where the density is lower than at z; null where the atlas
  // does not tell.
  percentile(z) {
    if (!this.density) return null;
    const { mixture, percents, logs } = this.density;
    const log = logSum(mixture.logs(z));
    const above = logs.findIndex((value) => value > log);
    if (above < 1) return above ? 100 : 0;
    const share = (log - logs[above - 1]) / (logs[above] - logs[above - 1]);
    return percents[above - 1] + share * (percents[above] - percents[above - 1]);
  }

  // What z looks like: the classes with their shares, which sum to 1, the likeliest first.
  shares(z) {
    const logs = this.byClass.logs(z);
    let at = 0;
    const found = this.classes.map(({ label, name, count }) => {
      const log = logSum(logs.subarray(at, (at += count))) - Math.log(count);
      return { label, name, share: log };
    });
    const sum = logSum(found.map(({ share }) => share));
    for (const each of found) each.share = Math.exp(each.share - sum);
    return found.sort((one, other) => other.share - one.share);
  }

  // A draw from the aggregated posterior: one of the encoded images, and a point of its q(z|x). random: () → [0, 1)
  sample(random) {
    const at = Math.floor(random() * this.count) * this.dims;
    return Float32Array.from(
      normals(this.dims, random),
      (eps, d) => this.mu[at + d] + Math.exp(0.5 * this.logvar[at + d]) * eps,
    );
  }
}

function densityOf({ mu, logvar, percents, logs }, dims, widen) {
  return { mixture: new Mixture(mu, logvar, dims, widen), percents, logs };
}

// Draws from N(0, 1), by Box and Muller (1958).
function normals(count, random) {
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}
