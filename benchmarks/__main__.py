"""`make bench`: every benchmark in one run, one thread, medians of interleaved rounds."""

from benchmarks import decoding, training

if __name__ == "__main__":
    print(decoding.report())
    print(training.report())
