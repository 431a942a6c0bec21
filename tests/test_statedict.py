"""State dicts read without torch: equal to what torch reads, or refused; never anything else."""

import argparse
import datetime
import io
import pathlib
import pickle
import random
import re
import struct
import tracemalloc
import zipfile
from collections import OrderedDict, defaultdict

import numpy as np
import pytest
import torch
from factories import archive, decoder_state, members, saved
from torch import nn
from torch.nn import functional

from vae_explorer.storage import pickled, standins, statedict, weights
from vae_explorer.storage.pickled import NeedsTorchError, StateDictError
from vae_explorer.storage.told import Told


def opened(data):
    """What the whole program makes of a file: no weights, in the cases here."""
    return weights.read(data, Told(), lambda: False)


class Foreign:
    """An object of which torch.save writes only where its class is."""


RAMP = torch.arange(24.0)
TINY = saved({"a": RAMP[:6].view(2, 3), "b": torch.tensor([-1.5])})

# ------------------------------------------------------------------------------------------- what torch writes

READABLE = {
    "contiguous": {"a": RAMP.view(2, 3, 4), "b": RAMP + 1},
    "transposed": {"a": RAMP.view(4, 6).t(), "b": RAMP.view(2, 3, 4).permute(2, 0, 1)},
    "every second value": {"a": RAMP[::2], "b": RAMP.view(4, 6)[1::2, ::3]},
    "views with offsets into one storage": {"a": RAMP[5:], "b": RAMP[:5], "c": RAMP[7]},
    "broadcast": {"a": RAMP[3].expand(2, 5), "b": RAMP[:4].view(4, 1).expand(4, 3)},
    "scalars and nothing": {"a": torch.tensor(2.5), "b": torch.zeros(0, 3), "c": torch.zeros(0)},
    "not finite": {"a": torch.tensor([float("nan"), float("inf"), -0.0, 1e-45])},
    "parameters": {"a": nn.Parameter(RAMP.clone())},
    "a module with its metadata": nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(9, 1)).state_dict(),
    "an ordered dict": OrderedDict(z=RAMP, a=RAMP[:1]),
    "an empty dict": {},
    "names beyond ASCII": {"π.weight": RAMP, "": RAMP[:2]},
}


def assert_same(found, expected):
    assert list(found) == list(expected)
    for key, value in expected.items():
        assert found[key].dtype == np.float32 and found[key].flags.c_contiguous
        np.testing.assert_array_equal(found[key], value.detach().numpy(), err_msg=key, strict=True)


@pytest.mark.parametrize("state", READABLE.values(), ids=READABLE)
def test_a_file_that_torch_saved_is_read_as_torch_reads_it(state):
    data = saved(state)
    assert_same(statedict.loads(data), torch.load(io.BytesIO(data), weights_only=True))


def test_a_newer_pickle_protocol_is_read_too():
    assert_same(statedict.loads(saved(READABLE["transposed"], pickle_protocol=4)), READABLE["transposed"])


def test_a_file_of_a_big_endian_machine_is_read_as_torch_reads_it():
    contents = members(TINY)
    for name in contents:
        if "/data/" in name:
            contents[name] = np.frombuffer(contents[name], "<f4").astype(">f4").tobytes()
        if name.endswith("byteorder"):
            contents[name] = b"big"
    data = archive(contents)
    assert_same(statedict.loads(data), torch.load(io.BytesIO(data), weights_only=True))


def test_a_file_without_a_byte_order_is_of_an_older_torch_and_little_endian():
    data = archive({name: value for name, value in members(TINY).items() if not name.endswith("byteorder")})
    assert_same(statedict.loads(data), torch.load(io.BytesIO(TINY), weights_only=True))


NUMBERS = torch.float16, torch.bfloat16, torch.float64, torch.int64, torch.int32, torch.int16, torch.int8
NUMBERS += torch.uint8, torch.bool


@pytest.mark.parametrize("dtype", NUMBERS, ids=str)
def test_numbers_of_any_plain_type_are_read_as_float32(dtype):
    state = {"a": RAMP.view(4, 6).t().to(dtype), "b": torch.tensor(3).to(dtype), "c": RAMP[::5].to(dtype)}
    assert_same(statedict.loads(saved(state)), {key: value.float() for key, value in state.items()})


def test_a_number_too_large_for_float32_is_read_as_infinite():
    assert np.isinf(statedict.loads(saved({"a": torch.tensor([1e300], dtype=torch.float64)}))["a"]).all()


