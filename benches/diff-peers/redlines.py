"""Milliseconds a comparison of two Word files, median of 5: python redlines.py OLD.docx NEW.docx"""
import statistics
import sys
import time

from python_redlines.engines import DocxodusEngine

old, new = (open(path, "rb").read() for path in sys.argv[1:])
engine = DocxodusEngine()
engine.run_redline("warm-up", old, new)
times = []
for _ in range(5):
    start = time.perf_counter()
    engine.run_redline("author", old, new)
    times.append((time.perf_counter() - start) * 1000)
print(f"{statistics.median(times):.1f}")
