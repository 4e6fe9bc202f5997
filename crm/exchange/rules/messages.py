"""Every sentence an import can say about a file, a row or an award: English gettext ids."""

from __future__ import annotations

from enum import StrEnum


class FileProblem(StrEnum):
    """Why a whole file cannot be read, or cannot be read any further."""

    EMPTY = "The file is empty. Choose another file."
    TOO_LARGE = "The file is larger than {megabytes} MB. Split it and import the parts."
    NOT_A_TABLE = "The file is not a CSV or Excel file. Save it as CSV or XLSX and try again."
    OLD_EXCEL = (
        "The file is an old or protected Excel file. Save it as XLSX without a password and try again."
    )
    BROKEN_EXCEL = "The Excel file is damaged. Open it in Excel, save it again as XLSX and try again."
    TOO_MANY_ROWS = "The file has more than {rows} rows. Split it and import the parts."
    NO_HEADINGS = "The file has no row with headings. Put 'KvK number' and 'Name' above the columns."
    NO_KVK_COLUMN = "The file has no column with KvK numbers. Put 'KvK number' above that column."
    NO_NAME_COLUMN = "The file has no column with the names of the employers. Put 'Name' above that column."
    BSN_COLUMN = "The file has a column for citizen service numbers (BSN). Remove that column and try again."
    NOT_JSON = "The file is not JSON. Choose the JSON file that TenderNed publishes for a year."
    NO_RELEASES = "The file holds no notices. Choose the JSON file that TenderNed publishes for a year."
    BROKEN_AFTER = (
        "The file stops or is damaged after notice {number} (about {megabytes} MB in). "
        "What came before it was read; download the file again for the rest."
    )


class RowProblem(StrEnum):
    """Why one row or one award is rejected."""

    NO_KVK = "The KvK number is missing."
    BAD_KVK = "The KvK number must have 8 digits."
    ROUNDED_NUMBER = "The spreadsheet has rounded the number. Make the column text and fill it in again."
    BAD_ESTABLISHMENT = "The establishment number must have 12 digits."
    NO_NAME = "The name of the employer is missing."
    BSN = "This text holds what looks like a citizen service number (BSN), which may not be kept. Remove it."
    OPEN_QUOTE = "A quotation mark on this line is not closed. Close or remove it."
    NOT_A_NOTICE = "This is not a notice but something else."
    NO_OCID = "The notice has no ocid, so it cannot be recognised later."
    BAD_AWARD = "The award is not written as the standard says."
    NO_SUPPLIER = "The award names no supplier."
    NO_SUPPLIER_NAME = "The supplier has no name and no KvK number."
    NOT_AWARDED = "Nothing was awarded: the status is '{status}'."
    CURRENCY = "The amount is in {currency}; only euros can be used."
    NO_CURRENCY = "The amount has no currency; only euros can be used."
    BAD_AMOUNT = "The amount is not a number of euros."


class NoteText(StrEnum):
    """What was read differently from what was written, or was left out."""

    ZERO_ADDED = "A leading zero was added to '{value}'."
    NOT_READ = "'{value}' was not understood and is left empty."
    VALUE_UNKNOWN = "The notice gives no value; fill it in yourself."
    VALUE_SYMBOLIC = "The notice gives a symbolic value of {amount} euro; fill in the real value yourself."
    VALUE_SHARED = "The value is the total of {suppliers} suppliers together."
    VALUE_CEILING = "The value is the maximum of a framework agreement."
    DATE_UNKNOWN = "The notice gives no award date; fill it in yourself."
    DATE_SIGNED = "The notice gives no award date; the date of signing is used."
    NO_SUPPLIER_KVK = "The supplier has no usable KvK number and is matched by name only."
    FOREIGN_SUPPLIER = (
        "The supplier is in {country}, so its number is not a KvK number; it is matched by name only."
    )