@pytest.mark.parametrize("dtype", [torch.complex64, torch.float8_e4m3fn])
def test_tensors_of_unusual_numbers_are_left_to_torch(dtype):
    with pytest.raises(NeedsTorchError, match="not of plain numbers"):
        statedict.loads(saved({"a": torch.zeros(3).to(dtype)}))


def test_what_a_checkpoint_carries_beside_its_tensors_is_read_without_what_it_is_of():
    args = argparse.Namespace(lr=1e-3, out=pathlib.Path("here"))
    counted = defaultdict(list, {"loss": [np.float64(0.5), np.float32(2), np.int64(3)]})
    arrays = {"square": np.arange(6.0).reshape(2, 3).T, "int8": np.arange(3, dtype=np.int8), "words": np.array(["a"])}
    tree = {"args": args, "counted": counted, "size": RAMP.view(4, 6).shape, "where": RAMP.device, "kind": RAMP.dtype}
    found = statedict.loads(saved(tree | {"arrays": arrays, "when": datetime.date(2026, 1, 1), "a": RAMP, (0, 1): 2}))
    assert found["counted"] == {"loss": [0.5, 2, 3]} and found["size"] == (4, 6) and (0, 1) not in found
    assert all(isinstance(found[name], standins.Record) for name in ("args", "where", "when"))
    np.testing.assert_array_equal(found["arrays"]["square"], arrays["square"])
    assert found["arrays"]["int8"].tolist() == [0, 1, 2] and found["arrays"]["words"].size == 0
    np.testing.assert_array_equal(found["a"], RAMP.numpy())


def test_a_choice_of_an_activation_or_of_a_loss_is_a_record():
    choices = {"made": nn.ReLU(), "kind": nn.LeakyReLU, "loss": nn.BCELoss(), "called": functional.elu}
    assert statedict.loads(saved({"hyper_parameters": choices, "weight": torch.ones(2)}))["weight"].tolist() == [1, 1]


def test_a_zip_archive_that_a_file_manager_has_packed_again_is_read():
    data = archive(members(TINY), zipfile.ZIP_DEFLATED)
    assert_same(statedict.loads(data), torch.load(io.BytesIO(TINY), weights_only=True))


def test_the_format_before_torch_1_6_is_left_to_torch():
    with pytest.raises(NeedsTorchError, match=r"before 1\.6"):
        statedict.loads(saved({"a": RAMP}, _use_new_zipfile_serialization=False))


# --------------------------------------------------------------------------------------------- what is no weights

