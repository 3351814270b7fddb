"""Who may press what, where, and what that does, to the letter. A button without a row fails."""

from __future__ import annotations

POSTS = (
    "coordinator", "colleague", "sekda", "auditor", "secretary", "head", "operator", "theirs",
    "nobody",
)  # fmt: skip
PLACES = ("DIKBUD", "DINKES", "none", "centre", "private")

# One row a button of DIKBUD's, or of the coordinator's or the secretary's own draft. One word a
# post: a coordinator, another one, the Sekda, the auditor; DIKBUD's secretary, head and operator;
# each of the three of DINKES; nobody. One sign a place: DIKBUD's group, the group of DINKES, a
# group of no OPD, the coordinators' group (of no OPD, too), in private.
# + theirs: done, or told in one sentence why the state allows it no more
# - refused, and written down: the post is another · a refused, and written down: not the author
# b refused, and written down: the link was brought to another group (tests/test_brought.py)
# p belongs into private · t the group is another OPD's · o there it means nothing
# A right is its holder's wherever they press, as if they had said the command there; whoever holds
# none may look where they sit, and nowhere else.
RIGHTS = """
done      ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
back      ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
backsome  ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
attach    ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
snag      ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
later     ----- ----- ----- ----- +++++ +++++ ----- ----- -----
got       ----- ----- ----- ----- +++++ +++++ +++++ ----- -----
proofs    pppp+ pppp+ pppp+ pppp+ pppp+ pppp+ pppp+ ----- -----
file      pppp+ pppp+ pppp+ pppp+ pppp+ pppp+ pppp+ ----- -----
list      +++++ +++++ +++++ +++++ +++++ +++++ +++++ +---- +----
below     +++++ +++++ +++++ +++++ +++++ +++++ +++++ +---- +----
card      +++++ +++++ +++++ +++++ +++++ +++++ +++++ +---- +----
ifile     +++++ +++++ +++++ +++++ +++++ +++++ +++++ +---- +----
ok        +++++ +++++ ----- ----- ----- ----- ----- ----- -----
mend      +++++ +++++ ----- ----- ----- ----- ----- ----- -----
skip      +++++ +++++ ----- ----- ----- ----- ----- ----- -----
keep      +++++ +++++ ----- ----- ----- ----- ----- ----- -----
queue     +++++ +++++ ----- ----- ----- ----- ----- ----- -----
accept    +++++ +++++ ----- ----- ----- ----- ----- ----- -----
acceptall +++++ +++++ ----- ----- ----- ----- ----- ----- -----
notme     +++++ +++++ ----- ----- ----- ----- ----- ----- -----
up        +++++ +++++ ----- ----- ----- ----- ----- ----- -----
reply     +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
shut      +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
show      +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
showlater +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
open      +++++ +++++ +++++ ----- +++++ +++++ +++++ ----- -----
grant     +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
deny      +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
nudge     +++++ +++++ +++++ ----- ----- ----- ----- ----- -----
city      +++++ +++++ +++++ +++++ ----- ----- ----- ----- -----
recap     pppp+ pppp+ pppp+ pppp+ ----- ----- ----- ----- -----
gotby     +++++ +++++ +++++ +++++ ----- ----- ----- ----- -----
inviteop  ----- ----- ----- ----- pppp+ pppp+ ----- ----- -----
link      +t++o +t++o ----- ----- +t++o +t++o +---o ----- -----
claim     ttbbo ttbbo ttbbo ttbbo ttbbo ttbbo ttbbo ttbbo ttbbo
undo      +++++ aaaaa aaaaa ----- ----- ----- ----- ----- -----
asitem    +++++ aaaaa aaaaa ----- ----- ----- ----- ----- -----
save      +++++ aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa
drop      +++++ aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa aaaaa
which     aaaaa aaaaa aaaaa aaaaa +++++ aaaaa aaaaa aaaaa aaaaa
"""

# The states in which it is pressed, and where one matters, what is in the button by it. An item's
# states are those of tests/rights/city.py.
OF_ITEMS = (
    "done", "back", "attach", "snag", "later", "proofs", "card", "ok", "mend", "skip", "keep",
    "queue", "accept",
)  # fmt: skip
STATES = """
file       kept=file:DIKBUD:1
list       any=list:DIKBUD:1
below      any=below:DIKBUD
backsome   submitted=backsome:DIKBUD:2 open=backsome:DIKBUD:1_6-7
ifile      any=ifile:DIKBUD:2
got        waiting=got:DIKBUD:1:0 listed=got:DIKBUD:1:1 acknowledged=got:DIKBUD:2:0
acceptall  waiting=acceptall:DIKBUD:999:0
notme      running=notme:{running} ended=notme:{ended}
up         open=up:1 closed=up:2
reply      open=reply:1:0 closed=reply:2:0
shut       open=shut:1 closed=shut:2
show       open=show:1 closed=show:2
showlater  waiting=showlater:1 refused=showlater:2
open       place=open:DIKBUD:1:0 below=open:DIKBUD:1:1 beyond=open:DIKBUD:9:0
grant      waiting=grant:1:0 listed=grant:1:1 refused=grant:2:0
deny       waiting=deny:1:0 listed=deny:1:1 refused=deny:2:0
nudge      any=nudge
city       any=city:2
recap      any=recap:2
gotby      any=gotby:1
inviteop   any=inviteop:DIKBUD
link       any=link:DIKBUD
claim      fresh={claim}
undo       fresh=undo:2 confirmed=undo:1
asitem     waiting={asitem}
save       waiting={save} saved=save:{saved}
drop       waiting={drop} saved=drop:{saved}
which      waiting={which}
"""

# What it does where it is theirs: the state before, what the log says, and the item's state after.
# What is not here does nothing that must be written down.
EFFECTS = """
done      open submit submitted
done      returned submit submitted
done      obstacle submit submitted
done      extension submit,moot submitted
back      submitted withdraw open
backsome  submitted withdraw
ok        submitted verify verified
accept    submitted verify verified
keep      not_applicable include open
acceptall waiting verify
got       waiting acknowledge
got       listed acknowledge
notme     running ended
up        open forward
shut      open close
grant     waiting grant,move
grant     listed grant,move
deny      waiting refuse
deny      listed refuse
nudge     any nudge
inviteop  any invited
undo      fresh undo,drop,drop
save      waiting instruct
which     waiting obstacle
link@none   any linked
link@centre any linked
"""

ATTEMPTS = "-ab"  # what is written down
REFUSALS = {
    "Hanya untuk": "-",
    "Hanya pengirim perintah": "a",
    "Kirim perintah ini di percakapan pribadi": "p",
    "Grup atau topik ini sudah terhubung": "t",
    "Tautan ini sudah dibawa ke grup lain": "b",
    "Tombol ini tidak berlaku lagi": "o",
}


def rows(table: str) -> dict[str, list[str]]:
    return {row.split()[0]: row.split()[1:] for row in table.strip().splitlines()}
