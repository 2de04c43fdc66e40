"""Readers and validators: the finished PDF as others see it, never as our own writer meant it."""
