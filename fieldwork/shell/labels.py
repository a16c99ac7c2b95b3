"""Words out: how the app is called on a phone's screen."""

SHORT_NAME = "基层调研"
SHORTCUT = "记一笔"
