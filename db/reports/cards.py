"""An OPD's checklist: its pages, and the card of one item with its history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from db.chats import OpdFacts
from db.engine import Session
from db.evidence import TAKES
from db.models import (
    CONFIRMED,
    COUNTED,
    OPEN,
    Event,
    Indicator,
    Item,
    Person,
    State,
    Tenure,
)
from db.refusal import Refusal
from db.reports import evidence
from db.reports.decisions import NOTHING, Pending
from db.reports.escalations import levels_of
from db.reports.evidence import EvidenceFacts
from db.reports.items import ItemFacts, facts_of

PER_PAGE = 10
NEWEST = 6  # events on a card


class NoSuchItem(Refusal):
    def __init__(self, number: int, opd: str) -> None:
        self.number, self.opd = number, opd


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a checklist; what waits longest comes with its number, in order of numbers."""

    opd: OpdFacts
    items: tuple[ItemFacts, ...]
    page: int
    pages: int
    total: int
    confirmed: int
    verified: int
    late: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an item. `by` is empty for what the command line did."""

    verb: str
    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """An item with all that its OPD should know of it. `history`: the newest first."""

    opd: OpdFacts
    item: ItemFacts
    first_due_at: datetime
    aspect: str
    evidence_form: str
    evidence_freshness: str
    lead_time: str
    evidence: tuple[EvidenceFacts, ...]
    submitted_by: str
    submitted_at: datetime | None
    history: tuple[Happened, ...]
    levels: tuple[tuple[str, datetime], ...] = ()  # to which it went up, and when
    pending: Pending = NOTHING

    @property
    def takes_evidence(self) -> bool:
        return self.item.state in TAKES

    @property
    def versions(self) -> tuple[tuple[int, tuple[EvidenceFacts, ...]], ...]:
        """The evidence, the newest version first."""
        numbers = dict.fromkeys(one.version for one in reversed(self.evidence))
        return tuple((n, tuple(e for e in self.evidence if e.version == n)) for n in numbers)


async def page(session: Session, opd: OpdFacts, number: int, now: datetime) -> ListPage:
    """Page `number`, from 1; the last one where there are fewer."""
    shown = (Item.opd_id == opd.id, Item.state != State.DROPPED)
    states = await _count_states(session, opd.id)
    late = await session.scalar(
        select(func.count()).where(*shown, Item.state.in_(OPEN), Item.due_at < now)
    )
    everything = sum(states.values())
    pages = max(1, -(-everything // PER_PAGE))
    number = min(max(1, number), pages)
    query = select(Item).where(*shown).order_by(Item.number)
    rows = await session.scalars(query.offset((number - 1) * PER_PAGE).limit(PER_PAGE))
    return ListPage(
        opd=opd,
        items=tuple(facts_of(item) for item in rows),
        page=number,
        pages=pages,
        total=sum(states[s] for s in COUNTED),
        confirmed=sum(states[s] for s in CONFIRMED),
        verified=states[State.VERIFIED],
        late=late or 0,
    )


async def card(session: Session, opd: OpdFacts, number: int) -> Card:
    query = select(Item).where(Item.opd_id == opd.id, Item.number == number)
    query = query.where(Item.state != State.DROPPED).options(
        joinedload(Item.indicator),
        joinedload(Item.submitter).joinedload(Tenure.person),
        selectinload(Item.events),
    )
    item = await session.scalar(query)
    if item is None:
        raise NoSuchItem(number, opd.name)
    asked = item.indicator or Indicator(
        aspect="", evidence_form="", evidence_freshness="", lead_time=""
    )
    return Card(
        opd=opd,
        item=facts_of(item),
        first_due_at=item.first_due_at,
        aspect=asked.aspect,
        evidence_form=asked.evidence_form,
        evidence_freshness=asked.evidence_freshness,
        lead_time=asked.lead_time,
        evidence=await evidence.of_item(session, item.id),
        submitted_by=item.submitter.person.name if item.submitter else "",
        submitted_at=item.submitted_at,
        history=await _history(session, item),
        levels=await levels_of(session, item.id) if item.is_open else (),
    )


async def _count_states(session: Session, opd_id: int) -> Counter[State]:
    query = select(Item.state, func.count()).where(
        Item.opd_id == opd_id, Item.state != State.DROPPED
    )
    rows = await session.execute(query.group_by(Item.state))
    return Counter(dict(rows.all()))


async def _history(session: Session, item: Item) -> tuple[Happened, ...]:
    newest: list[Event] = list(islice(reversed(item.events), NEWEST))
    tenures = {e.tenure_id for e in newest if e.tenure_id}
    query = select(Tenure.id, Person.name).join(Tenure.person).where(Tenure.id.in_(tenures))
    names = dict((await session.execute(query)).all())
    return tuple(Happened(e.verb, e.at, names.get(e.tenure_id or 0, ""), e.note) for e in newest)
