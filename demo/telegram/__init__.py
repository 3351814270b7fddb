"""A make-believe Telegram: people, groups, bots and a Bot API as strict as the real one.

One world, in one process, without a network, and deterministic::

    telegram = Telegram(clock)                        # clock() tells an aware now
    tuntas = telegram.bot("tuntas_bot", "Tuntas")     # tuntas.token is made up
    sari = telegram.person("Sari Wulandari")
    group = telegram.group("Dinas Kesehatan", creator=sari, members=[tuntas])

The application comes through a door (or over `await telegram.call(token, method, params)`)::

    door = telegram.door(tuntas.token)
    Application.builder().token(tuntas.token).request(door).get_updates_request(door)

A process of its own comes through the second door, over HTTP (needs Starlette)::

    from demo.telegram.http import served
    async with served(telegram) as address: …         # TELEGRAM_API_URL=address

People act with their hands; each act queues the updates that Telegram would queue::

    said = sari.says("/done@tuntas_bot 3", to=group)  # or to=tuntas: in private
    sari.says("siap", reply_to=receipt)               # reply_to and topic tell the chat
    sari.edits(said, "/done@tuntas_bot 4"), sari.deletes(said)
    sari.presses(receipt, "✅ 3")                     # by label or data; -> PopUp
    sari.forges(receipt, "any data")
    sari.starts(tuntas, "payload")                    # Start, in private
    sari.menu(tuntas), sari.menu(tuntas, group)       # what the / menu offers: ["/done", …]
    sari.follows("https://t.me/tuntas_bot?start=payload")
    sari.follows("https://t.me/tuntas_bot?startgroup=payload", into=group)
    sari.blocks(tuntas), sari.unblocks(tuntas)
    sari.adds(tuntas, group), sari.removes(tuntas, group), sari.leaves(group)
    sari.promotes(tuntas, group), sari.promotes(budi, forum, anonymous=True)
    sari.demotes(budi, forum), sari.restricts(tuntas, forum), sari.mutes(group)
    sari.renames(group, "Dinkes"), forum = sari.upgrades(group, forum=True)
    topic = sari.opens_topic(forum, "Tenggat"), sari.closes_topic(topic)
    sari.hides_general(forum), sari.switches_topics(forum, on=False)
    sari.sends_photo(to=group, caption="/done 3"), sari.sends_document(to=tuntas, name="a.pdf")
    sari.sends_album([b"1", b"2"], to=tuntas, caption="bukti")

What everybody saw::

    group.bubbles, group.messages, group.last         # all; without service messages; newest
    sari.chat(tuntas).last.text                       # the private chat
    group.last.text, .html, .buttons, .who, .when, .reply_to, .edited, .deleted, .silent, .topic
    sari.pop_ups[-1].text, .show_alert, .answered     # one for each press
    telegram.transcript                               # every bubble of every chat, in order
    telegram.calls, telegram.refused                  # every call; those that were refused
    tuntas.menus, tuntas.descriptions, tuntas.short_descriptions

Trouble on demand (`method=` picks which call; else any but getMe and getUpdates)::

    telegram.refuses_next(429, "Too Many Requests: retry after 5", retry_after=5)
    telegram.cuts_next(httpx.ReadTimeout(""), after=True)   # it arrived, the answer is lost
    telegram.garbles_next()                                 # 200 with a captive portal's HTML
    telegram.down(), telegram.up()
    telegram.arriving.append(hook)                          # await hook(bot, method, params) first
    telegram.answering.append(hook)                         # … (…, body) before the answer leaves

The limits of speed refuse with a 429 by the switch; a shorter second shows much in little time::

    telegram = Telegram(clock, limits=True, second=timedelta(milliseconds=10))
    [call for call in telegram.refused if call.code == 429]

What is refused, how, and how far that was verified: `demo.telegram.refusals.TABLE`.
"""

from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Member, Topic
from demo.telegram.door import Door
from demo.telegram.files import File
from demo.telegram.messages import Message, PopUp
from demo.telegram.people import Person
from demo.telegram.refusals import TABLE, Refused
from demo.telegram.world import Telegram

__all__ = [
    "TABLE",
    "Bot",
    "Chat",
    "Door",
    "File",
    "Member",
    "Message",
    "Person",
    "PopUp",
    "Refused",
    "Telegram",
    "Topic",
]
