"""How the life of a contract reads: stages, what is due and since when, changes and parts of others."""

from __future__ import annotations

from datetime import date

from crm.core import clock
from crm.core.i18n import N_
from crm.sroi.rules.changing import ChangeKind, EndingMethod
from crm.sroi.rules.life import Clock, ClockKind, EventKind, Lateness, Stage
from crm.sroi.rules.sharing import ShareKind, ShareState
from crm.ui.sroi import Look
from crm.ui.words import _, day, n_

STAGE: dict[Stage, Look] = {
    Stage.AWARD: (N_("awarded, to be confirmed"), ":material/pending:", "blue"),
    Stage.FIRST_CONTACT: (N_("waits for the first contact"), ":material/call:", "orange"),
    Stage.PLAN: (N_("waits for the plan of action"), ":material/assignment:", "orange"),
    Stage.RUNNING: (N_("runs"), ":material/play_circle:", "green"),
    Stage.BEHIND: (N_("runs behind"), ":material/warning:", "orange"),
    Stage.REPAIR: (N_("in the repair period"), ":material/build_circle:", "red"),
    Stage.CLOSING: (N_("to be closed"), ":material/inventory:", "orange"),
    Stage.SETTLED: (N_("closed and settled"), ":material/lock:", "gray"),
    Stage.WAIVED: (N_("waived"), ":material/do_not_disturb_on:", "gray"),
    Stage.TERMINATED: (N_("ended early"), ":material/stop_circle:", "gray"),
    Stage.WITHDRAWN: (N_("taken out of the register"), ":material/block:", "gray"),
}
CLOCK = {
    ClockKind.FIRST_CONTACT: N_("First contact"),
    ClockKind.PLAN: N_("Plan of action"),
    ClockKind.REPORT: N_("Report"),
    ClockKind.REPAIR: N_("End of the repair period"),
    ClockKind.CLOSING: N_("Last day of the contract"),
}
NOTED = {
    ClockKind.FIRST_CONTACT: (EventKind.FIRST_CONTACT, N_("There was contact")),
    ClockKind.PLAN: (EventKind.PLAN, N_("Plan received")),
    ClockKind.REPORT: (EventKind.REPORT, N_("Report received")),
}
EVENT = {
    EventKind.FIRST_CONTACT: N_("First contact"),
    EventKind.PLAN: N_("Plan of action received"),
    EventKind.REPORT: N_("Report received"),
    EventKind.REMINDER: N_("Reminder sent"),
    EventKind.TAKEN_BACK: N_("Put right"),
}
LATE: dict[Lateness, tuple[str, str]] = {
    Lateness.DONE: (":material/check_circle:", "green"),
    Lateness.OVERDUE: (":material/schedule:", "red"),
    Lateness.SOON: (":material/hourglass_top:", "orange"),
    Lateness.LATER: (":material/event:", "gray"),
}
CHANGE = {
    ChangeKind.EXTENSION: N_("Extension"),
    ChangeKind.EXTRA_WORK: N_("Extra work"),
    ChangeKind.CALL_OFF: N_("Call-off on the framework agreement"),
    ChangeKind.LOT: N_("Lot"),
    ChangeKind.INVOICED: N_("Invoiced turnover"),
    ChangeKind.WAIVED: N_("Waived: nothing has to be done"),
    ChangeKind.TERMINATED: N_("Ended early"),
    ChangeKind.TAKEN_BACK: N_("Change taken back"),
}
METHOD = {
    EndingMethod.PRO_RATA: N_("In proportion to the time it ran"),
    EndingMethod.KEPT: N_("The whole obligation stays"),
    EndingMethod.AMOUNT: N_("An amount that we agreed on"),
}
SHARE_KIND = {
    ShareKind.SUBCONTRACTOR: N_("Subcontractor"),
    ShareKind.PARTNER: N_("Partner in the combination"),
}
SHARE: dict[ShareState, Look] = {
    ShareState.WAITS_FOR_MAIN: (N_("waits for the main contractor"), ":material/hourglass_top:", "orange"),
    ShareState.WAITS_FOR_OTHER: (N_("waits for the other company"), ":material/hourglass_top:", "orange"),
    ShareState.AGREED: (N_("agreed by both"), ":material/handshake:", "green"),
    ShareState.REFUSED: (N_("refused"), ":material/block:", "red"),
    ShareState.TAKEN_BACK: (N_("no longer holds"), ":material/undo:", "gray"),
}


def clock_line(told: Clock) -> str:
    """Return what is due with its day and how that stands: word, icon and colour, as Markdown."""
    lateness = told.lateness(clock.today())
    icon, colour = LATE[lateness]
    return f":{colour}-badge[{icon} {_(CLOCK[told.kind])}] {when(told)}"


def when(told: Clock) -> str:
    """Return when something was done, or by when it has to be: `before 8 Dec 2026, 3 days left`."""
    if told.done_on is not None:
        return _("done on {day}", day=day(told.done_on))
    return _("by {day}", day=day(told.due_on)) + ", " + days_left(told.due_on)


def days_left(due_on: date) -> str:
    """Return how many days are left until a last day, or how many days it is late."""
    days = (due_on - clock.today()).days
    if days < 0:
        return n_("{count} day too late", "{count} days too late", -days)
    return n_("{count} day left", "{count} days left", days) if days else _("today is the last day")
