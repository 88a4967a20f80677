# SPDX-License-Identifier: MIT
"""Makes the seed corpora tests/fuzz/corpus/<target>: small files of every kind a reader knows, and
one of every kind it refuses."""
import io
import json
import os
import struct
import zipfile

import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "corpus")
CLASSES = ["ang", "disg", "fea", "hap", "sad", "neu"]


def write(target, name, content):
    folder = os.path.join(OUT, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode())


def csv():
    write("csv", "plain", "a,b\n1,2\n3,4\n")
    write("csv", "quoted", '\ufeffname,"a ""b"""\r\n"x,\r\ny",""\r\nlast,5" tall')
    write("csv", "numbers", "v,w\n3.0,nan\n-1e-3,\n.5,NaN\n2147483648,0x1\n 7 ,1e999\n")
    write("csv", "blank-lines", "a,b\n\n1,2\r\n\r3,4\r\n\n")
    write("csv", "ragged", "a,b,c\n1,2,3\n1,2\n")
    write("csv", "unclosed", 'a,b\n1,"2\n')
    write("csv", "latin-1", b"a,b\n\xe9,1\n")
    row = "A1_ang_int1_ver1,0,.5,.1,.1,.1,.1,.1\n"
    write("csv", "probabilities", f"filename,fold,{','.join(CLASSES)}\n{row}")
    write("csv", "logits", f"filename,{','.join(CLASSES)}\nA1_neu_sit1_ver1,2.5,-1,0,1,3,-5\n")
    values = ";".join(["0,25"] * 4 + ["0", "0"])
    write("csv", "semicolons", f"filename;fold;{';'.join(CLASSES)}\nclips/A1_ang_int1_ver1.npy;1,0;{values}\n")
    write("csv", "tabs", "filename\t" + "\t".join(CLASSES) + "\nA1\t.333\t.333\t.333\t0\t0\t0\n")
    write("csv", "hint", "sep=;\r\na;b,c\r\n1;-2,5e1\r\n")
    write("csv", "blanks", 'a , "b" \n 1 ,"x" \n  \nNA,<NA>\n None,nan\n')
    write("csv", "fold-names", f"filename,fold,{','.join(CLASSES)}\na,fold10,1,0,0,0,0,0\nb,fold2,1,0,0,0,0,0\n")
    write("csv", "per-cent", f"filename,{','.join(CLASSES)}\na,50,25,25,0,0,0\n")
    write("csv", "decomposed", f"filename,{','.join(CLASSES)}\ne\u0301.mov,1,0,0,0,0,0\n")
    write("csv", "metadata", "filename,video_id,gender,mix,emotion_1,version,intensity_level,"
          "situation,emotion_2,emotion_1_salience,emotion_2_salience,fold\n"
          "A102_ang_int1_ver1,A102,,0,ang,1,1.0,,,,,1\n")


def npy_bytes(array, version=(1, 0)):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version, allow_pickle=True)
    return out.getvalue()


def npy():
    counts = np.arange(6).reshape(2, 3)
    for dtype in ["<f2", ">f4", "<f4", "<f8", "|i1", ">i2", "<i4", "<i8", "|u1", "<u8", "|b1"]:
        write("npy", dtype[1:] + ("-be" if dtype[0] == ">" else ""), npy_bytes(counts.astype(dtype)))
    write("npy", "fortran", npy_bytes(np.asfortranarray(counts.astype("<f4"))))
    write("npy", "three-axes", npy_bytes(np.asfortranarray(counts.astype("<f2").reshape(3, 1, 2))))
    write("npy", "version-2", npy_bytes(counts.astype("<f4"), (2, 0)))
    write("npy", "version-3", npy_bytes(counts.astype("<f4"), (3, 0)))
    write("npy", "scalar", npy_bytes(np.float32(1)))
    write("npy", "empty", npy_bytes(np.zeros((0, 4), "<f4")))
    write("npy", "text", npy_bytes(np.array(["a", "été"])))
    write("npy", "text-be", npy_bytes(np.array(["a", "b"]).astype(">U2")))
    write("npy", "bytes", npy_bytes(np.array([b"a", b"bc"])))
    write("npy", "objects", npy_bytes(np.array([None], dtype=object)))
    write("npy", "records", npy_bytes(np.zeros(1, dtype=[("a", "<f4")])))


def archive(members, method, zip64=False):
    out = io.BytesIO()
    limit, zipfile.ZIP64_LIMIT = zipfile.ZIP64_LIMIT, 0 if zip64 else zipfile.ZIP64_LIMIT
    with zipfile.ZipFile(out, "w", method) as f:
        for name, array in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with f.open(info, "w", force_zip64=zip64) as member:
                member.write(npy_bytes(array))
    zipfile.ZIP64_LIMIT = limit
    content = out.getvalue()
    return content[:-14] + b"\xff" * 12 + content[-2:] if zip64 else content


