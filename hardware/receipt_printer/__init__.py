"""Receipt printers: document model, port, ESC/POS driver, emulator."""
