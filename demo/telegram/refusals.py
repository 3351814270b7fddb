"""Every refusal this Telegram knows, as one table; code refuses by the name of a row only."""

from typing import Any, NamedTuple

DOCS = "Bot API docs: "
SERVER = "tdlib/telegram-bot-api Client.cpp "
TD = "tdlib/td "
LIVE = "observed: a public suite run against the real server, sendMessage "
SEEN = "observed: the text is matched in many public repositories"
PTB = "python-telegram-bot telegram/request/_baserequest.py"
OTHER = "as another public emulation of the Bot API answers"
INFERRED = "inferred"
OURS = "make-believe only: "


class Row(NamedTuple):
    """`text` may hold {facts}; `source` says how far it was verified."""

    name: str
    methods: str
    condition: str
    code: int
    text: str
    source: str


class Refused(Exception):
    """Raised by a method; becomes the body with `ok: false`. KeyError without such a row."""

    def __init__(self, name: str, parameters: dict[str, Any] | None = None, **facts: Any) -> None:
        row = ROWS[name]
        self.name, self.code, self.parameters = name, row.code, parameters
        self.description = row.text.format(**facts)
        super().__init__(self.description)


BAD = "Bad Request: "
CANT = "Bad Request: can't parse entities: "
NOT_HERE = "Make-believe Telegram: "

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

    # words
    Row("text_missing", "sendMessage, editMessageText", "no text", 400,
        BAD + "message text is empty", SERVER + "get_input_message_text"),
    Row("text_blank", "sendMessage, editMessageText", "nothing visible is left", 400,
        BAD + "text must be non-empty", LIVE + "TextMustBeNonEmpty"),
    Row("text_too_long", "sendMessage", "more than 4096 characters after parsing", 400,
        BAD + "message is too long", LIVE + "MessageTooLong"),
    Row("text_too_big", "send*, edit*", "more than 32768 bytes before parsing", 400,
        BAD + "text is too long", SERVER + "get_formatted_text"),
    Row("edited_text_too_long", "editMessageText", "more than 4096 after parsing", 400,
        BAD + "MESSAGE_TOO_LONG", SEEN),
    Row("caption_too_long", "send*", "more than 1024 characters after parsing", 400,
        BAD + "message caption is too long", SEEN),
    Row("edited_caption_too_long", "editMessageCaption", "more than 1024 after parsing", 400,
        BAD + "MEDIA_CAPTION_TOO_LONG", OTHER),
    Row("parse_mode_not_offered", "send*, edit*", "MarkdownV2 or Markdown", 400,
        NOT_HERE + "the parse mode {mode} is not offered here", OURS + "the real one would obey"),
    Row("parse_mode_unknown", "send*, edit*", "a parse mode that does not exist", 400,
        BAD + "unsupported parse_mode", SERVER + "get_formatted_text"),
    Row("entity_type", "send*, edit*", "entities of an unknown type", 400,
        BAD + "can't parse MessageEntity: Unsupported type specified",
        SERVER + "get_text_entity_type"),
    Row("entity_offset", "send*, edit*", "an entity before the text", 400,
        BAD + "receive an entity with incorrect offset {offset}", LIVE + "EntityIncorrectOffset"),
    Row("entity_begins_late", "send*, edit*", "an entity begins behind the text", 400,
        BAD + "entity begins after the end of the text at UTF-16 offset {offset}",
        LIVE + "EntityBeginsAfterTextEnd"),
    Row("entity_ends_late", "send*, edit*", "an entity ends behind the text", 400,
        BAD + "entity beginning at UTF-16 offset {offset} ends after the end of the text "
        "at UTF-16 offset {end}", LIVE + "EntityEndsAfterTextEnd"),

    # HTML
    Row("html_unclosed_tag", "send*, edit*", "<b without >", 400,
        CANT + "Unclosed start tag at byte offset {at}", TD + "parse_html"),
    Row("html_unclosed_named_tag", "send*, edit*", "<a href= without more", 400,
        CANT + 'Unclosed start tag "{tag}" at byte offset {at}', TD + "parse_html"),
    Row("html_unsupported_tag", "send*, edit*", "<br>, a < b", 400,
        CANT + 'Unsupported start tag "{tag}" at byte offset {at}', TD + "parse_html"),
    Row("html_empty_attribute", "send*, edit*", "<a ='x'>", 400,
        CANT + 'Empty attribute name in the tag "{tag}" at byte offset {at}', TD + "parse_html"),
    Row("html_name_token", "send*, edit*", "<a href=x/>", 400,
        CANT + "Unexpected end of name token at byte offset {at}", TD + "parse_html"),
    Row("html_span", "send*, edit*", "a span that is no spoiler", 400,
        CANT + 'Tag "span" must have class "tg-spoiler" at byte offset {at}', TD + "parse_html"),
    Row("html_unexpected_end", "send*, edit*", "</b> with nothing open", 400,
        CANT + "Unexpected end tag at byte offset {at}", TD + "parse_html"),
    Row("html_unclosed_end", "send*, edit*", "</b without >", 400,
        CANT + "Unclosed end tag at byte offset {at}", TD + "parse_html"),
    Row("html_unmatched_end", "send*, edit*", "<b>…</i>", 400,
        CANT + 'Unmatched end tag at byte offset {at}, expected "</{tag}>", found "</{found}>"',
        TD + "parse_html"),
    Row("html_no_end", "send*, edit*", "<b> without </b>", 400,
        CANT + 'Can\'t find end tag corresponding to start tag "{tag}"', TD + "parse_html"),
    Row("html_emoji", "send*, edit*", "<tg-emoji> without a number", 400,
        CANT + "Invalid custom emoji identifier specified", TD + "parse_html"),
    Row("html_time_format", "send*, edit*", "<tg-time format='s'>", 400,
        CANT + "Invalid date format used", TD + "test/message_entities.cpp, by a public copy"),
    Row("html_time_unix", "send*, edit*", "<tg-time> without a moment", 400,
        CANT + "Invalid date specified", INFERRED),
    Row("html_surrogates", "send*, edit*", "half a character: &#xD800;", 400,
        CANT + "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units", TD + "parse_html"),

    # replies
    Row("reply_not_found", "send*", "no such message to reply to", 400,
        BAD + "message to be replied not found", SERVER + "check_reply_parameters"),
    Row("reply_without_id", "send*", "reply_parameters without message_id", 400,
        BAD + "can't find field \"message_id\"", LIVE + "ReplyMessageIdMissing"),
    Row("reply_elsewhere_not_offered", "send*", "a reply to a message of another chat", 400,
        NOT_HERE + "replies across chats are not offered here", OURS + "the real one would obey"),

    # keyboards
    Row("markup_no_object", "with reply_markup", "it is no object", 400,
        BAD + "object expected as reply markup", SERVER + "get_reply_markup"),
    Row("markup_not_offered", "with reply_markup", "a keyboard below the input field", 400,
        NOT_HERE + "the reply markup {kind} is not offered here", OURS + "the real one would obey"),
    Row("inline_keyboard_expected", "edit*", "ForceReply under an edited message", 400,
        BAD + "inline keyboard expected", TD + "ReplyMarkup.cpp get_reply_markup"),
    Row("keyboard_no_array", "with reply_markup", "inline_keyboard is no array", 400,
        BAD + 'field "inline_keyboard" must be of type Array', LIVE + "InlineKeyboardMustBeArray"),
    Row("keyboard_no_rows", "with reply_markup", "a row is no array", 400,
        BAD + 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        SERVER + "get_reply_markup"),
    Row("keyboard_too_many", "with reply_markup", "more than 100 buttons", 400,
        NOT_HERE + "{count} buttons, and 100 is the limit", OURS + "the real one drops the rest"),
    Row("keyboard_row_too_long", "with reply_markup", "more than 8 buttons in a row", 400,
        NOT_HERE + "{count} buttons in a row, and 8 is the limit",
        OURS + "the real one drops or wraps the rest"),
    Row("markup_too_long", "with reply_markup", "more than 10 KiB as JSON", 400,
        BAD + "reply markup is too long", SERVER + "fail_query_with_error; the size as seen"),
    Row("button_no_object", "with reply_markup", "a button is no object", 400,
        BAD + "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        SERVER + "get_inline_keyboard_button"),
    Row("button_text_missing", "with reply_markup", "a button without text", 400,
        BAD + "can't parse inline keyboard button: Can't find field \"text\"",
        LIVE + "InlineButtonTextMissing"),
    Row("button_text_empty", "with reply_markup", "a button with an empty text", 400,
        NOT_HERE + "a button has an empty text",
        OURS + "the real one silently drops it (tdlib/td ReplyMarkup.cpp)"),
    Row("button_kind_not_offered", "with reply_markup", "web_app, login_url, …", 400,
        NOT_HERE + "the button field {kind} is not offered here", OURS + "the real one would obey"),
    Row("button_style", "with reply_markup", "a style that does not exist", 400,
        NOT_HERE + "a button has no style {style}", OURS + "what the real one does is not known"),
    Row("button_without_purpose", "with reply_markup", "neither data nor url", 400,
        BAD + "can't parse inline keyboard button: "
        "Text buttons are unallowed in the inline keyboard", LIVE + "InlineButtonTextUnallowed"),
    Row("button_data", "with reply_markup", "callback_data of more than 64 bytes", 400,
        BAD + "BUTTON_DATA_INVALID", LIVE + "ButtonDataInvalid"),
    Row("button_url_protocol", "with reply_markup", "ftp: and the like", 400,
        BAD + "inline keyboard button URL '{url}' is invalid: Unsupported URL protocol",
        LIVE + "InlineButtonUrlFtpUnsupported"),
    Row("button_url", "with reply_markup", "a url that is none", 400,
        BAD + "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL",
        LIVE + "InlineButtonUrlInvalid"),

    # files, albums, actions
    Row("no_file", "sendPhoto, sendDocument", "nothing was sent", 400,
        BAD + "there is no {kind} in the request", SERVER + "process_send_photo_query"),
    Row("file_id", "sendPhoto, sendDocument", "an id that is none", 400,
        BAD + "wrong file identifier/HTTP URL specified", SEEN),
    Row("file_by_url_not_offered", "sendPhoto, sendDocument", "a url instead of a file", 400,
        NOT_HERE + "files by URL are not offered here", OURS + "the real one would fetch it"),
    Row("file_of_other_kind", "sendPhoto, sendDocument", "a document's id as a photo", 400,
        BAD + "can't use file of type {there} as {kind}", SEEN),
    Row("file_empty", "sendPhoto, sendDocument", "a file of no bytes", 400,
        BAD + "file must be non-empty", SEEN),
    Row("file_too_big_to_send", "sendPhoto, sendDocument", "more than 10 MB, 50 MB", 413,
        "Request Entity Too Large", SEEN),
    Row("album_empty", "sendMediaGroup", "no media", 400,
        BAD + "there are no messages to send", INFERRED),
    Row("album_of_one", "sendMediaGroup", "one item, and the docs ask for 2 to 10", 400,
        NOT_HERE + "an album has 2 to 10 items", OURS + "the real one may take it"),
    Row("album_too_many", "sendMediaGroup", "more than 10", 400,
        BAD + "too many messages to send as an album", SEEN),
    Row("album_item", "sendMediaGroup", "an item without type or file", 400,
        BAD + "can't parse InputMedia: {why}", SERVER + "get_input_media"),
    Row("album_kind_not_offered", "sendMediaGroup", "other than photos or documents", 400,
        NOT_HERE + "albums of {kinds} are not offered here", OURS + "the real one takes some"),
    Row("action", "sendChatAction", "an action that does not exist", 400,
        BAD + "wrong parameter action in request", SERVER + "process_send_chat_action_query"),
    Row("file_id_missing", "getFile", "no file_id", 400,
        BAD + "file_id not specified", SERVER + "check_remote_file_id"),
    Row("file_id_unknown", "getFile", "an id that is none", 400,
        BAD + "invalid file_id", SERVER + "check_remote_file_id"),
    Row("file_too_big", "getFile", "more than 20 MB", 400,
        BAD + "file is too big", SERVER + "do_get_file"),

    # editing, deleting
    Row("message_id_missing", "edit*", "neither chat nor message", 400,
        BAD + "message identifier is not specified", SERVER + "get_inline_message_id"),
    Row("edit_not_found", "edit*", "no such message", 400,
        BAD + "message to edit not found", SERVER + "check_message"),
    Row("edit_not_own", "edit*", "another's message", 400,
        BAD + "message can't be edited", SEEN),
    Row("not_modified", "edit*", "the same content and keyboard", 400,
        BAD + "message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message",
        SERVER + "fail_query_with_error"),
    Row("no_text_to_edit", "editMessageText", "a photo or document", 400,
        BAD + "there is no text in the message to edit", SEEN),
    Row("no_caption_to_edit", "editMessageCaption", "a message of text", 400,
        BAD + "there is no caption in the message to edit", SEEN),
    Row("delete_not_found", "deleteMessage", "no such message", 400,
        BAD + "message to delete not found", SEEN),
    Row("delete_not_allowed", "deleteMessage", "another's in a group, and no admin", 400,
        BAD + "message can't be deleted", SERVER + "fail_query_with_error"),
    Row("delete_too_old", "deleteMessage", "after 48 hours, outside supergroups", 400,
        BAD + "message can't be deleted for everyone", SEEN),

    # presses
    Row("press_unknown", "answerCallbackQuery", "unknown, too old, answered already", 400,
        BAD + "query is too old and response timeout expired or query ID is invalid",
        SERVER + "fail_query_with_error; a second answer: " + OTHER),
    Row("pop_up_too_long", "answerCallbackQuery", "more than 200 characters", 400,
        BAD + "MESSAGE_TOO_LONG", OTHER),
    Row("press_url", "answerCallbackQuery", "a url that does not open this bot", 400,
        BAD + "URL_INVALID", INFERRED),

    # receiving
    Row("conflict", "getUpdates", "another getUpdates while one waits", 409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running", SERVER + "abort_long_poll"),
    Row("conflict_set_webhook", "getUpdates", "a webhook is set while one waits", 409,
        "Conflict: terminated by setWebhook request", SERVER + "abort_long_poll"),
    Row("conflict_webhook", "getUpdates", "a webhook is set", 409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
        "delete the webhook first", SERVER + "process_get_updates_query"),
    Row("allowed_updates", "getUpdates, setWebhook", "allowed_updates is no array of names", 400,
        NOT_HERE + "allowed_updates is no array of update types",
        OURS + "the real one passes over it"),
    Row("webhook_not_https", "setWebhook", "a url without https", 400,
        BAD + "bad webhook: An HTTPS URL must be provided for webhook", SEEN),

    # what a bot says of itself
    Row("commands_no_array", "setMyCommands", "commands are no array", 400,
        BAD + "expected an Array of BotCommand", SERVER + "get_bot_commands"),
    Row("commands_too_many", "setMyCommands", "more than 100", 400,
        BAD + "BOT_COMMANDS_TOO_MUCH", SEEN),
    Row("command_no_object", "setMyCommands", "a command is no object", 400,
        BAD + "can't parse BotCommand: expected an Object", SERVER + "get_bot_commands"),
    Row("command_empty", "setMyCommands", "a command without name", 400,
        BAD + "command must be non-empty", TD + "BotCommand.cpp"),
    Row("command_too_long", "setMyCommands", "a name of more than 32", 400,
        BAD + "command length must not exceed 32", TD + "BotCommand.cpp"),
    Row("command_invalid", "setMyCommands", "a name not of a-z 0-9 _", 400,
        BAD + "BOT_COMMAND_INVALID", "Telegram API docs: bots.setBotCommands"),
    Row("command_description_empty", "setMyCommands", "a command without description", 400,
        BAD + "command description must be non-empty", TD + "BotCommand.cpp"),
    Row("command_description_too_long", "setMyCommands", "a description of more than 256", 400,
        BAD + "command description length must not exceed 256", TD + "BotCommand.cpp"),
    Row("scope_no_object", "*MyCommands", "the scope is no object", 400,
        BAD + "can't parse BotCommandScope: BotCommandScope must be an Object",
        SERVER + "get_bot_command_scope"),
    Row("scope_type", "*MyCommands", "a scope that does not exist", 400,
        BAD + "can't parse BotCommandScope: Unsupported type specified",
        SERVER + "get_bot_command_scope"),
    Row("scope_chat", "*MyCommands", "a scope of a chat without chat_id", 400,
        BAD + "can't parse BotCommandScope: Can't find field \"chat_id\"",
        SERVER + "get_bot_command_scope"),
    Row("scope_user", "*MyCommands", "a scope of a member without user_id", 400,
        BAD + "can't parse BotCommandScope: Invalid user_id specified",
        SERVER + "get_bot_command_scope"),
    Row("name_too_long", "setMyName", "more than 64 characters", 400,
        BAD + "bot name is too long", INFERRED),
    Row("description_too_long", "setMyDescription", "more than 512 characters", 400,
        BAD + "bot description is too long", INFERRED),
    Row("short_description_too_long", "setMyShortDescription", "more than 120 characters", 400,
        BAD + "bot short description is too long", INFERRED),

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

ROWS = {row.name: row for row in TABLE}
