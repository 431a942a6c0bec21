"""What model.json says of a run; what else a run leaves is tested by runs of the command."""

import pytest
import torch
from factories import data_folder

from vae_explorer import metrics
from vae_explorer.datasets import mnist
from vae_explorer.images import to_unit
from vae_explorer.training.options import Options, deciding
from vae_explorer.training.results import info
from vae_explorer.training.trainer import Trainer

SMALL = Options(epochs=1, batch_size=16, latent_dim=2, device="cpu")


@pytest.fixture
def dataset(tmp_path):
    return mnist.load(data_folder(tmp_path / "spots"))


def test_model_json_names_options_versions_data_and_the_last_line_of_a_run(dataset):
    x = torch.from_numpy(to_unit(dataset.train.images)[:, None])
    trainer = Trainer(SMALL, x)
    list(trainer.epoch())
    test = metrics.evaluate(trainer.vae, x)
    found = info(trainer, dataset, test)
    assert found["latent_dim"] == 2 and found["likelihood"] == "gaussian" and found["data"]["sha256"] == dataset.hashes
    assert found["options"] == deciding(SMALL) and found["device"] == "cpu" and found["test"]["loss"] == test.loss
    assert found["history"] == trainer.history[-1] and found["versions"]["torch"] == str(torch.__version__)


def test_model_json_of_a_run_that_was_stopped_in_its_first_epoch_has_neither_history_nor_test(dataset):
    found = info(Trainer(SMALL, torch.zeros(3, 1, 28, 28)), dataset, None)
    assert found["history"] is None and found["test"] is None
