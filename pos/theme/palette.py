"""The palette for what no style sheet reaches: selections, placeholders, plain windows."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from pos.theme.tokens import ThemeName, Tokens

_ROLES = {
    QPalette.ColorRole.Window: "surface-app",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface-panel",
    QPalette.ColorRole.AlternateBase: "surface-sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text-muted",
    QPalette.ColorRole.Button: "surface-key",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Link: "accent-text",
    QPalette.ColorRole.ToolTipBase: "surface-panel",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border-control",
}
_MUTED_WHEN_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette(tokens: Tokens, theme: ThemeName) -> QPalette:
    """Return the application palette for a theme."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, QColor(tokens.color[name].of(theme)))
    muted = QColor(tokens.color["text-muted"].of(theme))
    for role in _MUTED_WHEN_DISABLED:
        result.setColor(QPalette.ColorGroup.Disabled, role, muted)
    return result
