"""What people do to groups: members, admins, topics, titles, becoming a supergroup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demo.telegram import membership
from demo.telegram.bots import Bot
from demo.telegram.chats import Chat, Topic
from demo.telegram.users import User

if TYPE_CHECKING:
    from demo.telegram.scene import Scene


@dataclass(eq=False, repr=False, kw_only=True)
class Managing(User):
    """A person's hands on groups; Telegram's apps ask for rights, these hands do not."""

    world: Scene

    def adds(self, user: User, group: Chat) -> None:
        """Adds a bot or a person to a group."""
        if isinstance(user, Bot) and not user.can_join_groups:
            raise ValueError(f"@{user.username} cannot be added to groups")
        membership.enter(self.world, group, self, user)

    def removes(self, user: User, group: Chat) -> None:
        membership.remove(self.world, group, self, user)

    def leaves(self, group: Chat) -> None:
        membership.leave(self.world, group, self)

    def promotes(self, user: User, group: Chat, *, anonymous: bool = False) -> None:
        """Makes an admin; one who remains anonymous speaks as the group (supergroups only)."""
        if anonymous and group.type != "supergroup":
            raise ValueError("only admins of a supergroup can remain anonymous")
        status = "creator" if group.member(user).status == "creator" else "administrator"
        facts = {"status": status, "anonymous": anonymous, "can_send": True}
        membership.change(self.world, group, self, user, **facts)

    def demotes(self, user: User, group: Chat) -> None:
        facts = {"status": "member", "anonymous": False}
        membership.change(self.world, group, self, user, **facts)

    def restricts(self, user: User, group: Chat, *, can_send: bool = False) -> None:
        """Takes from a member the right to send, or gives it back (supergroups only)."""
        if group.type != "supergroup":
            raise ValueError("only a supergroup restricts single members")
        status = "member" if can_send else "restricted"
        facts = {"status": status, "can_send": can_send}
        membership.change(self.world, group, self, user, **facts)

    def mutes(self, group: Chat) -> None:
        """Nobody but admins may write any more."""
        group.can_send = False

    def unmutes(self, group: Chat) -> None:
        group.can_send = True

    def renames(self, group: Chat, title: str) -> None:
        group.title = title
        self.world.announce(group, self, new_chat_title=title)

    def upgrades(self, group: Chat, *, forum: bool = False) -> Chat:
        """Makes a group a supergroup. Returns the new chat, which has another id."""
        return membership.upgrade(self.world, group, self, forum=forum)

    def opens_topic(self, group: Chat, name: str) -> Topic:
        if not group.is_forum:
            raise ValueError(f"{group.title} has no topics")
        topic = Topic(group.next_id, name, group)
        group.topics[topic.id] = topic
        created = {"name": name, "icon_color": 7322096}
        topic.opening = self.world.announce(group, self, topic, forum_topic_created=created)
        return topic

    def closes_topic(self, topic: Topic) -> None:
        topic.closed = True
        self.world.announce(topic.chat, self, topic, forum_topic_closed={})

    def reopens_topic(self, topic: Topic) -> None:
        topic.closed = False
        self.world.announce(topic.chat, self, topic, forum_topic_reopened={})

    def switches_topics(self, group: Chat, *, on: bool) -> None:
        """Makes a supergroup a forum, or no longer one: its topics are kept, out of reach (that
        sending there finds none is inferred). Bots are not told."""
        if group.type != "supergroup":
            raise ValueError("only a supergroup has topics")
        group.is_forum = on

    def hides_general(self, group: Chat) -> None:
        """It is closed with that."""
        group.general_closed = True
        self.world.announce(group, self, general_forum_topic_hidden={})

    def unhides_general(self, group: Chat) -> None:
        """It is open again with that."""
        group.general_closed = False
        self.world.announce(group, self, general_forum_topic_unhidden={})

    def closes_general(self, group: Chat) -> None:
        group.general_closed = True
        self.world.announce(group, self, forum_topic_closed={})

    def reopens_general(self, group: Chat) -> None:
        group.general_closed = False
        self.world.announce(group, self, forum_topic_reopened={})

    def deletes_topic(self, topic: Topic) -> None:
        """Its messages go with it; bots are not told."""
        topic.deleted = True
        for bubble in topic.chat.bubbles:
            bubble.deleted = bubble.deleted or bubble.topic is topic
