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


class Finding(StrEnum):
    """What comes to light when a row or award that reads well meets what is kept here."""

    ELSEWHERE = "This employer is kept by another region, so nothing was changed."
    OTHER_KVK = "This establishment belongs to an employer with another KvK number. Check both numbers."
    TWO_EMPLOYERS = "Two employers here fit this line. Check both before you import it again."
    TOO_LONG = "This is too long: at most {limit} characters."
    ALREADY_SAID = "Line {line} was about the same; what differs here was not used."
    MUNICIPALITY_UNKNOWN = "The municipality is not known here and is left empty."
    PERSON_UNNAMED = "There is no name of a contact person with it, so it was left out."
    PERSON_LEFT = "This contact person has left and was not changed."
    CEASED = "This employer has ceased according to what is kept here."
    NOT_READ = "This was not understood and is left empty."
    ZERO_ADDED = "A leading zero was added."
    KNOWN_HERE = "This employer is here already, and was left as it is, as you asked."
    LOOKS_LIKE = "This looks like an employer that is here already. Say whether it is the same one."
    ANSWERED_OUT = "You chose to leave this line out."
    NOT_SAVED = "This could not be saved. Import the file again; if it stays, call your administrator."

    NO_BUYER = "The notice does not say who the buyer is."
    UNKNOWN_BUYER = "This buyer is not an authority of this installation."
    NOT_YOURS = "This authority is not among those you import for. Its own officer can import the award."
    OTHER_BUYER = "An earlier notice named another buyer for this award. Check which one is right."
    NO_RULE_SET = (
        "This authority has no rule set for this date yet. Assign one under Rule sets and import again."
    )
    UNDER_THRESHOLD = "The value is under the threshold in the rule set of this authority."
    NO_OBLIGATION = "The rule set of this authority asks nothing for this kind of contract."
    NO_VALUE = "The notice gives no value. Register the contract yourself if it carries an obligation."
    NO_DATE = "The notice has no date at all. Register the contract yourself if it carries an obligation."
    NO_TYPE = (
        "The notice does not say whether it buys works, services or goods. Register the contract yourself."
    )
    SAME_NAME = "Several employers here have this name. Register the contract yourself."
    TWICE = "The notice gives this award twice with different contents; only the first was used."
    CONFIRMED = (
        "A later notice says something else, but the contract is no longer waiting to be confirmed "
        "and was left as it is. Compare the two."
    )
    WITHDRAWN = "The contract that waited to be confirmed was withdrawn."
    CANCELLED = "Nothing is awarded any more: the status is '{status}'."

    SHARED = (
        "{suppliers} suppliers won this together. One contract stands for all of them, under the first "
        "that is named; check who carries the obligation."
    )
    SHARED_WITH = "This supplier won together with {first}; the contract stands under that name."
    TITLE_UNKNOWN = "The notice has no title; its number stands in for it."
    TITLE_CUT = "The title was cut off after {limit} characters."
    TYPE_FROM_CPV = "The kind of contract follows from CPV code {cpv}."
    AWARD_PUBLISHED = "The notice gives no award date; the day it came out is used. Check it."
    START_ASSUMED = "The notice gives no start; the award date is used. Check it."
    END_ASSUMED = "The notice gives no end; a term of one year is assumed. Check it."
    TERM_ODD = "In the notice the term ends before it starts; a term of one year is assumed. Check it."


class RunProblem(StrEnum):
    """Why an import cannot start, or stopped half-way."""

    BUSY = "Another import is still running. Wait until it is done, then try again."
    NOT_YOUR_KIND = "Your role cannot bring in this kind of file. Choose the other kind, or ask a colleague."
    WHICH_REGION = "There is more than one region. Say which one these employers belong to."
    NO_REGION = "There is no region yet. Add one first."
    UNKNOWN_REGION = "There is no region {code}, or it is not yours."
    STOPPED = "The import stopped because of a fault in the program. Tell your administrator: {reference}."
    TAKEN_OVER = "Another import took over from this one."
    GONE = "The uploaded file is no longer here. Upload it again."
    NOTHING_TO_UNDO = "There is nothing of this import left to undo."
    UNDO_STOPPED = "Undoing stopped because of a fault in the program. Tell your administrator: {reference}."
