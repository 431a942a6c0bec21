// A mixture of Gaussians with diagonal covariances: the posteriors q(z|x) of many images. Knows neither the images nor
// what the mixture is for.

class Mixture {
  // mu, logvar: (M, D); widen: how many times as large the variances are
  constructor(mu, logvar, dims, widen) {
    this.dims = dims;
    this.count = mu.length / dims;
    this.mu = mu;
    this.half = Float64Array.from(logvar, (value) => 0.5 / (widen * Math.exp(value))); // ½ of the precision
    this.peaks = Float64Array.from({ length: this.count }, (_, m) => this.#peak(m));
  }

  #peak(m) {
    let sum = 0;
    for (let d = 0; d < this.dims; d++) sum += 0.5 * Math.log(this.half[m * this.dims + d] / Math.PI);
    return sum;
  }

  // The log density of each component at z: (M,)
  logs(z) {
    const { dims, mu, half } = this;
    const logs = this.peaks.slice();
    for (let m = 0, at = 0; m < logs.length; m++) {
      for (let d = 0; d < dims; d++, at++) logs[m] -= half[at] * (z[d] - mu[at]) ** 2;
    }
    return logs;
  }
}
