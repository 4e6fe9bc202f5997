"""The commands `crm user` and `crm region`: the first administrator, and what the screens stand on."""

from __future__ import annotations

from typing import Annotated

import typer

from crm.core.access import Actor, Role, system
from crm.core.console import require_database, say
from crm.core.errors import Invalid, NotFound

Email = Annotated[str, typer.Argument(help="The e-mail address somebody signs in with.")]
Ask = Annotated[
    bool, typer.Option("--ask", help="Type the password, without it showing; otherwise one is made up.")
]


def register(app: typer.Typer) -> None:
    """Add the groups of commands `user` and `region` to the program."""
    users = typer.Typer(help="Who can sign in.", no_args_is_help=True)
    users.command("add")(add)
    users.command("list")(list_users)
    users.command("disable")(disable)
    users.command("password")(password)
    regions = typer.Typer(help="The labour-market regions of this installation.", no_args_is_help=True)
    regions.command("add")(add_region)
    app.add_typer(users, name="user")
    app.add_typer(regions, name="region")


def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Their name, as colleagues see it.")],
    role: Annotated[Role, typer.Option(help="What they do.")] = Role.ADMIN,
    region: Annotated[list[str] | None, typer.Option(help="Code of a region; may be repeated.")] = None,
    ask: Ask = False,
) -> None:
    """Make an account, such as that of the first administrator."""
    from crm.accounts.actions import CreateUser, create_user
    from crm.core.work import perform

    typed = _typed_password() if ask else None
    command = CreateUser(
        email=email, name=name, role=role, region_ids=frozenset(map(_region_id, region or ()))
    )
    made = perform(_us(), create_user, command)
    say("The account of {email} was made.", email=email)
    _set_password(made.user_id, typed) if typed else _show(made.password)


def list_users() -> None:
    """List the accounts: address, role, name, and whether they may sign in."""
    from crm.accounts.queries import users
    from crm.core.work import reading

    page = 1
    with reading(_us()) as work:
        while rows := users(work, page=page).rows:
            for row in rows:
                state = "" if row.active else "disabled"
                typer.echo(f"{row.email:<40} {row.role.value:<16} {row.name:<30} {state}".rstrip())
            page += 1


def disable(email: Email) -> None:
    """Keep somebody out, at their next click."""
    from crm.accounts.actions import SwitchUser, switch_user
    from crm.core.work import perform

    user_id, version = _user(email)
    perform(_us(), switch_user, SwitchUser(user_id=user_id, version=version, active=False))
    say("{email} is signed out and can no longer sign in.", email=email)


def password(email: Email, ask: Ask = False) -> None:
    """Give somebody a new password and sign them out everywhere."""
    user_id, _version = _user(email)
    _set_password(user_id, _typed_password() if ask else None)


def add_region(
    code: Annotated[str, typer.Argument(help="Such as AM18.")], name: Annotated[str, typer.Argument()]
) -> None:
    """Add a labour-market region; people and employers belong to one."""
    from crm.accounts.actions.regions import AddRegion
    from crm.accounts.actions.regions import add_region as run
    from crm.core.work import perform

    perform(_us(), run, AddRegion(code=code, name=name))
    say("The region {name} was added.", name=name)


def _us() -> Actor:
    require_database()
    return system("command line")


def _typed_password() -> str:
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _set_password(user_id: int, typed: str | None) -> None:
    from pydantic import SecretStr

    from crm.accounts.actions import SetPassword, set_password
    from crm.core.work import perform

    given = SecretStr(typed) if typed is not None else None
    made = perform(_us(), set_password, SetPassword(user_id=user_id, password=given))
    if typed is None:
        _show(made)
    else:
        say("The new password holds from now on.")


def _show(made_up: str) -> None:
    say("Their password is {password} (shown once; they can change it).", password=made_up)


def _user(email: str) -> tuple[int, int]:
    from crm.accounts.queries import user_by_email
    from crm.accounts.rules import sign_in_name
    from crm.core.records import key
    from crm.core.work import reading

    with reading(_us()) as work:
        found = user_by_email(work, sign_in_name(email))
    if found is None:
        raise NotFound("Nobody signs in with this address. See `crm user list`.")
    return key(found), found.version


def _region_id(code: str) -> int:
    from crm.accounts.queries import region_id_of
    from crm.core.work import reading

    with reading(_us()) as work:
        found = region_id_of(work, code)
    if found is None:
        raise Invalid("--region", "There is no region {code}. Add it with `crm region add`.", code=code)
    return found
