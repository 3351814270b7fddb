"""Who calls, and the chats that they name."""

from demo.telegram.refusals.row import (
    BAD,
    DOCS,
    INFERRED,
    NOT_HERE,
    OTHER,
    OURS,
    PTB,
    SEEN,
    SERVER,
    Row,
)

# fmt: off
TABLE: tuple[Row, ...] = (
    # who calls, and what
    Row("malformed_token", "any", "the token is no token", 404, "Not Found", PTB),
    Row("wrong_token", "any", "no bot has this token", 401, "Unauthorized", PTB),
    Row("unknown_method", "any", "the Bot API has no such method", 404,
        "Not Found: method not found", SERVER + "on_cmd"),
    Row("method_not_offered", "any", "a real method that is not made here", 400,
        NOT_HERE + "the method {method} is not offered here", OURS + "the real one would obey"),
    Row("parameter_not_offered", "any", "a parameter that is not made here", 400,
        NOT_HERE + "the parameter {parameter} of {method} is not offered here",
        OURS + "the real one obeys it, or passes over an unknown one"),
    Row("bad_json", "any", "a parameter is no JSON", 400,
        BAD + "can't parse {what} JSON object", SERVER + "get_reply_markup, get_bot_commands, …"),
    Row("too_many", "send*", "faster than the limits, by the switch", 429,
        "Too Many Requests: retry after {seconds}", DOCS + "ResponseParameters; limits: Bots FAQ"),

    # chats
    Row("chat_id_empty", "with chat_id", "it is missing", 400,
        BAD + "chat_id is empty", SERVER + "check_chat"),
    Row("chat_not_found", "with chat_id", "the bot knows no such chat", 400,
        BAD + "chat not found", SERVER + "TdOnCheckChatCallback"),
    Row("never_started", "send*", "a person it knows never pressed Start", 403,
        "Forbidden: bot can't initiate conversation with a user", SEEN),
    Row("bot_to_bot", "send*", "the id of a bot", 403,
        "Forbidden: bots can't send messages to bots", SEEN),
    Row("blocked", "send*", "that person blocked the bot", 403,
        "Forbidden: bot was blocked by the user", SERVER + "fail_query_with_error"),
    Row("kicked", "with chat_id", "the bot was removed", 403,
        "Forbidden: bot was kicked from the {kind} chat", SERVER + "check_chat_access"),
    Row("not_member", "with chat_id", "the bot is not, or no longer, in it", 403,
        "Forbidden: bot is not a member of the {kind} chat", SERVER + "check_chat_access"),
    Row("upgraded", "with chat_id", "the group became a supergroup", 400,
        BAD + "group chat was upgraded to a supergroup chat", SERVER + "check_chat_access"),
    Row("no_right_to_send", "send*", "restricted, or the group is muted", 400,
        BAD + "not enough rights to send {what} to the chat", SEEN),
    Row("topic_not_found", "send*", "no such topic, or a deleted one", 400,
        BAD + "message thread not found", SERVER + "TdOnCheckMessageThreadCallback"),
    Row("thread_no_topic", "send*", "a thread of replies, not a topic", 400,
        BAD + "message thread is not a forum topic thread",
        SERVER + "TdOnCheckMessageThreadCallback"),
    Row("topic_closed", "send*", "a closed topic, and the bot is no admin", 400,
        BAD + "TOPIC_CLOSED", SEEN),

    # asking about chats
    Row("user_id", "getChatMember", "user_id is none", 400,
        BAD + "invalid user_id specified", SERVER + "get_user_id"),
    Row("member_not_found", "getChatMember", "nobody has this id", 400,
        BAD + "member not found", OTHER),
    Row("administrators_private", "getChatAdministrators", "a private chat", 400,
        BAD + "there are no administrators in the private chat", SEEN),
    Row("leave_private", "leaveChat", "a private chat", 400,
        BAD + "chat member status can't be changed in private chats", INFERRED),
)
# fmt: on
