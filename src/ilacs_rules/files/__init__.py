"""Bytes and rows out of files, and whole files in; no meaning. Everything that reads or writes a file may use it."""

from ilacs_rules.files.csv_records import Record, blocks_of, decode, encoding_of, records, records_of
from ilacs_rules.files.names import is_file, is_folder, name_of_file
from ilacs_rules.files.sources import MOST, Source, read_bytes, taken, unpacked
from ilacs_rules.files.whole import (
    can_be_written,
    not_read_too,
    saying_what_failed,
    whole,
    write_all,
    write_folder,
    write_generated,
    write_whole,
)
from ilacs_rules.files.workroom import work_folder

__all__ = [
    "MOST",
    "Record",
    "Source",
    "blocks_of",
    "can_be_written",
    "decode",
    "encoding_of",
    "is_file",
    "is_folder",
    "name_of_file",
    "not_read_too",
    "read_bytes",
    "records",
    "records_of",
    "saying_what_failed",
    "taken",
    "unpacked",
    "whole",
    "work_folder",
    "write_all",
    "write_folder",
    "write_generated",
    "write_whole",
]
