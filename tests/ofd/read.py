"""Reads every OFD file of a folder with three readers, and holds words, pages and pictures against text and PDF."""

import base64
import logging
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

from PIL import Image, ImageFilter

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

# Pictures of the pages, in dots an inch; each dot of ink may lie so many dots aside in the other picture.
DPI = 60
ASIDE = 1
# So much of the ink of either picture has to be in the other, though the two are drawn with other faces. Of the
# example's pages it is 0.99; of a page that is shifted by 2 mm 0.85, of another page 0.7.
ALIKE = 0.96


def said(*command):
    """What a program prints."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


def closed(text):
    """Without white space."""
    return "".join(text.split())


def numbers(text):
    """Without the lines that are a page number."""
    lines = [line for line in text.splitlines() if not (line.strip().startswith("— ") and line.strip().endswith(" —"))]
    return "\n".join(lines)


def of_easyofd(file):
    """Words and number of pages by easyofd, which prints what it meets."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        from easyofd import OFD
        from loguru import logger

        logger.remove()
        reader = OFD()
        reader.read(base64.b64encode(file.read_bytes()).decode())
        pages = reader.data[0]["page_info"]
        lines = [line["text"] for page in pages.values() for line in page["text_list"]]
    return numbers("\n".join(lines)), len(pages)


def ink(path):
    """The dots of a picture that are not white, and those dots with what is around them."""
    dots = Image.open(path).convert("L").point(lambda value: 255 if value < 200 else 0)
    return dots, dots.filter(ImageFilter.MaxFilter(2 * ASIDE + 1))


def share(dots, around):
    """How much of the ink of one picture is near ink of the other."""
    width, height = min(dots.width, around.width), min(dots.height, around.height)
    pairs = zip(dots.crop((0, 0, width, height)).getdata(), around.crop((0, 0, width, height)).getdata())
    both = [near for dot, near in pairs if dot]
    return sum(1 for near in both if near) / max(len(both), 1)


def pictures(file, count, folder):
    """The least share of ink of a page of one picture that is in the other."""
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", file.with_suffix(".pdf"), folder / "pdf"], check=True)
    theirs = sorted(folder.glob("pdf-*.png"))
    if len(theirs) != count:
        sys.exit(f"{file.name}: {count} pages, the PDF has {len(theirs)}")
    least = 1.0
    for page, other in enumerate(theirs):
        own = folder / f"ofd-{page}.png"
        said("sofd", "render", file, "--page", page, "--dpi", DPI, "--output", own)
        (left, around_left), (right, around_right) = ink(own), ink(other)
        if max(abs(left.width - right.width), abs(left.height - right.height)) > 2:
            sys.exit(f"{file.name}, page {page + 1}: {left.size} dots, the PDF's page {right.size}")
        least = min(least, share(left, around_right), share(right, around_left))
    return least


def hold_words(file, reader, text, words):
    """The words of a reader are those of the report. Lines of neighbouring cells are read in turn, so with a
    table it is the same characters; its head may stand again on another page."""
    lost, more = Counter(text) - Counter(words), Counter(words) - Counter(text)
    if has_table(file):
        same = not lost and sum(more.values()) < 100
    else:
        # The word across the pages of a draft is no part of its text.
        same = text == words or (not lost and set(more) == set("草稿"))
    if not same:
        sys.exit(f"{file.name}: {reader} reads other words: lost {dict(lost)}, more {dict(more)}")


def has_table(file):
    """Whether the report has a table, which the text shows with tabs or blanks between its cells."""
    return any("\t" in line or "  " in line.strip() for line in file.with_suffix(".txt").read_text().splitlines())


def main(work):
    for file in sorted(work.glob("*.ofd")):
        text = closed(file.with_suffix(".txt").read_text())
        info = said("sofd", "info", file)
        count = int(info.split("Pages:")[1].split()[0])
        kit = closed(numbers(said(Path(sys.executable).with_name("ofdkit"), "text", file)))
        easy, pages = of_easyofd(file)
        if pages != count:
            sys.exit(f"{file.name}: sofd counts {count} pages, easyofd {pages}")
        for reader, words in (("ofdkit", kit), ("easyofd", closed(easy))):
            hold_words(file, reader, text, words)
        audit = said("sofd", "audit", file)
        errors = [line for line in audit.splitlines() if "[error]" in line]
        if errors:
            sys.exit(f"{file.name}: {errors}")
        folder = work / file.stem
        folder.mkdir()
        least = pictures(file, count, folder)
        if least < ALIKE:
            sys.exit(f"{file.name}: only {least:.3f} of the ink of a page is where the PDF has it")
        print(f"{file.stem}: {count} pages, {len(text)} characters by three readers, ink alike {least:.3f}")


main(Path(sys.argv[1]))
