"""Fiscal modules: siblings behind the port in pos/domain/fiscal.py."""
