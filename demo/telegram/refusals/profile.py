"""What a bot receives, and what it says of itself."""

from demo.telegram.refusals.row import BAD, INFERRED, NOT_HERE, OURS, SEEN, SERVER, TD, Row

# fmt: off
TABLE: tuple[Row, ...] = (
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
)
# fmt: on
