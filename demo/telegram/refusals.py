"""Every refusal this Telegram knows, as one table; code refuses by the name of a row only."""

from typing import Any, NamedTuple

DOCS = "Bot API docs: "
SERVER = "tdlib/telegram-bot-api: "
TD = "tdlib/td: "
OURS = "make-believe only: "


class Row(NamedTuple):
    """`text` may hold {facts}; `source` says how far the text was verified."""

    name: str
    methods: str
    condition: str
    code: int
    text: str
    source: str


class Refused(Exception):
    """Raised by a method; becomes the body with `ok: false`. Knows its row by name."""

    def __init__(self, name: str, parameters: dict[str, Any] | None = None, **facts: Any) -> None:
        row = ROWS[name]
        self.name, self.code, self.parameters = name, row.code, parameters
        self.description = row.text.format(**facts)
        super().__init__(self.description)


TABLE: tuple[Row, ...] = (
    Row(
        "malformed_token",
        "any",
        "the token is no token",
        404,
        "Not Found",
        SERVER + "ClientManager.cpp",
    ),
    Row(
        "wrong_token",
        "any",
        "no bot has this token",
        401,
        "Unauthorized",
        SERVER + "ClientManager.cpp",
    ),
    Row(
        "unknown_method",
        "any",
        "the Bot API has no such method",
        404,
        "Not Found: method not found",
        SERVER + "Client.cpp",
    ),
    Row(
        "method_not_offered",
        "any",
        "a real method that is not made here",
        400,
        "Make-believe Telegram: the method {method} is not offered here",
        OURS + "the real one would obey",
    ),
    Row(
        "parameter_not_offered",
        "any",
        "a parameter not known here",
        400,
        "Make-believe Telegram: the parameter {parameter} of {method} is not offered here",
        OURS + "the real one ignores unknown parameters",
    ),
    Row(
        "parse_mode_not_offered",
        "send*, edit*",
        "MarkdownV2 or Markdown",
        400,
        "Make-believe Telegram: the parse mode {mode} is not offered here",
        OURS + "the real one would obey",
    ),
    Row(
        "parse_mode_unknown",
        "send*, edit*",
        "a parse mode that does not exist",
        400,
        "Bad Request: unsupported parse_mode",
        SERVER + "Client.cpp get_formatted_text",
    ),
    Row(
        "chat_id_empty",
        "any with chat_id",
        "chat_id is missing",
        400,
        "Bad Request: chat_id is empty",
        SERVER + "Client.cpp check_chat",
    ),
    Row(
        "chat_not_found",
        "any with chat_id",
        "the bot knows no such chat",
        400,
        "Bad Request: chat not found",
        SERVER + "Client.cpp check_chat",
    ),
    Row(
        "never_started",
        "send*",
        "that person never pressed Start",
        403,
        "Forbidden: bot can't initiate conversation with a user",
        SERVER + "Client.cpp",
    ),
    Row(
        "blocked",
        "send*",
        "that person blocked the bot",
        403,
        "Forbidden: bot was blocked by the user",
        SERVER + "Client.cpp fail_query_with_error",
    ),
    Row(
        "kicked",
        "any with chat_id",
        "the bot was removed",
        403,
        "Forbidden: bot was kicked from the {kind} chat",
        SERVER + "Client.cpp check_chat_access",
    ),
    Row(
        "not_member",
        "any with chat_id",
        "the bot is not in the chat",
        403,
        "Forbidden: bot is not a member of the {kind} chat",
        SERVER + "Client.cpp check_chat_access",
    ),
    Row(
        "upgraded",
        "any with chat_id",
        "the group became a supergroup",
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        SERVER + "Client.cpp check_chat_access",
    ),
    Row(
        "no_right_to_send",
        "send*",
        "restricted",
        400,
        "Bad Request: not enough rights to send {what} to the chat",
        TD + "MessagesManager.cpp",
    ),
    Row(
        "text_empty",
        "sendMessage, editMessageText",
        "no text",
        400,
        "Bad Request: message text is empty",
        SERVER + "Client.cpp",
    ),
    Row(
        "text_too_long",
        "sendMessage, editMessageText",
        "more than 4096",
        400,
        "Bad Request: message is too long",
        SERVER + "Client.cpp",
    ),
    Row(
        "reply_not_found",
        "send*",
        "no message to reply to",
        400,
        "Bad Request: message to be replied not found",
        SERVER + "Client.cpp",
    ),
    Row(
        "edit_not_found",
        "edit*",
        "no such message",
        400,
        "Bad Request: message to edit not found",
        SERVER + "Client.cpp",
    ),
    Row(
        "edit_not_own",
        "edit*",
        "another's message",
        400,
        "Bad Request: message can't be edited",
        SERVER + "Client.cpp",
    ),
    Row(
        "not_modified",
        "edit*",
        "same content and keyboard",
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
        SERVER + "Client.cpp fail_query_with_error",
    ),
    Row(
        "press_unknown",
        "answerCallbackQuery",
        "unknown, too old or answered",
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        SERVER + "Client.cpp fail_query_with_error",
    ),
    Row(
        "pop_up_too_long",
        "answerCallbackQuery",
        "more than 200",
        400,
        "Bad Request: MESSAGE_TOO_LONG",
        "observed",
    ),
    Row(
        "html",
        "send*, edit*",
        "HTML that cannot be parsed",
        400,
        "Bad Request: can't parse entities: {why}",
        TD + "MessageEntity.cpp parse_html",
    ),
    Row(
        "bad_json",
        "any",
        "a parameter cannot be read",
        400,
        "Bad Request: can't parse {parameter}",
        "inferred",
    ),
    Row(
        "button_data_invalid",
        "any with reply_markup",
        "callback_data not 1 to 64 bytes",
        400,
        "Bad Request: BUTTON_DATA_INVALID",
        "observed",
    ),
    Row(
        "conflict",
        "getUpdates",
        "another getUpdates runs",
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        SERVER + "Client.cpp",
    ),
)

ROWS = {row.name: row for row in TABLE}