def npz():
    small = {"X.npy": np.arange(2, dtype="<f4")}
    two = {"X.npy": np.ones((2, 3), "<f2"), "filenames.npy": np.array(["a", "b"])}
    predictions = {"filenames.npy": np.array(["A1_neu_sit1_ver1"]),
                   "probabilities.npy": np.full((1, 6), 1 / 6)}
    for name, members in {"small": small, "two": two, "predictions": predictions}.items():
        write("npz", name + "-stored", archive(members, zipfile.ZIP_STORED))
        write("npz", name + "-deflated", archive(members, zipfile.ZIP_DEFLATED))
    write("npz", "small-zip64", archive(small, zipfile.ZIP_STORED, True))
    write("npz", "two-zip64", archive(two, zipfile.ZIP_DEFLATED, True))
    write("npz", "no-suffix", archive({"X": small["X.npy"]}, zipfile.ZIP_STORED))
    write("npz", "folder", archive({"folder/X.npy": small["X.npy"]}, zipfile.ZIP_STORED))
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as f:
            f.comment = b"a comment"
        write("npz", "none", out.getvalue())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as f:
        decision = {"predictions": {"A1_x": [{"emotion": "ang", "salience": 100.0}]}}
        f.writestr(zipfile.ZipInfo("predictions.json"), json.dumps(decision))
    write("npz", "submission", out.getvalue())


def documents():
    run = {"model": "mlp-512", "seed": "18446744073709551615", "encoders": ["a", "b"],
           "folds": [{"fold": 0, "alpha": 0.1, "best_epoch": 3}], "honest": True, "none": None}
    write("json", "run", json.dumps(run, indent=1))
    single = [{"emotion": "ang", "salience": 100.0}]
    blend = [{"emotion": "hap", "salience": 70.0}, {"emotion": "sad", "salience": 30.0}]
    write("json", "decisions", json.dumps({"predictions": {"A1_x": single, "A2_y": blend}}))
    write("json", "decisions-bare", json.dumps({"A1_x": single}))
    write("json", "list", json.dumps([{"filename": "A1_x", "emotion": "ang"}]))
    odd = {"fraction": [{"emotion": "hap", "salience": 0.7}, {"emotion": "sad", "salience": 0.3}],
           "ratio": [{"emotion": "hap", "salience": "60"}, {"emotion": "sad", "salience": 40}],
           "neutral": [{"emotion": "hap", "salience": 70}, {"emotion": "neu", "salience": 30}],
           "twice": [{"emotion": "hap", "salience": 70}, {"emotion": "hap", "salience": 30}],
           "none": [], "three": single * 3, "other": [{"emotion": "joy"}]}
    write("json", "odd-decisions", json.dumps({"predictions": odd}))
    write("json", "read-as", json.dumps({
        "separator": ";", "decimal_commas": 3, "missing_words": 1, "kind": "logits",
        "kind_reason": "negative", "kind_place": "row 2", "columns": "neu,ang", "rows": 4,
        "names_changed": {"n": 2, "first": "a.npy", "to": "a"}, "decimals": 3, "folds": "metadata",
        "oddities": {"fractions": {"n": 1, "first": "a"}}}))
    write("json", "text", r'["caf\u00e9 \ud83d\ude00", "\"\\\/\b\f\n\r\t", "\u0001"]')
    write("json", "numbers", "[0, -0, 1e5, 1E-5, 0.1, 1e999, 123456789012345678901234567890]")
    write("json", "nested", "[" * 20 + "{}" + "]" * 20)
    write("json", "twice", '{"a": {"k": 1, "l": 2, "k": 3}}')
    write("json", "mark", '\ufeff{"a": 1}')
    write("json", "broken", '{"a": [1, 2}')
    write("json", "nul", r'["\u0000"]')


def weights():
    def one(header, data):
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        return struct.pack("<Q", len(text)) + text + data

    a = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
    b = {"dtype": "F32", "shape": [1, 3], "data_offsets": [8, 20]}
    write("safetensors", "one", one({"a": a}, b"\0\0\x80?" * 2))
    write("safetensors", "two", one({"__metadata__": {"format": "pt"}, "b": b, "a": a},
                                    b"\0\0\x80?" * 5))
    write("safetensors", "gap", one({"b": b}, b"\0" * 20))
    write("safetensors", "other-type", one({"a": dict(a, dtype="F16")}, b"\0" * 8))
    write("safetensors", "none", one({}, b""))


def metadata():
    columns = ("filename,video_id,gender,mix,emotion_1,version,intensity_level,situation,emotion_2,"
               "emotion_1_salience,emotion_2_salience,fold\n")
    train = (columns + "A102_ang_int1_ver1,A102,f,0,ang,1,1.0,,,,,1\n"
             "A303_neu_sit2_ver1,A303,m,0,neu,1,nan,2.0,,,,0\n"
             "A438_mix_disg_hap_30_70_ver1,A438,,1,disg,1,,,hap,30.0,70.0,4\n")
    test = "filename,light\ntest_0001,warm\ntest_0002.mov,\n"
    write("metadata", "train", train)
    write("metadata", "test", test)
    write("metadata", "both", train + "\0" + test)
    write("metadata", "names", "filename\nA1_mix_sad_ang_70_30_ver1\nA1_hap_int4_ver12\nother\n")
    write("metadata", "order", "fold,emotion_2,filename,emotion_1,emotion_2_salience\n"
          "15,fea,x,sad,30\n")
    write("metadata", "semicolons", "filename; emotion_1;emotion_2;emotion_1_salience;fold\n"
          "clips/a.mov;hap;NA;None;1,0\nJose\u0301;sad;ang;30,0;<NA>\n")
    write("metadata", "fold-names", "filename,fold\na,B\nb,A\nc,\nd.mov .npy,A\n")
    write("metadata", "twice", "filename\nx\nx.mov\n")
    write("metadata", "wrong", "filename,mix,emotion_1,emotion_2,emotion_1_salience\n"
          "x,1,hap,neu,50\n")


csv()
metadata()
npy()
npz()
documents()
weights()
