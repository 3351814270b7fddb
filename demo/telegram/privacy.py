"""Which bot is told of which message."""

from demo.telegram.bots import Bot
from demo.telegram.entities import cut
from demo.telegram.messages import Message


def sees(bot: Bot, message: Message) -> bool:
    """By the Bot API's FAQ "What messages will my bot get?"; captions count as no command."""
    if message.sender.is_bot and not message.service:
        return False  # no bot sees another bot's messages
    if message.chat.type == "private":
        return bot.id in message.chat.members
    if not message.chat.member(bot).is_inside:
        return False
    if message.service or not bot.privacy or message.chat.member(bot).is_admin:
        return True
    return _answers(bot, message) or _commands(bot, message)


def _answers(bot: Bot, message: Message) -> bool:
    return message.reply_to is not None and message.reply_to.sender is bot


def _commands(bot: Bot, message: Message) -> bool:
    """/cmd@itsname always, a bare /cmd while it was the last bot to write there."""
    for entity in message.entities if not message.media else ():
        if entity["type"] == "bot_command":
            _, at, name = cut(message.text, entity).partition("@")
            if name.lower() == bot.username.lower() if at else message.chat.last_bot is bot:
                return True
    return False
