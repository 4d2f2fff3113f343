"""Writes damaged/ from the sound files of formats/, each broken in one way. The damage is checked by the tools it must defeat."""
import struct
import subprocess
import tempfile
import zlib
from io import BytesIO

from PIL import Image


def write(sound, target):
    target.mkdir(exist_ok=True)
    for suffix, name in (("jpg", "gray-baseline.jpg"), ("png", "rgb.png"), ("tif", "lzw-rgb.tif")):
        content = (sound / name).read_bytes()
        (target / f"truncated.{suffix}").write_bytes(content[:len(content) * 6 // 10])
    (target / "truncated-strip.tif").write_bytes(directory_first(sound / "g4.tif")[:30000])
    (target / "corrupt-lzw.tif").write_bytes(corrupt_lzw(sound / "lzw-rgb.tif"))
    (target / "corrupt-lzw-gray.tif").write_bytes(corrupt_lzw(sound / "big-endian.tif"))
    (target / "ifd-loop.tif").write_bytes(ifd_loop((sound / "g4.tif").read_bytes()))
    (target / "text.jpg").write_text("Đây là một tệp văn bản, không phải ảnh quét.\n", encoding="utf-8", newline="\n")
    (target / "empty.jpg").write_bytes(b"")
    (target / "jpeg-bad-data.jpg").write_bytes(bad_scan((sound / "gray-baseline.jpg").read_bytes()))
    (target / "bad-crc.png").write_bytes(bad_crc((sound / "rgb.png").read_bytes()))
    for name in ("corrupt-lzw.tif", "corrupt-lzw-gray.tif", "truncated.tif", "truncated-strip.tif"):
        refused_by_libtiff(target / name)


def refused_by_libtiff(path):
    """tiffcp decodes every strip; it must end in failure."""
    with tempfile.TemporaryDirectory() as folder:
        verdict = subprocess.run(["tiffcp", "-c", "none", path, f"{folder}/copy.tif"], capture_output=True, text=True)
    if verdict.returncode == 0:
        raise SystemExit(f"libtiff reads {path.name}: {verdict.stderr}")
    print(f"{path.name}: {verdict.stderr.strip().splitlines()[0]}")


def directory_first(path):
    """Pillow's uncompressed TIFF has its directory before the strips, so that a cut file still opens."""
    content = BytesIO()
    with Image.open(path) as image:
        image.save(content, "TIFF", dpi=(200, 200), compression=None)
    return content.getvalue()


def corrupt_lzw(path):
    """In every strip of the page's lower half, bytes become codes (all ones) that the LZW table does not hold yet."""
    with Image.open(path) as image:
        strips = list(zip(image.tag_v2[273], image.tag_v2[279]))
    content = bytearray(path.read_bytes())
    for start, length in strips[len(strips) // 2:]:
        middle = start + length // 3
        content[middle:middle + 12] = b"\xff" * min(12, length - length // 3)
    return bytes(content)


def ifd_loop(content):
    """The only directory names itself as the next one. TIFF 6.0, section 2: the offset follows the last entry."""
    order = "<" if content[:2] == b"II" else ">"
    first, = struct.unpack_from(order + "I", content, 4)
    count, = struct.unpack_from(order + "H", content, first)
    looped = bytearray(content)
    struct.pack_into(order + "I", looped, first + 2 + count * 12, first)
    return bytes(looped)


def bad_scan(content):
    """Overwrites coded data well behind the SOS header, without making or breaking any marker (no 0xFF in or around)."""
    start = content.index(b"\xff\xda") + 2
    damaged = bytearray(content)
    middle = start + (len(content) - start) // 3
    for at in range(middle, middle + 400):
        if 0xFF not in content[at - 1:at + 2]:
            damaged[at] ^= 0x5A if content[at] != 0xA5 else 0x11
    return bytes(damaged)


def bad_crc(content):
    """One bit of the stored checksum of the first IDAT chunk is turned over; its data is whole."""
    at = content.index(b"IDAT")
    length, = struct.unpack_from(">I", content, at - 4)
    if zlib.crc32(content[at:at + 4 + length]) != struct.unpack_from(">I", content, at + 4 + length)[0]:
        raise SystemExit("the sound PNG is not sound")
    damaged = bytearray(content)
    damaged[at + 4 + length] ^= 0x01
    return bytes(damaged)
