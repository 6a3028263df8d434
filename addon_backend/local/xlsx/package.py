"""The zip container of a workbook: distrusted when read, handed on byte for byte when written."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from addon_backend.domain.errors import FileLocked, FileTooLarge, FileUnreadable
from addon_backend.local.opened import FileLimits, Why

_CENTRAL_MARK = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CENTRAL_HEADER = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800


@dataclass(frozen=True, slots=True)
class _Entry:
    """One member: its directory record, and its compressed bytes as they lie in the file."""

    info: zipfile.ZipInfo
    packed: memoryview


class Package:
    """The parts of an Office file by name (case does not count: ECMA-376 part 2, §6.2.2.3).

    Sizes in the headers are never believed: a part is unpacked up to what the limits leave and not a byte
    more, and nothing is ever unpacked to disk. Raises `FileUnreadable`, `FileLocked` or `FileTooLarge`.
    """

    def __init__(self, data: bytes, limits: FileLimits) -> None:
        self._left = limits.unpacked_bytes
        self._limits = limits
        # Before the directory is parsed: a record there becomes an object a hundred times its size.
        if data.count(_CENTRAL_MARK) > limits.entries:
            raise FileTooLarge(entries=limits.entries)
        infos = _directory(data)
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise FileLocked
        view = memoryview(data)
        self._entries = [_Entry(info, _packed(view, info)) for info in infos]
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise FileTooLarge(unpacked=limits.unpacked_bytes)
        if sum(len(entry.packed) for entry in self._entries) > len(data):
            raise FileUnreadable(reason=Why.DAMAGED)  # members that overlap: one of the bombs
        self._names = {part_key(entry.info.filename): entry for entry in self._entries}
        if len(self._names) != len(self._entries):
            raise FileUnreadable(reason=Why.DAMAGED)  # two parts of one name: each reader would pick another

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._names

    def read(self, name: str) -> bytes:
        """Return the unpacked part. A part that is missing makes the file damaged."""
        entry = self._names.get(part_key(name))
        if entry is None:
            raise FileUnreadable(reason=Why.DAMAGED)
        part = self._unpack(entry)
        self._left -= len(part)
        if zlib.crc32(part) != entry.info.CRC:
            raise FileUnreadable(reason=Why.DAMAGED)
        return part

    def _unpack(self, entry: _Entry) -> bytes:
        if entry.info.compress_type == zipfile.ZIP_STORED:
            if len(entry.packed) > self._left:
                raise FileTooLarge(unpacked=self._limits.unpacked_bytes)
            return bytes(entry.packed)
        if entry.info.compress_type != zipfile.ZIP_DEFLATED:
            raise FileUnreadable(reason=Why.DAMAGED)  # Office knows these two only
        by_ratio = max(self._limits.ratio_floor, self._limits.ratio * len(entry.packed))
        most = min(self._left, by_ratio)
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            part = unpacker.decompress(entry.packed, most + 1)
        except zlib.error:
            raise FileUnreadable(reason=Why.DAMAGED) from None
        if len(part) > most:
            raise FileTooLarge(unpacked=most)
        if not unpacker.eof:
            raise FileUnreadable(reason=Why.TRUNCATED)
        return part

    def write(self, target: BinaryIO, replaced: Mapping[str, Iterable[bytes]]) -> None:
        """Write the package with some parts replaced; other members keep their compressed bytes and place."""
        parts = {part_key(name): chunks for name, chunks in replaced.items()}
        directory, offset = [], 0
        for entry in self._entries:
            chunks = parts.get(part_key(entry.info.filename))
            member = _as_it_was(entry) if chunks is None else _pack(entry.info, chunks)
            directory.append(member.central(offset))
            local = member.local()
            target.write(local)
            target.write(member.packed)
            offset += len(local) + len(member.packed)
        target.writelines(directory)
        count, size = len(directory), sum(map(len, directory))
        target.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0))


def part_key(name: str) -> str:
    """Return what two spellings of one part name have in common."""
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True, slots=True)
class _Member:
    """A member to be written: sizes known, so that no descriptor has to follow its bytes."""

    info: zipfile.ZipInfo
    packed: bytes | memoryview
    method: int
    crc: int
    size: int

    def local(self) -> bytes:
        info, name = self.info, _raw_name(self.info)
        return (
            _LOCAL_HEADER.pack(
                b"PK\x03\x04", info.extract_version, self._flags(), self.method, *_dos_time(info),
                self.crc, len(self.packed), self.size, len(name), 0,
            )
            + name
        )  # fmt: skip

    def central(self, offset: int) -> bytes:
        info, name = self.info, _raw_name(self.info)
        return (
            _CENTRAL_HEADER.pack(
                _CENTRAL_MARK, info.create_version & 0xFF, info.create_system & 0xFF,
                info.extract_version & 0xFF, 0,
                self._flags(), self.method, *_dos_time(info), self.crc, len(self.packed), self.size,
                len(name), 0, len(info.comment), 0, info.internal_attr, info.external_attr, offset,
            )
            + name + info.comment
        )  # fmt: skip

    def _flags(self) -> int:
        return self.info.flag_bits & ~_SIZES_FOLLOW


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    # What zipfile raises on bytes made to confuse it; each is a damaged file to us.
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OverflowError, EOFError):
        whole = b"PK\x05\x06" in data[-66_000:]
        raise FileUnreadable(reason=Why.DAMAGED if whole else Why.TRUNCATED) from None


def _packed(data: memoryview, info: zipfile.ZipInfo) -> memoryview:
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size or bytes(header[:4]) != b"PK\x03\x04":
        raise FileUnreadable(reason=Why.DAMAGED)
    name: int
    extra: int
    *_, name, extra = _LOCAL_HEADER.unpack(header)
    start = info.header_offset + _LOCAL_HEADER.size + name + extra
    packed = data[start : start + info.compress_size]
    if len(packed) != info.compress_size:
        raise FileUnreadable(reason=Why.TRUNCATED)
    return packed


def _as_it_was(entry: _Entry) -> _Member:
    info = entry.info
    return _Member(info, entry.packed, info.compress_type, info.CRC, info.file_size)


def _pack(info: zipfile.ZipInfo, chunks: Iterable[bytes]) -> _Member:
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed, crc, size = bytearray(), 0, 0
    for chunk in chunks:
        packed += packer.compress(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    packed += packer.flush()
    return _Member(info, bytes(packed), zipfile.ZIP_DEFLATED, crc, size)


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _dos_time(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
