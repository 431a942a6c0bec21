"""log p(x) of images in black and white, the evidence, by importance sampling. Knows models and images, no files.

Source: Burda, Grosse and Salakhutdinov, "Importance Weighted Autoencoders" (2015), equation 8: the log of the mean of k
weights p(x|z)·p(z)/q(z|x), with z drawn from q(z|x). On average it is too low, the less so the more draws.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from vae_explorer.metrics import Images, Model
from vae_explorer.model import LIKELIHOODS, kl, reparameterize

DRAWS = 50, 500, 5000  # the first so many of the same draws
AT_ONCE = 128  # draws decoded at once: what they need stays in the cache
SEED = 0


@dataclass(frozen=True)
class Estimate:
    """The mean of log p(x) over the images by so many draws each, in nats, and its standard error over the images.

    effective: how many draws of equal weight would tell as much, 1 to draws (Kong 1992), in the median over the images;
    fewest: which one image in twenty does not reach.
    """

    draws: int
    log_p: float
    standard_error: float
    effective: float
    fewest: float


@dataclass(frozen=True)
class Evidence:
    """Means over images, in nats: loss = recon + kl is minus the elbo, the bound below log p(x); its standard error is
    over the images. seed: of the draws."""

    images: int
    seed: int
    loss: float
    recon: float
    kl: float
    standard_error: float
    estimates: tuple[Estimate, ...]


@torch.no_grad()
def estimate(
    vae: Model, x: Images, at_once: int = AT_ONCE, came: Callable[[float], None] = lambda _share: None
) -> Evidence:
    """Estimate log p(x) of images x, (N, C, H, W) in [-1, 1], N >= 1, which are first made black and white at one half.

    p(x|z) is of pixels that are white with the probability (x_hat + 1)/2, each by itself. The k-th image has draws of
    its own, whatever is measured beside it. at_once: images decoded at once. came: called with the share that is done,
    0 to 1.
    """
    terms, found = [], []
    for k in range(len(x)):
        image = LIKELIHOODS["bernoulli"].fixed(x[k : k + 1].to(vae.device))
        recon, nats, logs = _weights(vae, image, torch.Generator().manual_seed((SEED << 32) + k), at_once)
        terms.append(torch.stack([recon + nats, recon, nats]))
        found.append(torch.stack([_log_mean(logs[:draws]) for draws in DRAWS]))  # (draws, 2)
        came((k + 1) / len(x))
    loss, recon, nats = torch.stack(terms).T  # (N,)
    log_p, effective = torch.stack(found).permute(2, 1, 0)  # (draws, N)
    estimates = (
        Estimate(draws, float(each.mean()), _error(each), float(count.median()), float(count.quantile(0.05)))
        for draws, each, count in zip(DRAWS, log_p, effective, strict=True)
    )
    means = {"loss": float(loss.mean()), "recon": float(recon.mean()), "kl": float(nats.mean())}
    return Evidence(len(x), SEED, **means, standard_error=_error(loss), estimates=tuple(estimates))


def _weights(vae: Model, x: Tensor, generator: torch.Generator, at_once: int) -> tuple[Tensor, Tensor, Tensor]:
    """recon, kl and the logs of the weights, (draws,), of one image x, (1, C, H, W); in float64 on the CPU."""
    posterior = vae.encoder(x)
    eps = torch.randn(DRAWS[-1], 1, vae.latent_dim, generator=generator).to(x.device)
    recons, logs = [], []
    for start in range(0, len(eps), at_once):
        part = eps[start : start + at_once]
        z = reparameterize(posterior, part)[:, 0]
        recon = LIKELIHOODS["bernoulli"].recon(x.expand(len(z), *x.shape[1:]), vae.preactivation(z))
        log_ratio = 0.5 * (part[:, 0].square() + posterior.logvar - z.square()).sum(1)  # of p(z) to q(z|x)
        recons.append(recon.cpu().double())
        logs.append((log_ratio - recon).cpu().double())
    return torch.cat(recons).mean(), kl(posterior).cpu().double().sum(), torch.cat(logs)


def _log_mean(logs: Tensor) -> Tensor:
    """The log of the mean of weights whose logs are given, (draws,), and how many draws are effective: (2,)."""
    total = logs.logsumexp(0)
    return torch.stack([total - math.log(len(logs)), (2 * total - (2 * logs).logsumexp(0)).exp()])


def _error(values: Tensor) -> float:
    """The standard error of the mean of values, (N,); infinite for one."""
    return float(values.std() / len(values) ** 0.5) if len(values) > 1 else math.inf
