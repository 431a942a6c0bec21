"""Protocols: by what rules a model is measured on test images, so that figures stand beside others of the same rules.

A protocol is a row of PROTOCOLS: its rules, printed beside its figures; why a model cannot be measured so; what
measures it; and its figures as lines. Knows models and images, no files and no command line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from vae_explorer import evidence, metrics
from vae_explorer.codecs.codec import Codec
from vae_explorer.evidence import Evidence
from vae_explorer.metrics import Images, Model, Quality

USUAL = "mse-kl"  # of a model of which nothing else is known

Came = Callable[[float], None]


@dataclass(frozen=True)
class Protocol:
    """rules: for people. refused: a model → why it cannot be measured so, "" where it can. measure: a model as torch
    asks it, images, beta, how many images at once, what is told how much is done → a dataclass of figures with a loss.
    lines: such figures as text.
    """

    rules: str
    refused: Callable[[Codec], str]
    measure: Callable[[Model, Images, float, int, Came], Any]
    lines: Callable[[Any], Iterator[str]]


def usual(model: Codec) -> str:
    """Name the protocol of what a model was trained for."""
    return "binarised" if model.source.info.get("likelihood") == "bernoulli" else USUAL


def _mse_kl(vae: Model, x: Images, beta: float, at_once: int, came: Came) -> Quality:
    return metrics.evaluate(vae, x, beta, min(metrics.BATCH, at_once), came)


def _quality(found: Quality) -> Iterator[str]:
    per_dim = "  ".join(f"z{dim} {nats:.2f}" for dim, nats in enumerate(found.kl_per_dim))
    yield f"  loss         {found.loss:8.2f} nats   recon + {found.beta:g}·kl"
    yield f"  recon        {found.recon:8.2f} nats"
    yield f"  kl           {found.kl:8.2f} nats   {per_dim}"
    yield f"  active       {found.active:5d} of {len(found.kl_per_dim)} dimensions (variance of mu > 0.01)"
    yield f"  mse          {found.mse:8.5f}        per pixel in [0, 1], of decode(mu)"


def _no_probabilities(model: Codec) -> str:
    if model.shape[0] > 1:
        return "its pictures are in colour, and have no one threshold between black and white"
    if model.source.info.get("likelihood") == "gaussian":
        return (
            "it was trained with a Gaussian likelihood, so what it decodes are means of grey levels and no "
            "probabilities of black and white"
        )
    return ""


def _binarised(vae: Model, x: Images, _beta: float, at_once: int, came: Came) -> Evidence:
    return evidence.estimate(vae, x, min(evidence.AT_ONCE, at_once), came)


def _evidence(found: Evidence) -> Iterator[str]:
    for each in found.estimates:
        effective = f"effective draws {each.effective:.1f} in the median, {each.fewest:.1f} in one image of 20"
        yield f"  log p(x)     {each.log_p:8.2f} ± {each.standard_error:.2f} nats   {each.draws:,} draws; {effective}"
    yield f"  elbo         {-found.loss:8.2f} ± {found.standard_error:.2f} nats   −(recon + kl)"
    yield f"  recon        {found.recon:8.2f} nats"
    yield f"  kl           {found.kl:8.2f} nats"


PROTOCOLS = {
    "mse-kl": Protocol(
        rules=(
            "Test images are grey levels in [−1, 1]. recon is the squared error summed over pixels: −log p(x|z) of a "
            "Gaussian of variance ½, less a constant. kl is that of q(z|x) from N(0, I). Of each image "
            f"{metrics.DRAWS} z are drawn from q(z|x), with seed {metrics.SEED}. Less is better; compare only figures "
            "of one protocol."
        ),
        refused=lambda _model: "",
        measure=_mse_kl,
        lines=_quality,
    ),
    "binarised": Protocol(
        rules=(
            "Test images are black and white: white above one half. p(x|z) is of pixels that are white with "
            "p = (x_hat + 1)/2, each by itself. log p(x) is the log of the mean of so many weights p(x|z)·p(z)/q(z|x), "
            f"with z drawn from q(z|x), with seed {evidence.SEED} (Burda et al. 2015): too low on average, the less so "
            "the more draws are effective. ± is the standard error over images. More is better; compare only figures "
            "of one protocol."
        ),
        refused=_no_probabilities,
        measure=_binarised,
        lines=_evidence,
    ),
}
