"""Log lines as JSON, one object per line: programs read them, and they name no person."""

from __future__ import annotations

import datetime
import json
import logging
import logging.handlers
import sys
from pathlib import Path

LARGEST_FILE = 2 * 1024 * 1024
FILES_KEPT = 5
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Writes time (UTC), level, logger, message, and what was passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, object] = {
            "at": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({k: v for k, v in record.__dict__.items() if k not in _STANDARD})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stderr(level: int = logging.INFO) -> None:
    """Send every log line of this process to standard error."""
    _install(logging.StreamHandler(sys.stderr), level)


def log_to_file(path: Path, level: int = logging.INFO) -> None:
    """Send every log line of this process to a file that starts anew before it grows too large."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _install(
        logging.handlers.RotatingFileHandler(
            path, maxBytes=LARGEST_FILE, backupCount=FILES_KEPT, encoding="utf-8"
        ),
        level,
    )


def _install(handler: logging.Handler, level: int) -> None:
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
