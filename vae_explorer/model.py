"""The convolutional VAE: encoder, decoder, reparameterization and the two terms of its loss, recon and kl.

Knows torch and nothing of this program: no files, no data, no training.
Source: Kingma and Welling, "Auto-Encoding Variational Bayes" (2013).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Posterior(NamedTuple):
    """q(z|x) = N(mu, diag(exp(logvar))) of a batch. mu, logvar: (B, D); logvar is log σ², never log σ."""

    mu: Tensor
    logvar: Tensor


class Encoder(nn.Module):
    """x → q(z|x)."""

    def __init__(self, latent_dim: int) -> None:
        super().__init__()
        self.conv_stack = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=4, stride=2, padding=1),  # 1×28×28 → 16×14×14
            nn.ReLU(),
            nn.Conv2d(16, 32, kernel_size=4, stride=2, padding=1),  # → 32×7×7
            nn.ReLU(),
            nn.Flatten(),  # → 1568
        )
        self.fc_mu = nn.Linear(1568, latent_dim)
        self.fc_logvar = nn.Linear(1568, latent_dim)

    def forward(self, x: Tensor) -> Posterior:
        """Map images x, (B, 1, 28, 28) in [-1, 1], to their posteriors."""
        features = self.conv_stack(x)
        return Posterior(self.fc_mu(features), self.fc_logvar(features))


class Decoder(nn.Module):
    """z → x_hat, the mean of p(x|z)."""

    def __init__(self, latent_dim: int) -> None:
        super().__init__()
        self.linear = nn.Linear(latent_dim, 1568)
        self.deconv_stack = nn.Sequential(
            nn.ConvTranspose2d(32, 16, kernel_size=4, stride=2, padding=1),  # 32×7×7 → 16×14×14
            nn.ReLU(),
            nn.ConvTranspose2d(16, 1, kernel_size=4, stride=2, padding=1),  # → 1×28×28
            nn.Tanh(),
        )

    def forward(self, z: Tensor) -> Tensor:
        """Map latent points z, (B, D), to images (B, 1, 28, 28) in [-1, 1]."""
        x_hat: Tensor = self.deconv_stack(self.linear(z).view(-1, 32, 7, 7))
        return x_hat

    def preactivation(self, z: Tensor) -> Tensor:
        """Map latent points z, (B, D), to a, (B, 1, 28, 28), of which x_hat is the tanh, in about a third of the time.

        Nothing stands between the Linear and the first transposed convolution, so the two are one affine map of z:
        its matrix is what they make of the D basis vectors and of the bias. The last transposed convolution is a
        matrix product that spreads each of 14×14 places over 4×4 pixels, and a fold. Gradients come through.
        """
        first, last = self.deconv_stack[0], self.deconv_stack[2]
        assert isinstance(first, nn.ConvTranspose2d) and isinstance(last, nn.ConvTranspose2d)
        assert first.bias is not None and last.bias is not None
        basis = torch.cat([self.linear.weight.T, self.linear.bias[None]])  # (D+1, 1568)
        affine = F.conv_transpose2d(basis.view(-1, 32, 7, 7), first.weight, stride=2, padding=1)
        affine = affine.permute(0, 2, 3, 1).reshape(len(basis), -1)  # (D+1, 14·14·16), channels innermost
        features = torch.addmm(affine[-1] + first.bias.repeat(14 * 14), z, affine[:-1]).relu()
        spread = features.view(-1, 16) @ last.weight.view(16, 4 * 4)  # (B·14·14, 4·4)
        spread = spread.view(-1, 14 * 14, 16).transpose(1, 2)
        return F.fold(spread, (28, 28), kernel_size=4, padding=1, stride=2) + last.bias


class VAE(nn.Module):
    """An encoder and a decoder that share a latent space of latent_dim dimensions."""

    def __init__(self, latent_dim: int = 6) -> None:
        super().__init__()
        self.latent_dim = latent_dim
        self.encoder = Encoder(latent_dim)
        self.decoder = Decoder(latent_dim)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return next(self.parameters()).device

    def preactivation(self, z: Tensor) -> Tensor:
        """Decode z, (B, D), up to the last tanh: (B, 1, 28, 28)."""
        return self.decoder.preactivation(z)

    def forward(self, x: Tensor, eps: Tensor) -> tuple[Tensor, Posterior]:
        """Reconstruct x, (B, 1, 28, 28), from one draw each; eps: (B, D) from N(0, I)."""
        posterior = self.encoder(x)
        return self.decoder(reparameterize(posterior, eps)), posterior


def reparameterize(posterior: Posterior, eps: Tensor) -> Tensor:
    """Turn noise eps from N(0, I), (..., B, D), into draws z = mu + σ·eps from q(z|x), of the same shape.

    The randomness is the caller's, so that the gradient reaches mu and logvar through a plain sum
    (Kingma and Welling 2013, §2.4).
    """
    return posterior.mu + torch.exp(0.5 * posterior.logvar) * eps


def kl(posterior: Posterior) -> Tensor:
    """The kl of each q(z|x) from the prior N(0, I) in each dimension, (B, D), in nats: appendix B of the paper."""
    mu, logvar = posterior
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar)


@dataclass(frozen=True)
class Likelihood:
    """What p(x|z) is, around x_hat = tanh(a).

    recon: images x and a, (B, C, H, W) both → −log p(x|z) of each, (B,), in nats, less what is the same for all images.
    Raises ValueError when the shapes differ, which would broadcast silently. drawn: images of grey levels → images that
    p(x|z) speaks of, by a generator of the CPU; so is trained. fixed: the same without chance; so is measured.
    """

    recon: Callable[[Tensor, Tensor], Tensor]
    drawn: Callable[[Tensor, torch.Generator], Tensor]
    fixed: Callable[[Tensor], Tensor]


def squared_error(x: Tensor, a: Tensor) -> Tensor:
    """−log p(x|z) of a Gaussian of variance 1/2 around x_hat, less the constant 392·log π of 784 pixels."""
    _require_alike(x, a)
    return (torch.tanh(a) - x).square().flatten(1).sum(1)


def cross_entropy(x: Tensor, a: Tensor) -> Tensor:
    """−log p(x|z) where a pixel is white with the probability (x_hat + 1)/2 and else black.

    That is sigmoid(2a), so all is computed of the log odds 2a: no probability is rounded to 0 or 1 on the way. Of grey
    levels this is the mean over black and white images that are white as often as the levels say.
    """
    _require_alike(x, a)
    return F.binary_cross_entropy_with_logits(2 * a, (x + 1) / 2, reduction="none").flatten(1).sum(1)


def binarised(x: Tensor, generator: torch.Generator) -> Tensor:
    """Draw each pixel anew: white, 1, with the probability of its grey level, and else black, -1."""
    chance = torch.rand(x.shape, generator=generator).to(x.device)
    return (2 * chance < x + 1).to(x.dtype) * 2 - 1


def thresholded(x: Tensor) -> Tensor:
    """White, 1, where the grey level is above one half, and else black, -1."""
    return (x > 0).to(x.dtype) * 2 - 1


LIKELIHOODS = {
    "gaussian": Likelihood(squared_error, lambda x, _generator: x, lambda x: x),
    "bernoulli": Likelihood(cross_entropy, binarised, thresholded),
}


def _require_alike(x: Tensor, a: Tensor) -> None:
    if x.shape != a.shape:
        raise ValueError(f"x is {tuple(x.shape)} but x_hat is {tuple(a.shape)}")
