"""A part of another company's contract on the screens of its holder, the main contractor and the officer."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from crm.accounts.records import User
from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import Contract
from crm.sroi.rules.changing import ChangeKind
from tests.counting import MOST_ON_A_PAGE, statements
from tests.exchange.test_effort_sheet import filled
from tests.exchange.test_effort_sheet import line as sheet_line
from tests.factories import World, make_session
from tests.pages.test_effort_sheet import bring
from tests.pages.test_portal import CONTRACT, EFFORT, NOT_FOUND, OVERVIEW, open_page, sent
from tests.pages.test_sroi import opened
from tests.sources import ROOT
from tests.sroi.factories import approve, make_contract, make_effort, stored
from tests.sroi.test_life import changed
from tests.sroi.test_parts import main, other, pass_on
from tests.sroi.test_plans import add, line
from tests.sroi.test_shares import rows


def browser(user: User | None) -> AppTest:
    assert user is not None
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(user)))}
    return at.run()


def shared(world: World) -> Contract:
    """A contract of A with a part of € 10.000 at B; each handed one effort in."""
    contract = make_contract(world, title="Groenonderhoud", reference="AlleenVoorA", value_cents=123_400_000)
    pass_on(world, contract)
    make_effort(contract, main(world), subject="PersoonVanA")
    approve(make_effort(contract, other(world), subject="PersoonVanB"))
    return contract


def test_the_holder_sees_its_part_and_its_own_efforts(lite_world: World) -> None:
    contract = shared(lite_world)
    at = browser(lite_world.portal_b)
    assert "Naar uw deel" in sent(open_page(at, OVERVIEW))
    with statements() as asked:
        shown = sent(open_page(at, CONTRACT, id=key(contract)))
    assert len(asked) <= MOST_ON_A_PAGE
    for told in ("Groenonderhoud", "€ 10.000,00", "€ 13.333,33", "PersoonVanB", "Nieuwe inspanning"):
        assert told in shown
    # Nothing of the contract itself: its amount, its reference, its contractor, the other's efforts.
    for hidden in ("AlleenVoorA", "61.700", "PersoonVanA", lite_world.employer_a.name):
        assert hidden not in shown


def test_the_holder_is_asked_for_a_new_effort_on_its_part(lite_world: World) -> None:
    contract = shared(lite_world)
    at = browser(lite_world.portal_b)
    with statements() as asked:
        shown = sent(open_page(at, EFFORT, contract=key(contract)))
    assert len(asked) <= MOST_ON_A_PAGE
    assert "Groenonderhoud" in shown
    assert NOT_FOUND not in shown


def test_the_officer_sees_which_company_each_effort_is_of(lite_world: World) -> None:
    contract = shared(lite_world)
    for page in ("contract.py", "settle.py"):
        at = opened(lite_world, page, Role.SROI_OFFICER, id=key(contract))
        assert not at.exception
        told = [str(cell) for one in at.table for cell in one.value.to_numpy().ravel()]
        assert any("PersoonVanB" in cell for cell in told)
        assert any(lite_world.employer_b.name in cell for cell in told)


def test_the_holder_plans_for_its_part_and_hands_in_a_sheet(lite_world: World) -> None:
    contract = shared(lite_world)
    add(contract, actor=main(lite_world))
    add(contract, line(people=2, activity="Groenploeg"), actor=other(lite_world))
    at = open_page(browser(lite_world.portal_b), CONTRACT, id=key(contract))
    bring(at, filled(sheet_line(subject="K-9")))
    at.button(key="sheet_send").click().run()
    assert stored(Contract, key(contract)).submitted_cents == 2 * 1_333_333
    at = open_page(browser(lite_world.portal_b), CONTRACT, id=key(contract))
    at.session_state[f"part_tab_{key(contract)}"] = "plan"
    with statements() as asked:
        at.run()
    assert len(asked) <= MOST_ON_A_PAGE
    assert "Groenploeg" in sent(at)
    assert "€ 40.000,00" in sent(at)
    assert "€ 60.000" not in sent(at)
    at = browser(lite_world.users[Role.EMPLOYER])
    shown = sent(open_page(at, CONTRACT, id=key(contract), part="plan"))
    assert "Groenploeg" not in shown
    assert "Andere bedrijven zetten € 40.000,00 in dit plan" in shown.replace("\N{NO-BREAK SPACE}", " ")


def test_a_company_without_a_part_finds_nothing(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud")
    at = browser(lite_world.portal_b)
    for file, name in ((CONTRACT, "id"), (EFFORT, "contract")):
        shown = sent(open_page(at, file, **{name: key(contract)}))
        assert NOT_FOUND in shown
        assert "Groenonderhoud" not in shown


def test_the_main_contractor_sees_the_total_and_not_the_person(lite_world: World) -> None:
    contract = shared(lite_world)
    at = browser(lite_world.users[Role.EMPLOYER])
    for part in ("now", "efforts", "shares"):
        shown = sent(open_page(at, CONTRACT, id=key(contract), part=part))
        assert "PersoonVanB" not in shown
    assert "€ 13.333,33 telt mee" in shown


def test_a_split_that_does_not_fit_is_shown_and_proposed_anew(lite_world: World) -> None:
    # A call-off of € 100.000 leaves an obligation of € 5.000; € 10.000 was passed on.
    contract = shared(lite_world)
    changed(contract, ChangeKind.CALL_OFF, amount_cents=10_000_000)
    at = browser(lite_world.users[Role.EMPLOYER])
    open_page(at, CONTRACT, id=key(contract), part="shares")
    [fault] = [error.value for error in at.error]
    assert "samen € 10.000, en de verplichting is nu € 5.000: € 5.000 te veel" in fault
    form = next(box for box in at.text_input if box.label == "Waarom?" and "split" in str(box.key))
    form.input("Minder werk")
    next(button for button in at.button if button.label == "Nieuwe verdeling voorstellen").click()
    at.run()
    assert [error.value for error in at.error] == []
    assert rows(contract, main(lite_world))[0].amount_cents == 500_000
