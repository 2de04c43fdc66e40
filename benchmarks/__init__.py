"""How fast and how large handouts are. `python -m benchmarks` measures; docs/performance.md tells."""
