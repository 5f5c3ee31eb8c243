"""Tests of the till's store: real files, real processes, real disks that fill up."""
