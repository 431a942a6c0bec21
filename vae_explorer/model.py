"""The convolutional VAE: encoder, decoder, reparameterization and the two terms of its loss.

Knows torch and nothing of this program: no files, no data, no training.
Source: Kingma and Welling, "Auto-Encoding Variational Bayes" (2013).
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Posterior(NamedTuple):
    """q(z|x) = N(mu, diag(exp(logvar))) of a batch. mu, logvar: (B, D); logvar is log σ², never log σ."""

    mu: Tensor
    logvar: Tensor


class LossTerms(NamedTuple):
    """The loss of each image, in nats, not yet summed. recon: (B,), kl: (B, D)."""

    recon: Tensor
    kl: Tensor


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


def loss_terms(x: Tensor, x_hat: Tensor, posterior: Posterior) -> LossTerms:
    """Split the loss of each image of a batch into recon (B,) and kl (B, D), in nats.

    x, x_hat: (B, 1, 28, 28) in [-1, 1]. recon is the squared error summed over pixels: -log p(x|z) of a
    Gaussian of variance 1/2, less the constant 392·log π. kl is appendix B of Kingma and Welling (2013).
    Raises ValueError when the shapes differ, which would broadcast silently.
    """
    if x.shape != x_hat.shape:
        raise ValueError(f"x is {tuple(x.shape)} but x_hat is {tuple(x_hat.shape)}")
    mu, logvar = posterior
    recon = (x_hat - x).square().flatten(1).sum(1)
    kl = 0.5 * (mu.square() + logvar.exp() - 1 - logvar)
    return LossTerms(recon, kl)


def decode_folded(decoder: Decoder, z: Tensor) -> Tensor:
    """Compute decoder(z), (B, D) → (B, 1, 28, 28), in about a third of the time, gradients included.

    Nothing stands between the decoder's Linear and its first transposed convolution, so the two are one
    affine map of z: its matrix is what they make of the D basis vectors and of the bias. The last
    transposed convolution is a matrix product that spreads each of 14×14 places over 4×4 pixels, and a fold.
    """
    first, last = decoder.deconv_stack[0], decoder.deconv_stack[2]
    assert isinstance(first, nn.ConvTranspose2d) and isinstance(last, nn.ConvTranspose2d)
    assert first.bias is not None and last.bias is not None
    basis = torch.cat([decoder.linear.weight.T, decoder.linear.bias[None]])  # (D+1, 1568)
    affine = F.conv_transpose2d(basis.view(-1, 32, 7, 7), first.weight, stride=2, padding=1)
    affine = affine.permute(0, 2, 3, 1).reshape(len(basis), -1)  # (D+1, 14·14·16), channels innermost
    features = torch.addmm(affine[-1] + first.bias.repeat(14 * 14), z, affine[:-1]).relu()
    spread = features.view(-1, 16) @ last.weight.view(16, 4 * 4)  # (B·14·14, 4·4)
    pixels = F.fold(spread.view(-1, 14 * 14, 16).transpose(1, 2), (28, 28), kernel_size=4, padding=1, stride=2)
    return torch.tanh(pixels + last.bias)