REFUSED = {
    "nothing": (b"", "it is an empty file"),
    "a web page": (b"\n<!DOCTYPE html><html><body>404</body></html>", "web page"),
    "a Git LFS pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git lfs pull"),
    "text": (b"weights\n", "it is text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "it is a picture"),
    "a drawing": (b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN">\n<svg/>', "it is a picture"),
    "a page with pictures": (b"<!DOCTYPE html>\n<html><svg/></html>", "web page"),
    "a sound": (b"RIFF\0\0\0\0WAVE" + bytes(range(256)), "a file of an unknown kind"),
    "another zip": (archive({"word/document.xml": b"<x/>"}), "it is a zip archive of other things"),
    "an empty zip": (archive({}), "it is an empty zip archive"),
    "a checkpoint of something else": (saved({"model": {"a": RAMP}, "epoch": 3}), r"another model .* model\.a \(24\)"),
    "a list": (saved([RAMP]), "it is another model"),
    "a tensor": (saved(RAMP), "it is another model"),
    "an empty list": (saved([]), "it holds a list, and no weights with names"),
    "its first half": (TINY[: len(TINY) // 2], "cut short or damaged"),
    "130 MB more": (archive(members(TINY) | {"archive/data/9": bytes(130 << 20)}, 8), "at most 129 MB are read"),
    "a long index": (archive({"a/data.pkl": bytes(2 << 20)}), "a member larger than 1048576 bytes"),
    "a damaged index": (archive({"a/data.pkl": b"\x80\x02}(."}), "its index is damaged"),
    "a run's checkpoint": (
        saved({"options": {"lr": 0.1}, "optimizer": {"state": {0: {"step": RAMP}}, "param_groups": [{"params": [0]}]}}),
        "it holds no tensors",
    ),
    "numbers of NumPy's": (saved({"loss": np.float64(3)}), "it holds no tensors"),
    "a whole module": (saved(Foreign()), r"it is a whole module, .* would run test_statedict\.Foreign"),
    "a set": (saved({"a": {1, 2}}, pickle_protocol=4), "it holds more than tensors \\(pickle's opcode"),
    "a word": (saved("weights"), "it holds 'weights', and no weights with names"),
    "a tuple as a key": (saved({(0, 1): RAMP}), "an empty state dict"),
    "TorchScript": (archive(dict.fromkeys(["a/data.pkl", "a/constants.pkl"], b"")), "TorchScript"),
    "an archive of NumPy's": (archive({"mu.npy": b"", "logvar.npy": b""}), "its mu cannot be read"),
    "a terminal's escape codes": (saved({"\x1b[2J\n" + "x" * 5000: RAMP}), r"its layers are \?\.2J xxx"),
}


@pytest.mark.parametrize(("data", "why"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_state_dict_is_refused_in_a_short_printable_line(data, why):
    with pytest.raises(StateDictError, match=why) as caught:
        opened(data)
    text = str(caught.value)
    assert not isinstance(caught.value, NeedsTorchError) and len(text) < 500 and text.isprintable()


@pytest.mark.parametrize("keep", range(0, len(TINY), 67))
def test_a_file_cut_short_anywhere_is_refused(keep):
    with pytest.raises(StateDictError):
        statedict.loads(TINY[:keep])


# ------------------------------------------------------------------------------------------------- hostile indexes

TENSOR = b"ctorch._utils\n_rebuild_tensor_v2\n"
STORED = bytes(400)  # the one storage, of 100 numbers


def const(value):
    """The opcodes that push a value."""
    return pickle.dumps(value, 2)[2:-1]


def tensor(size=(2,), stride=(1,), offset=0, count=100, key="0", storage=b"ctorch\nFloatStorage\n"):
    """The opcodes of a tensor as torch writes them."""
    pid = b"(" + const("storage") + storage + const(key) + const("cpu") + const(count) + b"tQ"
    return TENSOR + b"(" + pid + const(offset) + const(size) + const(stride) + b"tR"


def entry(value, key=None):
    """The opcodes of a dict with one key."""
    return b"}" + (const("a") if key is None else key) + value + b"s"


def index(body, **more):
    return archive({"a/data.pkl": b"\x80\x02" + body + b".", "a/data/0": STORED} | more)


def calling(module, name, argument):
    return f"c{module}\n{name}\n".encode() + const(argument) + b"\x85R"


def directory(count, extra=b""):
    """A zip archive that is nothing but a directory of so many empty members."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 4, len(extra), 0, 0, 0, 0, 0)
    entries = b"".join(entry + b"%04x" % (n & 0xFFFF) + extra for n in range(count))
    short = min(count, 0xFFFF)
    return entries + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, short, short, len(entries), 0, 0)


def with_flag(data, flag):
    """An archive whose directory sets a flag of each member."""
    changed = bytearray(data)
    for place in (each.start() for each in re.finditer(b"PK\1\2", data)):
        changed[place + 8] |= flag
    return bytes(changed)


DEEP = b")" + b"\x85" * 300_000  # a tuple in a tuple in a tuple: to hash it overflows the C stack
HUGE = 1 << 60
PID = b"(" + const("storage") + b"ctorch\nFloatStorage\n" + const("0") + b"NKdtQ"
MANY = TENSOR + b"(" + PID + const(0) + b"(" + const(2**2000) + b"q\0" + b"h\0" * 6000 + b"tq\1h\1tR"


def nested(depth=40):
    """The opcodes of a list that holds the next one twice, and so on forty times: to format it takes 2⁴⁰ words."""
    inner = b"(" + nested(depth - 1) + b"h%ce" % (depth - 1) if depth else b""
    return b"]q%c" % depth + inner


def pid(storage=b"ctorch\nFloatStorage\n", key=b"", count=b""):
    """The opcodes of a storage, each part of it by its own."""
    return b"(" + const("storage") + storage + (key or const("0")) + const("cpu") + (count or const(100)) + b"tQ"


DTYPE = b"cnumpy\ndtype\n" + const("f8") + b"\x85R"


def nd_array(shape, given=b""):
    """The opcodes of an array of NumPy with the state of two numbers."""
    made = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n" + const((0,)) + const("b") + b"\x87R"
    data = b"c_codecs\nencode\n" + const("\0" * 16) + const("latin1") + b"\x86R"
    return made + b"(" + const(1) + (given or const(shape)) + DTYPE + const(False) + data + b"tb"


BOMB = b"\x80\x02" + const("x" * 10**6) + b"."
HOSTILE = {
    "negative stride": index(entry(tensor((2,), (-1,)))),
    "negative offset": index(entry(tensor(offset=-1))),
    "negative size": index(entry(tensor((-2,), (1,)))),
    "beyond the storage": index(entry(tensor((101,), (1,)))),
    "offset beyond the storage": index(entry(tensor(offset=99))),
    "stride that overflows 64 bits": index(entry(tensor((5,), (HUGE,)))),
    "negative stride that overflows": index(entry(tensor((5,), (-HUGE,)))),
    "size that overflows 64 bits": index(entry(tensor((HUGE, HUGE), (0, 0)))),
    "more sizes than strides": index(entry(tensor((2, 2), (1,)))),
    "a product of endless numbers": index(entry(MANY)),
    "sizes that are no numbers": index(entry(tensor((1.5,), (1,)))),
    "wrong count": index(entry(tensor(count=99))),
    "no such storage": index(entry(tensor(key="1"))),
    "a storage outside": index(entry(tensor(key="../../../etc/passwd"))),
    "one number as a gigabyte": index(entry(tensor((1 << 28,), (0,)))),
    "a thousand views of 64 MB": index(
        b"}(" + b"".join(const(str(n)) + tensor((16 << 20,), (0,)) for n in range(1000)) + b"u"
    ),
    "not closed": index(b"}("),
    "nothing on the stack": index(b"R"),
    "endless memo": index(entry(b"Nr\xff\xff\xff\xff")),
    "8 GB on the word of an opcode": index(b"\x96" + struct.pack("<Q", 8 << 30)),
    "long bytes": index(b"\x8e" + struct.pack("<Q", 1 << 62)),
    "long number": index(b"\x8b" + struct.pack("<i", -1)),
    "long frame": index(b"\x95" + struct.pack("<Q", 1 << 62)),
    "deep tuple as a value": index(entry(DEEP)),
    "deep tuple as a key": index(entry(b"N", DEEP)),
    "deep tuple as a storage": index(entry(b"(" + const("storage") + DEEP + b"NNNtQ")),
    "deep tuple as a storage's key": index(entry(b"(" + const("storage") + b"ctorch\nFloatStorage\n" + DEEP + b"NNtQ")),
    "deep tuple in a set": index(b"\x8f(" + DEEP + b"\x90"),
    "an array of NumPy of huge axes": index(entry(nd_array((HUGE, HUGE)))),
    "an array of NumPy of another length": index(entry(nd_array((3,)))),
    "an array of NumPy with a negative axis": index(entry(nd_array((-1,)))),
    "an array of NumPy of deep tuples": index(entry(nd_array(None, DEEP))),
    "a number of NumPy without bytes": index(entry(b"cnumpy.core.multiarray\nscalar\n" + DTYPE + b"N\x86R")),
    "NumPy's own load": index(calling("numpy", "load", "a")),
    "attributes of a dict": index(b"ccollections\nOrderedDict\n)R}" + const("items") + b"NsbN\x86"),
    "attributes of our function": index(TENSOR + b"N" + entry(b"N", const("__defaults__")) + b"\x86b"),
    "an item of a tensor": index(tensor() + const("a") + b"Ns"),
    "a call of a string": index(b"ctorch\nFloatStorage\n)R"),
    "os.system": index(calling("os", "system", "false")),
    "builtins.eval": index(calling("builtins", "eval", "1/0")),
    "numpy": index(calling("numpy", "zeros", 10**12)),
    "getattr through a dotted name": index(b"ccollections\nOrderedDict.fromkeys\n)R"),
    "our own module": index(calling("vae_explorer.files", "sha256", "a")),
    "lists in lists as a storage": index(entry(pid(nested()))),
    "lists in lists as a storage's key": index(entry(pid(key=nested()))),
    "lists in lists as a storage's length": index(entry(pid(count=nested()))),
    "lists in lists as a key": index(entry(b"N", nested())),
    "lists in lists as a value": index(entry(nested())),
    "lists in lists as all": index(nested()),
    "lists in lists as a tensor's storage": index(entry(TENSOR + b"(" + nested() + const(0) + const((1,)) * 2 + b"tR")),
    "lists in lists as a tensor's size": index(entry(TENSOR + b"(" + pid() + const(0) + nested() * 2 + b"tR")),
    "lists in lists into a tensor": index(tensor() + const(0) + nested() + b"s"),
    "a list in itself": index(entry(pid(b"]q\0h\0a"))),
    "a huge number as a storage's length": index(entry(pid(count=const(2**2000)))),
    "300,000 members": directory(300_000),
    "members with long extra fields": directory(240, struct.pack("<HH", 0x9999, 0) * 16_383),
    "a member with a password": with_flag(TINY, 1),
    "a compressed index": archive({"a/data.pkl": BOMB}, zipfile.ZIP_DEFLATED),
    "a zip bomb": archive({"a/data.pkl": b"\x80\x02}.", "a/data/0": bytes(50 << 20)}, zipfile.ZIP_DEFLATED),
    "20,000 members": archive({"a/data.pkl": b"\x80\x02N."} | {str(n): b"" for n in range(20_000)}),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_in_little_memory(data):
    tracemalloc.start()
    try:
        with pytest.raises(StateDictError) as caught:
            opened(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 400 << 20, caught.value
    assert len(str(caught.value)) < 500 and str(caught.value).isprintable()


def test_a_pickle_that_would_run_a_program_does_not_run_it(tmp_path):
    marker = tmp_path / "ran"
    opcodes = calling("os", "system", f"echo > '{marker}'")
    with pytest.raises(StateDictError, match=r"would run os\.system\. Nothing of it was run"):
        statedict.loads(index(opcodes))
    assert not marker.exists()
    pickle.loads(b"\x80\x02" + opcodes + b".")
    assert marker.exists()  # so the pickle was one that does


def test_attributes_in_a_file_change_nothing_of_this_program():
    before = pickled._Unpickler._rebuild_tensor.__defaults__
    body = entry(TENSOR + b"N" + entry(b"N", const("__kwdefaults__")) + b"\x86b0" + tensor())
    with pytest.raises(StateDictError):
        opened(index(body))
    assert pickled._Unpickler._rebuild_tensor.__defaults__ == before
    assert list(statedict.loads(TINY)) == ["a", "b"]


def test_the_attributes_that_torch_gives_a_state_dict_do_not_hide_its_items():
    state = b"ccollections\nOrderedDict\n)R" + const("a") + tensor() + b"s"
    found = statedict.loads(index(state + entry(b"N", const("items")) + b"b"))
    assert found["a"].tolist() == [0, 0]


def test_two_members_of_one_name_are_refused_since_readers_differ_in_which_they_take():
    buffer = io.BytesIO(TINY)
    with zipfile.ZipFile(buffer, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("archive/data/0", bytes(24))
    with pytest.raises(StateDictError, match="same name"):
        statedict.loads(buffer.getvalue())


def test_an_array_with_a_wrong_crc_is_refused():
    state = decoder_state()
    data = bytearray(saved(state))
    data[data.find(state["linear.weight"].numpy().tobytes()) + 1000] ^= 4
    with pytest.raises(StateDictError, match=r"damaged.*CRC"):
        statedict.loads(bytes(data))


# ------------------------------------------------------------------------------------------------------------ fuzz


def outcome(data):
    """The arrays as bytes by key, or None when refused; anything else is the failure looked for."""
    try:
        found = statedict.loads(data)
        if not isinstance(found, dict) or not all(isinstance(value, np.ndarray) for value in found.values()):
            return None
        return {key: (value.shape, value.tobytes()) for key, value in found.items()}
    except StateDictError as error:
        assert len(str(error)) < 500 and str(error).isprintable()
        return None


def test_a_flip_of_any_byte_is_found_or_harmless():
    whole, rng, refused = outcome(TINY), random.Random(0), 0
    for place in range(len(TINY)):
        data = bytearray(TINY)
        data[place] ^= 1 << rng.randrange(8)
        found = outcome(bytes(data))
        assert found is None or found == whole, place
        refused += found is None
    assert refused > 200


def test_random_damage_to_a_file_is_found_or_harmless():
    whole, rng = outcome(TINY), random.Random(1)
    for _ in range(400):
        data = bytearray(TINY)
        a, b = sorted(rng.randrange(len(data)) for _ in range(2))
        match rng.randrange(4):
            case 0:
                del data[a:b]
            case 1:
                data[a:a] = data[a:b]
            case 2:
                data[a : a + 4] = rng.randbytes(4)
            case 3:
                data[a : a + 4] = rng.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"PK\1\2"])
        found = outcome(bytes(data))
        assert found is None or found == whole


def test_random_indexes_with_a_right_crc_never_raise_anything_else():
    contents, rng, read = members(TINY), random.Random(2), 0
    (name,) = (each for each in contents if each.endswith("data.pkl"))
    opcodes = bytes(ord(each) for each in "(.012}])lstuQRbcjhqrKMJNaeo\x85\x86\x87\x88\x8f\x90\x93\x94\x95\x96")
    for _ in range(600):
        pkl = bytearray(contents[name])
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(pkl))
            pkl[place : place + rng.randrange(3)] = rng.choice([rng.randbytes(1), bytes([rng.choice(opcodes)])])
        read += outcome(archive(contents | {name: bytes(pkl)})) is not None
    assert 0 < read < 600
