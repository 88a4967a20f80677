# SPDX-License-Identifier: MIT
"""Makes tests/unit/data/fixtures/npy, npz and safetensors: arrays as NumPy itself writes them.

Every array of numbers holds the same 3 x 4 pattern (see PATTERN), so that the test in C knows
what to expect of each without a second copy of the values.
"""
import json
import os
import struct
import zipfile

import numpy as np

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "unit", "data", "fixtures")
OUT = os.path.join(FIXTURES, "npy")
TYPES = ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "|i1", "<i2", ">i2", "<i4", ">i4", "<i8", ">i8",
         "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "|b1"]
NAMES = {"<": "le", ">": "be", "|": "one"}


def pattern(dtype):
    """Halves for floats; integers from end to end of their type, so that every byte counts."""
    counts = np.arange(12).reshape(3, 4)
    kind = np.dtype(dtype).kind
    if kind == "f":
        return (0.5 + counts - 4).astype(dtype)
    if kind == "b":
        return counts % 3 == 0
    steps, first = (8, 4) if kind == "i" else (11, 0)
    step = int(np.iinfo(dtype).max) // steps
    return np.array([(int(c) - first) * step for c in counts.flat], dtype).reshape(3, 4)


def write(name, array, version=(1, 0)):
    with open(os.path.join(OUT, name + ".npy"), "wb") as f:
        np.lib.format.write_array(f, array, version=version, allow_pickle=True)


def main():
    os.makedirs(OUT, exist_ok=True)
    for dtype in TYPES:
        write(f"{dtype[1:]}-{NAMES[dtype[0]]}", pattern(dtype))
    write("f4-fortran", np.asfortranarray(pattern("<f4")))
    write("f2-fortran-3-axes", np.asfortranarray(pattern("<f2").reshape(3, 2, 2)))
    write("f4-version-2", pattern("<f4"), (2, 0))
    write("f4-version-3", pattern("<f4"), (3, 0))
    write("f4-scalar", np.float32(2.5))
    write("f4-one-axis", pattern("<f4").reshape(12))
    write("f4-middle-axis", pattern("<f4").reshape(3, 1, 4))
    write("f4-no-rows", np.zeros((0, 4), "<f4"))
    write("f4-no-columns", np.zeros((4, 0), "<f4"))
    write("f4-special", np.array([np.nan, np.inf, -np.inf, -0.0], "<f4"))
    text = ["A102_ang_int1_ver1", "", "été", "\U0001f600 x", "a b "]
    write("text-le", np.array(text).astype("<U18"))
    write("text-be", np.array(text).astype(">U18"))
    write("text-fortran", np.asfortranarray(np.array([["a", "b", "c"], ["d", "e", "f"]])))
    write("text-bytes", np.array([t.encode() for t in text]))
    write("objects", np.array(["a", None], dtype=object))
    write("records", np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
    write("complex", np.zeros(2, dtype="<c8"))
    write("dates", np.zeros(2, dtype="<M8[s]"))
    archives()
    weights()


def archives():
    out = os.path.join(FIXTURES, "npz")
    os.makedirs(out, exist_ok=True)
    arrays = {"X": pattern("<f4"), "filenames": np.array(["a", "b", "c"]), "empty": np.zeros((0, 2))}
    np.savez(os.path.join(out, "stored.npz"), **arrays)
    np.savez_compressed(os.path.join(out, "deflated.npz"), **arrays)
    # zip64 records are wanted from the first byte on, not from 4 GiB.
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 0
    with zipfile.ZipFile(os.path.join(out, "zip64.npz"), "w") as archive:
        for name, array in arrays.items():
            with archive.open(zipfile.ZipInfo(name + ".npy"), "w", force_zip64=True) as f:
                np.lib.format.write_array(f, array)
    zipfile.ZIP64_LIMIT = limit
    # Python saturates the end record only where the numbers themselves are too large for it.
    with open(os.path.join(out, "zip64.npz"), "r+b") as f:
        f.seek(-14, os.SEEK_END)
        f.write(b"\xff" * 12)
    assert np.array_equal(np.load(os.path.join(out, "zip64.npz"))["X"], arrays["X"])
    with zipfile.ZipFile(os.path.join(out, "odd.npz"), "w") as archive:
        with open(os.path.join(OUT, "f4-le.npy"), "rb") as f:
            array = f.read()
        members = {"folder/": b"", "without-suffix": array, "folder/X.npy": array,
                   "notes.txt": b"not an array"}
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        archive.comment = b"a comment behind the end"


def weights():
    """The format's specification followed to the letter; the header names the second one first."""
    out = os.path.join(FIXTURES, "safetensors")
    os.makedirs(out, exist_ok=True)
    tensors = {"0.weight": pattern("<f4"), "0.bias": np.array([1.5, -2, 3e-40], "<f4")}
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        end = len(data) + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [len(data), end]}
        data += tensor.tobytes()
    text = json.dumps(dict(reversed(header.items()))).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(out, "two.safetensors"), "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


main()
