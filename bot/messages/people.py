"""What is said about posts: invitations, greetings, handovers, and what a person can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import words
from bot.commands import Command
from bot.context import Desk
from bot.workbook import Invited
from config.settings import Settings
from db import invitations
from db.chats import OpdFacts
from db.invitations import InvitationFacts
from db.models import Acting, Role
from db.people import Appointment, Holder
from db.reports.briefing import Briefing

Commands = Sequence[Command]


def welcome(desk: Desk, posts: Sequence[Holder], commands: Commands, needs_group: bool) -> str:
    """To somebody who pressed Start, by the posts they hold."""
    return words.render(
        "welcome",
        city=desk.settings.city,
        posts=posts,
        commands=commands,
        needs_group=needs_group,
    )


def welcome_group(opd: OpdFacts) -> str:
    return words.render("welcome_group", opd=opd)


def installed(
    made: Appointment,
    commands: Commands,
    needs_group: bool,
    *,
    stays_good: bool = False,
    brief: Briefing | None = None,
) -> str:
    """To whom a link has just given a post, with the state of things (`brief`); or who holds it
    already (`stays_good`: somebody else may still use the link)."""
    return words.render(
        "installed",
        made=made,
        commands=commands,
        needs_group=needs_group,
        stays_good=stays_good,
        brief=brief,
    )


def invitation(
    settings: Settings, role: Role, opd: OpdFacts | None, acting: Acting, link: str, until: datetime
) -> str:
    """Made to be forwarded as it is."""
    return words.render(
        "invitation",
        city=settings.city,
        duty=words.duty(role, opd, acting),
        link=link,
        until=until.astimezone(settings.timezone),
    )


def for_somebody_else(link: InvitationFacts) -> str:
    """To who works for the city and opened an OPD's link."""
    assert link.role, "a post's link"
    return words.render("for_somebody_else", duty=words.duty(link.role, link.opd, link.acting))


def invitation_rows(
    settings: Settings, bot_name: str, made: Sequence[tuple[OpdFacts, str]], until: datetime
) -> list[Invited]:
    """The rows of the workbook: the text is the same invitation without markup."""
    rows = []
    for opd, token in made:
        link = invitations.link(bot_name, token)
        text = invitation(settings, Role.SECRETARY, opd, Acting.NO, link, until)
        rows.append(Invited(opd.code, opd.name, opd.secretary_title, link, words.bare(text)))
    return rows


def group_link(desk: Desk, opd: OpdFacts, until: datetime | None = None) -> str:
    """With a button that lets the person choose the group."""
    zone = desk.settings.timezone
    return words.render("group_link", opd=opd, until=until and until.astimezone(zone))


def invitations_workbook(count: int, until: datetime) -> str:
    """The caption of the workbook."""
    return words.render("invitations_workbook", count=count, until=until)


def appointed(made: Appointment) -> str:
    """To a coordinator, with a button for when it is somebody else."""
    return words.render("appointed", made=made)


def appointed_group(made: Appointment) -> str:
    return words.render("appointed_group", made=made)


def relieved(desk: Desk, made: Appointment) -> str:
    """To the predecessor."""
    assert made.new.began_at
    at = made.new.began_at.astimezone(desk.settings.timezone)
    return words.render("relieved", made=made, at=at)


def ending(desk: Desk, holder: Holder, is_last_coordinator: bool) -> str:
    """The preview of /akhiri."""
    assert holder.began_at
    since = holder.began_at.astimezone(desk.settings.timezone)
    return words.render("ending", holder=holder, since=since, is_last=is_last_coordinator)


def ended(desk: Desk, holder: Holder) -> str:
    """To a coordinator, or to the secretary who did it."""
    return words.render("ended", holder=holder, at=_ended_at(desk, holder))


def ended_group(holder: Holder) -> str:
    return words.render("ended_group", holder=holder)


def dismissed(desk: Desk, holder: Holder) -> str:
    """To the person whose tenure ended."""
    return words.render("dismissed", holder=holder, at=_ended_at(desk, holder))


def help(posts: Sequence[Holder], commands: Commands, opd: OpdFacts | None, bot_name: str) -> str:
    """`bot_name`: empty in private; in a group a typed command needs it."""
    return words.render("help", posts=posts, commands=commands, opd=opd, bot=bot_name)


def description(city: str) -> str:
    """In the empty chat, before Start: 512 characters at most, no markup."""
    return words.bare(words.render("description", city=city))


def short_description(city: str) -> str:
    """On the bot's card: 120 characters at most, no markup."""
    return words.bare(words.render("short_description", city=city))


def _ended_at(desk: Desk, holder: Holder) -> datetime:
    assert holder.ended_at
    return holder.ended_at.astimezone(desk.settings.timezone)
