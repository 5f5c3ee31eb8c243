"""Design tokens turned into colours, fonts, icons and one style sheet."""
