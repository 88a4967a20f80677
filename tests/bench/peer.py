# SPDX-License-Identifier: MIT
"""What the scripts in PyTorch have in common that bench-*.c runs as peers: the same measurements
in a process with 1 thread and in one with 2, and what a training step does with the logits."""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "reference"))


def blas():
    """The libraries that hold sgemm in this process."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "/" in line}
    return ", ".join(sorted(os.path.realpath(p) for p in paths
                            if "blas" in os.path.basename(p) or "mkl" in os.path.basename(p)))


def best(n, func):
    """Prints the seconds of the best of n calls."""
    seconds = []
    for _ in range(n):
        start = time.perf_counter()
        func()
        seconds.append(time.perf_counter() - start)
    print(min(seconds), flush=True)


def learn(adam, logits, targets):
    """The rest of a step that begins with adam.zero_grad() and the logits."""
    import torch
    import torch.nn.functional as F

    log_p = torch.log(torch.clamp(torch.softmax(logits, 1), min=1e-8))
    loss = F.kl_div(log_p, targets, reduction="batchmean")
    loss.backward()
    adam.step()
    loss.item()


def run(measure, n_runs):
    """Prints what measure(n_runs) prints, with 1 thread and then with 2, and at the end which
    PyTorch and BLAS that was. The number of runs may be the script's argument."""
    if "BENCH_CHILD" not in os.environ:
        for threads in ("1", "2"):
            env = dict(os.environ, BENCH_CHILD=threads, OPENBLAS_NUM_THREADS=threads,
                       OMP_NUM_THREADS=threads)
            subprocess.run([sys.executable, *sys.argv], env=env, check=True)
        return
    import torch

    torch.set_num_threads(int(os.environ["BENCH_CHILD"]))
    torch.manual_seed(1)
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else n_runs)
    if os.environ["BENCH_CHILD"] == "2":
        print(f"PyTorch {torch.__version__}, BLAS {blas()}")
